import { forecastOf } from '#src/metrics/forecast.ts';
import { goalsOf } from '#src/metrics/goals.ts';
import type { DayFigures } from '#src/metrics/history.ts';
import { type Outlook, outlookOf } from '#src/metrics/outlook.ts';
import { paceOf } from '#src/metrics/pace.ts';
import { progressOf } from '#src/metrics/progress.ts';
import { taskStates } from '#src/metrics/task-state.ts';
import type { Item } from '#src/plan/item.ts';
import { type IsHoliday, knownHolidays } from '#src/plan/working-days.ts';
import { type HistoryDeps, keptForecasts, keptHistory, rebuiltHistory } from './kept-history.ts';
import { type KnownSisters, sisterPaces } from './sisters.ts';
import type { Basis } from './standing.ts';

export interface OutlookDeps extends HistoryDeps {
  readonly isHoliday: IsHoliday;
  /** What is known of others in this very go. Absent: they are looked at anew. */
  readonly sisters?: KnownSisters | undefined;
}

/** With so many weeks of its own a team is its own best measure. */
const WEEKS_ALONE = 12;
/**
 * What is to come for a project, as things go. Reads its audit log only when the plan has moved since its history was
 * last rebuilt. A young project borrows the weeks of others on the same template; nothing says whose they are.
 */
export async function outlookFor(
  slug: string,
  basis: Basis,
  agreed: ReadonlyMap<string, Item>,
  deps: OutlookDeps,
): Promise<Outlook> {
  const today = deps.today();
  const calendar = { isHoliday: knownHolidays(deps.isHoliday), freeze: basis.freeze };
  const pace = paceOf(await historyFor(slug, basis, agreed, deps), calendar);
  const known = deps.sisters;
  const sisters =
    pace.length >= WEEKS_ALONE ? [] : await sisterPaces(slug, basis.template, calendar, { ...deps, known });
  const { obligations, freeze } = basis;
  const goals = goalsOf(obligations, taskStates(agreed, today));
  const stamp = JSON.stringify([today, goals, pace, sisters, freeze]);
  const forecasts = await keptForecasts(deps.store, slug, stamp, () =>
    forecastOf({ goals, pace, sisters, today, calendar }),
  );
  return outlookOf({ agreed, obligations, today, forecasts });
}

async function historyFor(
  slug: string,
  { template }: Basis,
  agreed: ReadonlyMap<string, Item>,
  deps: OutlookDeps,
): Promise<readonly DayFigures[]> {
  const { store, today } = deps;
  const now = progressOf(taskStates(agreed, today()));
  const kept = await keptHistory(store, slug, today());
  const last = kept?.history.at(-1);
  const isTrue = last?.done === now.done && last.total === now.total;
  if (kept && isTrue && kept.revision === (await store.revision(slug))) return kept.history;
  if (agreed.size === 0) return [];
  return rebuiltHistory(slug, template, { agreed, entries: await store.readAudit(slug) }, deps);
}
