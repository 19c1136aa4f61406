import type { BindingObligation } from '#src/plan/calendar.ts';
import { addDays } from './days.ts';
import type { Forecast } from './forecast.ts';
import { byText } from './order.ts';
import type { TaskState } from './task-state.ts';

/**
 * How the project stands, from the best to the worst.
 *
 * - `late`: a task that the law requires, or that is urgent, is overdue; or, as the team goes, an obligation will more
 *   likely than not be met after its date.
 * - `at-risk`: only other tasks are overdue; or an obligation may be met after its date in more than 15 of 100 cases.
 * - `ahead`: nothing is overdue, every obligation to come will be met four weeks before its date in 85 of 100 cases, and
 *   more is done than the plan wanted by today.
 * - `on-track`: nothing is overdue, and nothing of the above is known.
 */
export const VERDICTS = ['ahead', 'on-track', 'at-risk', 'late'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why, in values. Said to people by `reasonMessage` of `src/i18n/verdict.ts`. */
export type Reason =
  | { readonly kind: 'required-overdue' | 'overdue'; readonly tasks: number }
  | {
      readonly kind: 'missed' | 'tight' | 'early';
      readonly obligation: string;
      readonly date: string;
      /** `null`: years away. */
      readonly expected: string | null;
    }
  | { readonly kind: 'nothing-overdue' };

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: Reason;
}

export interface JudgementInput {
  readonly tasks: readonly TaskState[];
  readonly obligations: readonly BindingObligation[];
  readonly forecasts: readonly Forecast[];
  readonly today: string;
}

const AHEAD_DAYS = 28;

/**
 * The verdict and its first reason. An obligation whose date has passed is not judged by its forecast, which is always
 * later: the tasks by which the plan catches up have dates of their own.
 */
export function judge(input: JudgementInput): Judgement {
  const overdue = input.tasks.filter(({ late }) => late);
  const grave = overdue.filter(({ required, priority }) => required || priority === 'urgent');
  if (grave.length > 0) return { verdict: 'late', reason: { kind: 'required-overdue', tasks: grave.length } };
  const ahead = expectations(input);
  // What others did on their plans is a warning to a team that has hardly begun, and no finding about it.
  const missed = ahead.find(({ p50, date, borrowed }) => !borrowed && isAfter(p50, date));
  if (missed) return { verdict: 'late', reason: told('missed', missed, missed.p50) };
  if (overdue.length > 0) return { verdict: 'at-risk', reason: { kind: 'overdue', tasks: overdue.length } };
  const tight = ahead.find(({ p85, date }) => isAfter(p85, date));
  if (tight) return { verdict: 'at-risk', reason: told('tight', tight, tight.p85) };
  const early = isAhead(ahead, input) ? ahead.at(-1) : undefined;
  if (early) return { verdict: 'ahead', reason: told('early', early, early.p85) };
  return { verdict: 'on-track', reason: { kind: 'nothing-overdue' } };
}

interface Expectation extends Forecast {
  readonly date: string;
}

/** What is known of the obligations to come, the nearest first. */
function expectations({ obligations, forecasts, today }: JudgementInput): readonly Expectation[] {
  return obligations
    .flatMap(({ obligation, date }) => {
      const forecast = forecasts.find(({ id }) => id === obligation.id);
      return forecast?.enough && date >= today ? [{ ...forecast, date }] : [];
    })
    .toSorted((a, b) => byText(a.date, b.date) || byText(a.id, b.id));
}

function isAhead(expected: readonly Expectation[], { tasks, today }: JudgementInput): boolean {
  const counting = tasks.filter(({ worth }) => worth !== null);
  const done = counting.filter(({ status }) => status === 'done').length;
  const wanted = counting.filter(({ due }) => due !== null && due <= today).length;
  return done > wanted && expected.every(({ p85, date }) => !isAfter(p85, addDays(date, -AHEAD_DAYS)));
}

/** What is years away is after every date. */
function isAfter(expected: string | null, date: string): boolean {
  return expected === null || expected > date;
}

function told(
  kind: 'missed' | 'tight' | 'early',
  { id, date }: Expectation,
  expected: string | null,
): Reason {
  return { kind, obligation: id, date, expected };
}
