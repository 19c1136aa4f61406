import { accessSync, constants, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { BadInput, NeedsAttention } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { storeSays } from '#src/i18n/store.ts';
import type { Engine, Handle } from './engine.ts';
import { makeFolder } from './make-folder.ts';
import { preparer } from './prepared.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from './schema.ts';
import { explainSqlite, isBusy } from './sqlite-failures.ts';

export const FILE_NAME = 'jalon.db';

/** How long a statement waits for another process that writes. Our transactions take milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;
const BUSY_POLL_MS = 20;

/**
 * Opens `jalon.db`, making the folder and the file where they are missing. Two connections, so that a read never
 * sees the half of a transaction of this same process; the writing one is opened when it is first needed.
 */
export async function openSqlite(home: string): Promise<Engine> {
  const path = join(home, FILE_NAME);
  const explain = (error: unknown) => explainSqlite(error, path);
  try {
    makeFolder(resolve(home));
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
    if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
    return await openFile(path, explain);
  } catch (error) {
    throw explain(error);
  }
}

async function openFile(path: string, explain: Engine['explain']): Promise<Engine> {
  const reader = connect(path);
  const prepare = preparer(reader);
  let handle: Promise<Handle> | undefined;
  let writer: Database.Database | undefined;
  const openHandle = async () => {
    writer = connect(path);
    return (await import('./sqlite-handle.ts')).handleOn(writer);
  };
  const engine: Engine = {
    prefix: '',
    read: async <Row extends object>(sql: string, parameters: readonly string[]) =>
      prepare(sql).all(...parameters) as Row[],
    handle: () => {
      handle ??= openHandle();
      return handle;
    },
    explain,
    close: async () => {
      await handle?.then(({ db }) => db.destroy());
      writer?.close();
      reader.close();
    },
  };
  try {
    if (schemaVersion(reader, path) < SCHEMA_VERSION) await upgrade(reader, await engine.handle());
    reader.pragma('query_only = on');
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

function connect(path: string): Database.Database {
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  database.pragma('cache_size = -2000');
  return database;
}

/**
 * How far the file has been migrated; 0 for a new one.
 *
 * @throws NeedsAttention for a database of another program; BadInput for one of a later Jalon.
 */
function schemaVersion(database: Database.Database, path: string): number {
  const read = database.transaction(() => ({
    application: database.pragma('application_id', { simple: true }) as number,
    version: database.pragma('user_version', { simple: true }) as number,
    tables: database.prepare<[], number>('select count(*) from sqlite_master').pluck().get() ?? 0,
  }));
  const { application, version, tables } = read();
  if (application !== APPLICATION_ID && tables > 0) {
    throw new NeedsAttention(said(storeSays.foreignFile, { path }));
  }
  if (version > SCHEMA_VERSION) {
    throw new BadInput(said(storeSays.newerSchema, { where: path, found: version, known: SCHEMA_VERSION }));
  }
  return version;
}

async function upgrade(database: Database.Database, handle: Handle): Promise<void> {
  await switchToWal(database);
  const { upgradeSqlite } = await import('./sqlite-handle.ts');
  await upgradeSqlite(handle);
}

/** Write-ahead logging is a property of the file, set once. SQLite does not wait on its own for this change. */
async function switchToWal(database: Database.Database): Promise<void> {
  const deadline = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      database.pragma('journal_mode = wal');
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    await wait(BUSY_POLL_MS);
  }
}
