import { type Message, say } from '#src/i18n/message.ts';
import { KEPT_COLUMN, KEY_NAME, OTHER_PEOPLE, PROPERTY_HELP } from '#src/i18n/notion-words.ts';
import { PLAN_HEADERS, PRIORITY_LABELS, SHEET_NAMES, STATUS_LABELS } from '#src/i18n/workbook.ts';
import { type ItemKind, PRIORITIES, type Priority, STATUSES, type Status } from '#src/plan/item.ts';
import type { Blueprint, ColumnShape, Named, RegisterShape } from '../workspace.ts';
import { type NotionColor, notionColor, plainLabel, TakenLabels } from './labels.ts';

/** What a property holds, whatever its type in Notion has become. */
export type Holding =
  | 'key'
  | 'text'
  | 'label'
  | 'labels'
  | 'date'
  | 'number'
  | 'check'
  /** A set of names, of which those that Notion knows are persons, and the others a text in `namesOf(field)`. */
  | 'people'
  /** The same for a text: one name, or several with commas. */
  | 'person'
  | 'names'
  | 'tasks'
  | 'sources'
  | 'share';

/** The types in which we make properties. */
export type WantedType =
  | 'title'
  | 'rich_text'
  | 'number'
  | 'select'
  | 'multi_select'
  | 'status'
  | 'date'
  | 'people'
  | 'relation'
  | 'checkbox'
  | 'url'
  | 'email';

export interface WantedOption extends Named {
  readonly color: NotionColor;
  readonly group?: StatusGroup | undefined;
}
export type StatusGroup = 'To-do' | 'In progress' | 'Complete';

export interface WantedProperty {
  /** The field of the item; of properties that are none, a name that no field can have. */
  readonly field: string;
  readonly holds: Holding;
  readonly type: WantedType;
  readonly name: string;
  readonly description: string;
  readonly format?: 'number' | 'euro' | 'percent';
  readonly options: readonly WantedOption[];
}

/** A database as the blueprint asks for it. Names differ from each other whatever their case. */
export interface Table {
  readonly kind: Exclude<ItemKind, 'check'>;
  /** What its items have as `parent`. */
  readonly parent: string;
  readonly title: string;
  readonly description: string;
  /** The step with which it is created; `undefined` for the plan itself. */
  readonly step: string | undefined;
  readonly properties: readonly WantedProperty[];
}

export const KEY_FIELD = '#key';
export const SHARE_FIELD = '#share';

/** Where the names stand of those people of a field who are not in the Notion workspace. */
export function namesOf(field: string): string {
  return `#names ${field}`;
}

type Wanted = Omit<WantedProperty, 'options'> & { readonly options?: readonly WantedOption[] };

/** The database of the tasks. */
export function planTable(blueprint: Blueprint): Table {
  const words = (message: Message) => say(blueprint.locale, message);
  const steps = blueprint.steps.map(({ key, title, color }) => ({ key, title, color: notionColor(color) }));
  const roles = blueprint.roles.map(({ key, title }) => ({ key, title, color: 'default' as const }));
  const property = (
    field: keyof typeof PLAN_HEADERS & keyof typeof PROPERTY_HELP,
    holds: Holding,
    type: WantedType,
    options: readonly WantedOption[] = [],
  ): Wanted => ({
    field,
    holds,
    type,
    name: words(PLAN_HEADERS[field]),
    description: words(PROPERTY_HELP[field]),
    options,
  });
  const title = words(SHEET_NAMES.plan);
  return {
    kind: 'task',
    parent: 'plan',
    title,
    description: '',
    step: undefined,
    properties: distinct([
      property('title', 'text', 'title'),
      property('status', 'label', 'status', statusOptions(words)),
      property('step', 'label', 'select', steps),
      property('role', 'label', 'select', roles),
      ...withNames(property('people', 'people', 'people'), blueprint),
      property('start', 'date', 'date'),
      property('due', 'date', 'date'),
      property('priority', 'label', 'select', priorityOptions(words)),
      { ...property('share', 'share', 'number'), field: SHARE_FIELD, format: 'percent' },
      property('description', 'text', 'rich_text'),
      property('deliverable', 'text', 'rich_text'),
      property('proof', 'text', 'rich_text'),
      property('notes', 'text', 'rich_text'),
      property('with', 'labels', 'multi_select', roles),
      property('dependsOn', 'tasks', 'relation'),
      property('sources', 'sources', 'rich_text'),
      property('repeat', 'text', 'rich_text'),
      property('required', 'check', 'checkbox'),
      keyProperty(words),
    ]),
  };
}

