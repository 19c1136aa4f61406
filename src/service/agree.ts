import type { Item } from '#src/plan/item.ts';
import { reconcile } from '#src/reconcile/reconcile.ts';
import { AGREED, type AgreedAt, type Outcome, type Replica } from '#src/reconcile/replica.ts';
import type { AuditRecord, Store } from '#src/store/store.ts';
import { UNDO } from './undo.ts';

/** What is agreed on, besides where: what the project is called in the store, and which of its places are people's. */
export interface Agreement {
  readonly slug: string;
  readonly places: ReadonlySet<string>;
  readonly store: Pick<Store, 'readAudit'>;
}

/**
 * Compares the places. Where someone wrote over what had not come to their place yet, because it was out of reach for a
 * while, the audit log is asked who was later: only then, since it costs a question.
 */
export async function agree(
  base: ReadonlyMap<string, Item>,
  replicas: readonly Replica[],
  agreement: Agreement,
): Promise<Outcome> {
  const outcome = reconcile(base, replicas);
  const unseen = outcome.happenings.filter(({ kind, actor }) => kind === 'conflict' && actor === AGREED);
  if (unseen.length === 0) return outcome;
  const keys = [...new Set(unseen.map(({ key }) => key))];
  return reconcile(base, replicas, await timesOf(keys, agreement));
}

async function timesOf(keys: readonly string[], { slug, places, store }: Agreement): Promise<AgreedAt> {
  const times = new Map<string, string>();
  // The latest first: the first of a field is the one that gave it its value.
  for (const { key, field, kind, actor, at } of await store.readAudit(slug, { key: keys })) {
    const name = `${key}\n${field}`;
    if (!SAYING.has(kind) || times.has(name)) continue;
    times.set(name, places.has(actor) || actor.startsWith(UNDO) ? at : NOBODY);
  }
  return (key, field) => times.get(`${key}\n${field}`) || undefined;
}

const SAYING: ReadonlySet<AuditRecord['kind']> = new Set(['changed', 'archived', 'restored']);
/** Of what the template or a rule has said: people are heard before them, whenever they spoke. */
const NOBODY = '';
