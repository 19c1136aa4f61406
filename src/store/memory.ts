import type { Ask, Engine, Handle } from './engine.ts';
import { slices } from './rows.ts';
import type { Tables } from './schema.ts';

/** What a workspace remembers between runs. Changes are kept by `flush`; losing them loses nothing. */
export interface StoreMemory {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  delete(name: string): void;
  /** Stores what has changed since the last flush, in one transaction. Does nothing when nothing has. */
  flush(): Promise<void>;
}

export interface MemoryOf {
  readonly engine: Engine;
  readonly ask: Ask;
  readonly project: string;
  readonly replica: string;
}

/** Reads all that the workspace remembers. */
export async function openMemory({ engine, ask, project, replica }: MemoryOf): Promise<StoreMemory> {
  const rows = await engine.read<{ name: string; value: string }>(
    `select name, value from ${engine.prefix}memory where project = ? and replica = ?`,
    [project, replica],
  );
  const known = new Map(rows.map(({ name, value }) => [name, value]));
  const touched = new Set<string>();

  return {
    get: (name) => known.get(name),
    set: (name, value) => {
      if (known.get(name) === value) return;
      known.set(name, value);
      touched.add(name);
    },
    delete: (name) => {
      if (known.delete(name)) touched.add(name);
    },
    flush: async () => {
      if (touched.size === 0) return;
      const names = [...touched];
      const kept = names.flatMap((name) => {
        const value = known.get(name);
        return value === undefined ? [] : [{ project, replica, name, value }];
      });
      touched.clear();
      try {
        await ask((handle) => replace(handle, project, replica, names, kept));
      } catch (error) {
        for (const name of names) touched.add(name);
        throw error;
      }
    },
  };
}

/** Puts these rows in the place of all that bore these names. */
async function replace(
  { db }: Handle,
  project: string,
  replica: string,
  names: readonly string[],
  rows: readonly Tables['memory'][],
): Promise<void> {
  await db.transaction().execute(async (writer) => {
    for (const slice of slices(names)) {
      await writer
        .deleteFrom('memory')
        .where('project', '=', project)
        .where('replica', '=', replica)
        .where('name', 'in', slice)
        .execute();
    }
    for (const slice of slices(rows)) await writer.insertInto('memory').values(slice).execute();
  });
}
