import { type Item, isArchived, text } from '#src/plan/item.ts';
import { nameKey } from '#src/reconcile/names.ts';
import { readMarker } from './marker.ts';
import { type Card, createdAt } from './schema.ts';

/** A card of the plan, and the item that it is. */
export interface Line {
  readonly card: Card;
  readonly key: string;
  readonly kind: 'task' | 'row';
  readonly parent: string;
  /** It bears its key itself. Otherwise the key is to be written into it. */
  readonly stamped: boolean;
}

export interface Identified {
  readonly lines: readonly Line[];
  /** Cards that bear the key of another one. They are left alone until people make them their own. */
  readonly copies: readonly Card[];
}

export interface Identities {
  readonly known: ReadonlyMap<string, Item>;
  /** The card that is remembered for a key. */
  cardOf(key: string): string | undefined;
  /** What a new card in this list would be; `undefined` in a list that means nothing to the plan. */
  kindIn(idList: string): { readonly kind: 'task' | 'row'; readonly parent: string } | undefined;
  /** The field that a row has as its name. */
  titleField(parent: string): string;
}

/**
 * Tells which item each card is: by the key in its description; else by its id, where people have deleted the key;
 * else, where nothing is remembered of a key, by its name and the list in which it stands; else, in one of the plan's
 * lists, it is an item of its own, whose key follows from its id.
 */
export function identifyCards(cards: readonly Card[], identities: Identities): Identified {
  const lines: Line[] = [];
  const copies: Card[] = [];
  const unnamed: Card[] = [];
  const byKey = Map.groupBy(cards.toSorted(byAge), (card) => keyIn(card, identities.known) ?? '');
  for (const [key, bearers] of byKey) {
    if (key === '') {
      unnamed.push(...bearers);
      continue;
    }
    const remembered = identities.cardOf(key);
    const keeper = bearers.find(({ id }) => id === remembered) ?? bearers[0];
    if (keeper) lines.push({ card: keeper, key, ...placeOf(key), stamped: true });
    copies.push(...bearers.filter((card) => card !== keeper));
  }
  const lost = lostKeys(lines, identities);
  for (const card of unnamed) {
    const key = lost.claim(card) ?? ownKey(card, identities);
    if (key !== undefined) lines.push({ card, key, ...placeOf(key), stamped: false });
  }
  return { lines, copies };
}

function byAge(a: Card, b: Card): number {
  return createdAt(a.id) - createdAt(b.id) || (a.id < b.id ? -1 : 1);
}

/** A key that looks like one of ours: of a task or a row. What else bears a marker is no line of the plan. */
function keyIn({ desc }: Card, known: ReadonlyMap<string, Item>): string | undefined {
  const { key } = readMarker(desc);
  if (key === undefined) return undefined;
  const kind = known.get(key)?.kind;
  if (kind === 'task' || kind === 'row') return key;
  // A comment that was pasted into a description brings along what follows its key, or at least the sign in it.
  return /^[^#:/@\s]+\/[^#:@\s]+$|^[^#:/@\s]+:[^#@\s]+$/.test(key) ? key : undefined;
}

function placeOf(key: string): { kind: 'task' | 'row'; parent: string } {
  if (key.includes('/')) return { kind: 'task', parent: 'plan' };
  return { kind: 'row', parent: key.slice(0, key.indexOf(':')) };
}

function lostKeys(lines: readonly Line[], { known, cardOf, kindIn, titleField }: Identities) {
  const borne = new Set(lines.map(({ key }) => key));
  const byCard = new Map<string, string>();
  const byName = new Map<string, string>();
  for (const item of known.values()) {
    if ((item.kind !== 'task' && item.kind !== 'row') || borne.has(item.key)) continue;
    const card = cardOf(item.key);
    if (card !== undefined) byCard.set(card, item.key);
    else if (!isArchived(item))
      byName.set(nameIn(item.parent, text(item, titleField(item.parent))), item.key);
  }
  return {
    claim(card: Card): string | undefined {
      const byId = byCard.get(card.id);
      if (byId !== undefined) return byId;
      const place = kindIn(card.idList);
      const name = place && nameIn(place.parent, card.name);
      const key = name === undefined ? undefined : byName.get(name);
      if (name !== undefined) byName.delete(name);
      return key;
    },
  };
}

function nameIn(parent: string, name: string): string {
  return `${parent}\n${nameKey(name)}`;
}

/** Archived cards without a key were never ours. */
function ownKey({ id, idList, closed }: Card, { kindIn }: Identities): string | undefined {
  const place = closed ? undefined : kindIn(idList);
  if (!place) return undefined;
  return place.kind === 'task' ? `own/${shortId(id)}` : `${place.parent}:own-${shortId(id)}`;
}

/** The end of an id: its beginning is the time. */
export function shortId(id: string): string {
  return id.slice(-12);
}
