import type { Said } from '#src/i18n/message.ts';
import { said } from '#src/i18n/message.ts';
import { BOARD_REMARKS } from '#src/i18n/trello-place.ts';
import { TRELLO_REMARKS } from '#src/i18n/trello-words.ts';
import { text } from '#src/plan/item.ts';
import { nameKey } from '#src/reconcile/names.ts';
import type { DescriptionContext } from './description.ts';
import type { Desk } from './desk.ts';
import { idsByEmail } from './emails.ts';
import { mayMakeFields } from './fields-maker.ts';
import { findLists, refuseOtherLayout } from './find-lists.ts';
import { type Identified, identifyCards, type Line } from './identify.ts';
import { type LabelIds, matchLabels, type WantedLabel, wantedLabels } from './labels.ts';
import { ownLists, type Places, type WantedList, wantedLists } from './lists.ts';
import { findBoard } from './locate.ts';
import { readMarker } from './marker.ts';
import { partsOf, refsById } from './match.ts';
import { OVERVIEW_KEY } from './overview.ts';
import { type People, peopleOf } from './people.ts';
import { type FieldsFound, findFields } from './row-fields.ts';
import { type BoardBundle, type Card, type Checklist, isOrdinary } from './schema.ts';

/** All that is ours on a board, as it was found. */
export interface Survey {
  readonly bundle: BoardBundle;
  readonly wantedLists: readonly WantedList[];
  readonly lists: ReadonlyMap<string, string>;
  readonly wantedLabels: readonly WantedLabel[];
  readonly labels: LabelIds;
  /** Refs of labels that people deleted and a run has made anew, and that are not yet back on every card. */
  readonly restored: ReadonlySet<string>;
  /** Custom fields, as far as the plan of the workspace has them. */
  readonly fields: FieldsFound;
  readonly places: Places;
  readonly people: People;
  readonly lines: Identified['lines'];
  /** Checklists by card, in their order. */
  readonly checklists: ReadonlyMap<string, readonly Checklist[]>;
  readonly context: DescriptionContext;
  /** Everything on the board was there to be read. */
  readonly isWhole: boolean;
  readonly remarks: readonly Said[];
}

/** Reads the whole board in one request, and tells what is what. `undefined`: there is no board yet. */
export async function survey(desk: Desk): Promise<Survey | undefined> {
  const bundle = await findBoard(desk);
  if (!bundle) return undefined;
  refuseOtherLayout(desk, bundle);
  const { blueprint, layout, remembered } = desk;
  const lists = findLists(desk, bundle);
  const wanted = wantedLabels(blueprint, layout);
  const labels = matchLabels(wanted, bundle.labels.rows, remembered.labels);
  const refs = refsById(lists);
  const places: Places = { refs, own: ownLists(bundle.lists.rows, refs, desk.ownLists) };
  const { lines, copies } = identify(desk, bundle, places);
  const { cards, checklists, members, customFields } = bundle;
  const isWhole = [bundle.lists, cards, checklists, bundle.labels, members, customFields].every(
    ({ unreadable }) => unreadable === 0,
  );
  return {
    bundle,
    wantedLists: wantedLists(blueprint, layout),
    lists,
    wantedLabels: wanted,
    labels: labels.ids,
    restored: new Set(
      [...labels.ids].filter(([ref, id]) => (remembered.labels[ref] ?? id) !== id).map(([ref]) => ref),
    ),
    fields: findFields(blueprint.registers, bundle, remembered.fields, mayMakeFields(desk)),
    places,
    people: peopleOf(desk.people, bundle.members.rows, await idsByEmail(desk)),
    lines,
    checklists: Map.groupBy(
      bundle.checklists.rows.toSorted((a, b) => a.pos - b.pos),
      ({ idCard }) => idCard,
    ),
    context: contextOf(desk, lines),
    isWhole,
    remarks: [
      ...(isWhole ? [] : [said(BOARD_REMARKS.notWhole)]),
      ...copies.map((card) => said(TRELLO_REMARKS.copied, { card: card.name, url: cardUrl(card.shortLink) })),
      ...listRemarks(bundle, places, lines),
    ],
  };
}

function identify({ blueprint, known, remembered }: Desk, bundle: BoardBundle, places: Places): Identified {
  const overview = remembered.overview?.card;
  const isOverview = ({ id, desc }: Card) => id === overview || readMarker(desc).key === OVERVIEW_KEY;
  const cards = bundle.cards.rows.filter((card) => isOrdinary(card) && !isOverview(card));
  return identifyCards(cards, {
    known,
    cardOf: (key) => remembered.card(key)?.card,
    kindIn: (idList) => {
      const { kind, key } = partsOf(places.refs.get(idList) ?? '');
      if (kind === 'register') return { kind: 'row', parent: key };
      return kind === '' && !places.own.has(idList) ? undefined : { kind: 'task', parent: 'plan' };
    },
    titleField: (parent) => blueprint.registers.find(({ key }) => key === parent)?.columns[0]?.key ?? 'title',
  });
}

/** What is written names tasks as they are called from now on. */
export function writingContext(
  desk: Desk,
  survey: Survey | undefined,
  agreed: Desk['known'],
): DescriptionContext {
  return contextOf({ ...desk, known: agreed }, survey?.lines ?? []);
}

/** Titles that a card may still show count too; one that several tasks bear is nobody's. */
function contextOf({ blueprint, known }: Desk, lines: readonly Line[]): DescriptionContext {
  const keys = new Map<string, string | undefined>();
  const note = (title: string, key: string) => {
    const name = nameKey(title);
    if (name !== '') keys.set(name, keys.has(name) && keys.get(name) !== key ? undefined : key);
  };
  const tasks = [...known.values()].filter(({ kind }) => kind === 'task');
  for (const task of tasks) note(text(task, 'title'), task.key);
  for (const { card, key, kind } of lines) if (kind === 'task') note(card.name, key);
  return {
    locale: blueprint.locale,
    roles: blueprint.roles,
    sources: blueprint.sources,
    titleOf: (key) => {
      const task = known.get(key);
      return task && text(task, 'title');
    },
    keyOfTitle: (title) => keys.get(nameKey(title)),
  };
}

/** Lists that mean nothing to the plan, or are put away, and hold cards of it. */
function listRemarks(bundle: BoardBundle, places: Places, lines: readonly Line[]): readonly Said[] {
  const held = Map.groupBy(
    lines.filter(({ card }) => !card.closed),
    ({ card }) => card.idList,
  );
  return bundle.lists.rows.flatMap(({ id, name, closed }): readonly Said[] => {
    const cards = held.get(id)?.length ?? 0;
    if (cards === 0) return [];
    if (closed) return [said(BOARD_REMARKS.listClosed, { list: name })];
    const isKnown = places.refs.has(id) || places.own.has(id);
    return isKnown ? [] : [said(TRELLO_REMARKS.ownList, { list: name, cards })];
  });
}

export function cardUrl(shortLink: string): string {
  return `https://trello.com/c/${shortLink}`;
}
