import { invalid, invalidBody } from './api-error.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

/** The limits that no type expresses, as documented. */
const MAX_BODY_BYTES = 500_000;
const MAX_BLOCKS = 1000;
const MAX_LIST = 100;

/** Lists of which one request may carry a hundred. */
const boundedLists = new Set([
  'children',
  'rich_text',
  'title',
  'description',
  'caption',
  'cells',
  'options',
  'relation',
  'people',
  'multi_select',
  'files',
  'and',
  'or',
  'sorts',
  'attachments',
]);

/** Longest text of a member, by its name; where a name means two things, by the name of its holder too. */
const maxLengths: Record<string, number> = {
  'text.content': 2000,
  'link.url': 2000,
  'equation.expression': 1000,
  url: 2000,
  'external.url': 2000,
  email: 100,
  phone_number: 100,
  'select.name': 100,
  'status.name': 100,
  'multi_select.name': 100,
  'options.name': 100,
};

const MAX_PROPERTY_DESCRIPTION = 280;
const MAX_ATTACHMENTS = 3;

/** @throws ApiError 400 (or 413-like validation_error) when a documented limit is passed. */
export function checkLimits(body: JsonObject, sizeBytes: number): void {
  if (sizeBytes > MAX_BODY_BYTES) throw invalid('Request body too large: it should be at most 500 KB.');
  const blocks = { count: 0 };
  visit(body, 'body', [], blocks);
  if (blocks.count > MAX_BLOCKS) {
    throw invalidBody(`body should have at most \`${MAX_BLOCKS}\` blocks, instead had \`${blocks.count}\`.`);
  }
}

function visit(
  value: Json | undefined,
  path: string,
  names: readonly string[],
  blocks: { count: number },
): void {
  if (typeof value === 'string') checkLength(value, path, names);
  else if (Array.isArray(value)) visitList(value, path, names, blocks);
  else if (isObject(value)) {
    checkTables(value, path);
    for (const [name, member] of Object.entries(value)) {
      visit(member, `${path}.${name}`, [...names, name], blocks);
    }
  }
}

function visitList(list: Json[], path: string, names: readonly string[], blocks: { count: number }): void {
  const name = names.at(-1) ?? '';
  const max = name === 'attachments' ? MAX_ATTACHMENTS : MAX_LIST;
  if (boundedLists.has(name) && list.length > max) {
    throw invalidBody(`${path}.length should be ≤ \`${max}\`, instead was \`${list.length}\`.`);
  }
  if (name === 'children') blocks.count += list.length;
  list.forEach((item, index) => {
    visit(item, `${path}[${index}]`, names, blocks);
  });
}

function checkLength(text: string, path: string, names: readonly string[]): void {
  const name = names.at(-1) ?? '';
  const max = maxLengths[`${names.at(-2) ?? ''}.${name}`] ?? maxLengths[name];
  // A name of a property may be one of ours: what hangs directly under `properties` is no such member.
  if (max !== undefined && names.at(-2) !== 'properties' && text.length > max) {
    throw invalidBody(`${path}.length should be ≤ \`${max}\`, instead was \`${text.length}\`.`);
  }
  const ofProperty = name === 'description' && names.at(-3) === 'properties';
  if (ofProperty && (text.length < 1 || text.length > MAX_PROPERTY_DESCRIPTION)) {
    throw invalidBody(
      `${path}.length should be between \`1\` and \`${MAX_PROPERTY_DESCRIPTION}\`, instead was \`${text.length}\`.`,
    );
  }
}

function checkTables(block: JsonObject, path: string): void {
  for (const [type, least] of [
    ['column_list', 2],
    ['table', 1],
  ] as const) {
    const content = block[type];
    const children = isObject(content) ? content.children : undefined;
    if (Array.isArray(children) && children.length < least) {
      throw invalidBody(
        `${path}.${type}.children.length should be ≥ \`${least}\`, instead was \`${children.length}\`.`,
      );
    }
  }
}
