import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStore, type Store, type StoreOptions } from '#src/store/store.ts';

/** A database as a person has it: empty, or with what an earlier run left there. */
export interface TestDatabase {
  readonly options: { readonly home: string; readonly databaseUrl: string };
  /** Runs a statement past the store, as another program or an administrator would. */
  run(sql: string): Promise<void>;
}

/** One of the databases that every test of the store runs on. */
export interface DatabaseKind {
  readonly name: string;
  /** What stands before the name of a table. */
  readonly prefix: string;
  /** Statements that get rid of an entry of the audit log without updating or deleting one. */
  readonly waysToReplaceAudit: readonly string[];
  start(): Promise<void>;
  stop(): Promise<void>;
  create(): Promise<TestDatabase>;
}

export const NOW = new Date('2026-11-23T08:00:00.000Z');

export function open(database: TestDatabase, more: Partial<StoreOptions> = {}): Promise<Store> {
  return openStore({ ...database.options, now: () => NOW, ...more });
}

/** A folder of its own, gone when the test is done. */
export function temporaryFolder(): AsyncDisposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'jalon-store-'));
  return { path, [Symbol.asyncDispose]: async () => rmSync(path, { recursive: true, force: true }) };
}

function sqlite(): DatabaseKind {
  const folders: string[] = [];
  return {
    name: 'SQLite',
    prefix: '',
    waysToReplaceAudit: [
      `insert or replace into audit values (1, '', '', '', '', '', '', '', '', null, null)`,
    ],
    start: async () => {},
    stop: async () => {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
    create: async () => {
      const home = mkdtempSync(join(tmpdir(), 'jalon-store-'));
      folders.push(home);
      return {
        options: { home, databaseUrl: '' },
        run: async (sql) => {
          const database = new Database(join(home, 'jalon.db'));
          try {
            database.exec(sql);
          } finally {
            database.close();
          }
        },
      };
    },
  };
}

export const DATABASES: readonly DatabaseKind[] = [sqlite()];
