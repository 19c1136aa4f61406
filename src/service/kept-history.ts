import type { Forecast } from '#src/metrics/forecast.ts';
import { type DayFigures, everyDay, turnsOf } from '#src/metrics/history.ts';
import type { Store } from '#src/store/store.ts';

/**
 * The history of a project comes from its audit log, which takes long to read for a command that people wait for, and
 * for the sisters of a project. So whoever has rebuilt it keeps the days on which something changed.
 */
const REPLICA = 'course';
const NAME = 'history';
const FORECASTS = 'forecasts';

export interface KeptHistory {
  /** The template's key. */
  readonly template: string;
  readonly history: readonly DayFigures[];
}

export async function keepHistory(
  store: Pick<Store, 'memory'>,
  slug: string,
  { template, history }: KeptHistory,
): Promise<void> {
  const memory = await store.memory(slug, REPLICA);
  memory.set(NAME, JSON.stringify({ template, history: turnsOf(history) } satisfies KeptHistory));
  await memory.flush();
}

/** Up to `today`; `undefined` when none was kept. Whether the plan has moved since, the caller has to see. */
export async function keptHistory(
  store: Pick<Store, 'memory'>,
  slug: string,
  today: string,
): Promise<KeptHistory | undefined> {
  const kept = (await store.memory(slug, REPLICA)).get(NAME);
  if (kept === undefined) return undefined;
  const { template, history } = JSON.parse(kept) as KeptHistory;
  return { template, history: everyDay(history, today) };
}

/** The forecasts made from the same, or new ones: ten thousand runs are a tenth of a second in a program just begun. */
export async function keptForecasts(
  store: Pick<Store, 'memory'>,
  slug: string,
  stamp: string,
  forecast: () => readonly Forecast[],
): Promise<readonly Forecast[]> {
  const memory = await store.memory(slug, REPLICA);
  const kept = JSON.parse(memory.get(FORECASTS) ?? '{}') as {
    stamp?: string;
    forecasts?: readonly Forecast[];
  };
  if (kept.forecasts && kept.stamp === stamp) return kept.forecasts;
  const forecasts = forecast();
  memory.set(FORECASTS, JSON.stringify({ stamp, forecasts }));
  await memory.flush();
  return forecasts;
}
