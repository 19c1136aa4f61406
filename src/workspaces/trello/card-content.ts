import { ARCHIVED, type Fields, type Item, type Status, text, type Value } from '#src/plan/item.ts';
import type { WriteOrder } from '../workspace.ts';
import { instantOf } from './dates.ts';
import type { DescriptionContext } from './description.ts';
import { describeTask } from './description.ts';
import type { Desk } from './desk.ts';
import type { CardChanges } from './endpoints/cards.ts';
import { fitName } from './fit.ts';
import { labelsFor } from './labels.ts';
import { listOf } from './lists.ts';
import { type People, peopleShown } from './people.ts';
import type { Kept } from './read-card.ts';
import type { Filled } from './remembered.ts';
import { type RowContent, rowContent } from './row-content.ts';
import type { Card } from './schema.ts';
import type { Structure } from './structure.ts';

/** What a card is made from. */
export interface Content {
  readonly desk: Desk;
  readonly structure: Structure;
  readonly people: People;
  readonly context: DescriptionContext;
  readonly agreed: WriteOrder['agreed'];
}

/** What a card is to be given; custom fields and what fills them only where it is a row's. */
export interface CardContent extends Omit<RowContent, 'filled'> {
  readonly filled: Filled | undefined;
}

/** Fields that stand in the description of a task's card. */
const DESCRIBED = [
  'description',
  'deliverable',
  'proof',
  'repeat',
  'with',
  'dependsOn',
  'sources',
  'notes',
  'required',
];

/**
 * What a card is to be given so that it shows these fields; `present` is the card as it is, where there is one, and
 * `kept` what its description holds of the team's own.
 */
export function cardChanges(
  item: Item,
  fields: Fields,
  present: Card | undefined,
  kept: Kept,
  content: Content,
): CardContent {
  return item.kind === 'row'
    ? rowChanges(item, fields, present, kept, content)
    : taskChanges(item, fields, present, kept, content);
}

function taskChanges(
  item: Item,
  fields: Fields,
  present: Card | undefined,
  kept: Kept,
  content: Content,
): CardContent {
  const { desk, structure, people, context } = content;
  const shown = peopleShown(namesOf(item.fields.people), people, present?.idMembers ?? []);
  const isDescribed = present === undefined || [...DESCRIBED, 'people'].some((field) => field in fields);
  const described = isDescribed
    ? describeTask({ fields: item.fields, others: shown.others, kept: kept.entries }, item.key, context)
    : undefined;
  return {
    changes: {
      ...('title' in fields && { name: fitName(item.fields.title ?? '') || item.key }),
      ...(described && described.text !== present?.desc && { desc: described.text }),
      ...('due' in fields && { due: instantIn(fields.due, desk) }),
      ...('start' in fields && { start: instantIn(fields.start, desk) }),
      ...statusChanges(item, fields, present, content),
      ...('people' in fields && { idMembers: shown.idMembers }),
      ...(ARCHIVED in fields && present !== undefined && { closed: fields[ARCHIVED] === true }),
      ...labelChanges(fields, present, structure),
    },
    values: [],
    filled: undefined,
    cut: described?.cut ?? [],
  };
}

/** Where the card stands and whether it is ticked: what says how far a task is depends on the layout. */
function statusChanges(
  item: Item,
  fields: Fields,
  present: Card | undefined,
  { desk, structure }: Content,
): CardChanges {
  const { layout } = desk;
  const moves = layout === 'steps' ? 'step' in fields : 'status' in fields;
  const ref = moves ? listOf({ kind: 'task', parent: item.parent }, item.fields, layout) : undefined;
  const idList = ref === undefined ? undefined : structure.lists.get(ref);
  const done = (item.fields.status as Status | undefined) === 'done';
  return {
    ...(idList !== undefined && idList !== present?.idList && { idList }),
    ...('status' in fields && done !== (present?.dueComplete ?? false) && { dueComplete: done }),
  };
}

function labelChanges(fields: Fields, present: Card | undefined, { labels }: Structure): CardChanges {
  const before = present?.idLabels ?? [];
  const idLabels = labelsFor(fields, labels, before);
  const same = idLabels.length === before.length && idLabels.every((id) => before.includes(id));
  return same ? {} : { idLabels };
}

function rowChanges(
  item: Item,
  fields: Fields,
  present: Card | undefined,
  { row: kept }: Kept,
  { desk, structure }: Content,
): CardContent {
  const register = desk.blueprint.registers.find(({ key }) => key === item.parent);
  if (!register) return { changes: {}, values: [], filled: undefined, cut: [] };
  const content = rowContent({ item, register, fields, present, kept }, structure.fields, desk);
  const ref = listOf({ kind: 'row', parent: item.parent }, {}, desk.layout);
  const idList = present || ref === undefined ? undefined : structure.lists.get(ref);
  return { ...content, changes: { ...content.changes, ...(idList !== undefined && { idList }) } };
}

function instantIn(value: Value | undefined, { timeZone }: Desk): string | null {
  return typeof value === 'string' ? (instantOf(value, timeZone) ?? null) : null;
}

function namesOf(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** What a person calls the card. */
export function nameOf(item: Item): string {
  const first = Object.values(item.fields).find((value) => typeof value === 'string' && value !== '');
  return text(item, 'title') || (typeof first === 'string' ? first : item.key);
}
