import type { Generated } from 'kysely';

/** The tables, as queries see them. `fields`, `old_value` and `new_value` hold JSON; `at` holds ISO instants. */
export interface Tables {
  project: { slug: string; template_version: string | null };
  item: { project: string; key: string; kind: string; parent: string; fields: string; position: number };
  seen: { project: string; replica: string; key: string; fields: string };
  read_cursor: { project: string; replica: string; cursor: string };
  memory: { project: string; replica: string; name: string; value: string };
  intent: { project: string; replica: string; key: string; kind: string; run: string; at: string };
  audit: AuditTable;
  project_lock: LockTable;
  job_period: PeriodTable;
  outbox: OutboxTable;
  watch_source: { source: string; state: string; snapshot: string };
  watch_notice: { number: Generated<number>; id: string; notice: string; found_at: string };
}

interface AuditTable {
  id: Generated<number>;
  at: string;
  run: string;
  project: string;
  key: string;
  field: string | null;
  kind: string;
  actor: string;
  old_value: string;
  new_value: string;
  note: string | null;
}

/** A process, told so that another one can find out whether it still lives. */
export interface OwnerColumns {
  machine: string;
  host: string;
  pid: number;
  /** When the process began, as its system counts; empty where that is unknown. */
  started: string;
}

/** Times are milliseconds of the database's clock. */
interface LockTable extends OwnerColumns {
  project: string;
  /** One acquisition: what renews and releases the lock is sure that it is still its own. */
  token: string;
  owner: string;
  taken_at: number;
  expires_at: number;
}

interface PeriodTable extends OwnerColumns {
  job: string;
  project: string;
  period: string;
  run: string;
  claimed_at: number;
  /** `null` until it is finished. */
  outcome: string | null;
}

/** A message on its way over one channel. The columns of the owner are empty, and 0, unless it is being sent. */
export interface OutboxTable extends OwnerColumns {
  project: string;
  channel: string;
  key: string;
  state: string;
  /** JSON; empty once the message will not be sent any more. */
  message: string;
  /** JSON: what became of it so far, see `DeliveryNote`; empty for nothing. */
  note: string;
  /** ISO instant. */
  put_at: string;
  /** Milliseconds of our own clock, before which it is not tried. */
  due_at: number;
  tries: number;
  /** Milliseconds of the database's clock; 0 unless it is being sent. */
  claimed_at: number;
}

/** How many migrations there are. Raised with each that is added to migrations.ts. */
export const SCHEMA_VERSION = 3;

/** `Jaln` in ASCII: tells our file from any other SQLite database. */
export const APPLICATION_ID = 0x4a_61_6c_6e;
