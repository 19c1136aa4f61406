import { type Said, said, say } from '#src/i18n/message.ts';
import { TRELLO_REMARKS } from '#src/i18n/trello-words.ts';
import { PRIORITY_LABELS, STATUS_LABELS } from '#src/i18n/workbook.ts';
import type { Fields, Priority, Status } from '#src/plan/item.ts';
import { nameKey } from '#src/reconcile/names.ts';
import type { Blueprint } from '../workspace.ts';
import { type TrelloColor, trelloColor } from './colors.ts';
import type { Layout } from './lists.ts';
import { fitLine } from './markdown.ts';
import { type Match, match, partsOf, refOf, type Wanted } from './match.ts';
import type { Label } from './schema.ts';

/** What a label says of a task. */
export type LabelKind = 'step' | 'role' | 'priority' | 'status';

export interface WantedLabel extends Wanted {
  readonly kind: LabelKind;
  readonly key: string;
  readonly color: TrelloColor | null;
}

/** A task in none of these is to do, of normal priority, or done: see `readStatus`. */
const STATUS_COLORS: ReadonlyMap<Status, TrelloColor> = new Map([
  ['doing', 'blue'],
  ['blocked', 'red_dark'],
  ['dropped', 'black'],
]);
const PRIORITY_COLORS: ReadonlyMap<Priority, TrelloColor> = new Map([
  ['urgent', 'red'],
  ['high', 'orange'],
]);

/** Names differ from each other: people tell labels apart by them, and so do we. */
export function wantedLabels({ steps, roles, locale }: Blueprint, layout: Layout): readonly WantedLabel[] {
  const statuses = [...STATUS_COLORS].map(([key, color]) => ({
    kind: 'status' as const,
    key,
    title: say(locale, STATUS_LABELS[key]),
    color,
  }));
  const named = [
    ...(layout === 'steps'
      ? statuses
      : steps.map(({ key, title, color }) => ({
          kind: 'step' as const,
          key,
          title,
          color: trelloColor(color),
        }))),
    ...[...PRIORITY_COLORS].map(([key, color]) => ({
      kind: 'priority' as const,
      key,
      title: say(locale, PRIORITY_LABELS[key]),
      color,
    })),
    ...roles.map(({ key, title }) => ({ kind: 'role' as const, key, title, color: 'black_light' as const })),
  ];
  const taken = new Set<string>();
  return named.map(({ kind, key, title, color }) => {
    const name = freeName(fitLine(title) || key, taken);
    return { kind, key, ref: refOf(kind, key), name, color };
  });
}

/** The name itself, else the first free one of `name (2)`, `name (3)`… */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let copy = 2; taken.has(nameKey(free)); copy += 1) free = `${name} (${copy})`;
  taken.add(nameKey(free));
  return free;
}

/** Of several labels of one name that of our colour; people may have changed it. */
export function matchLabels(
  wanted: readonly WantedLabel[],
  existing: readonly Label[],
  known: Readonly<Record<string, string>>,
): Match<WantedLabel> {
  return match(wanted, existing, known, (one, { color }) => one.color === color);
}

export type LabelIds = Match<WantedLabel>['ids'];

/** Fields of a task that its labels show. */
export const LABEL_FIELDS = ['step', 'role', 'priority', 'status'] as const satisfies readonly LabelKind[];

/**
 * All labels that a card is to bear, since Trello replaces the whole set: those that it bears for the fields that are
 * not given, the team's own, and those of the fields given. A value without a label (`todo`, `normal`) has none.
 */
export function labelsFor(fields: Fields, ids: LabelIds, present: readonly string[]): readonly string[] {
  const given = LABEL_FIELDS.filter((field) => fields[field] !== undefined);
  const replaced = new Set<string>();
  for (const [ref, id] of ids) if (given.some((field) => field === partsOf(ref).kind)) replaced.add(id);
  const kept = present.filter((id) => !replaced.has(id));
  const added = given.map((field) => ids.get(refOf(field, String(fields[field]))));
  return [...new Set([...kept, ...added.filter((id) => id !== undefined)])];
}

export interface LabelReading {
  /**
   * Steps only in the layout in which they are labels. A field is absent where several labels contradict each other,
   * where a task must not be without and is, and where a label of its kind is not on the board, or not yet back on
   * every card: who deletes a label takes it off all of them, and has said nothing of any.
   */
  readonly fields: Fields;
  /** Statuses whose label the card bears: see `readStatus`. `undefined`: none, but one of them is not on the board. */
  readonly statuses: readonly Status[] | undefined;
  readonly remarks: readonly Said[];
}

/** `restored`: refs of labels that were made anew, and are not yet back on every card. */
export function readLabels(
  card: { readonly name: string; readonly idLabels: readonly string[] },
  wanted: readonly WantedLabel[],
  ids: LabelIds,
  restored: ReadonlySet<string> = new Set(),
): LabelReading {
  const borne = new Set(card.idLabels);
  const of = (kind: LabelKind) =>
    wanted.filter((label) => label.kind === kind && borne.has(ids.get(label.ref) ?? ''));
  const isWhole = (kind: LabelKind) =>
    wanted.every(({ kind: other, ref }) => other !== kind || (ids.has(ref) && !restored.has(ref)));
  const statuses = of('status').map(({ key }) => key as Status);
  // In the order of weight: who makes a task urgent need not take off what it was before.
  const priority = of('priority')[0]?.key ?? (isWhole('priority') ? 'normal' : undefined);
  const role = single(of('role'), isWhole('role') ? '' : undefined);
  const step = single(of('step'), undefined);
  const fields = Object.entries({ priority, role, step }).filter(([, value]) => value !== undefined);
  return {
    fields: Object.fromEntries(fields) as Fields,
    statuses: statuses.length > 0 || isWhole('status') ? statuses : undefined,
    remarks: [of('role'), of('step')]
      .filter((labels) => labels.length > 1)
      .map((labels) => several(card, labels)),
  };
}

function single(labels: readonly WantedLabel[], none: string | undefined): string | undefined {
  return labels.length > 1 ? undefined : (labels[0]?.key ?? none);
}

function several({ name }: { readonly name: string }, labels: readonly WantedLabel[]): Said {
  const found = labels.map((label) => label.name).join(', ');
  return said(TRELLO_REMARKS.severalLabels, { card: name, found });
}
