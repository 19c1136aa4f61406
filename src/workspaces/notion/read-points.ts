import type { About } from '#src/i18n/notion.ts';
import { ARCHIVED, type Fields, type Item, isArchived } from '#src/plan/item.ts';
import { living, type PointsMatch } from '../match-points.ts';
import type { ShownItem } from '../workspace.ts';
import { isToDo, matchChecklist, pointFields, type ToDo, type ToDoShown } from './checklist.ts';
import { shortId } from './identify.ts';
import type { Remembered, RememberedLine } from './remembered.ts';
import type { Requests } from './requests.ts';
import type { Block } from './schema.ts';

/** The checklist of one task, as its page shows it. */
export interface PointsRead {
  readonly items: readonly ShownItem[];
  readonly removed: readonly string[];
  readonly match: PointsMatch<ToDoShown>;
}

/** Reads the to-do blocks of a task's page and tells which point each is. What is found is remembered. */
export async function readPoints(
  requests: Requests,
  task: { readonly key: string; readonly title: string; readonly page: string },
  known: readonly Item[],
  remembered: Remembered,
): Promise<PointsRead> {
  const about: About = { type: 'block', name: task.title };
  const { rows, complete } = await requests.blocks(about, task.page);
  const line = remembered.line(task.key) ?? { page: task.page };
  const { restored, others } = splitRestored(known, rows, line);
  // A point that was put away elsewhere is on the page until it is taken from there, and is no new one.
  const isExpected = (point: Item) => !isArchived(point) || line.points?.[point.key] !== undefined;
  const match = matchChecklist(
    known.filter(isExpected).map(living),
    others,
    (key) => line.points?.[key] || undefined,
  );
  const ownKey = (block: Block) => `${task.key}#own-${shortId(block.id)}`;
  const items = [
    ...[...match.found].map(([key, block]) => shown(key, task.key, block)),
    ...match.added.map(({ shown: block, rank }) => shown(ownKey(block), task.key, block, { rank })),
    ...restored.map(({ key, block }) => shown(key, task.key, block)),
  ];
  // Made with the page and not on it: by words or by id it would have been found.
  const lost = match.absent.filter((key) => line.points?.[key] !== undefined);
  const ids = [
    ...[...match.found].map(([key, block]) => [key, block.id] as const),
    ...match.added.map(({ shown: block }) => [ownKey(block), block.id] as const),
    ...restored.map(({ key, block }) => [key, block.id] as const),
  ];
  const { made: _made, ...kept } = line;
  remembered.setLine(task.key, { ...kept, points: { ...line.points, ...Object.fromEntries(ids) } });
  return { items, removed: complete ? [...match.gone, ...lost] : [], match };
}

function shown(key: string, task: string, block: ToDo, more: Fields = {}): ShownItem {
  const { last_edited_time } = block;
  const fields = { ...pointFields(block), ...more, [ARCHIVED]: false };
  return {
    key,
    kind: 'check',
    parent: task,
    fields,
    ...(last_edited_time !== undefined && { editedAt: last_edited_time }),
  };
}

/** Points that are put away, and whose block someone has brought back. */
function splitRestored(
  known: readonly Item[],
  blocks: readonly Block[],
  { deleted = {} }: RememberedLine,
): { restored: readonly { key: string; block: ToDo }[]; others: readonly Block[] } {
  const byId = new Map(blocks.filter(isToDo).map((block) => [block.id, block]));
  const restored = known.filter(isArchived).flatMap(({ key }) => {
    const block = byId.get(deleted[key] ?? '');
    return block && !block.in_trash ? [{ key, block }] : [];
  });
  const taken = new Set<Block>(restored.map(({ block }) => block));
  return { restored, others: blocks.filter((block) => !taken.has(block)) };
}
