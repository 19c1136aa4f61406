import { openStore, type Store, type StoreOptions } from '#src/store/store.ts';

/** A database as a person has it: empty, or with what an earlier run left there. */
export interface TestDatabase {
  readonly options: { readonly home: string; readonly databaseUrl: string };
  /** Runs a statement past the store, as another program or an administrator would. */
  run(sql: string): Promise<void>;
  count(table: string): Promise<number>;
  /** The names of our tables, as statements give them. */
  tables(): Promise<readonly string[]>;
}

/** One of the databases that every test of the store runs on. */
export interface DatabaseKind {
  readonly name: string;
  /** What stands before the name of a table. */
  readonly prefix: string;
  /** The statement that makes the schema pass for an earlier one. */
  setVersion(version: number): string;
  /** Statements that get rid of an entry of the audit log without updating or deleting one. */
  readonly waysToReplaceAudit: readonly string[];
  /** An empty database, for the test that runs. */
  create(): Promise<TestDatabase>;
}

export const NOW = new Date('2026-11-23T08:00:00.000Z');

export function open(database: TestDatabase, more: Partial<StoreOptions> = {}): Promise<Store> {
  return openStore({ ...database.options, now: () => NOW, ...more });
}
