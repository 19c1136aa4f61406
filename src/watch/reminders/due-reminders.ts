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

/** Days without work in a row are fewer than that. */
const LONGEST_HOLIDAYS = 7;

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

function reminderOf(subject: Subject, span: Span, input: ReminderInput): Reminder | undefined {
  const due = Temporal.PlainDate.from(subject.due);
  const on = missedDays(due, span, input).sort(compare).at(-1);
  if (on === undefined) return undefined;
  const daysLeft = span.today.until(due).total('days');
  return { subject, on: on.toString(), daysLeft, late: compare(on, span.today) < 0 };
}

/** The days of the span on which something due that day was to be told, in no particular order. */
function missedDays(due: Day, { first, today }: Span, { rules, days }: ReminderInput): Day[] {
  const before = rules.daysBefore
    .map((count) => due.subtract({ days: count }))
    // Work may bring it forward, never put it off.
    .filter((day) => compare(day, first) >= 0)
    .map((day) => days.onOrBefore(day));
  const overdue = overdueDays(due, { first, today }, rules.everyDaysOverdue).map((day) =>
    days.onOrAfter(day),
  );
  return [...before, ...overdue].filter((day) => compare(day, first) >= 0 && compare(day, today) <= 0);
}

/** The last days of the rhythm up to the end of the span, back to one that even the longest holidays keep out of it. */
function overdueDays(due: Day, { first, today }: Span, every: number): readonly Day[] {
  const found: Day[] = [];
  const passed = due.until(today).total('days');
  if (every === 0 || passed < every) return found;
  const earliest = first.subtract({ days: LONGEST_HOLIDAYS });
  for (let times = Math.floor(passed / every); times > 0; times -= 1) {
    const day = due.add({ days: times * every });
    if (compare(day, earliest) < 0) break;
    found.push(day);
  }
  return found;
}
