import { type Said, said } from '#src/i18n/message.ts';
import { NOTION_REMARKS } from '#src/i18n/notion-words.ts';
import { nameKey } from '#src/reconcile/names.ts';
import {
  type CreateProperties,
  configuration,
  optionRequest,
  type UpdateProperties,
} from './configuration.ts';
import { TakenLabels, withoutNumber } from './labels.ts';
import { ARRAY_LIMIT } from './limits.ts';
import type { Option, Property } from './schema.ts';
import type { Holding, Table, WantedOption, WantedProperty } from './tables.ts';

/**
 * What is remembered of a table between runs, by field: the ids of the property and, by key, of its options. People
 * rename both. Losing it loses nothing as long as either names or descriptions are as we gave them.
 */
export type KnownSchema = Readonly<Record<string, KnownProperty>>;
interface KnownProperty {
  readonly id: string;
  readonly options?: Readonly<Record<string, string>> | undefined;
  /** People have changed its type. Should it ever fit again, what it shows is nobody's word until it was filled. */
  readonly unfit?: true | undefined;
}

/** A property that a table asks for, and the one that stands for it in Notion. */
export interface BoundProperty {
  readonly wanted: WantedProperty;
  /** As Notion writes it, encoded for URLs: to be used as it is. */
  readonly id: string;
  /** As people call it now. */
  readonly name: string;
  readonly type: Property['type'];
  /** Ids of options by our key: of those that the table asks for, and of those that it has asked for before. */
  readonly optionIds: ReadonlyMap<string, string>;
  readonly options: readonly Option[];
}

export interface SchemaMatch {
  /** By field. What is not here can be neither read nor written. */
  readonly bound: ReadonlyMap<string, BoundProperty>;
  readonly missing: readonly WantedProperty[];
  /** Ids of properties that are ours and hold something else now, by field. */
  readonly unfit: ReadonlyMap<string, string>;
  readonly remarks: readonly Said[];
}

/** Types that people may have given a property, and that still hold what it is to hold. */
const HELD_IN: Readonly<Record<Holding, readonly Property['type'][]>> = {
  key: ['rich_text'],
  text: ['title', 'rich_text', 'url', 'email', 'phone_number'],
  label: ['status', 'select', 'title'],
  labels: ['multi_select'],
  date: ['date'],
  number: ['number'],
  check: ['checkbox'],
  people: ['people'],
  person: ['people'],
  names: ['rich_text'],
  tasks: ['relation'],
  sources: ['rich_text'],
  share: ['number'],
};

/**
 * The properties of `databases.create`. The relation of tasks to each other is not among them: it needs the id of
 * what is only about to be made; `completion` adds it. `statusType` is `select` where Notion makes no status as we need it.
 */
export function initialProperties(
  table: Table,
  statusType: 'status' | 'select' = 'status',
): CreateProperties {
  const properties = table.properties.filter(({ type }) => type !== 'relation');
  return Object.fromEntries(properties.map((wanted) => [wanted.name, configuration(wanted, statusType)]));
}

/**
 * Finds the table's properties in a data source: by the id that is remembered, else by the description that we gave
 * it, else by name, be it with a number. A property that is ours by its id, but can no longer hold what it should, is left alone and told.
 */
