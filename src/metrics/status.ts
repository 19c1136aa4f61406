import type { BindingObligation } from '#src/plan/calendar.ts';
import type { Item, Status } from '#src/plan/item.ts';
import { byPerson, byRole, type Part, weightedProgress } from './breakdown.ts';
import { type CriticalPath, criticalPaths } from './critical-path.ts';
import type { Forecast } from './forecast.ts';
import { tasksFor } from './obligation-tasks.ts';
import { byText } from './order.ts';
import { type Outlook, reasonText } from './outlook.ts';
import { type OverviewInput, overviewOf } from './overview.ts';
import { progressOf } from './progress.ts';
import { type TaskState, taskStates } from './task-state.ts';
import type { Verdict } from './verdict.ts';

/** One project's entry in what `status --json` prints. Its form is a contract with scripts: only add to it. */
export interface ProjectStatus {
  readonly slug: string;
  readonly progress: {
    readonly overall: number;
    /** Where a task weighs as much as its checklist is long. */
    readonly weighted: number;
    readonly steps: readonly {
      readonly key: string;
      readonly done: number;
      readonly total: number;
      readonly progress: number;
    }[];
  };
  /** By the key of the role that answers for the tasks; `''`: none. */
  readonly roles: readonly Part[];
  /** By name; a task of several people counts for each, one of nobody under `''`. */
  readonly people: readonly Part[];
  readonly items: readonly StatusItem[];
  readonly obligations: readonly ObligationProgress[];
  readonly verdict: Verdict;
  /** The reason of the verdict, in one sentence in the team's language. */
  readonly reason: string;
  /** For each deadline that has tasks in the plan, when they are done as things go; see `docs/metrics.md`. */
  readonly forecast: readonly Forecast[];
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
  /** What leads to a deadline that is to come; `null` for others. */
  readonly path: CriticalPath | null;
}

/** What `status --json` says of one project: the same figures as its overview, with its tasks. */
export function statusDocument(slug: string, input: OverviewInput, outlook: Outlook): ProjectStatus {
  const overview = overviewOf(input);
  const reached = obligationProgress(input.agreed, input.obligations, input.today);
  const tasks = taskStates(input.agreed, input.today);
  const paths = new Map(criticalPaths(input.obligations, tasks, input.today).map((path) => [path.id, path]));
  return {
    slug,
    progress: {
      overall: overview.progress,
      weighted: weightedProgress(tasks),
      steps: overview.steps.map(({ key, done, total, progress }) => ({ key, done, total, progress })),
    },
    roles: byRole(tasks),
    people: byPerson(tasks),
    items: itemsOf(input),
    obligations: overview.obligations.map(({ id, date, daysLeft }) => ({
      id,
      date,
      daysLeft,
      progress: reached.get(id) ?? 0,
      path: paths.get(id) ?? null,
    })),
    verdict: outlook.verdict,
    reason: reasonText(outlook.reason, input.obligations, input.locale),
    forecast: outlook.forecasts,
  };
}

/** Step by step, then by date; own tasks, and tasks without a date, come last. */
export function inOrder(
  tasks: readonly TaskState[],
  steps: readonly { readonly key: string }[],
): readonly TaskState[] {
  const ranks = new Map(steps.map(({ key }, rank) => [key, rank]));
  const rank = (task: TaskState) => ranks.get(task.step) ?? steps.length;
  return tasks.toSorted(
    (a, b) => rank(a) - rank(b) || byText(a.due ?? '9', b.due ?? '9') || byText(a.key, b.key),
  );
}

/** The tasks that are not archived, in their order. */
export function itemsOf({
  agreed,
  steps,
  today,
}: Pick<OverviewInput, 'agreed' | 'steps' | 'today'>): readonly StatusItem[] {
  return inOrder(taskStates(agreed, today), steps).map(({ key, title, status, due, late }) => ({
    key,
    title,
    status,
    due,
    late,
  }));
}

/**
 * By obligation, how much is done of what it rests on: see `tasksFor`. Ready for it is 1. One for which nothing is to be
 * done in this plan has no figure.
 */
export function obligationProgress(
  agreed: ReadonlyMap<string, Item>,
  obligations: readonly BindingObligation[],
  today: string,
): ReadonlyMap<string, number> {
  const tasks = taskStates(agreed, today);
  return new Map(
    obligations.flatMap((one) => {
      const { progress, total } = progressOf(tasksFor(one, tasks));
      return total === 0 ? [] : [[one.obligation.id, progress]];
    }),
  );
}
