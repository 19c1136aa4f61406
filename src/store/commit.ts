import type { Transaction } from 'kysely';
import type { Fields } from '#src/plan/item.ts';
import type { Change, SeenUpdate } from '#src/reconcile/replica.ts';
import { appendAudit } from './audit.ts';
import type { Handle } from './engine.ts';
import type { Fence } from './lock.ts';
import { putMessages } from './outbox.ts';
import { latest, slices } from './rows.ts';
import type { Tables } from './schema.ts';
import type { Mark, OpenIntent, ProjectCommit } from './state.ts';

type Writer = Transaction<Tables>;

/** Stores what a run found out, in one transaction. Throws what the fence throws, and then stores nothing. */
export async function commit(
  { db }: Handle,
  project: string,
  change: ProjectCommit,
  { at, fence }: { readonly at: string; readonly fence: Fence },
): Promise<void> {
  await db.transaction().execute(async (writer) => {
    await fence(writer);
    await putProject(writer, project, change.templateVersion);
    await putItems(writer, project, change.agreed);
    await putSeen(writer, project, change.seen);
    await closeIntents(writer, project, change.seen);
    await putIntents(writer, project, change, at);
    await putCursors(writer, project, change.cursors);
    await putMarks(writer, project, change.marks ?? []);
    await putMessages(writer, project, change.messages ?? [], at);
    await appendAudit(writer, { project, run: change.run, at }, change.audit);
  });
}

/** Stores what a replica surely shows now, and closes what was meant to bring it there, in one transaction. */
export async function acknowledge(
  { db }: Handle,
  project: string,
  replica: string,
  written: readonly { readonly key: string; readonly shows: Fields }[],
  fence: Fence,
): Promise<void> {
  if (written.length === 0) return;
  await db.transaction().execute(async (writer) => {
    await fence(writer);
    const shown = await shownBefore(
      writer,
      project,
      replica,
      written.map((one) => one.key),
    );
    for (const { key, shows } of written) shown.set(key, { ...shown.get(key), ...shows });
    const seen = [...shown].map(([key, fields]) => ({ replica, key, fields }));
    await putSeen(writer, project, seen);
    await closeIntents(writer, project, seen);
  });
}

export async function openIntents({ db }: Handle, project: string): Promise<readonly OpenIntent[]> {
  const rows = await db
    .selectFrom('intent')
    .select(['replica', 'key', 'kind', 'run', 'at'])
    .where('project', '=', project)
    .orderBy('replica')
    .orderBy('key')
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as Change['kind'] }));
}

export async function forgetReplica({ db }: Handle, project: string, replica: string): Promise<void> {
  await db.transaction().execute(async (writer) => {
    for (const table of ['seen', 'read_cursor', 'memory', 'intent'] as const) {
      await writer.deleteFrom(table).where('project', '=', project).where('replica', '=', replica).execute();
    }
  });
}

async function putProject(writer: Writer, slug: string, version: string | undefined): Promise<void> {
  const insert = writer.insertInto('project').values({ slug, template_version: version ?? null });
  await insert
    .onConflict((conflict) =>
      version === undefined
        ? conflict.doNothing()
        : conflict.column('slug').doUpdateSet({ template_version: version }),
    )
    .execute();
}

/** An item keeps the position of its first commit, so that a project always loads in the same order. */
async function putItems(writer: Writer, project: string, items: ProjectCommit['agreed']): Promise<void> {
  if (items.length === 0) return;
  const { last } = await writer
    .selectFrom('item')
    .select((eb) => eb.fn.max('position').as('last'))
    .where('project', '=', project)
    .executeTakeFirstOrThrow();
  const rows = latest(items, (item) => item.key).map(({ key, kind, parent, fields }, index) => {
    return { project, key, kind, parent, fields: JSON.stringify(fields), position: (last ?? 0) + index + 1 };
  });
  for (const slice of slices(rows)) {
    await writer
      .insertInto('item')
      .values(slice)
      .onConflict((conflict) =>
        conflict.columns(['project', 'key']).doUpdateSet((eb) => ({
          kind: eb.ref('excluded.kind'),
          parent: eb.ref('excluded.parent'),
          fields: eb.ref('excluded.fields'),
        })),
      )
      .execute();
  }
}

