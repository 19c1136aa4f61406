import { type Item, isArchived, text, type Value } from '#src/plan/item.ts';

/** What is read of an entry of the audit log. */
export interface LoggedStatus {
  /** ISO instant. */
  readonly at: string;
  readonly key: string;
  readonly field: string | null;
  readonly kind: string;
  readonly actor: string;
  readonly new: Value;
}

export interface DoneTask {
  readonly key: string;
  readonly title: string;
}

/** Who brings a recurring duty back once its day has passed, in the audit log. */
export const RECURRING = 'recurring';

/**
 * The tasks that were done since an instant (ISO, that very instant included) and are so still, the latest first. A
 * recurring duty that was done, and has come back since by itself, was done all the same.
 *
 * @param entries the log since then or longer, the latest first, as the store gives it.
 */
export function doneSince(
  entries: readonly LoggedStatus[],
  agreed: ReadonlyMap<string, Item>,
  since: string,
): readonly DoneTask[] {
  const moves = entries.filter(
    ({ at, field, kind }) => at >= since && field === 'status' && kind === 'changed',
  );
  return [...Map.groupBy(moves, ({ key }) => key)].flatMap(([key, [latest, ...earlier]]) => {
    const task = agreed.get(key);
    if (task?.kind !== 'task' || isArchived(task) || !latest) return [];
    const hasComeBack = latest.actor === RECURRING && earlier[0]?.new === 'done';
    const isDone = text(task, 'status') === 'done' && latest.new === 'done';
    return isDone || hasComeBack ? [{ key, title: text(task, 'title') }] : [];
  });
}
