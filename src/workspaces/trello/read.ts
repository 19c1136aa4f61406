import { type Said, said } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/trello.ts';
import { BOARD_REMARKS } from '#src/i18n/trello-place.ts';
import { ARCHIVED, type Fields, type Item, isArchived, text } from '#src/plan/item.ts';
import { living, matchPoints } from '../match-points.ts';
import type { Reading, ShownItem } from '../workspace.ts';
import { preflight } from './check.ts';
import { type Posted, readComments } from './comments.ts';
import { call, type Desk } from './desk.ts';
import { getCard } from './endpoints/cards.ts';
import { type Line, shortId } from './identify.ts';
import { unlessGone } from './locate.ts';
import { fitLine } from './markdown.ts';
import { type Kept, type LineRead, readLine } from './read-card.ts';
import { type FieldsFound, fieldsToCome } from './row-fields.ts';
import { type Checklist, isOrdinary } from './schema.ts';
import { cardUrl, type Survey, survey } from './survey.ts';

/** The board as it was last read: what judging, foreseeing and writing start from. */
export interface Sighted {
  /** `undefined`: there is no board yet. */
  readonly survey: Survey | undefined;
  readonly fields: FieldsFound;
  readonly lines: ReadonlyMap<string, Line>;
  readonly kept: ReadonlyMap<string, Kept>;
  /** By key, the comments on its cards, as far as they were shown or are ours. */
  readonly comments: ReadonlyMap<string, Posted>;
  /** Ids of all that is ours. */
  readonly remoteIds: ReadonlySet<string>;
  /** When, in ms since 1970. */
  readonly at: number;
}

/**
 * Reads the whole board in one request, with its comments. What is known and not on it is asked for by its id: only a card that Trello
 * does not have any more, or that stands elsewhere, counts as taken out.
 */
export async function readPlace(
  desk: Desk,
  cursor: string | null,
): Promise<{ reading: Reading; sighted: Sighted }> {
  const found = await survey(desk);
  const at = desk.connection.time.now();
  if (!found) {
    const remarks = await preflight(desk);
    const fields = fieldsToCome(desk.blueprint.registers, await featuresOf(desk));
    return { reading: { ...NOTHING_YET, remarks }, sighted: nothingSighted(fields, at) };
  }
  const read = found.lines.map((line) => ({ line, ...readLine(line, found, desk) }));
  const lost = await lostCards(desk, found);
  const points = found.lines
    .filter(({ kind, card }) => kind === 'task' && !card.closed)
    .map((line) => readPoints(line, found, desk));
  for (const one of read) remember(desk, one);
  const comments = await readComments(desk, found, cursor);
  const remarks = [
    ...found.remarks,
    ...read.flatMap((one) => one.remarks),
    ...lost.flatMap((one) => one.remarks),
    ...comments.remarks,
  ];
  return {
    reading: {
      items: [...read.map(({ item }) => item), ...points.flatMap(({ items }) => items), ...comments.items],
      complete: false,
      removed: [...lost.map(({ key }) => key), ...points.flatMap(({ removed }) => removed)],
      cursor: comments.cursor,
      remarks,
      missing: false,
    },
    sighted: {
      survey: found,
      fields: found.fields,
      lines: new Map(found.lines.map((line) => [line.key, line])),
      kept: new Map(read.map(({ item, kept }) => [item.key, kept])),
      comments: comments.posted,
      remoteIds: new Set([
        found.bundle.id,
        ...found.bundle.cards.rows.map(({ id }) => id),
        ...found.lists.values(),
      ]),
      at,
    },
  };
}

const NOTHING_YET: Reading = {
  items: [],
  complete: false,
  removed: [],
  cursor: null,
  remarks: [],
  missing: true,
};

function nothingSighted(fields: FieldsFound, at: number): Sighted {
  const none = { lines: new Map(), kept: new Map(), comments: new Map(), remoteIds: new Set<string>() };
  return { survey: undefined, fields, ...none, at };
}

/** What the plan of the workspace holds; `undefined` where nobody tells. Asked once for all projects of a token. */
async function featuresOf(desk: Desk): Promise<readonly string[] | undefined> {
  if ('board' in desk.wish) return undefined;
  const outcome = await desk.connection.organization(desk.wish.organization, desk);
  return outcome.kind === 'ok' ? outcome.value.premiumFeatures : undefined;
}

