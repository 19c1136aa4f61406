import type { Locale } from '#src/i18n/message.ts';
import type { BindingObligation } from '#src/plan/calendar.ts';
import type { Item } from '#src/plan/item.ts';
import type { Confidence, Source } from '#src/plan/template.ts';
import { daysBetween, mondayOf } from './days.ts';
import { byText } from './order.ts';
import { progressOf } from './progress.ts';
import { type TaskState, taskStates } from './task-state.ts';

/** Where a project stands: the figures that the status command, the dashboard sheet and the digest all show. */
export interface Overview {
  /** From 0 to 1. Dropped and archived tasks do not count; the ticked part of a checklist does. */
  readonly progress: number;
  readonly steps: readonly StepProgress[];
  readonly late: readonly LateTask[];
  readonly obligations: readonly ObligationState[];
  /** The Monday of this week: a picture is drawn anew when the plan moves, and once a week when only time does. */
  readonly week: string;
}

export interface StepProgress {
  readonly key: string;
  readonly title: string;
  readonly color: string;
  readonly done: number;
  readonly total: number;
  readonly progress: number;
}

export interface LateTask {
  readonly key: string;
  readonly title: string;
  readonly due: string;
  readonly people: readonly string[];
  readonly priority: string;
}

export interface ObligationState {
  readonly id: string;
  readonly title: string;
  readonly date: string;
  /** Negative once the date has passed. */
  readonly daysLeft: number;
  readonly kind: 'deadline' | 'event';
  readonly confidence: Confidence;
  readonly note: string;
  /** `null` too once the date has come: what is in force is not put off. */
  readonly postponableUntil: string | null;
  readonly verifiedOn: string;
  readonly source: { readonly title: string; readonly url: string };
}

export interface OverviewInput {
  /** The agreed state of the project. */
  readonly agreed: ReadonlyMap<string, Item>;
  /** In the order in which they are shown. */
  readonly steps: readonly { readonly key: string; readonly title: string; readonly color: string }[];
  readonly obligations: readonly BindingObligation[];
  readonly sources: readonly Pick<Source, 'id' | 'title' | 'url'>[];
  readonly locale: Locale;
  /** `YYYY-MM-DD`, where the team lives. */
  readonly today: string;
}

/**
 * Where the project stands today. Pure: the order of the items changes nothing.
 *
 * A task is worth 1 once done; before, the ticked share of its points, held to 0.99 so that it is never 1 before
 * someone says that it is done. Dropped and archived tasks, and archived points, do not count. A missing or
 * unknown status counts as `todo`. A step's progress is the mean of its tasks, the overall progress the mean of
 * all tasks, each for the same: a task whose step is unknown counts there and in no step. Nothing to do is 0 of
 * 0, and progress 0.
 */
export function overviewOf(input: OverviewInput): Overview {
  const tasks = taskStates(input.agreed, input.today);
  const byStep = Map.groupBy(tasks, (task) => task.step);
  return {
    progress: progressOf(tasks).progress,
    steps: input.steps.map(({ key, title, color }) => ({
      key,
      title,
      color,
      ...progressOf(byStep.get(key) ?? []),
    })),
    late: lateTasks(tasks, input.locale),
    obligations: input.obligations.map((one) => obligationState(one, input)),
    week: mondayOf(input.today),
  };
}

function lateTasks(tasks: readonly TaskState[], locale: Locale): readonly LateTask[] {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  return tasks
    .flatMap(({ key, title, due, late, people, priority }) =>
      late && due !== null ? [{ key, title, due, people, priority }] : [],
    )
    .sort((a, b) => byText(a.due, b.due) || compare(a.title, b.title) || byText(a.key, b.key));
}

function obligationState(
  { obligation, date }: BindingObligation,
  { sources, locale, today }: OverviewInput,
): ObligationState {
  const daysLeft = daysBetween(today, date);
  const source = sources.find(({ id }) => id === obligation.source);
  return {
    id: obligation.id,
    title: obligation.title[locale],
    date,
    daysLeft,
    kind: obligation.kind,
    confidence: obligation.confidence,
    note: obligation.note?.[locale] ?? '',
    postponableUntil: (daysLeft > 0 && obligation.postponableUntil) || null,
    verifiedOn: obligation.verifiedOn,
    // A template that names a source it does not hold is refused when it is read; here its id is still a trace.
    source: { title: source?.title[locale] ?? obligation.source, url: source?.url ?? '' },
  };
}
