import { addDays } from '#src/metrics/days.ts';
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
import type { Basis } from './standing.ts';

export interface OutlookDeps extends HistoryDeps {
  readonly isHoliday: IsHoliday;
}

/** With so many weeks of its own a team is its own best measure. */
const WEEKS_ALONE = 12;
/** More sisters change the forecast no more, and each is one more thing to read. */
const MOST_SISTERS = 30;

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
  const histories = pace.length >= WEEKS_ALONE ? [] : await sisterHistories(slug, basis, deps);
  const sisters = histories.map((history) => paceOf(history, calendar));
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
  return agreed.size === 0 ? [] : rebuiltHistory(slug, template, agreed, deps);
}

/**
 * Up to yesterday, and as their logs tell it: what others do today, or who has looked at them last, must not make a
 * forecast differ from one look to the next.
 */
async function sisterHistories(
  slug: string,
  { template }: Basis,
  deps: OutlookDeps,
): Promise<readonly (readonly DayFigures[])[]> {
  const { store, today } = deps;
  const yesterday = addDays(today(), -1);
  const others = (await store.projects()).filter((one) => one !== slug);
  const found: (readonly DayFigures[])[] = [];
  for (const one of others) {
    if (found.length === MOST_SISTERS) break;
    const kept = await keptHistory(store, one, yesterday);
    if (kept?.template !== template) continue;
    const isTrue = kept.revision === (await store.revision(one));
    if (!isTrue) await rebuiltHistory(one, template, (await store.load(one)).agreed, deps);
    found.push((isTrue ? kept : await keptHistory(store, one, yesterday))?.history ?? []);
  }
  return found;
}
