import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import type { DatabaseKind } from './databases.ts';

export function sqlite(): DatabaseKind {
  return {
    name: 'SQLite',
    prefix: '',
    setVersion: (version) => `pragma user_version = ${version}`,
    waysToReplaceAudit: [
      `insert or replace into audit values (1, '', '', '', '', '', '', '', '', null, null)`,
    ],
    create: async () => {
      const home = temporaryFolder();
      return {
        options: { home, databaseUrl: '' },
        tables: async () =>
          withFile(home, (file) =>
            file
              .prepare<[], string>(
                `select name from sqlite_master where type = 'table' and name not like 'sqlite%'`,
              )
              .pluck()
              .all(),
          ),
        run: async (sql) => void withFile(home, (file) => file.exec(sql)),
        count: async (table) =>
          withFile(
            home,
            (file) => file.prepare<[], number>(`select count(*) from ${table}`).pluck().get() ?? 0,
          ),
      };
    },
  };
}

function withFile<T>(home: string, work: (file: Database.Database) => T): T {
  const file = new Database(join(home, 'jalon.db'));
  try {
    return work(file);
  } finally {
    file.close();
  }
}

/** A folder that is gone when the test is done. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'jalon-store-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
