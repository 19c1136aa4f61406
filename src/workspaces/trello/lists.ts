import { say } from '#src/i18n/message.ts';
import { STATUS_LABELS } from '#src/i18n/workbook.ts';
import { STATUSES, type Status } from '#src/plan/item.ts';
import { nameKey } from '#src/reconcile/names.ts';
import type { Blueprint } from '../workspace.ts';
import { fitLine } from './markdown.ts';
import { partsOf, refOf, type Wanted } from './match.ts';

/**
 * `steps`: a list for each step; how far a task is stands in its labels, and done is the card's own tick. `status`: a
 * list for each status; the step is a label. Either way each register has a list of its own, behind them.
 */
export type Layout = 'steps' | 'status';

export interface WantedList extends Wanted {
  readonly kind: 'step' | 'status' | 'register';
  readonly key: string;
  readonly pos: number;
}

/** As far apart as Trello puts them itself. */
const BETWEEN_LISTS = 16_384;

/** In the order in which to show them. */
export function wantedLists(blueprint: Blueprint, layout: Layout): readonly WantedList[] {
  const { steps, registers, locale } = blueprint;
  const tasks =
    layout === 'steps'
      ? steps.map(({ key, title }) => ({ kind: 'step' as const, key, title }))
      : STATUSES.map((key) => ({ kind: 'status' as const, key, title: say(locale, STATUS_LABELS[key]) }));
  const rows = registers.map(({ key, title }) => ({ kind: 'register' as const, key, title }));
  return [...tasks, ...rows].map(({ kind, key, title }, index) => ({
    kind,
    key,
    ref: refOf(kind, key),
    name: fitLine(title) || key,
    pos: (index + 1) * BETWEEN_LISTS,
  }));
}

/** The registers of which these are the lists. */
export function registersIn(lists: readonly WantedList[]): ReadonlySet<string> {
  return new Set(lists.filter(({ kind }) => kind === 'register').map(({ key }) => key));
}

/** Where a card is to stand: the `ref` of a list. `undefined` for a step or register that the plan does not have. */
export function listOf(
  item: { readonly kind: 'task' | 'row'; readonly parent: string },
  fields: { readonly step?: unknown; readonly status?: unknown },
  layout: Layout,
): string | undefined {
  if (item.kind === 'row') return refOf('register', item.parent);
  const key = layout === 'steps' ? fields.step : fields.status;
  if (typeof key !== 'string' || key === '') return undefined;
  return refOf(layout === 'steps' ? 'step' : 'status', key);
}

/**
 * The ids of lists that have another name than the plan gives them, by what stands in them: the cards of one step, or
 * of one register, and of no other. `refsIn` gives, by the id of a list, the `ref` of the list where each of its cards
 * belongs. Of several the one with the most cards.
 */
export function listsByCards(
  missing: readonly WantedList[],
  refsIn: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, string> {
  const uniform = [...refsIn].filter(([, refs]) => new Set(refs).size === 1);
  const byMost = uniform.toSorted(([, one], [, other]) => other.length - one.length);
  const found = missing.flatMap(({ ref }): (readonly [string, string])[] => {
    const list = byMost.find(([, refs]) => refs[0] === ref);
    return list ? [[ref, list[0]]] : [];
  });
  return new Map(found);
}

export interface Places {
  /** By the id of a list, the `ref` for which it stands. */
  readonly refs: ReadonlyMap<string, string>;
  /** By the id of a list of the team's own, the status that they say it means. */
  readonly own: ReadonlyMap<string, Status>;
}

/** The lists of the team's own that they have given a meaning, by name as they wrote it into the project file. */
export function ownLists(
  existing: readonly { readonly id: string; readonly name: string }[],
  refs: ReadonlyMap<string, string>,
  meant: Readonly<Record<string, Status>>,
): ReadonlyMap<string, Status> {
  const byName = new Map(Object.entries(meant).map(([name, status]) => [nameKey(name), status]));
  const found = existing.flatMap(({ id, name }): (readonly [string, Status])[] => {
    const status = refs.has(id) ? undefined : byName.get(nameKey(name));
    return status === undefined ? [] : [[id, status]];
  });
  return new Map(found);
}

/** The step of a card in the layout `steps`. `undefined` in a list of the team's own: the card keeps its step. */
export function stepOfList(idList: string, { refs }: Places): string | undefined {
  const { kind, key } = partsOf(refs.get(idList) ?? '');
  return kind === 'step' ? key : undefined;
}

/** The status that a list means. `undefined`: it means none, and a card in it keeps its status. */
export function statusOfList(idList: string, { refs, own }: Places): Status | undefined {
  const { kind, key } = partsOf(refs.get(idList) ?? '');
  if (kind === 'status') return STATUSES.find((status) => status === key);
  return own.get(idList);
}

export interface StatusSigns {
  readonly idList: string;
  readonly dueComplete: boolean;
  /** Statuses of which the card bears the label, in the layout `steps`. `undefined`: the labels say nothing. */
  readonly labels: readonly Status[] | undefined;
}

/** Of several labels the one that says most. */
const BY_WEIGHT: readonly Status[] = ['dropped', 'blocked', 'doing'];

/**
 * How far a task is. `last`: what the card was last seen to say, `undefined` for one that is new.
 *
 * In `steps` the tick says done, whatever the labels, which are left from before; in a list that the team has given a
 * meaning, that is its status. In `status` the list says it: who moves a card out of the list of what is done need
 * not take off its tick as well. A tick in another list says done only where the card has not moved.
 */
export function readStatus(
  signs: StatusSigns,
  places: Places,
  layout: Layout,
  last: Status | undefined,
): Status {
  const listed = statusOfList(signs.idList, places);
  if (layout === 'steps') {
    if (signs.dueComplete) return 'done';
    if (!signs.labels) return listed ?? (last === undefined || last === 'done' ? 'todo' : last);
    return BY_WEIGHT.find((status) => signs.labels?.includes(status)) ?? listed ?? 'todo';
  }
  if (listed !== undefined && listed !== last) return listed;
  if (signs.dueComplete && last !== 'done' && last !== undefined) return 'done';
  return listed ?? last ?? (signs.dueComplete ? 'done' : 'todo');
}
