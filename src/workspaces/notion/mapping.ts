import { type Said, said } from '#src/i18n/message.ts';
import { NOTION_REMARKS } from '#src/i18n/notion-words.ts';
import { ARCHIVED, type Fields, type Value } from '#src/plan/item.ts';
import type { BoundProperty, SchemaMatch } from './properties.ts';
import { sameProperty } from './properties.ts';
import { peopleValue, plainText, propertyValue, type ReadContext, type Unreadable } from './read-values.ts';
import type { Page, PropertyValue } from './schema.ts';
import { KEY_FIELD, namesOf, SHARE_FIELD, type Table } from './tables.ts';
import { type PropertyRequest, peopleRequests, propertyRequest, type WriteContext } from './write-values.ts';

type Bound = SchemaMatch['bound'];
/** For `pages.create` and `pages.update`, by property id. */
export type PageProperties = Readonly<Record<string, PropertyRequest>>;

/**
 * The properties that show these fields. A field that the table does not have, or that its property cannot show, is
 * left out; an archive is no property but the trash.
 */
export function pageProperties(bound: Bound, fields: Fields, context: WriteContext): PageProperties {
  const requests: Record<string, PropertyRequest> = {};
  for (const [field, value] of Object.entries(fields)) {
    const property = bound.get(field);
    const names = bound.get(namesOf(field));
    if (names || isOfPeople(property)) {
      for (const [id, request] of peopleRequests(property, names, value, context)) requests[id] = request;
    } else if (property) {
      const request = propertyRequest(property, value, context);
      if (request) requests[property.id] = request;
    }
  }
  return requests;
}

/** The property by which a line is known again. It goes into the create itself: see `keyOfPage`. */
export function keyProperties(bound: Bound, key: string, context: WriteContext): PageProperties {
  return pageProperties(bound, { [KEY_FIELD]: key }, context);
}

/** The share of a task's points that are ticked, as its property shows it; `null` for a task without points. */
export function shareProperties(bound: Bound, share: number | null, context: WriteContext): PageProperties {
  return pageProperties(bound, { [SHARE_FIELD]: share }, context);
}

/** Keys of tasks on which these fields depend and that have no page yet: the relation is to be written again later. */
export function unrelated(fields: Fields, { pageOf }: WriteContext): readonly string[] {
  const keys = Array.isArray(fields.dependsOn) ? (fields.dependsOn as readonly string[]) : [];
  return keys.filter((key) => pageOf(key) === undefined);
}

/** The key that a line bears; `''` for one that a person has added, or whose key was deleted. */
export function keyOfPage(page: Page, bound: Bound): string {
  const shown = shownOf(page, bound.get(KEY_FIELD)?.id);
  return shown?.type === 'rich_text' ? plainText(shown.rich_text).trim() : '';
}

export interface PageReading {
  readonly fields: Fields;
  /** Properties of which Notion has shown the beginning only. Their fields are not among `fields`. */
  readonly cut: readonly string[];
  readonly remarks: readonly Said[];
}

export interface PageContext extends ReadContext {
  readonly table: Table;
  /** The line bears no key yet: what must not be blank starts where new tasks start. */
  readonly isNew: boolean;
  /** Values that were asked for one by one, because Notion had cut them, by property id. */
  readonly whole?: ReadonlyMap<string, PropertyValue> | undefined;
}

/**
 * What a line shows. A field that cannot be read, or that must not be blank and is, is left out: then it says
 * nothing. `archived` is whether the page is in the trash.
 */
export function readPage(page: Page, bound: Bound, context: PageContext): PageReading {
  const reader = new PageReader(page, bound, context);
  for (const property of bound.values()) reader.read(property);
  return reader.finish();
}

class PageReader {
  readonly #page: Page;
  readonly #bound: Bound;
  readonly #context: PageContext;
  readonly #fields: Record<string, Value> = {};
  readonly #cut: string[] = [];
  readonly #remarks: Said[] = [];

  constructor(page: Page, bound: Bound, context: PageContext) {
    this.#page = page;
    this.#bound = bound;
    this.#context = context;
  }

