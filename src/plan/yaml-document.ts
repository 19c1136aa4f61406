import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node, type YAMLMap } from 'yaml';
import type * as z from 'zod';
import { badInput } from '#src/i18n/bad-input.ts';
import { type Said, said } from '#src/i18n/message.ts';
import { LARGEST_FILE_BYTES, LARGEST_FILE_MEGABYTES } from './largest-file.ts';
import { type Problem, problemsFound } from './problem.ts';
import { knownKeys, type Path, refusalsOf } from './schema-problem.ts';
import { readSyntax, type Syntax } from './yaml-syntax.ts';

export type { Path } from './schema-problem.ts';

/** A file that was read: its value when nothing is wrong with it, and the means to say more about it. */
export interface YamlDocument<T> {
  readonly file: string;
  readonly problems: readonly Problem[];
  /** `undefined` when there are problems. */
  readonly value: T | undefined;
  /** What the text holds, before the schema: for `reuseYaml`. */
  readonly raw: unknown;
  /** A problem with what stands at the path, or with its key; where nothing stands, with what would hold it. */
  problemAt(path: Path, said: Said, part?: 'key' | 'value'): Problem;
}

/**
 * The value of a YAML text that a person wrote.
 * @throws BadInput that tells every problem, each with its line, what was found, what was expected and how to mend it.
 */
export function parseYaml<T>(text: string, fileName: string, schema: z.ZodType<T>): T {
  const document = readYaml(text, fileName, schema);
  if (document.value === undefined) throw problemsFound(document.problems);
  return document.value;
}

/** As `parseYaml`, for who has more to check before saying what is wrong. Never throws for what the text holds. */
export function readYaml<T>(text: string, file: string, schema: z.ZodType<T>): YamlDocument<T> {
  const refused = unfitText(text);
  if (refused !== undefined) return withoutPlaces(file, refused);
  const syntax = readSyntax(withoutMark(text));
  if (syntax.usable && isBlank(syntax.document.contents)) return withoutPlaces(file, said(badInput.empty));

  const problemAt = placer(file, () => syntax);
  const problems = syntax.faults.map(
    (fault): Problem => ({ ...place(file, syntax.lines, fault.offset), said: fault.said }),
  );
  if (!syntax.usable) return { file, problems, value: undefined, raw: undefined, problemAt };

  const raw: unknown = syntax.document.toJS();
  const result = schema.safeParse(raw, { error: knownKeys });
  if (!result.success) {
    const source = (path: Path) => sourceAt(syntax.document, path);
    for (const { path, onKey, said } of refusalsOf(result.error.issues, raw, source)) {
      problems.push(problemAt(path, said, onKey ? 'key' : 'value'));
    }
  }
  const value = problems.length === 0 ? result.data : undefined;
  return { file, problems, value, raw, problemAt };
}

/**
 * As `readYaml`, given the `raw` value that an earlier reading of this very text yielded without a problem.
 * Reading YAML takes most of the time: it is read again only when there is something to say about a place in it.
 */
export function reuseYaml<T>(
  text: string,
  file: string,
  schema: z.ZodType<T>,
  raw: unknown,
): YamlDocument<T> {
  const result = schema.safeParse(raw);
  if (!result.success) return readYaml(text, file, schema);
  let syntax: Syntax | undefined;
  const read = () => {
    syntax ??= readSyntax(withoutMark(text));
    return syntax;
  };
  return { file, problems: [], value: result.data, raw, problemAt: placer(file, read) };
}

/** Editors on Windows may begin a text with a byte order mark. */
function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, '');
}

function placer(file: string, read: () => Syntax): YamlDocument<unknown>['problemAt'] {
  return (path, words, part = 'value') => {
    const { document, lines } = read();
    return { ...place(file, lines, offsetAt(document, path, part)), said: words };
  };
}

function unfitText(text: string): Said | undefined {
  if (text.length > LARGEST_FILE_BYTES) return said(badInput.tooLarge, LARGEST_FILE_MEGABYTES);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells a text from something else
  if (/[\u0000-\u0008\ufffe]/.test(text)) return said(badInput.notText);
  return undefined;
}

function withoutPlaces<T>(file: string, words: Said): YamlDocument<T> {
  const problemAt = (_path: Path, said: Said): Problem => ({ file, said });
  return { file, problems: [{ file, said: words }], value: undefined, raw: undefined, problemAt };
}

function isBlank(contents: Node | null): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}

function place(
  file: string,
  lines: LineCounter,
  offset: number,
): { file: string; line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** Where the path leads, as far as it does: what is missing is told at what should hold it. */
function offsetAt(document: Document<Node, boolean>, path: Path, part: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    const { key, value } = childOf(node, step);
    const wanted =
      part === 'key' && index === path.length - 1 ? startOf(key) : startOf(isUnwritten(value) ? key : value);
    if (wanted === undefined) break;
    offset = wanted;
    node = value;
  }
  return offset;
}

function sourceAt(document: Document<Node, boolean>, path: Path): string | undefined {
  let node: unknown = document.contents;
  for (const step of path) node = childOf(node, step).value;
  return isScalar(node) ? node.source : undefined;
}

function childOf(node: unknown, step: PropertyKey): Child {
  if (isSeq(node)) return { value: node.items[Number(step)] };
  if (!isMap(node)) return {};
  return childrenOf(node).get(String(step)) ?? {};
}

interface Child {
  readonly key?: unknown;
  readonly value?: unknown;
}

const children = new WeakMap<YAMLMap, ReadonlyMap<string, Child>>();

/** Found by name at once: a file may have as many faults as keys. */
function childrenOf(map: YAMLMap): ReadonlyMap<string, Child> {
  const known = children.get(map);
  if (known !== undefined) return known;
  const named = map.items.map(
    ({ key, value }) => [isScalar(key) ? String(key.value) : '', { key, value }] as const,
  );
  // Reversed, since the first of two keys of the same name is the one to point at.
  const byName = new Map<string, Child>(named.toReversed());
  children.set(map, byName);
  return byName;
}

/** `title:` with nothing after it: the library sees a value further on, a reader only sees the key. */
function isUnwritten(node: unknown): boolean {
  return node === undefined || (isScalar(node) && node.source === '' && node.value === null);
}

function startOf(node: unknown): number | undefined {
  const range = (node as Node | null | undefined)?.range;
  return range?.[0];
}
