import type { Ask, Engine } from './engine.ts';
import type { Fence } from './lock.ts';

/**
 * What the watch remembers of official sources, for all projects of the installation, and what it has found. `state`,
 * `snapshot` and `notice` are JSON of the watch's own.
 */
export interface WatchStore {
  /** By source; those that were never looked at are missing. */
  states(sources: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What the source showed when it was last read; `undefined`: it never was. */
  snapshot(source: string): Promise<string | undefined>;
  /**
   * What was seen of a source and what was found in it: all or nothing. `snapshot` left out: it stays as it is. A notice
   * that is there already is not found twice.
   * @throws NotNow when this store runs `withLock` on the watch and the lock has gone to another run.
   */
  keep(seen: SeenSource, notices: readonly NewNotice[]): Promise<void>;
  /** Forgets the source: its next reading is a first one. */
  forget(source: string): Promise<void>;
  /** Those found after that number, in the order in which they were found. */
  noticesAfter(number: number): Promise<readonly StoredNotice[]>;
}

export interface SeenSource {
  readonly source: string;
  readonly state: string;
  readonly snapshot?: string | undefined;
}

export interface NewNotice {
  readonly id: string;
  readonly notice: string;
}

export interface StoredNotice extends NewNotice {
  /** Counts up. */
  readonly number: number;
  /** ISO instant. */
  readonly foundAt: string;
}

/** What is locked while the sources are looked at; no project has such a name. */
export const WATCH_LOCK = ':watch';

export interface WatchOn {
  readonly engine: Engine;
  readonly ask: Ask;
  readonly guard: <T>(work: Promise<T>) => Promise<T>;
  /** ISO instant of now. */
  readonly at: () => string;
  readonly fence: () => Fence;
}

/** Reads go around Kysely: a service looks every hour for each project, and mostly finds nothing. */
export function watchOn({ engine, ask, guard, at, fence }: WatchOn): WatchStore {
  const { prefix } = engine;
  return {
    states: async (sources) => {
      if (sources.length === 0) return new Map();
      const places = sources.map(() => '?').join(', ');
      const rows = await guard(
        engine.read<{ source: string; state: string }>(
          `select source, state from ${prefix}watch_source where source in (${places})`,
          sources,
        ),
      );
      return new Map(rows.map(({ source, state }) => [source, state]));
    },
    snapshot: async (source) => {
      const [row] = await guard(
        engine.read<{ snapshot: string }>(`select snapshot from ${prefix}watch_source where source = ?`, [
          source,
        ]),
      );
      return row === undefined || row.snapshot === '' ? undefined : row.snapshot;
    },
    keep: ({ source, state, snapshot }, notices) =>
      ask(({ db }) =>
        db.transaction().execute(async (writer) => {
          await fence()(writer);
          await writer
            .insertInto('watch_source')
            .values({ source, state, snapshot: snapshot ?? '' })
            .onConflict((conflict) =>
              conflict.column('source').doUpdateSet({ state, ...(snapshot !== undefined && { snapshot }) }),
            )
            .execute();
          for (const { id, notice } of notices) {
            await writer
              .insertInto('watch_notice')
              .values({ id, notice, found_at: at() })
              .onConflict((conflict) => conflict.column('id').doNothing())
              .execute();
          }
        }),
      ),
    forget: (source) =>
      ask(async ({ db }) => {
        await db.deleteFrom('watch_source').where('source', '=', source).execute();
      }),
    noticesAfter: async (number) => {
      const rows = await guard(
        engine.read<{ number: number; id: string; notice: string; found_at: string }>(
          `select number, id, notice, found_at from ${prefix}watch_notice
            where number > cast(? as bigint) order by number`,
          [String(number)],
        ),
      );
      return rows.map((row) => ({
        number: Number(row.number),
        id: row.id,
        notice: row.notice,
        foundAt: row.found_at,
      }));
    },
  };
}
