import { Temporal } from 'temporal-polyfill';
import { buildPlan, type PlanInput } from './build-plan.ts';
import { bindingObligations } from './calendar.ts';
import { type Fields, type Item, isArchived, text } from './item.ts';
import { selectTasks } from './select-tasks.ts';
import type { Repeat } from './template.ts';
import { type WorkingDays, workingDays } from './working-days.ts';

/** A duty of the plan that comes back: the weekly watch, the check of the calendar each quarter. */
export interface RecurringTask {
  readonly key: string;
  readonly repeat: Repeat;
  /** `YYYY-MM-DD`: when the plan wants it done for the first time. */
  readonly planned: string;
  /** `YYYY-MM-DD`: it does not come back after that day. */
  readonly until: string | undefined;
}

type Day = Temporal.PlainDate;
const { compare, from } = Temporal.PlainDate;

export function recurringTasks(input: PlanInput): readonly RecurringTask[] {
  const { items } = buildPlan(input);
  const anchors = new Map([
    ['start', input.start],
    ...bindingObligations(input.template, input.company).map(({ obligation, date }): [string, string] => [
      obligation.id,
      date,
    ]),
  ]);
  return selectTasks(input.template, input.company, input.profile).flatMap(({ key, task: { repeat } }) => {
    const planned = text(items.get(key) ?? { key, kind: 'task', parent: '', fields: {} }, 'due');
    if (!repeat || planned === '') return [];
    const anchor = repeat.until && anchors.get(repeat.until.anchor);
    const until = anchor && from(anchor).add({ days: Math.round((repeat.until?.weeks ?? 0) * 7) });
    return [{ key, repeat, planned, until: until?.toString() }];
  });
}

/**
 * Of the duties that are done, those whose day has passed, as they stand for their next time: to do, with the next
 * date, their points unticked. What is not done stays overdue, and what was dropped is dropped. Only the fields that
 * change are given. Pure.
 */
export function comingBack(
  tasks: readonly RecurringTask[],
  agreed: ReadonlyMap<string, Item>,
  today: string,
  isHoliday: (day: string) => boolean,
): readonly Item[] {
  const days = workingDays(isHoliday);
  return tasks.flatMap((task) => {
    const item = agreed.get(task.key);
    if (!item || isArchived(item) || text(item, 'status') !== 'done') return [];
    const due = nextDue(task, text(item, 'due'), from(today), days);
    if (due === undefined) return [];
    const points = [...agreed.values()].filter(
      ({ kind, parent, fields }) => kind === 'check' && parent === task.key && fields.done === true,
    );
    return [
      withFields(item, { status: 'todo', due: due.toString(), start: startOf(item, due) }),
      ...points.map((point) => withFields(point, { done: false })),
    ];
  });
}

function withFields(item: Item, fields: Fields): Item {
  return { ...item, fields };
}

/** As long before the date as before the last one. */
function startOf(item: Item, due: Day): string | null {
  const [start, before] = [text(item, 'start'), text(item, 'due')];
  if (start === '' || before === '') return null;
  return due.subtract({ days: Math.max(0, from(start).until(from(before)).total('days')) }).toString();
}

/**
 * The first date of the rhythm after today, once the last date has passed; `undefined`: not yet, or no more. The
 * rhythm is the plan's, unless people have moved the date: then it is theirs from there on.
 */
function nextDue(
  { repeat, planned, until }: RecurringTask,
  due: string,
  today: Day,
  days: WorkingDays,
): Day | undefined {
  if (due === '' || compare(from(due), today) >= 0) return undefined;
  const rhythm = (base: Day, times: number) =>
    days.onOrBefore(base.add({ [`${repeat.unit}s`]: repeat.every * times }));
  const isPlanned = datesOf((times) => rhythm(from(planned), times), from(due)).some(
    (day) => day.toString() === due,
  );
  const base = from(isPlanned ? planned : due);
  const next = datesOf((times) => rhythm(base, times), today.add({ days: 1 })).at(-1);
  return next && (until === undefined || compare(next, from(until)) <= 0) ? next : undefined;
}

/** The dates of a rhythm, up to the first one on that day or after it. */
function datesOf(rhythm: (times: number) => Day, last: Day): readonly Day[] {
  const dates: Day[] = [];
  for (let times = 0; ; times += 1) {
    const day = rhythm(times);
    dates.push(day);
    if (compare(day, last) >= 0) return dates;
  }
}
