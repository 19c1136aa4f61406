import { type Message, say } from '#src/i18n/message.ts';
import {
  CHECK_HEADERS,
  PLAN_HEADERS,
  PRIORITY_LABELS,
  SHEET_NAMES,
  STATUS_LABELS,
} from '#src/i18n/workbook.ts';
import { COMMENT_HEADERS, COMMENT_HELP, COMMENTS_SHEET, ORIGIN_LABELS } from '#src/i18n/workbook-comments.ts';
import { type ItemKind, PRIORITIES, STATUSES } from '#src/plan/item.ts';
import type { Blueprint, ColumnShape, Named, RegisterShape } from '../workspace.ts';
import { Vocabulary } from './vocabulary.ts';

export type CellKind =
  | 'text'
  | 'long-text'
  | 'label'
  | 'labels'
  | 'names'
  | 'date'
  /** A day and a time of day. */
  | 'moment'
  | 'number'
  | 'amount'
  | 'percent'
  | 'check'
  | 'url'
  /** Shown, never read: what people do to it is theirs until it changes elsewhere. */
  | 'display';

export interface ColumnLayout {
  /** Written in row 1: it names the column whatever people call it and wherever they move it. */
  readonly field: string;
  readonly header: string;
  readonly help: string;
  readonly kind: CellKind;
  readonly width: number;
  readonly hidden?: boolean;
  readonly centered?: boolean;
  readonly bold?: boolean;
  /** What `label` and `labels` cells show. */
  readonly vocabulary?: Vocabulary;
  /** The list of the hidden sheet that feeds the drop-down. */
  readonly list?: string;
  /** The list only suggests: other texts are as good. */
  readonly free?: boolean;
  /** The zone whose clock `moment` cells show. */
  readonly timeZone?: string;
}

export interface SheetLayout {
  readonly marker: string;
  readonly kind: ItemKind;
  /** What its items have as `parent`; points have their task instead, comments what they are about. */
  readonly parent: string;
  readonly name: string;
  readonly title: string;
  readonly help: string;
  readonly columns: readonly ColumnLayout[];
  readonly color: string;
}

/** The sheets of items and the lists of their drop-downs, as a blueprint asks for them. */
export interface Layout {
  readonly plan: SheetLayout;
  readonly checks: SheetLayout;
  readonly registers: readonly SheetLayout[];
  /** Only in a workbook that has, or is to have, comments. */
  readonly comments: SheetLayout;
  /** Of the team. */
  readonly timeZone: string;
  readonly lists: ReadonlyMap<string, Vocabulary>;
}

export const MARKERS = {
  plan: 'jalon:plan',
  checks: 'jalon:checks',
  comments: 'jalon:comments',
  archive: 'jalon:archive',
  dashboard: 'jalon:dashboard',
  lists: 'jalon:lists',
  header: 'jalon:header',
} as const;

export const TICK = { on: '☑', off: '☐' } as const;
/** The lists that every workbook has. */
export const LIST = {
  status: 'status',
  priority: 'priority',
  step: 'step',
  role: 'role',
  people: 'people',
  tick: 'tick',
} as const;
/** What a comment may be about: the list of a workbook that has comments. */
export const ABOUT_LIST = 'about';

/** `former` gives the labels under which a workbook knows the keys of a list until now. */
export function layoutOf(
  blueprint: Blueprint,
  timeZone: string,
  former: (list: string) => readonly Named[] = () => [],
): Layout {
  const words = (message: Message) => say(blueprint.locale, message);
  const lists = new Map<string, Vocabulary>();
  const list = (name: string, entries: readonly Named[]) => {
    const vocabulary = new Vocabulary(entries, former(name));
    lists.set(name, vocabulary);
    return { vocabulary, list: name };
  };
  list(
    LIST.status,
    STATUSES.map((key) => ({ key, title: words(STATUS_LABELS[key]) })),
  );
  list(
    LIST.priority,
    PRIORITIES.map((key) => ({ key, title: words(PRIORITY_LABELS[key]) })),
  );
  list(LIST.step, blueprint.steps);
  list(LIST.role, blueprint.roles);
  list(
    LIST.people,
    blueprint.people.map((name) => ({ key: name, title: name })),
  );
  list(
    LIST.tick,
    [TICK.off, TICK.on].map((tick) => ({ key: tick, title: tick })),
  );
  const known = (name: string) => ({ vocabulary: lists.get(name) ?? new Vocabulary([]), list: name });

  return {
    plan: planLayout(words, known),
    checks: checksLayout(words, known),
    registers: blueprint.registers.map((register) => registerLayout(register, blueprint, known, list)),
    comments: commentsLayout(words, timeZone),
    timeZone,
    lists,
  };
}

/** Every sheet of items; that of the comments last, since it speaks of what stands in the others. */
export function sheetsOf({ plan, checks, registers, comments }: Layout): readonly SheetLayout[] {
  return [plan, checks, ...registers, comments];
}

type Words = (message: Message) => string;
type Listed = { readonly vocabulary: Vocabulary; readonly list: string };

