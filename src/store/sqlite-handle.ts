import type Database from 'better-sqlite3';
import { Kysely, type SqliteDatabase, SqliteDialect, sql } from 'kysely';
import type { Handle } from './engine.ts';
import { type MigrationDialect, migrate } from './migrations.ts';
import { preparer } from './prepared.ts';
import { APPLICATION_ID, type Tables } from './schema.ts';

/** Kysely on an open connection. Closing it closes the connection. */
export function handleOn(database: Database.Database): Handle {
  // What has been agreed and what a lost value was must survive a power cut, not only a crash.
  database.pragma('synchronous = full');
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: asKyselyNeedsIt(database) }) });
  return { db, clock: sql<number>`cast(unixepoch('subsec') * 1000 as integer)` };
}

export async function upgradeSqlite({ db }: Handle): Promise<void> {
  await migrate(db, DIALECT);
}

function asKyselyNeedsIt(database: Database.Database): SqliteDatabase {
  const prepare = preparer(database);
  return {
    prepare: (statement) => prepare(adapted(statement, database)),
    close: () => void database.close(),
  };
}

function adapted(statement: string, database: Database.Database): string {
  // Every transaction here writes. One that began by reading would be turned away, without waiting, when another
  // process has written in between; asking for the right to write first waits for its turn.
  if (statement === 'begin') return 'begin immediate';
  // A full disk makes SQLite roll back on its own: Kysely's own rollback would fail, and hide why.
  if (statement === 'rollback' && !database.inTransaction) return 'select 1';
  return statement;
}

const DIALECT: MigrationDialect = {
  text: sql`text`,
  whole: sql`integer`,
  counter: sql`integer primary key autoincrement`,
  clustered: sql`without rowid`,
  // The transaction itself is exclusive.
  begin: async () => {},
  readVersion: async (writer) => {
    const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(writer);
    return rows[0]?.user_version ?? 0;
  },
  writeVersion: async (writer, version) => {
    await sql`pragma user_version = ${sql.lit(version)}`.execute(writer);
    await sql`pragma application_id = ${sql.lit(APPLICATION_ID)}`.execute(writer);
  },
  sealAudit: async (writer) => {
    for (const refused of ['update', 'delete']) {
      await sql`create trigger ${sql.ref(`audit_refuses_${refused}`)} before ${sql.raw(refused)} on audit
        begin select raise(abort, 'the audit log is append-only'); end`.execute(writer);
    }
    // `insert or replace` would delete without firing the trigger above.
    await sql`create trigger audit_refuses_replace before insert on audit
      when exists (select 1 from audit where id = new.id)
      begin select raise(abort, 'the audit log is append-only'); end`.execute(writer);
  },
};
