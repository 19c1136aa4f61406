import type { RawBuilder, Transaction } from 'kysely';
import type { Handle } from './engine.ts';
import { lifeOf, thisProcess } from './process-identity.ts';
import type { OwnerColumns, Tables } from './schema.ts';

/** After this long, a claim of a process that cannot be asked whether it lives counts as abandoned. */
const ABANDONED_AFTER_MS = 3_600_000;

export async function lastPeriod({ db }: Handle, job: string, project: string): Promise<string | null> {
  const { last } = await db
    .selectFrom('job_period')
    .select((eb) => eb.fn.max('period').as('last'))
    .where('job', '=', job)
    .where('project', '=', project)
    .where('outcome', 'is not', null)
    .executeTakeFirstOrThrow();
  return last;
}

/** True for exactly one claimer; false for a period that is finished, or older than one that is. */
export async function claimPeriod(
  { db, clock }: Handle,
  job: string,
  project: string,
  period: string,
  run: string,
): Promise<boolean> {
  const claim: Claim = { job, project, period, run, claimed_at: clock, ...thisProcess() };
  return db.transaction().execute(async (writer) => {
    if (await isPast(writer, job, project, period)) return false;
    const { numInsertedOrUpdatedRows } = await writer
      .insertInto('job_period')
      .values({ ...claim, outcome: null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if ((numInsertedOrUpdatedRows ?? 0n) > 0n) return true;

    return (numInsertedOrUpdatedRows ?? 0n) > 0n || succeed(writer, claim);
  });
}

interface Claim extends OwnerColumns {
  readonly job: string;
  readonly project: string;
  readonly period: string;
  readonly run: string;
  readonly claimed_at: RawBuilder<number>;
}

/** Takes a period over from a claimer that has died unfinished. */
async function succeed(writer: Transaction<Tables>, claim: Claim): Promise<boolean> {
  const found = await writer
    .selectFrom('job_period')
    .selectAll()
    .select((eb) => eb('claimed_at', '<=', eb(claim.claimed_at, '-', ABANDONED_AFTER_MS)).as('old'))
    .where('job', '=', claim.job)
    .where('project', '=', claim.project)
    .where('period', '=', claim.period)
    .executeTakeFirst();
  if (!found) return false;
  const life = lifeOf(found);
  const abandoned = life === 'dead' || (life === 'unknown' && Boolean(found.old));
  if (!abandoned) return false;
  const { numUpdatedRows } = await writer
    .updateTable('job_period')
    .set(claim)
    .where('job', '=', claim.job)
    .where('project', '=', claim.project)
    .where('period', '=', claim.period)
    .where('run', '=', found.run)
    .where('claimed_at', '=', found.claimed_at)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Older periods of the job are forgotten: none of them can be claimed any more. */
export async function finishPeriod(
  { db }: Handle,
  job: string,
  project: string,
  period: string,
  outcome: string,
): Promise<void> {
  await db.transaction().execute(async (writer) => {
    await writer
      .updateTable('job_period')
      .set({ outcome })
      .where('job', '=', job)
      .where('project', '=', project)
      .where('period', '=', period)
      .execute();
    await writer
      .deleteFrom('job_period')
      .where('job', '=', job)
      .where('project', '=', project)
      .where('period', '<', period)
      .execute();
  });
}

async function isPast(
  writer: Transaction<Tables>,
  job: string,
  project: string,
  period: string,
): Promise<boolean> {
  const finished = await writer
    .selectFrom('job_period')
    .select('period')
    .where('job', '=', job)
    .where('project', '=', project)
    .where('outcome', 'is not', null)
    .where('period', '>=', period)
    .limit(1)
    .executeTakeFirst();
  return finished !== undefined;
}
