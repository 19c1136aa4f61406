import type { WatchSource } from '#src/plan/watch-source.ts';
import { compare } from './compare.ts';
import type { Fetched, Fetcher, Question } from './fetch.ts';
import type { Piste } from './piste.ts';
import { read } from './read/index.ts';
import { Sick } from './sickness.ts';
import type { Change, Snapshot } from './snapshot.ts';
import { type SourceState, whenSick, whenWell } from './source-state.ts';

export interface CheckDeps {
  readonly fetcher: Fetcher;
  /** Absent without credentials. */
  readonly piste?: Piste | undefined;
  readonly now: () => Date;
  /** `YYYY-MM-DD` */
  readonly today: () => string;
  readonly signal?: AbortSignal | undefined;
}

export interface Checked {
  readonly state: SourceState;
  /** `undefined`: what was kept still stands. */
  readonly snapshot?: Snapshot;
  readonly changes: readonly Change[];
  readonly isFirst: boolean;
}

const ACCEPT: Readonly<Record<WatchSource['kind'], string>> = {
  rss: 'application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1',
  json: 'application/json',
  html: 'text/html, application/xhtml+xml;q=0.9',
  file: '*/*',
};

/** Looks at a source once. Never throws for what the source does. @throws the signal's reason. */
export async function checkSource(
  source: WatchSource,
  before: SourceState | undefined,
  snapshotBefore: () => Promise<Snapshot | undefined>,
  deps: CheckDeps,
): Promise<Checked> {
  try {
    return await checkWell(source, before, snapshotBefore, deps);
  } catch (error) {
    deps.signal?.throwIfAborted();
    if (!(error instanceof Sick)) throw error;
    return { state: whenSick(before, deps.now(), error.sickness), changes: [], isFirst: false };
  }
}

async function checkWell(
  source: WatchSource,
  before: SourceState | undefined,
  snapshotBefore: () => Promise<Snapshot | undefined>,
  deps: CheckDeps,
): Promise<Checked> {
  const known = await snapshotBefore();
  const fetched = await ask(source, known === undefined ? undefined : before, deps);
  const now = deps.now();
  if (fetched.kind === 'sick') {
    const state = whenSick(before, now, fetched.sickness, fetched.retryAfterMs);
    return { state, changes: [], isFirst: false };
  }
  // What a missing record or platform waits for is a second look, which is also one at what has not changed.
  if (fetched.kind === 'same' && !isWaiting(known))
    return { state: whenWell(before, now, { changed: false }), changes: [], isFirst: false };
  const again = fetched.kind === 'same' ? await ask(source, undefined, deps) : fetched;
  if (again.kind !== 'body')
    return { state: whenWell(before, now, { changed: false }), changes: [], isFirst: false };

  const reading = await read(source, again);
  const { keywords } = source;
  const { snapshot, changes } = compare(known, reading, { keywords, today: deps.today() });
  const { validators } = again;
  const state = whenWell(before, now, { validators, changed: changes.length > 0 });
  return { state, snapshot, changes, isFirst: known === undefined };
}

function isWaiting(known: Snapshot | undefined): boolean {
  return known?.kind === 'records' && known.entries.some(({ missing }) => missing);
}

async function ask(
  source: WatchSource,
  before: SourceState | undefined,
  { fetcher, piste, signal }: CheckDeps,
): Promise<Fetched> {
  const { url, kind } = source;
  const json = source.kind === 'json' ? source.body : undefined;
  const validators = json === undefined ? (before?.validators ?? undefined) : undefined;
  const question: Question = { url, accept: ACCEPT[kind], validators, json, signal };
  if (source.kind !== 'json' || source.access === undefined) return fetcher.fetch(question);
  if (!piste) throw new Sick({ why: 'credentials' });
  return fetcher.fetch({ ...question, authorization: await piste(signal) });
}
