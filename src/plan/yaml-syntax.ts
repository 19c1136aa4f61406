import type { Node, ParsedNode, Scalar, YAMLError } from 'yaml';
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
} from 'yaml';
import { syntax } from '#src/i18n/bad-input.ts';
import { type Said, said } from '#src/i18n/message.ts';

/** A fault at an offset of the text. */
export interface Fault {
  readonly offset: number;
  readonly said: Said;
}

export interface Syntax {
  readonly document: Document<ParsedNode, false> | Document<Node, true>;
  readonly lines: LineCounter;
  readonly faults: readonly Fault[];
  /** Whether the values can be trusted all the same: a key written twice spoils nothing else. */
  readonly usable: boolean;
}

/** The deepest honest file has about ten levels; recursion over what was read stays far from the stack's end. */
const DEEPEST = 40;

/**
 * Reads a text as YAML 1.2 and lists what is wrong with its form, without ever throwing. Only the plain part
 * of the language is accepted: no aliases (a few lines of them can stand for gigabytes), no merge keys, no
 * tags, one document.
 */
export function readSyntax(text: string): Syntax {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    merge: false,
    stringKeys: true,
    // Checked in `keysWrittenTwice`: the library compares every pair of keys, which takes minutes on a hostile file.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  const errors = firstOfEachLine([...document.errors, ...document.warnings], lines);
  const space = errors.length > 0 || !isMap(document.contents) ? strayNoBreakSpace(text) : undefined;
  if (space !== undefined) return { document, lines, faults: [space], usable: false };
  const { faults, usable } = faultsOfNodes(document.contents);
  if (errors.length === 0 || !usable) return { document, lines, faults, usable };
  const unreadable = errors.map((error) => faultOf(error, text, document.contents));
  return { document, lines, faults: [...unreadable, ...faults], usable: false };
}

/** The most places of one file at which a reader is told that it cannot be read: the first ones cause the others. */
const MOST_UNREADABLE = 20;

/** One slip makes the reader stumble several times on the same line: the first stumble tells it. */
function firstOfEachLine(errors: readonly YAMLError[], lines: LineCounter): YAMLError[] {
  const first = new Map<number, YAMLError>();
  for (const error of errors.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const { line } = lines.linePos(error.pos[0]);
    if (!first.has(line)) first.set(line, error);
  }
  return [...first.values()].slice(0, MOST_UNREADABLE);
}

function faultOf(error: YAMLError, text: string, root: Node | null): Fault {
  const offset = error.pos[0];
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { offset, said: said(syntax.tab) };
    case 'MULTIPLE_DOCS':
      return { offset, said: said(syntax.severalDocuments) };
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'BLOCK_IN_FLOW':
      return { offset, said: said(syntax.colonInText) };
    case 'MULTILINE_IMPLICIT_KEY':
      return { offset, said: said(syntax.colonMissing) };
    case 'BAD_SCALAR_START':
      return { offset, said: said(syntax.badStart, text.charAt(offset)) };
    case 'BAD_DQ_ESCAPE':
      return { offset, said: said(syntax.badEscape) };
    case 'NON_STRING_KEY':
    case 'KEY_OVER_1024_CHARS':
      return { offset, said: said(syntax.keyNotText) };
    case 'BAD_ALIAS':
      return { offset, said: said(syntax.alias, text.slice(offset, error.pos[1])) };
    case 'TAG_RESOLVE_FAILED':
      return { offset, said: said(syntax.tag, text.slice(offset, error.pos[1])) };
    case 'RESOURCE_EXHAUSTION':
      return { offset, said: said(syntax.tooDeep) };
    case 'BAD_INDENT':
    case 'MISSING_CHAR':
      return unclosed(error, text, root) ?? misaligned(error);
    case 'UNEXPECTED_TOKEN':
      return { offset, said: said(syntax.outOfPlace) };
    default:
      return { offset, said: said(syntax.unreadable) };
  }
}

/** Where a quote, a brace or a bracket that is never closed was opened: that is where a person can see it. */
function unclosed(error: YAMLError, text: string, root: Node | null): Fault | undefined {
  const flow = /^Flow (map|sequence)/.test(error.message);
  const quoted = /closing ['"]quote/.test(error.message);
  if (!flow && !quoted) return undefined;
  const opening = quoted ? /["']/ : /[[{]/;
  const offset = innermostStart(root, error.pos[0], (start) => opening.test(text.charAt(start)));
  return {
    offset: offset ?? error.pos[0],
    said: said(quoted ? syntax.unclosedQuote : syntax.unclosedBracket),
  };
}

function misaligned(error: YAMLError): Fault {
  const offset = error.pos[0];
  return { offset, said: said(error.code === 'BAD_INDENT' ? syntax.indent : syntax.colonMissing) };
}

/** The start of the last node that begins before the offset, still holds it, and begins as asked. */
function innermostStart(
  root: Node | null,
  offset: number,
  fits: (start: number) => boolean,
): number | undefined {
  let found: number | undefined;
  for (const { node } of nodesOf(root)) {
    const [start, , end] = node.range ?? [0, 0, 0];
    if (start < offset && offset <= end + 1 && fits(start) && start >= (found ?? 0)) found = start;
  }
  return found;
}

/** Word processors and French keyboards put a no-break space where the structure needs an ordinary one. */
function strayNoBreakSpace(text: string): Fault | undefined {
  const found = /^ *[\u00a0\u202f]|^[ -]*[a-z][\w-]*:[\u00a0\u202f]/m.exec(text);
  if (found === null) return undefined;
  return { offset: found.index + found[0].length - 1, said: said(syntax.noBreakSpace) };
}

function faultsOfNodes(root: Node | null): { faults: readonly Fault[]; usable: boolean } {
  const faults: Fault[] = [];
  let usable = true;
  for (const { node, depth } of nodesOf(root)) {
    const offset = node.range?.[0] ?? 0;
    if (depth > DEEPEST) return { faults: [{ offset, said: said(syntax.tooDeep) }], usable: false };
    if (isAlias(node)) {
      faults.push({ offset, said: said(syntax.alias, `*${node.source}`) });
      usable = false;
    }
    if (!isMap(node)) continue;
    const keys = node.items.map((pair) => pair.key).filter((key) => isScalar(key));
    const merge = keys.find((key) => key.value === '<<');
    if (merge !== undefined) {
      faults.push({ offset: merge.range?.[0] ?? 0, said: said(syntax.mergeKey) });
      usable = false;
    }
    for (const fault of keysWrittenTwice(keys)) faults.push(fault);
  }
  return { faults, usable };
}

function keysWrittenTwice(keys: readonly Scalar[]): Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const key of keys) {
    const name = String(key.value);
    if (seen.has(name)) faults.push({ offset: key.range?.[0] ?? 0, said: said(syntax.duplicateKey, name) });
    seen.add(name);
  }
  return faults;
}

/** Every node with its depth, in the order of the text, without recursion: the depth is the writer's to choose. */
function* nodesOf(root: Node | null): Generator<{ node: Node; depth: number }> {
  const waiting: { node: unknown; depth: number }[] = [{ node: root, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    if (isPair(node)) {
      waiting.push({ node: node.value, depth }, { node: node.key, depth });
      continue;
    }
    if (!isNode(node)) continue;
    yield { node, depth };
    if (isCollection(node)) {
      for (let i = node.items.length - 1; i >= 0; i--)
        waiting.push({ node: node.items[i], depth: depth + 1 });
    }
  }
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isCollection(value) || isAlias(value);
}
