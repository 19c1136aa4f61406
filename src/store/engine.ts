import type { Kysely, RawBuilder } from 'kysely';
import type { Tables } from './schema.ts';

/** One of the two databases, opened and up to date. */
export interface Engine {
  /** What stands before the name of a table in SQL that Kysely does not write. */
  readonly prefix: string;
  /**
   * One statement that reads, with `?` for each parameter. It goes around Kysely, whose 300 modules take five times
   * as long to load as Node to start: a command that only reads a project must not wait for them.
   */
  read<Row extends object>(sql: string, parameters: readonly string[]): Promise<Row[]>;
  handle(): Promise<Handle>;
  /** What a person can be told of a failure of this database; any other error comes back as it is. */
  explain(error: unknown): unknown;
  close(): Promise<void>;
}

/** What queries are written with. */
export interface Handle {
  readonly db: Kysely<Tables>;
  /** The database's clock, in milliseconds: the only one that all writers share. */
  readonly clock: RawBuilder<number>;
}

/** Runs a query and explains its failures. */
export type Ask = <T>(query: (handle: Handle) => Promise<T>) => Promise<T>;
