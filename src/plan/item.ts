/**
 * What is synced. Every place where the plan lives (the template, a workbook, a Notion page, a Trello
 * board) shows the same items; a place differs from another only in the values of their fields.
 */

/** A field's value. A list is a set: its order carries no meaning. */
export type Value = string | number | boolean | null | readonly string[];

export type Fields = Readonly<Record<string, Value>>;

/** `check` is one point of a task's checklist; `row` is a line of a register; `comment` is a remark on a task or a row. */
export type ItemKind = 'task' | 'check' | 'row' | 'comment';

/** Which item is meant, and where it has its place, whatever its fields say. */
export type ItemRef = Pick<Item, 'key' | 'kind' | 'parent'>;

export interface Item {
  /** Stable and unique in a project: `step/task`, `step/task#point`, `register:row`, `step/task@remark`. Never shown to people. */
  readonly key: string;
  readonly kind: ItemKind;
  /**
   * What holds it, for its whole life: the key of the task of a point, of the register of a row, of the task or row
   * of a comment; `plan` for a task.
   */
  readonly parent: string;
  readonly fields: Fields;
}

export const STATUSES = ['todo', 'doing', 'blocked', 'done', 'dropped'] as const;
export type Status = (typeof STATUSES)[number];

export const PRIORITIES = ['urgent', 'high', 'normal'] as const;
export type Priority = (typeof PRIORITIES)[number];

/**
 * The fields of a task. Dates are `YYYY-MM-DD`. `step`, `role` and `with` hold keys of the template, `people`
 * the names of persons, `dependsOn` keys of other tasks, `sources` ids of the template's sources; `repeat` is
 * a text in the team's language.
 */
export const TASK_FIELDS = [
  'title',
  'step',
  'status',
  'priority',
  'role',
  'with',
  'people',
  'start',
  'due',
  'description',
  'deliverable',
  'proof',
  'repeat',
  'dependsOn',
  'sources',
  'required',
  'notes',
  'archived',
] as const;
export type TaskField = (typeof TASK_FIELDS)[number];

/** `rank` orders the points of one checklist, smallest first. */
export const CHECK_FIELDS = ['title', 'done', 'rank', 'archived'] as const;

/**
 * `author` is the name of a person, or `Jalon`; `origin` the kind of the place where it was written, `jalon` for our
 * own; `at` an ISO instant. A comment that is deleted in one place stays in the others: it was said.
 */
export const COMMENT_FIELDS = ['text', 'author', 'origin', 'at', 'archived'] as const;

/** Present on every kind: true once a person has deleted or archived the item, or the template retired it. */
export const ARCHIVED = 'archived';

export function isArchived(item: Item): boolean {
  return item.fields[ARCHIVED] === true;
}

/** A text field's value, or `''` where the item has none. */
export function text(item: Item, field: string): string {
  const value = item.fields[field];
  return typeof value === 'string' ? value : '';
}

/** A list field's value, or `[]` where the item has none. */
export function list(item: Item, field: string): readonly string[] {
  const value = item.fields[field];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}
