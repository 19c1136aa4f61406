import { LOCALES, type Locale, type Message, say } from '#src/i18n/message.ts';
import { OTHER_PEOPLE, REQUIRED } from '#src/i18n/trello-words.ts';
import { PLAN_HEADERS } from '#src/i18n/workbook.ts';
import type { Fields, Value } from '#src/plan/item.ts';
import { canonicalText, nameKey } from '#src/reconcile/names.ts';
import type { Blueprint } from '../workspace.ts';
import {
  type Assembled,
  assemble,
  editedCut,
  entriesOf,
  isCut,
  Outline,
  type Part,
  withoutSign,
} from './document.ts';
import { escapeText, fitLine, fitText, linkIn, splitNames, unescapeText } from './markdown.ts';
import { readMarker, roomBeside, withMarker } from './marker.ts';

/** The description of a task's card: its text, then a section for each field for which Trello has no place of its own. */

export interface DescriptionContext {
  readonly locale: Locale;
  readonly roles: Blueprint['roles'];
  readonly sources: Blueprint['sources'];
  /** `undefined` for a task that is not known: its key then stands there. */
  titleOf(key: string): string | undefined;
  /** `undefined` for a title that is nobody's, or that of several. Titles that a card may still show from before count too. */
  keyOfTitle(title: string): string | undefined;
}

/** In the order in which they stand there. Notes come last, since people write at the end. */
const TEXTS = ['deliverable', 'proof', 'repeat'] as const;
const LISTS = ['with', 'dependsOn', 'sources'] as const;
const OTHERS = 'people';
const FLAG = 'required';

function inAll(message: Message): readonly string[] {
  return LOCALES.map((locale) => say(locale, message));
}

const OUTLINE = new Outline([
  ...[...TEXTS, ...LISTS, 'notes' as const].map((field) => ({ field, titles: inAll(PLAN_HEADERS[field]) })),
  { field: OTHERS, titles: inAll(OTHER_PEOPLE) },
  { field: FLAG, titles: inAll(REQUIRED) },
]);
const isOurs = (line: string) => OUTLINE.isOurs(line);

/** Entries of lists that we did not understand: what the team has added, and what we called otherwise before. */
export type KeptEntries = Readonly<Partial<Record<(typeof LISTS)[number], readonly string[]>>>;

export interface CardText {
  readonly fields: Fields;
  /** People whom Trello does not know, by name. */
  readonly others: readonly string[];
  readonly kept?: KeptEntries | undefined;
}

/**
 * The whole description for these fields, with the marker of the key. Blank fields have no section, except for notes:
 * there people are to write. What is too long is cut and told; the marker never is.
 */
export function describeTask(
  { fields, others, kept = {} }: CardText,
  key: string,
  context: DescriptionContext,
): Assembled {
  const { locale } = context;
  const part = (field: keyof typeof PLAN_HEADERS, body: string, isList = false): Part => ({
    field,
    heading: say(locale, PLAN_HEADERS[field]),
    body,
    isList,
  });
  const flag = fields[FLAG] === true ? `**${say(locale, REQUIRED)}**` : '';
  const parts: Part[] = [
    { field: FLAG, heading: '', body: flag, isList: false },
    { field: 'description', heading: '', body: textBody(fields.description), isList: false },
    ...TEXTS.map((field) => part(field, textBody(fields[field]))),
    {
      field: OTHERS,
      heading: say(locale, OTHER_PEOPLE),
      body: listBody(others.map(escapedLine)),
      isList: true,
    },
    ...LISTS.map((field) =>
      part(field, listBody([...entries(field, fields[field], context), ...(kept[field] ?? [])]), true),
    ),
  ];
  const shown = [...parts.filter(({ body }) => body !== ''), part('notes', textBody(fields.notes))];
  const { text, cut } = assemble(shown, roomBeside(key), locale);
  return { text: withMarker(text, key), cut };
}

function textBody(value: Value | undefined): string {
  return typeof value === 'string' ? escapeText(fitText(value), isOurs) : '';
}

