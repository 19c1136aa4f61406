import type { WorkCalendar } from '#src/metrics/capacity.ts';
import { addDays } from '#src/metrics/days.ts';
import { isPace } from '#src/metrics/forecast.ts';
import { paceOf } from '#src/metrics/pace.ts';
import { type HistoryDeps, keptHistory, rebuiltHistory } from './kept-history.ts';

/** What was found out of each project, for whoever looks at many in one go. */
export type KnownSisters = Map<string, Sister>;

interface Sister {
  /** The template's key; `undefined`: nobody has looked at the project yet. */
  readonly template: string | undefined;
  /** How many tasks got done in each of its last weeks, up to yesterday. */
  readonly pace: readonly number[];
}

/** More sisters change a forecast no more, and each is one more thing to read. */
const MOST_SISTERS = 30;

/**
 * The pace of other projects on the same template, at which people work, without saying whose: up to yesterday, and as their logs tell it. What
 * others do today, or who has looked at them last, must not make a forecast differ from one look to the next.
 */
export async function sisterPaces(
  slug: string,
  template: string,
  calendar: WorkCalendar,
  { known = new Map(), ...deps }: HistoryDeps & { readonly known?: KnownSisters | undefined },
): Promise<readonly (readonly number[])[]> {
  const others = (await deps.store.projects()).filter((one) => one !== slug);
  const found: (readonly number[])[] = [];
  for (const one of others) {
    if (found.length === MOST_SISTERS) break;
    const sister = known.get(one) ?? (await lookAt(one, template, calendar, deps));
    known.set(one, sister);
    if (sister.template === template && isPace(sister.pace)) found.push(sister.pace);
  }
  return found;
}

async function lookAt(
  slug: string,
  template: string,
  calendar: WorkCalendar,
  deps: HistoryDeps,
): Promise<Sister> {
  const { store, today } = deps;
  const yesterday = addDays(today(), -1);
  const kept = await keptHistory(store, slug, yesterday);
  if (kept?.template !== template) return { template: kept?.template, pace: [] };
  const isTrue = kept.revision === (await store.revision(slug));
  if (!isTrue) {
    const { agreed } = await store.load(slug);
    await rebuiltHistory(slug, template, { agreed, entries: await store.readAudit(slug) }, deps);
  }
  const history = isTrue ? kept.history : (await keptHistory(store, slug, yesterday))?.history;
  return { template, pace: paceOf(history ?? [], calendar) };
}
