import { createHash } from 'node:crypto';
import { diffArrays } from 'diff';
import type { Keyword } from '#src/plan/watch-source.ts';
import { hasKeyword, searchable } from './keywords.ts';
import type { Entry, Reading } from './reading.ts';
import { Sick } from './sickness.ts';
import type { Change, KnownRecord, Snapshot } from './snapshot.ts';

export interface Comparison {
  readonly snapshot: Snapshot;
  readonly changes: readonly Change[];
}

export interface CompareOptions {
  readonly keywords?: readonly Keyword[] | undefined;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** An entry that a feed has not shown for so long is forgotten. */
const NEWS_KEPT_DAYS = 400;
/** A page that differs in more paragraphs than that is told as a whole. */
const MOST_EDITS = 2000;
/** Longer pages than this are no notice that a site is closed for a while. */
const LONGEST_EXCUSE = 2500;
const EXCUSES = [
  ...['en maintenance', 'maintenance en cours', 'operation de maintenance', 'maintenance technique'],
  ...[
    'under maintenance',
    'scheduled maintenance',
    'momentanement indisponible',
    'temporairement indisponible',
  ],
  ...['service indisponible', 'site indisponible', 'page indisponible', 'temporarily unavailable'],
  ...['service unavailable', 'access denied', 'acces refuse', 'request blocked', 'captcha', 'not a robot'],
  ...['etes un humain', 'etes pas un robot', 'enable javascript and cookies', 'activer javascript'],
];

/**
 * What has changed since the source was last read; nothing the first time. Only what bears a keyword counts.
 * @throws Sick when what was read is no state of the source: nothing, an excuse, a small part of what was there.
 */
export function compare(
  before: Snapshot | undefined,
  reading: Reading,
  { keywords, today }: CompareOptions,
): Comparison {
  refuseRemains(before, reading);
  const { snapshot, changes } = differences(before, reading, today);
  const counts = (change: Change) => hasKeyword(keywords, wordsOf(change));
  return { snapshot, changes: before?.kind === reading.kind ? changes.filter(counts) : [] };
}

/** All that a change says, to look for words in. */
export function wordsOf({ entry, added, removed, changed }: Change): string {
  const parts = changed.flatMap(({ before, after }) => [before, after]);
  return [entry?.title ?? '', entry?.link ?? '', ...added, ...removed, ...parts].join('\n');
}

function refuseRemains(before: Snapshot | undefined, reading: Reading): void {
  const now = sizeOf(reading);
  const then = before?.kind === reading.kind ? sizeOf(before) : 0;
  const mayBeEmpty = reading.kind === 'news' || reading.kind === 'records';
  if (now === 0 && (then > 0 || !mayBeEmpty)) throw new Sick({ why: 'empty' });
  if (reading.kind === 'text' && isExcuse(reading.lines)) throw new Sick({ why: 'maintenance' });
  // A feed drops what is old.
  if (reading.kind !== 'news' && now < then / 2) throw new Sick({ why: 'shrunk' });
}

function sizeOf(shown: Reading | Snapshot): number {
  switch (shown.kind) {
    case 'news':
      return 'entries' in shown ? shown.entries.length : Object.keys(shown.seen).length;
    case 'records':
      return shown.entries.length;
    case 'text':
      return shown.lines.reduce((sum, line) => sum + line.length, 0);
    case 'platforms':
      return shown.platforms.length;
  }
}

function isExcuse(lines: readonly string[]): boolean {
  const text = lines.join(' ');
  if (text.length > LONGEST_EXCUSE) return false;
  const found = searchable(text);
  return EXCUSES.some((excuse) => found.includes(` ${excuse} `));
}

function differences(before: Snapshot | undefined, reading: Reading, today: string): Comparison {
  switch (reading.kind) {
    case 'news':
      return news(before?.kind === 'news' ? before.seen : {}, reading.entries, today);
    case 'records':
      return records(before?.kind === 'records' ? before.entries : [], reading.entries);
    case 'text':
      return text(before?.kind === 'text' ? before.lines : [], reading.lines);
    case 'platforms':
      // Lists are compared with each other: a platform moves from one to the next.
      return { snapshot: { kind: 'platforms', platforms: reading.platforms }, changes: [] };
  }
}

function news(seen: Readonly<Record<string, string>>, entries: readonly Entry[], today: string): Comparison {
  const oldest = new Date(Date.parse(today) - NEWS_KEPT_DAYS * 86_400_000).toISOString().slice(0, 10);
  const kept = Object.entries(seen).filter(([, day]) => day >= oldest);
  const snapshot = Object.fromEntries([...kept, ...entries.map(({ id }) => [id, today])]);
  const fresh = entries.filter(({ id }) => !Object.hasOwn(seen, id));
  return {
    snapshot: { kind: 'news', seen: snapshot },
    changes: fresh.map((entry) => ({
      entry: heading(entry),
      added: [entry.text].filter((one) => one !== ''),
      removed: [],
      changed: [],
      digest: digestOf(entry.id),
    })),
  };
}

function records(before: readonly KnownRecord[], entries: readonly Entry[]): Comparison {
  const known = new Map(before.map((entry) => [entry.id, entry]));
  const now = new Set(entries.map(({ id }) => id));
  const gone = before.filter(({ id }) => !now.has(id));
  const changes = entries.flatMap((entry): Change[] => {
    const last = known.get(entry.id);
    if (!last) return [change(entry, { added: [entry.text] }, 'added')];
    if (last.title === entry.title && last.text === entry.text) return [];
    const pair =
      last.text === entry.text
        ? { before: last.title, after: entry.title }
        : { before: last.text, after: entry.text };
    return [change(entry, { changed: [pair] }, `${last.text}\n${entry.title}\n${entry.text}`)];
  });
  const removed = gone
    .filter(({ missing }) => missing)
    .map((entry) => change(entry, { removed: [entry.text] }, 'removed'));
  const missing = gone
    .filter((entry) => !entry.missing)
    .map((entry) => ({ ...entry, missing: true as const }));
  return {
    snapshot: { kind: 'records', entries: [...entries, ...missing] },
    changes: [...changes, ...removed],
  };
}

function change(
  entry: Entry,
  { added = [], removed = [], changed = [] }: Partial<Pick<Change, 'added' | 'removed' | 'changed'>>,
  what: string,
): Change {
  return { entry: heading(entry), added, removed, changed, digest: digestOf(`${entry.id}\n${what}`) };
}

function text(before: readonly string[], lines: readonly string[]): Comparison {
  const snapshot = { kind: 'text', lines } as const;
  const parts = diffArrays([...before], [...lines], { maxEditLength: MOST_EDITS });
  const hunks = parts ?? [
    { value: [...before], removed: true, added: false },
    { value: [...lines], added: true, removed: false },
  ];
  const added: string[] = [];
  const removed: string[] = [];
  const changed: { before: string; after: string }[] = [];
  for (let index = 0; index < hunks.length; index += 1) {
    const hunk = hunks[index];
    const next = hunks[index + 1];
    if (hunk?.removed && next?.added) {
      pair(hunk.value, next.value, { added, removed, changed });
      index += 1;
    } else if (hunk?.removed) removed.push(...hunk.value);
    else if (hunk?.added) added.push(...hunk.value);
  }
  if (added.length + removed.length + changed.length === 0) return { snapshot, changes: [] };
  const digest = digestOf(JSON.stringify([before, lines]));
  return { snapshot, changes: [{ entry: null, added, removed, changed, digest }] };
}

/** As many paragraphs as before in the same place are the same ones, written anew. */
function pair(
  before: readonly string[],
  after: readonly string[],
  into: { added: string[]; removed: string[]; changed: { before: string; after: string }[] },
): void {
  if (before.length !== after.length) {
    into.removed.push(...before);
    into.added.push(...after);
    return;
  }
  for (const [index, line] of before.entries())
    into.changed.push({ before: line, after: after[index] ?? '' });
}

function heading({ title, link, date }: Entry): Change['entry'] {
  return { title, link, date };
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