async function putSeen(writer: Writer, project: string, updates: readonly SeenUpdate[]): Promise<void> {
  const put: Tables['seen'][] = [];
  const forgotten: SeenUpdate[] = [];
  for (const update of latest(updates, replicaAndKey)) {
    const { replica, key, fields } = update;
    if (fields === null) forgotten.push(update);
    else put.push({ project, replica, key, fields: JSON.stringify(fields) });
  }
  for (const slice of slices(put)) {
    await writer
      .insertInto('seen')
      .values(slice)
      .onConflict((conflict) =>
        conflict
          .columns(['project', 'replica', 'key'])
          .doUpdateSet((eb) => ({ fields: eb.ref('excluded.fields') })),
      )
      .execute();
  }
  await forEachReplica(forgotten, async (replica, keys) => {
    await writer
      .deleteFrom('seen')
      .where('project', '=', project)
      .where('replica', '=', replica)
      .where('key', 'in', keys)
      .execute();
  });
}

async function closeIntents(
  writer: Writer,
  project: string,
  closed: readonly { readonly replica: string; readonly key: string }[],
): Promise<void> {
  await forEachReplica(closed, async (replica, keys) => {
    await writer
      .deleteFrom('intent')
      .where('project', '=', project)
      .where('replica', '=', replica)
      .where('key', 'in', keys)
      .execute();
  });
}

async function putIntents(
  writer: Writer,
  project: string,
  { run, intents }: ProjectCommit,
  at: string,
): Promise<void> {
  const rows = latest(intents, replicaAndKey).map(({ replica, key, kind }) => {
    return { project, replica, key, kind, run, at };
  });
  for (const slice of slices(rows)) {
    await writer
      .insertInto('intent')
      .values(slice)
      .onConflict((conflict) =>
        conflict.columns(['project', 'replica', 'key']).doUpdateSet((eb) => ({
          kind: eb.ref('excluded.kind'),
          run: eb.ref('excluded.run'),
          at: eb.ref('excluded.at'),
        })),
      )
      .execute();
  }
}

async function putCursors(writer: Writer, project: string, cursors: ProjectCommit['cursors']): Promise<void> {
  for (const { replica, cursor } of cursors) {
    if (cursor === null) {
      await writer
        .deleteFrom('read_cursor')
        .where('project', '=', project)
        .where('replica', '=', replica)
        .execute();
      continue;
    }
    await writer
      .insertInto('read_cursor')
      .values({ project, replica, cursor })
      .onConflict((conflict) => conflict.columns(['project', 'replica']).doUpdateSet({ cursor }))
      .execute();
  }
}

async function putMarks(writer: Writer, project: string, marks: readonly Mark[]): Promise<void> {
  const rows = latest(marks, ({ replica, name }) => `${replica}\n${name}`).map((mark) => ({
    project,
    ...mark,
  }));
  for (const slice of slices(rows)) {
    await writer
      .insertInto('memory')
      .values(slice)
      .onConflict((conflict) =>
        conflict
          .columns(['project', 'replica', 'name'])
          .doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })),
      )
      .execute();
  }
}

async function shownBefore(
  writer: Writer,
  project: string,
  replica: string,
  keys: readonly string[],
): Promise<Map<string, Fields>> {
  const shown = new Map<string, Fields>();
  for (const slice of slices(keys)) {
    const rows = await writer
      .selectFrom('seen')
      .select(['key', 'fields'])
      .where('project', '=', project)
      .where('replica', '=', replica)
      .where('key', 'in', slice)
      .execute();
    for (const row of rows) shown.set(row.key, JSON.parse(row.fields) as Fields);
  }
  return shown;
}

async function forEachReplica(
  entries: readonly { readonly replica: string; readonly key: string }[],
  work: (replica: string, keys: readonly string[]) => Promise<void>,
): Promise<void> {
  for (const [replica, some] of Map.groupBy(entries, (one) => one.replica)) {
    for (const slice of slices(some)) {
      await work(
        replica,
        slice.map((one) => one.key),
      );
    }
  }
}

function replicaAndKey({ replica, key }: { readonly replica: string; readonly key: string }): string {
  return `${replica}\n${key}`;
}
