import type { Template } from '#src/plan/template.ts';
import type { WatchSource } from '#src/plan/watch-source.ts';
import type { Store } from '#src/store/store.ts';
import { citedSources } from './citations.ts';
import { wordsOf } from './compare.ts';
import type { Notice } from './notice.ts';
import { statesOf } from './round.ts';
import { sourceKey } from './source-key.ts';
import { type Illness, isToBeTold } from './source-state.ts';

export interface SickSource {
  readonly source: WatchSource;
  readonly illness: Illness;
}

export interface WatchHealth {
  /** Found sick twice in a row, and for three days: what a person should know. */
  readonly sick: readonly SickSource[];
  /** Sources that were never read well. */
  readonly never: number;
}

/** How the watch fares, from what is stored; asks no site. */
export async function watchHealth(
  sources: readonly WatchSource[],
  watch: Store['watch'],
  now: Date,
): Promise<WatchHealth> {
  const states = await statesOf(sources, watch);
  const known = sources.map((source) => ({ source, state: states.get(sourceKey(source)) }));
  return {
    sick: known.flatMap(({ source, state }) =>
      state?.illness && isToBeTold(state, now) ? [{ source, illness: state.illness }] : [],
    ),
    never: known.filter(({ state }) => !state?.wellAt).length,
  };
}

/** The obligations of a template of which the watch has found more than was known when they were last verified. */
export async function touchedSince(template: Template, watch: Store['watch']): Promise<readonly string[]> {
  const notices = await watch.noticesAfter(0);
  const touched = new Map<string, string>();
  for (const { notice, foundAt } of notices) {
    for (const id of obligationsOf(JSON.parse(notice) as Notice, template))
      touched.set(id, foundAt.slice(0, 10));
  }
  return template.obligations
    .filter(({ id, verifiedOn }) => (touched.get(id) ?? '') > verifiedOn)
    .map(({ id }) => id);
}

function obligationsOf(notice: Notice, template: Template): readonly string[] {
  const source = template.watch.sources.find((one) => notice.sources.includes(sourceKey(one)));
  if (!source) return [];
  const { sources = [], obligations = [] } = source.touches ?? {};
  const cited = citedSources(template.sources, wordsOf({ ...notice, digest: '' })).map(({ id }) => id);
  const legal = new Set([...sources, ...cited]);
  return template.obligations
    .filter((one) => obligations.includes(one.id) || legal.has(one.source))
    .map(({ id }) => id);
}