/** The database of a register. */
export function registerTable(register: RegisterShape, blueprint: Blueprint): Table {
  const words = (message: Message) => say(blueprint.locale, message);
  const columns = register.columns.flatMap((column, index) => {
    const wanted = columnProperty(column, blueprint, index === 0);
    return wanted.holds === 'person' ? withNames(wanted, blueprint) : [wanted];
  });
  return {
    kind: 'row',
    parent: register.key,
    title: register.title,
    description: register.summary,
    step: register.step,
    properties: distinct([...columns, keyProperty(words)]),
  };
}

const COLUMN_TYPES: Readonly<Record<ColumnShape['type'], Pick<WantedProperty, 'holds' | 'type' | 'format'>>> =
  {
    text: { holds: 'text', type: 'rich_text' },
    'long-text': { holds: 'text', type: 'rich_text' },
    number: { holds: 'number', type: 'number', format: 'number' },
    amount: { holds: 'number', type: 'number', format: 'euro' },
    percent: { holds: 'number', type: 'number', format: 'percent' },
    date: { holds: 'date', type: 'date' },
    select: { holds: 'label', type: 'select' },
    checkbox: { holds: 'check', type: 'checkbox' },
    url: { holds: 'text', type: 'url' },
    email: { holds: 'text', type: 'email' },
    person: { holds: 'person', type: 'people' },
  };

/** Every database has one title, and of a register the first column is the title of its lines, whatever its type. */
function columnProperty(
  { key, title, type, help, options }: ColumnShape,
  { locale }: Blueprint,
  isTitle: boolean,
): Wanted {
  return {
    field: key,
    ...(isTitle ? titleColumn(type) : COLUMN_TYPES[type]),
    name: title,
    description: help || say(locale, KEPT_COLUMN, title),
    options: options.map((one) => ({ key: one.key, title: one.title, color: notionColor(one.color) })),
  };
}

function titleColumn(type: ColumnShape['type']): Pick<WantedProperty, 'holds' | 'type'> {
  return { holds: type === 'select' ? 'label' : 'text', type: 'title' };
}

function withNames(people: Wanted, { locale }: Blueprint): Wanted[] {
  return [
    people,
    {
      field: namesOf(people.field),
      holds: 'names',
      type: 'rich_text',
      name: say(locale, OTHER_PEOPLE.name, people.name),
      description: say(locale, OTHER_PEOPLE.help, people.name),
    },
  ];
}

function keyProperty(words: (message: Message) => string): Wanted {
  return {
    field: KEY_FIELD,
    holds: 'key',
    type: 'rich_text',
    name: words(KEY_NAME),
    description: words(PROPERTY_HELP.key),
  };
}

const STATUS_LOOKS: Readonly<Record<Status, { color: NotionColor; group: StatusGroup }>> = {
  todo: { color: 'default', group: 'To-do' },
  doing: { color: 'blue', group: 'In progress' },
  blocked: { color: 'red', group: 'In progress' },
  done: { color: 'green', group: 'Complete' },
  dropped: { color: 'gray', group: 'Complete' },
};

const PRIORITY_COLORS: Readonly<Record<Priority, NotionColor>> = {
  urgent: 'red',
  high: 'orange',
  normal: 'gray',
};

function statusOptions(words: (message: Message) => string): WantedOption[] {
  return STATUSES.map((key) => ({ key, title: words(STATUS_LABELS[key]), ...STATUS_LOOKS[key] }));
}

function priorityOptions(words: (message: Message) => string): WantedOption[] {
  return PRIORITIES.map((key) => ({ key, title: words(PRIORITY_LABELS[key]), color: PRIORITY_COLORS[key] }));
}

const LONGEST_DESCRIPTION = 280;

function distinct(properties: readonly Wanted[]): WantedProperty[] {
  const names = new TakenLabels();
  return properties.map((one) => ({
    ...one,
    name: names.claim(plainLabel(one.name) || one.field),
    description: one.description.slice(0, LONGEST_DESCRIPTION).toWellFormed(),
    options: distinctOptions(one.options ?? []),
  }));
}

function distinctOptions(options: readonly WantedOption[]): WantedOption[] {
  const titles = new TakenLabels();
  return options.map((one) => ({ ...one, title: titles.claim(plainLabel(one.title) || one.key) }));
}
