import { ARCHIVED, type Item, isArchived, list, STATUSES, type Status, text } from '#src/plan/item.ts';

/** What the figures need to know of one task, on one day. Archived tasks have no state. */
export interface TaskState {
  readonly key: string;
  readonly title: string;
  readonly step: string;
  readonly status: Status;
  /** `YYYY-MM-DD`; `null` when the task has no date, or one that is not a date. */
  readonly due: string | null;
  /** Due before today, and neither done nor dropped. */
  readonly late: boolean;
  /** From 0 to 1: how much of the task is done; 1 only once it is. `null`: the task does not count. */
  readonly worth: number | null;
  /** `YYYY-MM-DD`, when it is to be begun; `null` when nobody has said so. */
  readonly start: string | null;
  readonly role: string;
  /** Keys of tasks. */
  readonly dependsOn: readonly string[];
  /** How many points its checklist has. */
  readonly points: number;
  readonly required: boolean;
  readonly priority: string;
  readonly people: readonly string[];
}

/** A task with every point ticked still waits for someone to say that it is done, and shows it. */
const ALL_TICKED_NOT_DONE = 0.99;

interface Ticks {
  ticked: number;
  points: number;
}

/** The state of every task that is not archived, in the order of `agreed`. `today` is `YYYY-MM-DD`. */
export function taskStates(agreed: ReadonlyMap<string, Item>, today: string): readonly TaskState[] {
  const ticks = ticksByTask(agreed);
  const states: TaskState[] = [];
  for (const item of agreed.values()) {
    if (item.kind === 'task' && !isArchived(item)) states.push(stateOf(item, ticks.get(item.key), today));
  }
  return states;
}

function stateOf(task: Item, ticks: Ticks | undefined, today: string): TaskState {
  const status = statusOf(task);
  const due = dayOf(task, 'due');
  return {
    key: task.key,
    title: text(task, 'title'),
    step: text(task, 'step'),
    status,
    due,
    late: due !== null && due < today && status !== 'done' && status !== 'dropped',
    worth: worthOf(status, ticks),
    start: dayOf(task, 'start'),
    role: text(task, 'role'),
    dependsOn: list(task, 'dependsOn'),
    points: ticks?.points ?? 0,
    required: task.fields.required === true,
    priority: text(task, 'priority'),
    people: list(task, 'people'),
  };
}

function worthOf(status: Status, ticks: Ticks | undefined): number | null {
  if (status === 'dropped') return null;
  if (status === 'done') return 1;
  return ticks === undefined ? 0 : Math.min(ticks.ticked / ticks.points, ALL_TICKED_NOT_DONE);
}

/** A status that is missing or unknown counts as `todo`: nothing is done that nobody has said to be done. */
function statusOf(task: Item): Status {
  const value = text(task, 'status');
  return STATUSES.find((status) => status === value) ?? 'todo';
}

function dayOf(task: Item, field: string): string | null {
  const day = text(task, field);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null;
}

function ticksByTask(agreed: ReadonlyMap<string, Item>): ReadonlyMap<string, Ticks> {
  const byTask = new Map<string, Ticks>();
  for (const { kind, parent, fields } of agreed.values()) {
    if (kind !== 'check' || fields[ARCHIVED] === true) continue;
    const ticks = byTask.get(parent) ?? { ticked: 0, points: 0 };
    ticks.points += 1;
    if (fields.done === true) ticks.ticked += 1;
    byTask.set(parent, ticks);
  }
  return byTask;
}