  read(property: BoundProperty): void {
    const { field, holds } = property.wanted;
    if (holds === 'key' || holds === 'share' || holds === 'names') return;
    const shown = this.#shown(property);
    if (!shown) return;
    if (holds === 'people' || holds === 'person') {
      this.#readPeople(property, shown, holds);
      return;
    }
    const read = propertyValue(property, shown, this.#context);
    if ('unreadable' in read) this.#remark(property, read);
    else this.#fields[field] = read.value;
    if (holds === 'labels') this.#remarkOwnOptions(property, shown);
  }

  finish(): PageReading {
    const { table, isNew } = this.#context;
    const title = table.properties.find(({ type }) => type === 'title')?.field ?? '';
    if (table.kind === 'task') this.#startTask(table, isNew);
    if (table.kind === 'task' && this.#fields[title] === '') {
      delete this.#fields[title];
      if (!isNew)
        this.#remarks.push(said(NOTION_REMARKS.untitled, { table: table.title, url: this.#page.url }));
    }
    this.#fields[ARCHIVED] = this.#page.in_trash;
    return { fields: this.#fields, cut: this.#cut, remarks: this.#remarks };
  }

  #shown({ id }: BoundProperty): PropertyValue | undefined {
    const whole = this.#context.whole?.get(id);
    const shown = whole ?? shownOf(this.#page, id);
    if (!whole && shown && isCut(shown)) {
      this.#cut.push(shown.id);
      return undefined;
    }
    return shown;
  }

  #readPeople(property: BoundProperty, shown: PropertyValue, holds: 'people' | 'person'): void {
    const names = this.#bound.get(namesOf(property.wanted.field));
    const beside = names && this.#shown(names);
    // Half of the people would read as if the others had been taken off.
    if (shown.type !== 'people' || (names && !beside)) return;
    const { value, nameless } = peopleValue(holds, shown, beside, this.#context);
    this.#fields[property.wanted.field] = value;
    if (nameless) this.#remarks.push(said(NOTION_REMARKS.person, this.#place(property)));
  }

  #startTask(table: Table, isNew: boolean): void {
    const firstStep = table.properties.find(({ field }) => field === 'step')?.options[0]?.key ?? '';
    for (const [field, start] of [
      ['status', 'todo'],
      ['step', firstStep],
    ] as const) {
      if (this.#fields[field] !== undefined && this.#fields[field] !== '') continue;
      if (isNew) this.#fields[field] = start;
      else delete this.#fields[field];
    }
  }

  #remarkOwnOptions(property: BoundProperty, shown: PropertyValue): void {
    if (shown.type !== 'multi_select') return;
    const ours = new Set(property.optionIds.values());
    const found = shown.multi_select.filter(({ id }) => !ours.has(id)).map(({ name }) => name);
    if (found.length > 0) this.#remark(property, { unreadable: 'option', found: found.join(', ') });
  }

  #remark(property: BoundProperty, { unreadable, found }: Unreadable): void {
    const where = { ...this.#place(property), found: found.slice(0, 80).toWellFormed() };
    if (unreadable === 'date') this.#remarks.push(said(NOTION_REMARKS.date, where));
    if (unreadable !== 'option') return;
    const ours = new Set(property.optionIds.values());
    const names = property.options.filter(({ id }) => ours.has(id)).map(({ name }) => name);
    this.#remarks.push(said(NOTION_REMARKS.option, { ...where, expected: names.join(', ') }));
  }

  #place({ name }: BoundProperty): { line: string; property: string } {
    return { line: titleOf(this.#page) || this.#page.url, property: name };
  }
}

/** The title of any page, whatever its property is called. */
export function titleOf(page: Page): string {
  const title = Object.values(page.properties).find(({ type }) => type === 'title');
  return title?.type === 'title' ? plainText(title.title) : '';
}

function isOfPeople(property: BoundProperty | undefined): boolean {
  return property?.wanted.holds === 'people' || property?.wanted.holds === 'person';
}

/** What a property of the page shows, whatever it is called now. */
export function shownOf(page: Page, propertyId: string | undefined): PropertyValue | undefined {
  if (propertyId === undefined) return undefined;
  return Object.values(page.properties).find(({ id }) => sameProperty(id, propertyId));
}

/** Notion shows the first 25 of many. Only relations say so; of the others, exactly 25 may be all or the beginning. */
const SHOWN_AT_MOST = 25;

function isCut(shown: PropertyValue): boolean {
  switch (shown.type) {
    case 'relation':
      return shown.has_more === true;
    case 'people':
      return shown.people.length === SHOWN_AT_MOST;
    case 'title':
      return shown.title.length === SHOWN_AT_MOST;
    case 'rich_text':
      return shown.rich_text.length === SHOWN_AT_MOST;
    default:
      return false;
  }
}
