import type { Kysely, RawBuilder, Selectable } from 'kysely';
import type { Handle } from './engine.ts';
import { lifeOf, thisProcess } from './process-identity.ts';
import type { Tables } from './schema.ts';

export interface LockRequest {
  readonly project: string;
  readonly token: string;
  readonly owner: string;
  readonly leaseMs: number;
}

export type LockRow = Selectable<Tables['project_lock']>;

/** Takes the lock and returns `undefined`, or the row of who holds it. Of several that try at once, one is given it. */
export async function tryAcquire(handle: Handle, request: LockRequest): Promise<LockRow | undefined> {
  for (;;) {
    const found = await lockOf(handle, request.project);
    if (found && !isFree(found)) return found;
    const taken = found ? await succeed(handle, request, found.token) : await insert(handle, request);
    if (taken) return undefined;
  }
}

/** Whether the lock is still ours. Extends its lease, where one is given. */
export async function renew(
  db: Kysely<Tables>,
  { project, token }: { readonly project: string; readonly token: string },
  lease?: { readonly clock: RawBuilder<number>; readonly leaseMs: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('project_lock')
    // An update even when nothing is to change: it holds the row against a successor until the transaction ends.
    .set((eb) => ({ expires_at: lease ? eb(lease.clock, '+', lease.leaseMs) : eb.ref('expires_at') }))
    .where('project', '=', project)
    .where('token', '=', token)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

export async function release({ db }: Handle, token: string): Promise<void> {
  await db.deleteFrom('project_lock').where('token', '=', token).execute();
}

function lockOf({ db, clock }: Handle, project: string) {
  return db
    .selectFrom('project_lock')
    .selectAll()
    .select((eb) => eb('expires_at', '<=', clock).as('expired'))
    .where('project', '=', project)
    .executeTakeFirst();
}

/** A process of this machine that lives keeps its lock however late it is: stopped for a while, it will write again. */
function isFree(row: LockRow & { readonly expired: unknown }): boolean {
  const life = lifeOf(row);
  if (life === 'dead') return true;
  return life !== 'alive' && Boolean(row.expired);
}

async function insert({ db, clock }: Handle, request: LockRequest): Promise<boolean> {
  const { project, token, owner, leaseMs } = request;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('project_lock')
    .values((eb) => ({
      ...thisProcess(),
      project,
      token,
      owner,
      taken_at: clock,
      expires_at: eb(clock, '+', leaseMs),
    }))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

async function succeed({ db, clock }: Handle, request: LockRequest, predecessor: string): Promise<boolean> {
  const { project, token, owner, leaseMs } = request;
  const { numUpdatedRows } = await db
    .updateTable('project_lock')
    .set((eb) => ({
      ...thisProcess(),
      token,
      owner,
      taken_at: clock,
      expires_at: eb(clock, '+', leaseMs),
    }))
    .where('project', '=', project)
    .where('token', '=', predecessor)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