export function matchSchema(
  table: Table,
  properties: Readonly<Record<string, Property>>,
  known: KnownSchema,
  dataSourceId: string,
): SchemaMatch {
  const existing = Object.values(properties);
  const claimed = new Set<string>();
  const bound = new Map<string, BoundProperty>();
  const unfit = new Map<string, string>();
  const remarks: Said[] = [];
  const pending = new Set(table.properties);
  const settle = (wanted: WantedProperty, property: Property) => {
    claimed.add(property.id);
    pending.delete(wanted);
    const isFit = mayHold(wanted, property, dataSourceId);
    if (isFit) bound.set(wanted.field, bind(wanted, property, known[wanted.field]));
    else {
      unfit.set(wanted.field, property.id);
      remarks.push(said(NOTION_REMARKS.changedType, { table: table.title, property: property.name }));
    }
  };

  for (const wanted of table.properties) {
    const id = known[wanted.field]?.id;
    const property = existing.find((one) => id !== undefined && sameProperty(one.id, id));
    if (property) settle(wanted, property);
  }
  for (const isSame of [isDescribed, isTitle, isNamed, isNumbered]) {
    for (const wanted of pending) {
      const property = existing.find(
        (one) => !claimed.has(one.id) && isSame(wanted, one) && mayHold(wanted, one, dataSourceId),
      );
      if (property) settle(wanted, property);
    }
  }
  return { bound, missing: [...pending], unfit, remarks };
}

