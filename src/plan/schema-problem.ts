import type * as z from 'zod';
import { anyOf, forms, kinds, quote, rules, shape } from '#src/i18n/bad-input.ts';
import { type Message, type Said, said, say } from '#src/i18n/message.ts';
import { nearest } from './nearest.ts';

export type Path = readonly PropertyKey[];

/** What a schema refused, at a path of the value. `onKey`: the key itself is wrong, not what it holds. */
export interface Refusal {
  readonly path: Path;
  readonly onKey: boolean;
  readonly said: Said;
}

type Issue = z.core.$ZodIssue;

/** What `value` must hold at the paths of these issues, in the reader's words. */
export function refusalsOf(
  issues: readonly Issue[],
  value: unknown,
  source: (path: Path) => string | undefined,
): Refusal[] {
  return issues.flatMap((issue) => refusals(issue, value, source));
}

/**
 * To be given to `safeParse` with the value: the message of an unknown key then lists the known ones, which
 * the issue itself does not tell.
 */
export function knownKeys(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined;
  const shape = (issue.inst as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def?.shape;
  return Object.keys(shape ?? {}).join(' ');
}

function refusals(issue: Issue, root: unknown, source: (path: Path) => string | undefined): Refusal[] {
  const { path } = issue;
  const found = valueAt(root, path);
  const at = (words: Said): Refusal[] => [{ path, onKey: false, said: words }];
  if (found === undefined && path.length > 0) return at(missing(path));
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key, issue.message));
    case 'invalid_key':
      return [{ path, onKey: true, said: expected(forms.key, describe(String(path.at(-1)))) }];
    case 'invalid_union':
      return fromUnion(issue, root, source) ?? at(ofUnion(issue, found));
    default:
      return at(about(issue, asWritten(found, source(path)), path));
  }
}

function missing(path: Path): Said {
  const key = path.at(-1);
  if (key === 'fr') return said(shape.missingFr);
  if (key === 'en') return said(shape.missingEn);
  return said(shape.missingKey, String(key));
}

function unknownKey(path: Path, key: string, keys: string): Refusal {
  const known = keys.split(' ').filter((name) => name !== '');
  return {
    path: [...path, key],
    onKey: true,
    said: said(shape.unknownKey, { name: key, known, guess: nearest(key, known) }),
  };
}

/** A value with its spelling in the file: `012` is the number 12, `1e3` is 1000. */
interface Written {
  readonly value: unknown;
  readonly found: Said;
  readonly source: string;
}

function asWritten(value: unknown, source: string | undefined): Written {
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  const spelling = scalar ? (source ?? String(value)) : '';
  return { value, source: spelling, found: describe(scalar ? spelling : value) };
}

function about(issue: Issue, written: Written, path: Path): Said {
  const { found } = written;
  const form = named(forms, issue.message);
  if (form !== undefined && issue.code !== 'invalid_type') return expected(form, found);
  const rule = named(rules, issue.message);
  if (rule !== undefined) return said(rule);
  switch (issue.code) {
    case 'invalid_type':
      return ofType(issue.expected, written);
    case 'invalid_value':
      return said(shape.notAllowed, { found, known: issue.values.map(String) });
    case 'too_small':
      return tooSmall(written, String(issue.minimum), path);
    case 'too_big':
      return tooBig(written, String(issue.maximum));
    default:
      return said(shape.unfit, found);
  }
}

function ofType(type: string, { found, source }: Written): Said {
  if (type === 'string' && source !== '') return said(shape.toQuote, { found, source });
  const kind = named(kinds, type);
  return kind === undefined ? said(shape.unfit, found) : expected(kind, found);
}

function tooSmall({ value, found }: Written, limit: string, path: Path): Said {
  if (typeof value === 'string') return said(emptyTexts.get(path.at(-1)) ?? shape.emptyText);
  if (Array.isArray(value)) return said(shape.emptyList);
  return said(shape.tooSmall, { found, limit });
}

const emptyTexts = new Map<PropertyKey | undefined, Message>([
  ['fr', shape.emptyFr],
  ['en', shape.emptyEn],
]);

function tooBig({ value, found }: Written, limit: string): Said {
  if (typeof value === 'string') return said(shape.tooLong, limit);
  return said(shape.tooBig, { found, limit });
}

type UnionIssue = Extract<Issue, { code: 'invalid_union' }>;

/**
 * The issues of the branch that was surely meant: the only one that finds fault within the value, else the one that
 * finds the fewest faults in its keys.
 */
function fromUnion(
  issue: UnionIssue,
  root: unknown,
  source: (path: Path) => string | undefined,
): Refusal[] | undefined {
  const within = issue.errors.filter((branch) => branch.every(({ path }) => path.length > 0));
  const only = within.length === 1 ? within[0] : nearestBranch(issue);
  return only?.flatMap((inner) => refusals({ ...inner, path: [...issue.path, ...inner.path] }, root, source));
}

function nearestBranch({ errors }: UnionIssue): readonly Issue[] | undefined {
  const ofItsKind = errors.filter((branch) =>
    branch.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  const [first, second] = ofItsKind.toSorted((a, b) => faultsIn(a) - faultsIn(b));
  return first && second && faultsIn(first) === faultsIn(second) ? undefined : first;
}

function faultsIn(branch: readonly Issue[]): number {
  return branch.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

function ofUnion(issue: UnionIssue, found: unknown): Said {
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
  if (options.length > 0) return said(shape.notAllowed, { found: describe(found), known: options });
  const types = issue.errors.flatMap((branch) =>
    branch.map((inner) => ('expected' in inner ? inner.expected : '')),
  );
  const wanted = [...new Set(types)].map((type) => named(kinds, type)).filter((kind) => kind !== undefined);
  if (wanted.length === 0) return said(shape.unfit, describe(found));
  return said(shape.unwanted, {
    found: describe(found),
    expected: (locale) =>
      anyOf(
        locale,
        wanted.map((kind) => say(locale, kind)),
      ),
  });
}

function expected(message: Message, found: Said): Said {
  return said(shape.unwanted, { found, expected: said(message) });
}

/** A value as a reader would name it. */
export function describe(value: unknown): Said {
  if (value === undefined || value === null) return said(kinds.nothing);
  if (Array.isArray(value)) return said(kinds.array);
  if (typeof value === 'object') return said(kinds.object);
  return (locale) => quote(locale, String(value));
}

/** The value at the path, or `undefined` where there is none. Looks at a value's own keys only. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

function named(messages: Readonly<Record<string, Message>>, name: string): Message | undefined {
  return Object.hasOwn(messages, name) ? messages[name] : undefined;
}