function planLayout(words: Words, known: (name: string) => Listed): SheetLayout {
  const column = (
    field: keyof typeof PLAN_HEADERS,
    kind: CellKind,
    width: number,
    more: Partial<ColumnLayout> = {},
  ): ColumnLayout => ({ field, header: words(PLAN_HEADERS[field]), help: '', kind, width, ...more });
  const name = words(SHEET_NAMES.plan);
  return {
    marker: MARKERS.plan,
    kind: 'task',
    parent: 'plan',
    name,
    title: name,
    help: '',
    color: '1F4E79',
    columns: [
      column('step', 'label', 31, known(LIST.step)),
      column('title', 'text', 54, { bold: true }),
      column('status', 'label', 13, { ...known(LIST.status), centered: true }),
      column('priority', 'label', 11, { ...known(LIST.priority), centered: true }),
      column('role', 'label', 24, known(LIST.role)),
      column('with', 'labels', 26, { vocabulary: known(LIST.role).vocabulary }),
      column('people', 'names', 16, { list: LIST.people, free: true }),
      column('start', 'date', 13, { centered: true }),
      column('due', 'date', 13, { centered: true, bold: true }),
      column('points', 'display', 9, { centered: true }),
      column('description', 'long-text', 130),
      column('deliverable', 'long-text', 60),
      column('proof', 'long-text', 60),
      column('repeat', 'text', 22),
      column('dependsOn', 'display', 110),
      column('sources', 'display', 110),
      column('required', 'display', 12, { centered: true }),
      column('notes', 'long-text', 60),
      column('share', 'display', 10, { hidden: true }),
    ],
  };
}

function checksLayout(words: Words, known: (name: string) => Listed): SheetLayout {
  const name = words(SHEET_NAMES.checks);
  return {
    marker: MARKERS.checks,
    kind: 'check',
    parent: '',
    name,
    title: name,
    help: '',
    color: '2E7D6B',
    columns: [
      { field: 'task', header: words(CHECK_HEADERS.task), help: '', kind: 'display', width: 60 },
      { field: 'title', header: words(CHECK_HEADERS.title), help: '', kind: 'text', width: 84 },
      {
        field: 'done',
        header: words(CHECK_HEADERS.done),
        help: '',
        kind: 'check',
        width: 11,
        centered: true,
        list: known(LIST.tick).list,
      },
    ],
  };
}

function commentsLayout(words: Words, timeZone: string): SheetLayout {
  const column = (
    field: keyof typeof COMMENT_HEADERS,
    kind: CellKind,
    width: number,
    more: Partial<ColumnLayout> = {},
  ): ColumnLayout => ({
    field,
    header: words(COMMENT_HEADERS[field]),
    help: words(COMMENT_HELP[field]),
    kind,
    width,
    ...more,
  });
  const name = words(COMMENTS_SHEET);
  const origins = Object.entries(ORIGIN_LABELS).map(([key, label]) => ({ key, title: words(label) }));
  return {
    marker: MARKERS.comments,
    kind: 'comment',
    parent: '',
    name,
    title: name,
    help: words(COMMENT_HELP.sheet),
    color: '6B4E8E',
    columns: [
      column('at', 'moment', 18, { centered: true, timeZone }),
      column('about', 'display', 48, { list: ABOUT_LIST }),
      column('author', 'text', 22, { list: LIST.people, free: true }),
      column('origin', 'label', 12, { centered: true, vocabulary: new Vocabulary(origins) }),
      column('text', 'long-text', 90),
    ],
  };
}

const COLUMN_KINDS: Readonly<
  Record<
    ColumnShape['type'],
    { readonly kind: CellKind; readonly width: number; readonly centered?: boolean }
  >
> = {
  text: { kind: 'text', width: 26 },
  'long-text': { kind: 'long-text', width: 56 },
  number: { kind: 'number', width: 13 },
  amount: { kind: 'amount', width: 15 },
  percent: { kind: 'percent', width: 13 },
  date: { kind: 'date', width: 14, centered: true },
  select: { kind: 'label', width: 19 },
  checkbox: { kind: 'check', width: 13, centered: true },
  url: { kind: 'url', width: 32 },
  email: { kind: 'text', width: 28 },
  person: { kind: 'text', width: 20 },
};

function registerLayout(
  register: RegisterShape,
  blueprint: Blueprint,
  known: (name: string) => Listed,
  list: (name: string, entries: readonly Named[]) => Listed,
): SheetLayout {
  return {
    marker: `jalon:register:${register.key}`,
    kind: 'row',
    parent: register.key,
    name: register.title,
    title: register.title,
    help: register.summary,
    color: (blueprint.steps.find(({ key }) => key === register.step)?.color ?? '#52606d')
      .slice(1)
      .toUpperCase(),
    columns: register.columns.map((column, index) => ({
      field: column.key,
      header: column.title,
      help: column.help,
      ...COLUMN_KINDS[column.type],
      width: Math.max(COLUMN_KINDS[column.type].width, longestWord(column.title) + HEADER_PADDING),
      bold: index === 0,
      ...(column.type === 'select' ? list(`${register.key}_${column.key}`, column.options) : {}),
      ...(column.type === 'checkbox' ? { list: known(LIST.tick).list } : {}),
      ...(column.type === 'person' ? { list: LIST.people, free: true } : {}),
    })),
  };
}

/** What a header needs besides its letters, bold as they are, so that none of its words is broken. */
const HEADER_PADDING = 4;

function longestWord(text: string): number {
  return Math.max(...text.split(/[\s-]/).map((word) => word.length));
}

/** The column that gives an item of this sheet its title, or what stands for one. */
export function titleField(layout: SheetLayout): string {
  if (layout.kind === 'comment') return 'text';
  return layout.kind === 'row' ? (layout.columns[0]?.field ?? '') : 'title';
}

/** Beyond that width, in digits, what is printed on one A4 page in landscape is too small to be read. */
const READABLE_WIDTH = 260;

/** On how many pages side by side the sheet can be read when it is printed. */
export function pagesAcross({ columns }: SheetLayout): number {
  const width = columns.reduce((sum, one) => sum + (one.hidden ? 0 : one.width), 0);
  return Math.ceil(width / READABLE_WIDTH);
}
