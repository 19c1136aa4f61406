import type { Transaction } from 'kysely';
import type { Value } from '#src/plan/item.ts';
import type { Handle } from './engine.ts';
import { slices } from './rows.ts';
import type { Tables } from './schema.ts';
import type { AuditEntry } from './state.ts';

/** An entry of the audit log. The database refuses to change or delete one. */
export interface AuditRecord extends AuditEntry {
  readonly id: number;
  /** ISO instant. */
  readonly at: string;
  readonly run: string;
  readonly project: string;
}

export interface AuditFilter {
  /** Of one item, or of several. */
  readonly key?: string | readonly string[];
  /** The one entry of that number. */
  readonly id?: number;
  /** An ISO instant; entries of that very instant are included. */
  readonly since?: string;
  /** How many entries at most, the latest ones. */
  readonly limit?: number;
}

export async function appendAudit(
  writer: Transaction<Tables>,
  heading: { readonly project: string; readonly run: string; readonly at: string },
  entries: readonly AuditEntry[],
): Promise<void> {
  const rows = entries.map(({ key, field, kind, actor, old, new: value, note }) => ({
    ...heading,
    key,
    field,
    kind,
    actor,
    old_value: JSON.stringify(old),
    new_value: JSON.stringify(value),
    note: note ?? null,
  }));
  for (const slice of slices(rows)) await writer.insertInto('audit').values(slice).execute();
}

/** The latest entries first. */
export async function readAudit(
  { db }: Handle,
  project: string,
  { key, id, since, limit }: AuditFilter,
): Promise<readonly AuditRecord[]> {
  let query = db.selectFrom('audit').selectAll().where('project', '=', project);
  if (key !== undefined) query = query.where('key', 'in', typeof key === 'string' ? [key] : key);
  if (id !== undefined) query = query.where('id', '=', id);
  if (since !== undefined) query = query.where('at', '>=', new Date(since).toISOString());
  if (limit !== undefined) query = query.limit(limit);
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').execute();
  return rows.map(({ old_value, new_value, note, kind, ...row }) => ({
    ...row,
    kind: kind as AuditEntry['kind'],
    old: JSON.parse(old_value) as Value,
    new: JSON.parse(new_value) as Value,
    ...(note !== null && { note }),
  }));
}
