import type { Said } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/notion.ts';
import type { ShownItem } from '../workspace.ts';
import type { Line } from './identify.ts';
import { type PageContext, type PageReading, readPage, titleOf } from './mapping.ts';
import type { NotionPerson } from './people.ts';
import type { ReadContext } from './read-values.ts';
import type { Requests } from './requests.ts';
import type { Page, PropertyValue } from './schema.ts';
import type { FoundTable } from './survey.ts';

export interface LinesRead {
  readonly items: readonly ShownItem[];
  readonly remarks: readonly Said[];
}

/** The items that the lines of a table show. Values that Notion has cut are asked for one by one. */
export async function readLines(
  requests: Requests,
  found: FoundTable,
  context: ReadContext,
): Promise<LinesRead> {
  const read = await Promise.all(found.lines.map((line) => readLine(requests, found, line, context)));
  return {
    items: read.map(({ item }) => item),
    remarks: read.flatMap(({ remarks }) => remarks),
  };
}

async function readLine(
  requests: Requests,
  { table, readable }: FoundTable,
  { page, key, stamped }: Line,
  context: ReadContext,
): Promise<{ item: ShownItem; remarks: readonly Said[] }> {
  const pageContext: PageContext = { ...context, table, isNew: !stamped };
  const first = readPage(page, readable, pageContext);
  const { fields, remarks } =
    first.cut.length === 0
      ? first
      : await readWhole(requests, page, first.cut, (whole) =>
          readPage(page, readable, { ...pageContext, whole }),
        );
  const { kind, parent } = table;
  return { item: { key, kind, parent, fields, editedAt: page.last_edited_time }, remarks };
}

async function readWhole(
  requests: Requests,
  page: Page,
  cut: readonly string[],
  read: (whole: ReadonlyMap<string, PropertyValue>) => PageReading,
): Promise<PageReading> {
  const about: About = { type: 'page', name: titleOf(page) || page.url };
  const values = await Promise.all(
    cut.map(async (id) => [id, await requests.property(about, page.id, id)] as const),
  );
  const whole = new Map<string, PropertyValue>();
  for (const [id, value] of values) if (value) whole.set(id, value);
  return read(whole);
}

/** Everyone who stands in one of the lines: guests are in no other list. */
export function personsIn(tables: Iterable<FoundTable>): readonly NotionPerson[] {
  const persons = new Map<string, NotionPerson>();
  for (const { lines } of tables) {
    for (const { page } of lines) {
      for (const value of Object.values(page.properties)) {
        if (value.type === 'people') for (const person of value.people) persons.set(person.id, person);
      }
    }
  }
  return [...persons.values()];
}
