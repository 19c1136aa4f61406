import { Temporal } from 'temporal-polyfill';
import type { PlannedTask } from './select-tasks.ts';
import type { TemplateFile } from './template.ts';
import { earlierOf, laterOf, type WorkingDays } from './working-days.ts';

type Day = Temporal.PlainDate;
const { compare } = Temporal.PlainDate;

/** What a schedule is computed from. The same input always gives the same dates. */
export interface ScheduleInput {
  /** In an order in which each task comes after those that it depends on. */
  readonly tasks: readonly PlannedTask[];
  readonly start: Day;
  /** Dates of the obligations that bind the company, by id. */
  readonly anchors: ReadonlyMap<string, Day>;
  readonly rules: TemplateFile['schedule'];
  readonly days: WorkingDays;
}

export interface Dates {
  readonly start: Day;
  readonly due: Day;
  /** It should have been done before the project began, or cannot be done in the time that it was given. */
  readonly urgent: boolean;
}

/** Work is begun at most this many days before it is due. */
const LEAD_DAYS = 14;
/** Room left between a task and those that wait for it, when the plan has all its time. */
const GAP_DAYS = 7;

/**
 * Dates for every task. Two clocks: `start` counts forward from the first day, an obligation backwards from its
 * date. Every due date is a working day after the first day and not before those of the task's dependencies; what
 * is critical or required stays out of the freeze wherever the start leaves room for it.
 */
export function schedule(input: ScheduleInput): ReadonlyMap<string, Dates> {
  const window = windowOf(input);
  const wished = new Map(input.tasks.map((task) => [task.key, wishedDay(task, input, window)]));
  const latest = latestDays(input, wished, window);
  return earliestFeasible(input, wished, latest, window);
}

interface Window {
  /** The first working day on which something may be due. */
  readonly floor: Day;
  /** The date towards which the plan counts backwards; moved forward when it has already passed. */
  readonly target: Day;
  /** 1 when the plan has all its time, less when it is compressed. */
  readonly ratio: number;
}

function windowOf({ start, anchors, rules, days }: ScheduleInput): Window {
  const bound = rules.target === undefined ? undefined : anchors.get(rules.target);
  const legal = bound ?? start.add({ weeks: rules.weeks });
  const target = compare(legal, start) > 0 ? legal : start.add({ weeks: rules.catchUpWeeks });
  const ratio = Math.min(1, start.until(target).total('days') / (rules.weeks * 7));
  return { floor: days.next(start), target, ratio };
}

interface Wish {
  /** A working day, not yet held against dependencies, the freeze or the first day. */
  readonly day: Day;
  /** With all its time the task would have been due before the project began. */
  readonly overdue: boolean;
}

function wishedDay({ task: { due } }: PlannedTask, input: ScheduleInput, window: Window): Wish {
  const { start, anchors, rules, days } = input;
  if (due.anchor === 'start') {
    return { day: days.onOrAfter(addScaled(start, Math.max(due.weeks, 0), window.ratio)), overdue: false };
  }
  const legal = anchors.get(due.anchor) ?? window.target;
  const passed = compare(legal, start) <= 0;
  const isTarget = due.anchor === rules.target;
  if (passed && due.weeks < 0 && !isTarget) return { day: window.floor, overdue: true };

  const anchor = passed ? laterOf(legal, window.target) : legal;
  const scale = due.weeks < 0 ? window.ratio : 1;
  const overdue = compare(addScaled(anchor, due.weeks, 1), start) <= 0;
  return { day: days.onOrBefore(addScaled(anchor, due.weeks, scale)), overdue };
}

function addScaled(day: Day, weeks: number, ratio: number): Day {
  return day.add({ days: Math.round(weeks * 7 * ratio) });
}

/** The latest day for each task that leaves room for all that waits for it, seen from the end of the plan. */
function latestDays(
  input: ScheduleInput,
  wished: ReadonlyMap<string, Wish>,
  window: Window,
): ReadonlyMap<string, Day> {
  const latest = new Map<string, Day>();
  for (const task of [...input.tasks].reverse()) {
    const own = wished.get(task.key);
    if (!own) continue;
    const free = outOfFreeze(task, earlierOf(own.day, latest.get(task.key) ?? own.day), input, window);
    latest.set(task.key, free);
    for (const key of task.dependsOn) {
      const dependency = wished.get(key);
      if (!dependency) continue;
      const bound = leaveRoom(dependency.day, own.day, free, window, input.days);
      latest.set(key, earlierOf(bound, latest.get(key) ?? bound));
    }
  }
  return latest;
}

/** Keeps up to a week between a task and the one before it, as far as their wished days did. */
function leaveRoom(dependency: Day, wished: Day, latest: Day, window: Window, days: WorkingDays): Day {
  const distance = dependency.until(wished).total('days');
  const gap = Math.round(Math.min(distance, GAP_DAYS * window.ratio));
  return gap > 1 ? days.onOrBefore(latest.subtract({ days: gap })) : days.previous(latest);
}

function outOfFreeze({ task }: PlannedTask, day: Day, { rules, days }: ScheduleInput, window: Window): Day {
  if (!rules.freeze || !(task.critical || task.required)) return day;
  const from = Temporal.PlainDate.from(`${day.year}-${rules.freeze.from}`);
  const to = Temporal.PlainDate.from(`${day.year}-${rules.freeze.to}`);
  if (compare(day, from) < 0 || compare(day, to) > 0) return day;
  const eve = days.previous(from);
  return compare(eve, window.floor) >= 0 ? eve : day;
}

function earliestFeasible(
  { tasks, start, days }: ScheduleInput,
  wished: ReadonlyMap<string, Wish>,
  latest: ReadonlyMap<string, Day>,
  { floor }: Window,
): ReadonlyMap<string, Dates> {
  const dates = new Map<string, Dates>();
  for (const { key, task, dependsOn } of tasks) {
    const after = dependsOn.reduce((day, one) => laterOf(day, dates.get(one)?.due ?? day), start);
    const limit = latest.get(key) ?? floor;
    const due = laterOf(limit, laterOf(after, floor));
    const begin = days.onOrAfter(laterOf(after, due.subtract({ days: LEAD_DAYS })));
    const pushed = compare(due, limit) > 0;
    const urgent = task.urgent === true || pushed || wished.get(key)?.overdue === true;
    dates.set(key, { start: earlierOf(begin, due), due, urgent });
  }
  return dates;
}
