import type { Forecast } from '#src/metrics/forecast.ts';
import { type DayFigures, everyDay, historyOf, turnsOf } from '#src/metrics/history.ts';
import type { Item } from '#src/plan/item.ts';
import type { AuditRecord, Store } from '#src/store/store.ts';

/**
 * The history of a project comes from its audit log, which takes long to read for a command that people wait for, and
 * for the sisters of a project. So whoever has rebuilt it keeps the days on which something changed.
 */
const REPLICA = 'course';
const NAME = 'history';
const FORECASTS = 'forecasts';

export interface HistoryDeps {
  readonly store: Store;
  /** `YYYY-MM-DD`, in the team's time zone. */
  readonly today: () => string;
  readonly timeZone: string;
}

export interface KeptHistory {
  /** The template's key. */
  readonly template: string;
  readonly history: readonly DayFigures[];
  /** Of the log that it was made from, see `Store.revision`. */
  readonly revision: number;
}

export async function keepHistory(
  store: Pick<Store, 'memory'>,
  slug: string,
  { history, ...kept }: KeptHistory,
): Promise<void> {
  const memory = await store.memory(slug, REPLICA);
  memory.set(NAME, JSON.stringify({ ...kept, history: turnsOf(history) } satisfies KeptHistory));
  await memory.flush();
}

/** What was last agreed, and the whole log that led there, the latest entry first. */
export interface Logged {
  readonly agreed: ReadonlyMap<string, Item>;
  readonly entries: readonly AuditRecord[];
}

/** From the log of the project, and kept. */
export async function rebuiltHistory(
  slug: string,
  template: string,
  { agreed, entries }: Logged,
  { store, today, timeZone }: HistoryDeps,
): Promise<readonly DayFigures[]> {
  const history = historyOf(entries, agreed, today(), timeZone);
  const revision = entries.reduce((last, { id }) => Math.max(last, id), 0);
  await keepHistory(store, slug, { template, history, revision });
  return history;
}

/** Up to that day; `undefined` when none was kept. Whether the plan has moved since, its revision tells. */
export async function keptHistory(
  store: Pick<Store, 'memory'>,
  slug: string,
  until: string,
): Promise<KeptHistory | undefined> {
  const kept = (await store.memory(slug, REPLICA)).get(NAME);
  if (kept === undefined) return undefined;
  const { history, ...rest } = JSON.parse(kept) as KeptHistory;
  const ends = history.filter(({ day }) => day <= until);
  return { ...rest, history: everyDay(ends, until) };
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
