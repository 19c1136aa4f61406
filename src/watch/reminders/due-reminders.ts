import { Temporal } from 'temporal-polyfill';
import type { WorkingDays } from '#src/plan/working-days.ts';
import type { Reminder, ReminderRules, Subject } from './rules.ts';

export interface ReminderInput {
  readonly subjects: readonly Subject[];
  readonly rules: ReminderRules;
  /** The last day whose reminders are told, `YYYY-MM-DD`; `null`: none yet. */
  readonly toldUntil: string | null;
  /** `YYYY-MM-DD`, where the team lives. */
  readonly today: string;
  readonly days: WorkingDays;
}

type Day = Temporal.PlainDate;
const { compare } = Temporal.PlainDate;

/**
 * What is to be told today, the most urgent first: everything that fell due since the last day that was told, each
 * subject once, however many of its reminders were missed. Before anything was told, only what falls on today counts:
 * a plan that begins late does not begin with a storm. Pure.
 *
 * A reminder that falls on a day without work comes on the last working day before it: on the Monday it may be too
 * late. What is overdue is told on the first working day after.
 */
export function dueReminders(input: ReminderInput): readonly Reminder[] {
  const today = Temporal.PlainDate.from(input.today);
  const first = input.toldUntil === null ? today : Temporal.PlainDate.from(input.toldUntil).add({ days: 1 });
  return input.subjects
    .flatMap((subject) => reminderOf(subject, { first, today }, input) ?? [])
    .sort((a, b) => a.daysLeft - b.daysLeft || (a.subject.key < b.subject.key ? -1 : 1));
}

interface Span {
  /** The first day that is not told yet. */
  readonly first: Day;
  readonly today: Day;
}

function reminderOf(subject: Subject, { first, today }: Span, input: ReminderInput): Reminder | undefined {
  const due = Temporal.PlainDate.from(subject.due);
  const missed = reminderDays(due, today, input).filter((day) => compare(day, first) >= 0);
  const on = missed.at(-1);
  if (on === undefined) return undefined;
  const daysLeft = today.until(due).total('days');
  return { subject, on: on.toString(), daysLeft, late: compare(on, today) < 0 };
}

/** All the days up to today on which the subject was to be told, the earliest first. */
function reminderDays(due: Day, today: Day, { rules, days }: ReminderInput): readonly Day[] {
  const before = rules.daysBefore.map((count) => days.onOrBefore(due.subtract({ days: count })));
  const overdue: Day[] = [];
  if (rules.everyDaysOverdue > 0) {
    const step = { days: rules.everyDaysOverdue };
    for (let day = due.add(step); compare(day, today) <= 0; day = day.add(step))
      overdue.push(days.onOrAfter(day));
  }
  return [...before, ...overdue].filter((day) => compare(day, today) <= 0).sort(compare);
}
