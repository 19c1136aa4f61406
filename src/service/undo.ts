import { ARCHIVED, type Item, isArchived, type Value } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import { type Replica, voice } from '#src/reconcile/replica.ts';
import type { AuditRecord } from '#src/store/store.ts';

/** What undoing an entry of the audit log comes to: one field of one item, and nothing else. */
export interface Undoing {
  readonly entry: number;
  readonly item: Item;
  readonly field: string;
  /** What stands now. */
  readonly stands: Value;
  /** What will stand: what the entry had replaced. */
  readonly restores: Value;
  /** The field has been changed again after the entry. */
  readonly isOvertaken: boolean;
}

/** Why an entry cannot be undone: it replaced nothing, its item is not known, or that follows another item. */
export type NotUndoable = 'nothing replaced' | 'remark' | 'unknown item' | 'follows its task';

/**
 * The value that the entry replaced: of a change the former value, of a conflict the one that lost; what was put
 * away comes back, and what was added or brought back is put away.
 */
export function undoingOf(
  { id, key, field, kind, old, new: value }: AuditRecord,
  agreed: ReadonlyMap<string, Item>,
): Undoing | NotUndoable {
  const item = agreed.get(key);
  if (!item) return 'unknown item';
  if (kind === 'kept') return 'nothing replaced';
  if (kind === 'created' && item.kind === 'comment') return 'remark';
  const wish =
    kind === 'created'
      ? { field: ARCHIVED, after: false, restores: true }
      : { field: field ?? ARCHIVED, after: value, restores: old };
  if (wish.field === ARCHIVED && item.kind === 'check' && isAway(agreed.get(item.parent)))
    return 'follows its task';
  const stands = item.fields[wish.field] ?? null;
  return {
    entry: id,
    item,
    field: wish.field,
    stands,
    restores: wish.field === ARCHIVED ? wish.restores === true : wish.restores,
    isOvertaken: !sameValue(stands, wish.after),
  };
}

/** What a cycle is told to have it done. It is named in the audit log by the entry, so that it can be undone as well. */
export function undoVoice({ entry, item: { key, kind, parent }, field, restores }: Undoing): Replica {
  return voice(`${UNDO}${entry}`, [{ key, kind, parent, fields: { [field]: restores } }]);
}

/** Before the number of the entry, in the name of who undid it. */
export const UNDO = 'undo:';

export function isUndone(
  { field, restores }: Pick<Undoing, 'field' | 'restores'>,
  item: Item | undefined,
): boolean {
  return item !== undefined && sameValue(item.fields[field], restores);
}

function isAway(item: Item | undefined): boolean {
  return item !== undefined && isArchived(item);
}
