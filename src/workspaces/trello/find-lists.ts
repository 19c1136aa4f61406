import { NeedsAttention } from '#src/errors.ts';
import { said } from '#src/i18n/message.ts';
import { BOARD_ERRORS } from '#src/i18n/trello-place.ts';
import { nameKey } from '#src/reconcile/names.ts';
import type { Desk } from './desk.ts';
import { wantedLabels } from './labels.ts';
import { type Layout, listOf, listsByCards, type WantedList, wantedLists } from './lists.ts';
import { readMarker } from './marker.ts';
import { match, partsOf } from './match.ts';
import { type BoardBundle, createdAt, type TrelloList } from './schema.ts';

/** A run makes its lists right before its first cards. */
const SAME_RUN_MS = 60 * 60_000;

/**
 * The plan's lists on a board, by `ref`: by the ids that are remembered, else by name. With a lost store, people may
 * have renamed them since: then by the keys of the cards that stand in them, and at last by the place that we gave them.
 */
export function findLists(desk: Desk, bundle: BoardBundle): ReadonlyMap<string, string> {
  const { blueprint, layout, remembered } = desk;
  const named = match(wantedLists(blueprint, layout), bundle.lists.rows, remembered.lists);
  const unknown = named.missing.filter(({ ref }) => remembered.lists[ref] === undefined);
  if (unknown.length === 0) return named.ids;
  const byCards = listsByCards(unknown, refsIn(desk, bundle, freeLists(desk, bundle, named.ids)));
  const found = new Map([...named.ids, ...byCards]);
  const left = unknown.filter(({ ref }) => !found.has(ref));
  return new Map([
    ...found,
    ...listsByPlace(left, freeLists(desk, bundle, found), firstCardAt(desk, bundle)),
  ]);
}

/** Open lists that are nothing of the plan's so far, and to which the project file gives no meaning. */
function freeLists(
  { ownLists }: Desk,
  { lists }: BoardBundle,
  found: ReadonlyMap<string, string>,
): readonly TrelloList[] {
  const taken = new Set(found.values());
  const meant = new Set(Object.keys(ownLists).map(nameKey));
  return lists.rows.filter(({ id, name, closed }) => !closed && !taken.has(id) && !meant.has(nameKey(name)));
}

/** By the id of a list, the `ref` of the list where each of its cards belongs. */
function refsIn(
  { known, layout }: Desk,
  { cards }: BoardBundle,
  free: readonly TrelloList[],
): ReadonlyMap<string, readonly string[]> {
  const ids = new Set(free.map(({ id }) => id));
  const homes = cards.rows.flatMap(({ idList, desc }) => {
    const ref = ids.has(idList) ? homeOf(readMarker(desc).key, known, layout) : undefined;
    return ref === undefined ? [] : [{ idList, ref }];
  });
  const byList = Map.groupBy(homes, ({ idList }) => idList);
  return new Map([...byList].map(([id, ofList]) => [id, ofList.map(({ ref }) => ref)]));
}

/** The `ref` of the list where the card of that key was made. `undefined` where cards are made to leave their list. */
function homeOf(key: string | undefined, known: Desk['known'], layout: Layout): string | undefined {
  const item = key === undefined ? undefined : known.get(key);
  if (!item || item.kind === 'check' || item.kind === 'comment') return undefined;
  if (item.kind === 'task' && layout === 'status') return undefined;
  return listOf({ kind: item.kind, parent: item.parent }, item.fields, layout);
}

/** When the first card was made that bears a key of the plan; `undefined`: there is none, and we never were here. */
function firstCardAt({ known }: Desk, { cards }: BoardBundle): number | undefined {
  const ours = cards.rows.filter(({ desc }) => known.has(readMarker(desc).key ?? ''));
  return ours.length === 0 ? undefined : Math.min(...ours.map(({ id }) => createdAt(id)));
}

/**
 * Lists of steps and statuses that nobody has moved: just where we put them, and made in the run that made our first
 * cards. A list of the team's own may stand there too, but was made at another time.
 */
function listsByPlace(
  missing: readonly WantedList[],
  free: readonly TrelloList[],
  firstCard: number | undefined,
): ReadonlyMap<string, string> {
  if (firstCard === undefined) return new Map();
  const isOfThatRun = ({ id }: TrelloList) => Math.abs(firstCard - createdAt(id)) <= SAME_RUN_MS;
  const found = missing.flatMap(({ ref, kind, pos }): (readonly [string, string])[] => {
    const there = kind === 'register' ? [] : free.filter((list) => list.pos === pos && isOfThatRun(list));
    const [only, ...more] = there;
    return only && more.length === 0 ? [[ref, only.id]] : [];
  });
  return new Map(found);
}

/**
 * In another layout the same lists mean something else: what is done would be read as undone.
 * @throws NeedsAttention
 */
export function refuseOtherLayout(desk: Desk, bundle: BoardBundle): void {
  const { layout, remembered, blueprint } = desk;
  const kinds = new Set(Object.keys(remembered.lists).map((ref) => partsOf(ref).kind));
  const known: Layout | undefined = kinds.has('step') ? 'steps' : kinds.has('status') ? 'status' : undefined;
  const before = known ?? layoutByNames(desk, bundle, blueprint);
  if (before === undefined || before === layout) return;
  throw new NeedsAttention(said(BOARD_ERRORS.layoutChanged, { before, now: layout, url: bundle.url }));
}

/**
 * With a lost store: the layout of which the board shows more lists and labels. `undefined` where it cannot be told, and
 * on a board without cards of ours, which is laid out for the first time.
 */
function layoutByNames(
  { known }: Pick<Desk, 'known'>,
  bundle: BoardBundle,
  blueprint: Desk['blueprint'],
): Layout | undefined {
  const isTask = (key: string) => known.get(key)?.kind === 'task';
  if (!bundle.cards.rows.some(({ desc }) => isTask(readMarker(desc).key ?? ''))) return undefined;
  const lists = new Set(bundle.lists.rows.map(({ name }) => nameKey(name)));
  const labels = new Set(bundle.labels.rows.map(({ name }) => nameKey(name)));
  const shown = (layout: Layout) => {
    const wanted = wantedLists(blueprint, layout).filter(({ kind }) => kind !== 'register');
    return [
      ...wanted.filter(({ name }) => lists.has(nameKey(name))),
      ...wantedLabels(blueprint, layout).filter(({ name }) => labels.has(nameKey(name))),
    ].length;
  };
  const [steps, status] = [shown('steps'), shown('status')];
  if (steps === status) return undefined;
  return steps > status ? 'steps' : 'status';
}