function listBody(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** A title that begins as code does is not to be taken for a key. */
function escapedLine(text: string): string {
  return escapeText(fitLine(text), () => false).replace(/^`/, '\\`');
}

/** In words where they are read as the same key again; two of the same title, for instance, are not. */
function entries(
  field: (typeof LISTS)[number],
  value: Value | undefined,
  context: DescriptionContext,
): readonly string[] {
  const keys = Array.isArray(value) ? (value as readonly string[]) : [];
  return keys.map((key) => {
    const entry = inWords(field, key, context);
    return entry !== '' && keyOfEntry(field, entry, context) === key ? entry : `\`${key}\``;
  });
}

/** `''` for a key for which there are no words. */
function inWords(
  field: (typeof LISTS)[number],
  key: string,
  { roles, sources, titleOf }: DescriptionContext,
): string {
  if (field !== 'sources') {
    return escapedLine(
      (field === 'with' ? roles.find((role) => role.key === key)?.title : titleOf(key)) ?? '',
    );
  }
  const source = sources.get(key);
  return source ? `[${escapedLine(source.title).replace(/[[\]]/g, '\\$&')}](${bracketless(source.url)})` : '';
}

export interface TaskDescription {
  /** `undefined`: the card bears none. */
  readonly key: string | undefined;
  /**
   * What the description says. A field is absent where it says nothing: its section is gone, was cut when it was
   * written and not edited since, or has entries that we do not understand. `required` is ours to say, and not read.
   */
  readonly fields: Fields;
  /** `undefined` where the description says nothing of them. */
  readonly others: readonly string[] | undefined;
  /** To be written again with the rest. */
  readonly kept: KeptEntries;
}

/**
 * Never throws, whatever people have made of it. What they wrote between our sections is part of the notes. `known` is
 * what was agreed: beside it, a text that was cut when it was written tells whether it has been edited since.
 */
export function readTask(
  description: string,
  context: DescriptionContext,
  known: Fields = {},
): TaskDescription {
  const { key, text } = readMarker(description);
  if (text === '') return { key, fields: {}, others: key === undefined ? undefined : [], kept: {} };
  const { lead, sections } = OUTLINE.split(text);
  const texts = readTexts(lead, sections, known);
  const lists = readLists(sections, context);
  const people = readOthers(sections, key);
  const loose = [...lists.loose, people.rest].filter((words) => words !== '').map(plain);
  const fields = { ...withLoose(texts, loose, isCut(sections.get('notes') ?? '')), ...lists.fields };
  return { key, fields, others: people.others, kept: lists.kept };
}

type Sections = ReadonlyMap<string, string>;

/** A text that was cut when it was written says nothing, unless it was edited since. */
function readTexts(lead: string, sections: Sections, known: Fields): Fields {
  // The line that tells of the law stands above the text that leads.
  const bodies: [string, string | undefined][] = [
    ['description', [lead, sections.get(FLAG) ?? ''].join('\n')],
    ...[...TEXTS, 'notes'].map((field): [string, string | undefined] => [field, sections.get(field)]),
  ];
  const said = bodies.flatMap(([field, body]) => {
    const words = body === undefined ? undefined : wordsIn(body, known[field]);
    return words === undefined ? [] : [[field, words] as const];
  });
  return Object.fromEntries(said);
}

function wordsIn(body: string, whole: Value | undefined): string | undefined {
  return isCut(body) ? editedCut(plain(withoutSign(body)), whole) : plain(body);
}

function readLists(sections: Sections, context: DescriptionContext) {
  const fields: Record<string, Value> = {};
  const kept: Partial<Record<(typeof LISTS)[number], readonly string[]>> = {};
  const loose: string[] = [];
  for (const field of LISTS) {
    const body = sections.get(field);
    if (body === undefined) continue;
    const { keys, unknown, rest } = readList(field, body, context);
    loose.push(rest);
    if (isCut(body)) continue;
    if (unknown.length > 0) kept[field] = unknown;
    else fields[field] = keys;
  }
  return { fields, kept, loose };
}

function plain(body: string): string {
  return fitText(unescapeText(body));
}

function readList(field: (typeof LISTS)[number], body: string, context: DescriptionContext) {
  const { entries, rest } = entriesOf(body);
  const found = entries.map((entry) => ({ entry, key: keyOfEntry(field, entry, context) }));
  const keys = found.map((one) => one.key).filter((key) => key !== undefined);
  const unknown = found.filter((one) => one.key === undefined).map(({ entry }) => entry);
  return { keys: [...new Set(keys)], unknown, rest };
}

function keyOfEntry(
  field: (typeof LISTS)[number],
  entry: string,
  context: DescriptionContext,
): string | undefined {
  const coded = /^`([^`\s]+)`$/.exec(entry)?.[1];
  if (coded !== undefined) return coded;
  if (field === 'sources') return sourceOf(entry, context.sources);
  const words = unescapeText(entry);
  if (field === 'dependsOn') return context.keyOfTitle(words);
  return context.roles.find(({ title }) => nameKey(title) === nameKey(fitLine(words)))?.key;
}

/** By its address, and where several share one by its title; by its title alone where the link is gone. */
function sourceOf(entry: string, sources: Blueprint['sources']): string | undefined {
  const { words, href } = linkIn(entry);
  const title = canonicalText(unescapeText(words));
  const all = [...sources];
  const sameUrl = all.filter(([, source]) => href !== '' && address(source.url) === address(href));
  const named = (href === '' ? all : sameUrl).find(
    ([, source]) => canonicalText(fitLine(source.title)) === title,
  );
  return (named ?? sameUrl[0])?.[0];
}

function address(url: string): string {
  return bracketless(URL.parse(url)?.href ?? url).replace(/\/$/, '');
}

/** A bracket would end the link. */
function bracketless(url: string): string {
  return url.replaceAll('(', '%28').replaceAll(')', '%29');
}

function readOthers(sections: Sections, key: string | undefined) {
  const body = sections.get(OTHERS);
  // Somebody who has put a text of their own in place of ours has not thereby sent everybody away.
  if (body === undefined)
    return { others: key === undefined && sections.size === 0 ? undefined : [], rest: '' };
  const { entries, rest } = entriesOf(body);
  if (isCut(body)) return { others: undefined, rest };
  return { others: splitNames(entries.map(unescapeText).join('\n')), rest };
}

/** Words of the team's own, from where we have no field for them. */
function withLoose(texts: Fields, loose: readonly string[], areNotesCut: boolean): Fields {
  if (loose.length === 0) return texts;
  const field = areNotesCut ? 'description' : 'notes';
  const own = texts[field];
  const all = [typeof own === 'string' ? own : '', ...loose];
  return { ...texts, [field]: all.filter((words) => words !== '').join('\n\n') };
}
