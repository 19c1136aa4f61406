import type { Fields, Item, ItemKind } from '#src/plan/item.ts';
import type { Engine } from './engine.ts';
import type { ProjectState } from './state.ts';

interface StateRow {
  readonly part: 'item' | 'seen' | 'cursor' | 'template';
  readonly name: string;
  readonly kind: string | null;
  readonly place: string | null;
  readonly value: string | null;
  readonly position: number;
}

/** One statement, so that it sees one moment, whatever others commit meanwhile. */
export async function loadProject(engine: Engine, project: string): Promise<ProjectState> {
  const rows = await engine.read<StateRow>(stateQuery(engine.prefix), [project, project, project, project]);
  const agreed = new Map<string, Item>();
  const seen = new Map<string, Map<string, Fields>>();
  const cursors = new Map<string, string>();
  let templateVersion: string | null = null;
  // Sorted here: the database would carry every text through its sorter.
  rows.sort((a, b) => a.position - b.position);
  for (const row of rows) {
    if (row.part === 'item') agreed.set(row.name, itemOf(row));
    else if (row.part === 'seen') placeIn(seen, row.place ?? '').set(row.name, fieldsOf(row));
    else if (row.part === 'cursor') cursors.set(row.name, row.value ?? '');
    else templateVersion = row.value;
  }
  return { agreed, seen, cursors, templateVersion };
}

export async function listProjects(engine: Engine): Promise<readonly string[]> {
  const rows = await engine.read<{ slug: string }>(
    `select slug from ${engine.prefix}project order by slug`,
    [],
  );
  return rows.map((row) => row.slug);
}

/** Entries are numbered in the order in which they came to be, whatever the clock said. */
export async function readRevision(engine: Engine, project: string): Promise<number> {
  const [row] = await engine.read<{ last: number | string | null }>(
    `select max(id) as last from ${engine.prefix}audit where project = ?`,
    [project],
  );
  // PostgreSQL gives whole numbers of that size as text.
  return Number(row?.last ?? 0);
}

function stateQuery(prefix: string): string {
  return `
    select 'item' as part, key as name, kind as kind, parent as place, fields as value, position as position
      from ${prefix}item where project = ?
    union all
    select 'seen', key, null, replica, fields, 0 from ${prefix}seen where project = ?
    union all
    select 'cursor', replica, null, null, cursor, 0 from ${prefix}read_cursor where project = ?
    union all
    select 'template', slug, null, null, template_version, 0 from ${prefix}project where slug = ?`;
}

function itemOf(row: StateRow): Item {
  return { key: row.name, kind: row.kind as ItemKind, parent: row.place ?? '', fields: fieldsOf(row) };
}

function fieldsOf(row: StateRow): Fields {
  return JSON.parse(row.value ?? '{}') as Fields;
}

function placeIn(seen: Map<string, Map<string, Fields>>, replica: string): Map<string, Fields> {
  const known = seen.get(replica);
  if (known) return known;
  const fresh = new Map<string, Fields>();
  seen.set(replica, fresh);
  return fresh;
}