/** Whether two ids name the same property: Notion writes them encoded for URLs, but not everywhere. */
export function sameProperty(one: string, other: string): boolean {
  return one === other || decoded(one) === decoded(other);
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function isDescribed(wanted: WantedProperty, property: Property): boolean {
  return wanted.description !== '' && descriptionOf(property) === wanted.description;
}

function isTitle(wanted: WantedProperty, property: Property): boolean {
  return wanted.type === 'title' && property.type === 'title';
}

function isNamed(wanted: WantedProperty, property: Property): boolean {
  return nameKey(wanted.name) === nameKey(property.name);
}

/** As we had to call it where its name was taken. */
function isNumbered(wanted: WantedProperty, property: Property): boolean {
  return nameKey(wanted.name) === nameKey(withoutNumber(property.name));
}

function descriptionOf({ description }: Pick<Property | Option, 'description'>): string {
  return description ?? '';
}

function mayHold(wanted: WantedProperty, property: Property, dataSourceId: string): boolean {
  if ((wanted.type === 'title') !== (property.type === 'title')) return false;
  if (property.type === 'relation') {
    return wanted.holds === 'tasks' && property.relation.data_source_id === dataSourceId;
  }
  return HELD_IN[wanted.holds].includes(property.type);
}

function bind(wanted: WantedProperty, property: Property, known: KnownProperty | undefined): BoundProperty {
  const options = optionsOf(property);
  const { id, name, type } = property;
  return {
    wanted,
    id,
    name,
    type,
    options,
    optionIds: matchOptions(wanted.options, options, known?.options),
  };
}

export function optionsOf(property: Property): readonly Option[] {
  if (property.type === 'select') return property.select.options;
  if (property.type === 'multi_select') return property.multi_select.options;
  return property.type === 'status' ? property.status.options : [];
}

/** Ids of options by key: as remembered, else by the description that we gave them, else by name. */
function matchOptions(
  wanted: readonly WantedOption[],
  existing: readonly Option[],
  known: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, string> {
  const left = new Map(existing.map((option) => [option.id, option]));
  const ids = new Map<string, string>();
  for (const [key, id] of Object.entries(known)) {
    if (left.delete(id)) ids.set(key, id);
  }
  const isOurs = ({ title }: WantedOption, option: Option) => descriptionOf(option) === title;
  const isCalled = ({ title }: WantedOption, option: Option) => nameKey(option.name) === nameKey(title);
  const isNumberedLike = ({ title }: WantedOption, option: Option) =>
    nameKey(withoutNumber(option.name)) === nameKey(title);
  for (const isSame of [isOurs, isCalled, isNumberedLike]) {
    for (const one of wanted) {
      const found = ids.has(one.key) ? undefined : left.values().find((option) => isSame(one, option));
      if (!found) continue;
      left.delete(found.id);
      ids.set(one.key, found.id);
    }
  }
  return ids;
}

/** What to remember of a table once its properties are what the table asks for. */
export function knownSchema({ bound, unfit }: Pick<SchemaMatch, 'bound' | 'unfit'>): KnownSchema {
  const entries = [...bound].map(([field, { id, optionIds }]): [string, KnownProperty] => [
    field,
    optionIds.size === 0 ? { id } : { id, options: Object.fromEntries(optionIds) },
  ]);
  const strange = [...unfit].map(([field, id]): [string, KnownProperty] => [field, { id, unfit: true }]);
  return Object.fromEntries([...entries, ...strange]);
}

export interface Completion {
  /** For `dataSources.update`; `undefined` when nothing is missing. */
  readonly properties: UpdateProperties | undefined;
  /**
   * Fields of the properties that will be new. In a table that has lines they are blank at first: to be filled in all
   * of them before they are remembered, or the blanks would be read as what people have done.
   */
  readonly created: readonly string[];
  readonly remarks: readonly Said[];
}

/**
 * What a data source still lacks of its table. Nothing is ever taken from it, and nothing renamed: every option that
 * is there is sent back by its id, since Notion deletes those that are not.
 */
export function completion(
  table: Table,
  properties: Readonly<Record<string, Property>>,
  { bound, missing }: SchemaMatch,
  dataSourceId: string,
): Completion {
  const names = new TakenLabels(Object.values(properties).map(({ name }) => name));
  const remarks: Said[] = [];
  const changes: [string, UpdateProperties[string]][] = [];
  for (const one of bound.values()) {
    const lacking = lackingOptions(one);
    if (lacking.length === 0) continue;
    if (one.options.length + lacking.length <= ARRAY_LIMIT) changes.push([one.id, extended(one, lacking)]);
    else remarks.push(noRoom(table, one));
  }
  for (const wanted of missing) changes.push([names.claim(wanted.name), added(wanted, dataSourceId)]);
  return {
    properties: changes.length === 0 ? undefined : Object.fromEntries(changes),
    created: missing.map(({ field }) => field),
    remarks,
  };
}

function noRoom(table: Table, { name, options }: BoundProperty): Said {
  return said(NOTION_REMARKS.noRoom, { table: table.title, property: name, options: options.length });
}

function lackingOptions({ wanted, type, optionIds }: BoundProperty): readonly WantedOption[] {
  return type === 'title' ? [] : wanted.options.filter(({ key }) => !optionIds.has(key));
}

function extended(
  { type, options }: BoundProperty,
  lacking: readonly WantedOption[],
): UpdateProperties[string] {
  const names = new TakenLabels(options.map(({ name }) => name));
  const kept = options.map(({ id }) => ({ id }));
  const fresh = lacking.map((option) => optionRequest(option, type === 'status', names.claim(option.title)));
  const all = [...kept, ...fresh];
  if (type === 'status') return { status: { options: all } };
  return type === 'multi_select' ? { multi_select: { options: all } } : { select: { options: all } };
}

function added(wanted: WantedProperty, dataSourceId: string): UpdateProperties[string] {
  const { description } = wanted;
  if (wanted.type !== 'relation') return configuration(wanted, 'status');
  return { description, relation: { data_source_id: dataSourceId, single_property: {} } };
}

/**
 * Whether Notion has put the options into the groups that we asked for. `false`: all of ours are together in one,
 * as they are where `group` is not obeyed. What people move afterwards is theirs.
 */
export function groupsObeyed(property: Property, wanted: WantedProperty): boolean {
  if (property.type !== 'status') return true;
  const { optionIds } = bind(wanted, property, undefined);
  const ours = new Set(optionIds.values());
  const holding = property.status.groups.filter((group) => group.option_ids.some((id) => ours.has(id)));
  return holding.length > 1 || new Set(wanted.options.map(({ group }) => group)).size < 2;
}

/** Puts a select in the place of a status whose groups are wrong. For a table without lines only: values are lost. */
export function selectInstead(property: Property, wanted: WantedProperty): UpdateProperties {
  return { [property.id]: null, [wanted.name]: configuration(wanted, 'select') };
}
