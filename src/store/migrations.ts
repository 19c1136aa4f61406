import { type CreateTableBuilder, type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
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
const MIGRATIONS: readonly Migration[] = [createTables];

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
  const { clustered } = dialect;
  const project = texts(writer.schema.createTable('project'), dialect, ['slug'], ['template_version']);
  await keyed(project, ['slug']).modifyEnd(clustered).execute();

  const item = texts(writer.schema.createTable('item'), dialect, [
    'project',
    'key',
    'kind',
    'parent',
    'fields',
  ]).addColumn('position', dialect.whole, (column) => column.notNull());
  await keyed(item, ['project', 'key']).modifyEnd(clustered).execute();

  for (const [name, key, rest] of PER_REPLICA) {
    const table = texts(writer.schema.createTable(name), dialect, [...key, ...rest]);
    await keyed(table, key).modifyEnd(clustered).execute();
  }
  await createAudit(writer, dialect);
  await createClaims(writer, dialect);
}

const PER_REPLICA = [
  ['seen', ['project', 'replica', 'key'], ['fields']],
  ['read_cursor', ['project', 'replica'], ['cursor']],
  ['memory', ['project', 'replica', 'name'], ['value']],
  ['intent', ['project', 'replica', 'key'], ['kind', 'run', 'at']],
] as const;

async function createAudit(writer: Transaction<Tables>, dialect: MigrationDialect): Promise<void> {
  const audit = writer.schema.createTable('audit').addColumn('id', dialect.counter);
  const required = ['at', 'run', 'project', 'key', 'kind', 'actor', 'old_value', 'new_value'];
  await texts(audit, dialect, required, ['field', 'note']).execute();
  await writer.schema.createIndex('audit_by_time').on('audit').columns(['project', 'at']).execute();
  await writer.schema.createIndex('audit_by_key').on('audit').columns(['project', 'key']).execute();
  await dialect.sealAudit(writer);
}

async function createClaims(writer: Transaction<Tables>, dialect: MigrationDialect): Promise<void> {
  const { whole, clustered } = dialect;
  const owner = ['machine', 'host', 'started'];
  const lock = texts(writer.schema.createTable('project_lock'), dialect, [
    ...owner,
    'project',
    'token',
    'owner',
  ])
    .addColumn('pid', whole, (column) => column.notNull())
    .addColumn('taken_at', whole, (column) => column.notNull())
    .addColumn('expires_at', whole, (column) => column.notNull());
  await keyed(lock, ['project']).modifyEnd(clustered).execute();

  const names = [...owner, 'job', 'project', 'period', 'run'];
  const period = texts(writer.schema.createTable('job_period'), dialect, names, ['outcome'])
    .addColumn('pid', whole, (column) => column.notNull())
    .addColumn('claimed_at', whole, (column) => column.notNull());
  await keyed(period, ['job', 'project', 'period']).modifyEnd(clustered).execute();
}

type TableBuilder = CreateTableBuilder<string, string>;

function texts(
  table: TableBuilder,
  { text }: MigrationDialect,
  required: readonly string[],
  optional: readonly string[] = [],
): TableBuilder {
  let built = table;
  for (const name of required) built = built.addColumn(name, sql`${text}`, (column) => column.notNull());
  for (const name of optional) built = built.addColumn(name, sql`${text}`);
  return built;
}

function keyed(table: TableBuilder, columns: readonly string[]): TableBuilder {
  return table.addPrimaryKeyConstraint(`${columns.join('_')}`, [...columns]);
}