function remember({ remembered }: Desk, { line, status, kept }: LineRead & { readonly line: Line }): void {
  const before = remembered.card(line.key);
  const same = before?.card === line.card.id ? before : undefined;
  remembered.setCard(line.key, {
    ...same,
    card: line.card.id,
    ...(status !== undefined && { status }),
    ...(kept.row && { filled: kept.row.filled }),
  });
}

interface Lost {
  readonly key: string;
  readonly remarks: readonly Said[];
}

/** Cards that are known, were not put away, and are not on the board. */
async function lostCards(desk: Desk, { bundle, lines, isWhole }: Survey): Promise<readonly Lost[]> {
  if (!isWhole) return [];
  const present = new Set(lines.map(({ key }) => key));
  const lost = [...desk.known.values()].flatMap((item) => {
    if (item.kind === 'check' || item.kind === 'comment') return [];
    if (isArchived(item) || present.has(item.key)) return [];
    const id = desk.remembered.card(item.key)?.card;
    return id === undefined ? [] : [{ item, id }];
  });
  const verdicts = await Promise.all(lost.map(({ item, id }) => verdictOn(desk, bundle.id, item, id)));
  return verdicts.filter((one) => one !== undefined);
}

/** `undefined`: it is on the board all the same, which has not shown it yet; so nothing is known of it this time. */
async function verdictOn(desk: Desk, board: string, item: Item, id: string): Promise<Lost | undefined> {
  const name = text(item, 'title') || item.key;
  const about: About = { type: 'card', name };
  const card = unlessGone(about, await call(desk, getCard(id)));
  if (!card) return { key: item.key, remarks: [] };
  if (isOrdinary(card) && (card.idBoard ?? board) === board) return undefined;
  const moved = { card: card.name, url: cardUrl(card.shortLink) };
  return { key: item.key, remarks: [said(BOARD_REMARKS.cardMoved, moved)] };
}

/** The points of a task, from all the checklists of its card. */
function readPoints(
  { card, key }: Line,
  { checklists, isWhole }: Survey,
  { known, remembered }: Desk,
): { items: readonly ShownItem[]; removed: readonly string[] } {
  const all = checklists.get(card.id) ?? [];
  const place = remembered.card(key);
  const isOurs = (point: Item) => !isArchived(point) || place?.points?.[point.key] !== undefined;
  const points = [...known.values()].filter(
    (item) => item.kind === 'check' && item.parent === key && isOurs(item),
  );
  const match = matchPoints(points.map(living), shownPoints(all), (point) => place?.points?.[point]);
  const ownKey = (id: string) => `${key}#own-${shortId(id)}`;
  const ids = {
    ...Object.fromEntries([...match.found].map(([point, { id }]) => [point, id])),
    ...Object.fromEntries(match.added.map(({ shown }) => [ownKey(shown.id), shown.id])),
  };
  const isSeenWhole = isWhole && all.every(({ checkItems }) => checkItems.unreadable === 0);
  const kept = isSeenWhole ? {} : place?.points;
  remembered.setCard(key, { ...place, card: card.id, points: { ...kept, ...ids } });
  return {
    items: [
      ...[...match.found].map(([point, shown]) => pointItem(point, key, shown)),
      ...match.added.map(({ shown, rank }) => pointItem(ownKey(shown.id), key, shown, { rank })),
    ],
    removed: isSeenWhole ? match.gone : [],
  };
}

export interface ShownPoint {
  readonly id: string;
  readonly words: string;
  readonly done: boolean;
}

export function shownPoints(checklists: readonly Checklist[]): readonly ShownPoint[] {
  return checklists.flatMap(({ checkItems }) =>
    checkItems.rows
      .toSorted((a, b) => a.pos - b.pos)
      .map(({ id, name, state }) => ({ id, words: fitLine(name), done: state === 'complete' })),
  );
}

function pointItem(key: string, parent: string, { words, done }: ShownPoint, more: Fields = {}): ShownItem {
  const title = words === '' ? {} : { title: words };
  return { key, kind: 'check', parent, fields: { ...title, done, ...more, [ARCHIVED]: false } };
}
