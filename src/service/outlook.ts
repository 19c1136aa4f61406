import { forecastOf } from '#src/metrics/forecast.ts';
import { goalsOf } from '#src/metrics/goals.ts';
import { type DayFigures, historyOf } from '#src/metrics/history.ts';
import { type Outlook, outlookOf } from '#src/metrics/outlook.ts';
import { paceOf } from '#src/metrics/pace.ts';
import { progressOf } from '#src/metrics/progress.ts';
import { taskStates } from '#src/metrics/task-state.ts';
import type { Item } from '#src/plan/item.ts';
import { type IsHoliday, knownHolidays } from '#src/plan/working-days.ts';
import type { Store } from '#src/store/store.ts';
import { keepHistory, keptForecasts, keptHistory } from './kept-history.ts';
import type { Basis } from './standing.ts';

export interface OutlookDeps {
  readonly store: Store;
  readonly today: () => string;
  readonly timeZone: string;
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
  { store, today, timeZone }: OutlookDeps,
): Promise<readonly DayFigures[]> {
  const now = progressOf(taskStates(agreed, today()));
  const kept = (await keptHistory(store, slug, today()))?.history;
  const last = kept?.at(-1);
  if (kept && last?.done === now.done && last.total === now.total) return kept;
  if (agreed.size === 0) return [];
  const history = historyOf(await store.readAudit(slug), agreed, today(), timeZone);
  await keepHistory(store, slug, { template, history });
  return history;
}

async function sisterHistories(
  slug: string,
  { template }: Basis,
  { store, today }: OutlookDeps,
): Promise<readonly (readonly DayFigures[])[]> {
  const others = (await store.projects()).filter((one) => one !== slug);
  const found: (readonly DayFigures[])[] = [];
  for (const one of others) {
    if (found.length === MOST_SISTERS) break;
    const kept = await keptHistory(store, one, today());
    if (kept?.template === template) found.push(kept.history);
  }
  return found;
}
