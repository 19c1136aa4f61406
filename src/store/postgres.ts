import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { BadInput } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { storeSays } from '#src/i18n/store.ts';
import type { Engine, Handle } from './engine.ts';
import { type MigrationDialect, migrate } from './migrations.ts';
import { explainPostgres, isMissingSchema } from './postgres-failures.ts';
import { SCHEMA_VERSION, type Tables } from './schema.ts';

/** Our tables stand in a schema of their own, so that a database shared with others holds no surprise. */
const SCHEMA = 'jalon';

/** One service works on a few projects at a time; the server's connections are for everyone. */
const CONNECTIONS = 5;
const CONNECT_TIMEOUT_MS = 10_000;

/** Any number that every Jalon agrees on. */
const MIGRATION_LOCK = 0x4a_61_6c_6e;

/**
 * Connects to the database, making or upgrading our schema where needed.
 *
 * @throws BadInput for a URL that is none, a database that does not exist, a schema of a later Jalon; Refused when
 * the server does not let us in; NotNow when it cannot be reached.
 */
export async function openPostgres(databaseUrl: string): Promise<Engine> {
  const where = placeOf(databaseUrl);
  const pool = connect(databaseUrl);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema(SCHEMA);
  const handle: Handle = {
    db,
    clock: sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
  };
  const engine: Engine = {
    prefix: `${SCHEMA}.`,
    read: async <Row extends object>(statement: string, parameters: readonly string[]) =>
      (await pool.query<Row>(numbered(statement), [...parameters])).rows,
    handle: async () => handle,
    explain: (error) => explainPostgres(error, where),
    close: () => pool.end(),
  };
  try {
    const version = await schemaVersion(engine);
    if (version > SCHEMA_VERSION) {
      throw new BadInput(said(storeSays.newerSchema, { where, found: version, known: SCHEMA_VERSION }));
    }
    if (version < SCHEMA_VERSION) await migrate(db, DIALECT);
    return engine;
  } catch (error) {
    await pool.end();
    throw engine.explain(error);
  }
}

/** The server and the database, without the password: what a person may be told, and what a log may hold. */
function placeOf(databaseUrl: string): string {
  const url = URL.parse(databaseUrl);
  const named = url && (url.host !== '' || url.searchParams.has('host'));
  if (!named || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new BadInput(said(storeSays.badDatabaseUrl));
  }
  return `${url.host || url.searchParams.get('host')}${url.pathname}`;
}

function connect(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    allowExitOnIdle: true,
    application_name: 'jalon',
    types: { getTypeParser },
  });
  // An idle connection that the server closes is replaced when one is needed; unheard, it would end the process.
  pool.on('error', () => {});
  return pool;
}

/** Times and counts are `bigint` and stay below 2^53: numbers, as SQLite gives them. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');

/** `?` as `$1`, `$2`… Our statements hold no other question mark. */
function numbered(statement: string): string {
  let count = 0;
  return statement.replace(/\?/g, () => `$${++count}`);
}

async function schemaVersion(engine: Engine): Promise<number> {
  try {
    const rows = await engine.read<{ version: number }>(`select version from ${SCHEMA}.schema_version`, []);
    return rows[0]?.version ?? 0;
  } catch (error) {
    if (isMissingSchema(error)) return 0;
    throw error;
  }
}

const DIALECT: MigrationDialect = {
  text: sql`text collate "C"`,
  whole: sql`bigint`,
  counter: sql`bigint generated always as identity primary key`,
  clustered: sql``,
  begin: async (writer) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(writer);
    // Asked first: who may not create schemas may still use one that the administrator has made.
    const { rows } = await sql`select 1 from pg_namespace where nspname = ${SCHEMA}`.execute(writer);
    if (rows.length === 0) await sql`create schema ${sql.id(SCHEMA)}`.execute(writer);
    await sql`create table if not exists ${versionTable} (version integer not null)`.execute(writer);
  },
  readVersion: async (writer) => {
    const { rows } = await sql<{ version: number }>`select version from ${versionTable}`.execute(writer);
    return rows[0]?.version ?? 0;
  },
  writeVersion: async (writer, version) => {
    await sql`delete from ${versionTable}`.execute(writer);
    await sql`insert into ${versionTable} values (${version})`.execute(writer);
  },
  sealAudit,
};

const versionTable = sql.id(SCHEMA, 'schema_version');

async function sealAudit(writer: Transaction<Tables>): Promise<void> {
  const audit = sql.id(SCHEMA, 'audit');
  const refuse = sql.id(SCHEMA, 'refuse_to_rewrite_audit');
  await sql`create function ${refuse}() returns trigger language plpgsql as
    $$ begin raise exception 'the audit log is append-only'; end $$`.execute(writer);
  await sql`create trigger audit_is_append_only before update or delete on ${audit}
    for each row execute function ${refuse}()`.execute(writer);
  await sql`create trigger audit_is_never_emptied before truncate on ${audit}
    for each statement execute function ${refuse}()`.execute(writer);
}
