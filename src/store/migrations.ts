import type { CreateTableBuilder, Kysely, RawBuilder, Transaction } from 'kysely';
import { SCHEMA_VERSION, type Tables } from './schema.ts';

/** Where the two databases differ in how tables are made. */
export interface MigrationDialect {
  /** Text compared byte by byte. */
  readonly text: RawBuilder<unknown>;
  /** A whole number up to 2^53. */
  readonly whole: RawBuilder<unknown>;
  /** A key that the database counts up. */
  readonly counter: RawBuilder<unknown>;
  /** Ends the definition of a table that is always read by its primary key. */
  readonly clustered: RawBuilder<unknown>;
  /** Holds back every other process that migrates, until the transaction ends. */
  begin(writer: Transaction<Tables>): Promise<void>;
  readVersion(writer: Transaction<Tables>): Promise<number>;
  writeVersion(writer: Transaction<Tables>, version: number): Promise<void>;
  /** Makes the database refuse to change or delete what stands in `audit`. */
  sealAudit(writer: Transaction<Tables>): Promise<void>;
}

type Migration = (writer: Transaction<Tables>, dialect: MigrationDialect) => Promise<void>;

/** Applied in this order. What has been published is never edited: a change of the schema is a new migration. */
const MIGRATIONS: readonly Migration[] = [createTables, createOutbox, createWatch];

/** Brings the schema up to date, in one transaction; does nothing when another process was faster. */
export async function migrate(db: Kysely<Tables>, dialect: MigrationDialect): Promise<void> {
  await db.transaction().execute(async (writer) => {
    await dialect.begin(writer);
    const version = await dialect.readVersion(writer);
    if (version >= SCHEMA_VERSION) return;
    for (const migration of MIGRATIONS.slice(version)) await migration(writer, dialect);
    await dialect.writeVersion(writer, SCHEMA_VERSION);
  });
}

async function createTables(writer: Transaction<Tables>, dialect: MigrationDialect): Promise<void> {
  const create = (name: string, key: readonly string[], shape: Shape) =>
    shaped(writer.schema.createTable(name), dialect, {
      ...shape,
      required: [...key, ...(shape.required ?? [])],
    })
      .addPrimaryKeyConstraint(`${name}_key`, [...key])
      .modifyEnd(dialect.clustered)
      .execute();
  await create('project', ['slug'], { optional: ['template_version'] });
  await create('item', ['project', 'key'], { required: ['kind', 'parent', 'fields'], whole: ['position'] });
  await create('seen', ['project', 'replica', 'key'], { required: ['fields'] });
  await create('read_cursor', ['project', 'replica'], { required: ['cursor'] });
  await create('memory', ['project', 'replica', 'name'], { required: ['value'] });
  await create('intent', ['project', 'replica', 'key'], { required: ['kind', 'run', 'at'] });

  const process = ['machine', 'host', 'started'];
  await create('project_lock', ['project'], {
    required: [...process, 'token', 'owner'],
    whole: ['pid', 'taken_at', 'expires_at'],
  });
  await create('job_period', ['job', 'project', 'period'], {
    required: [...process, 'run'],
    whole: ['pid', 'claimed_at'],
    optional: ['outcome'],
  });
  await createAudit(writer, dialect);
}

async function createAudit(writer: Transaction<Tables>, dialect: MigrationDialect): Promise<void> {
  const audit = writer.schema.createTable('audit').addColumn('id', dialect.counter);
  await shaped(audit, dialect, {
    required: ['at', 'run', 'project', 'key', 'kind', 'actor', 'old_value', 'new_value'],
    optional: ['field', 'note'],
  }).execute();
  await writer.schema.createIndex('audit_by_time').on('audit').columns(['project', 'at']).execute();
  await writer.schema.createIndex('audit_by_key').on('audit').columns(['project', 'key']).execute();
  await dialect.sealAudit(writer);
}

/** Not clustered: a row may hold a picture, and such rows make a tree of keys slow. */
async function createOutbox(writer: Transaction<Tables>, dialect: MigrationDialect): Promise<void> {
  await shaped(writer.schema.createTable('outbox'), dialect, {
    required: [
      ...['project', 'channel', 'key', 'state', 'message', 'note', 'put_at'],
      ...['machine', 'host', 'started'],
    ],
    whole: ['due_at', 'tries', 'pid', 'claimed_at'],
  })
    .addPrimaryKeyConstraint('outbox_key', ['project', 'channel', 'key'])
    .execute();
  await writer.schema.createIndex('outbox_by_state').on('outbox').columns(['project', 'state']).execute();
}

/** Not clustered: a row may hold the whole text of a page. */
async function createWatch(writer: Transaction<Tables>, dialect: MigrationDialect): Promise<void> {
  await shaped(writer.schema.createTable('watch_source'), dialect, {
    required: ['source', 'state', 'snapshot'],
  })
    .addPrimaryKeyConstraint('watch_source_key', ['source'])
    .execute();
  const notice = writer.schema.createTable('watch_notice').addColumn('number', dialect.counter);
  await shaped(notice, dialect, { required: ['id', 'notice', 'found_at'] })
    .addUniqueConstraint('watch_notice_id', ['id'])
    .execute();
}

/** The columns of a table: texts that are always there, texts that may be null, and whole numbers. */
interface Shape {
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
  readonly whole?: readonly string[];
}

type TableBuilder = CreateTableBuilder<string, string>;

function shaped(table: TableBuilder, { text, whole }: MigrationDialect, shape: Shape): TableBuilder {
  let built = table;
  for (const name of shape.required ?? []) built = built.addColumn(name, text, (column) => column.notNull());
  for (const name of shape.whole ?? []) built = built.addColumn(name, whole, (column) => column.notNull());
  for (const name of shape.optional ?? []) built = built.addColumn(name, text);
  return built;
}
