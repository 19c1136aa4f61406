import type { BindingObligation } from '#src/plan/calendar.ts';
import type { Item, Status } from '#src/plan/item.ts';
import { byText } from './order.ts';
import { type OverviewInput, overviewOf } from './overview.ts';
import { progressOf } from './progress.ts';
import { type TaskState, taskStates } from './task-state.ts';

/** One project's entry in what `status --json` prints. Its form is a contract with scripts: only add to it. */
export interface ProjectStatus {
  readonly slug: string;
  readonly progress: {
    readonly overall: number;
    readonly steps: readonly {
      readonly key: string;
      readonly done: number;
      readonly total: number;
      readonly progress: number;
    }[];
  };
  readonly items: readonly StatusItem[];
  readonly obligations: readonly ObligationProgress[];
  readonly verdict: Verdict;
  /** `null`: not computed. */
  readonly forecast: null;
}

export interface StatusItem {
  readonly key: string;
  readonly title: string;
  readonly status: Status;
  /** `YYYY-MM-DD`, or `null` when the task has no date. */
  readonly due: string | null;
  readonly late: boolean;
}

export interface ObligationProgress {
  readonly id: string;
  readonly date: string;
  /** Negative once the date has passed. */
  readonly daysLeft: number;
  readonly progress: number;
}

/**
 * `late`: a task that the law requires, or that is urgent, is overdue. `at-risk`: only other tasks are overdue.
 * `on-track`: nothing is overdue. Said to people by `verdictMessages` of `src/i18n/metrics.ts`.
 */
export const VERDICTS = ['on-track', 'at-risk', 'late'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What `status --json` says of one project: the same figures as its overview, with its tasks. */
export function statusDocument(slug: string, input: OverviewInput): ProjectStatus {
  const overview = overviewOf(input);
  const reached = obligationProgress(input.agreed, input.obligations, input.today);
  return {
    slug,
    progress: {
      overall: overview.progress,
      steps: overview.steps.map(({ key, done, total, progress }) => ({ key, done, total, progress })),
    },
    items: itemsOf(input),
    obligations: overview.obligations.map(({ id, date, daysLeft }) => ({
      id,
      date,
      daysLeft,
      progress: reached.get(id) ?? 0,
    })),
    verdict: verdictOf(input.agreed, input.today),
    forecast: null,
  };
}

/** The tasks that are not archived, step by step, then by date; own tasks, and tasks without a date, come last. */
export function itemsOf({
  agreed,
  steps,
  today,
}: Pick<OverviewInput, 'agreed' | 'steps' | 'today'>): readonly StatusItem[] {
  const ranks = new Map(steps.map(({ key }, rank) => [key, rank]));
  const rank = (task: TaskState) => ranks.get(task.step) ?? steps.length;
  return taskStates(agreed, today)
    .toSorted((a, b) => rank(a) - rank(b) || byText(a.due ?? '9', b.due ?? '9') || byText(a.key, b.key))
    .map(({ key, title, status, due, late }) => ({ key, title, status, due, late }));
}

/**
 * By obligation, the progress of the tasks that are due on its date or before: how much of what the plan wants
 * done by then is done. A task without a date belongs to no obligation.
 */
export function obligationProgress(
  agreed: ReadonlyMap<string, Item>,
  obligations: readonly BindingObligation[],
  today: string,
): ReadonlyMap<string, number> {
  const tasks = taskStates(agreed, today);
  return new Map(
    obligations.map(({ obligation, date }) => {
      const before = tasks.filter(({ due }) => due !== null && due <= date);
      return [obligation.id, progressOf(before).progress];
    }),
  );
}

/** See {@link VERDICTS}. */
export function verdictOf(agreed: ReadonlyMap<string, Item>, today: string): Verdict {
  const late = taskStates(agreed, today).filter((task) => task.late);
  if (late.some(({ required, priority }) => required || priority === 'urgent')) return 'late';
  return late.length > 0 ? 'at-risk' : 'on-track';
}
