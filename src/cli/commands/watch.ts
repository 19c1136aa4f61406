import { BadInput } from '#src/errors.ts';
import { type Locale, said, say } from '#src/i18n/message.ts';
import { watchMessages as words } from '#src/i18n/watch.ts';
import type { WatchSource } from '#src/plan/watch-source.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { foreseeNotices, lookAtSources, postNotices, sourcesOf } from '#src/service/watch.ts';
import type { Look } from '#src/watch/round.ts';
import { sourceKey } from '#src/watch/source-key.ts';
import { tellSickness } from '#src/watch/tell-sickness.ts';
import { type Context, withContext } from '../context.ts';
import { cycleDeps } from '../cycle-deps.ts';
import { asOutcome, conclude, type Made, openEach, workOnEach } from '../each-project.ts';
import type { CommonOptions } from '../options.ts';
import { watchDeps } from '../watch-deps.ts';

export interface WatchOptions extends CommonOptions {
  readonly dryRun?: boolean;
  /** Ids of sources. */
  readonly accept?: readonly string[];
}

/** Looks at all sources now, whatever their rhythm, and tells the projects what was found. */
export function watch(options: WatchOptions): Promise<number> {
  return withContext(options, async (context) => {
    const { chosen, troubles } = await context.projects();
    const { opened, troubles: closed } = await openEach(chosen, context);
    const looks = context.environment.watch.isOn ? await look(opened, options, context) : [];
    if (!context.environment.watch.isOn) context.print(say(context.locale, words.off));
    else showLooks(looks, context);
    const told = await workOnEach(opened, context, (project) => tell(project, looks, options, context));
    return conclude(
      [...told, ...[...troubles, ...closed].map(asOutcome)],
      context,
      (notices = 0) => ({ notices }),
      { sources: looks.map((one) => sourceDocument(one, context.locale)) },
    );
  });
}

async function look(
  projects: readonly RunningProject[],
  { dryRun, accept = [] }: WatchOptions,
  context: Context,
): Promise<readonly Look[]> {
  const all = projects.flatMap(sourcesOf);
  const sources = [...new Map(all.map((source) => [sourceKey(source), source])).values()];
  if (sources.length === 0) context.print(say(context.locale, words.noSource));
  if (!dryRun) await forget(accept, sources, context);
  context.progress.start(say(context.locale, words.looking), sources.length);
  const onChecked = () => context.progress.tick();
  const looks = await lookAtSources(
    { sources, all: true, dryRun, onChecked },
    watchDeps(context),
    await cycleDeps(context),
  );
  context.progress.done();
  return looks;
}

/** What a source shows next is then a first reading: nothing that it has lost is missed any more. */
async function forget(
  ids: readonly string[],
  sources: readonly WatchSource[],
  context: Context,
): Promise<void> {
  for (const id of ids) {
    const found = sources.filter((source) => source.id === id);
    const known = [...new Set(sources.map((source) => source.id))];
    if (found.length === 0) throw new BadInput(said(words.unknownSource, { found: id, known }));
    const { watch } = await context.store();
    for (const source of found) await watch.forget(sourceKey(source));
  }
}

/** How many rows were noted, or would be. */
async function tell(
  project: RunningProject,
  looks: readonly Look[],
  { dryRun }: WatchOptions,
  context: Context,
): Promise<Made<number>> {
  const deps = await cycleDeps(context);
  const notices = looks.flatMap((one) => one.notices);
  const { rows, report } = dryRun
    ? { rows: await foreseeNotices(project, notices, deps), report: undefined }
    : await postNotices(project, deps);
  context.progress.done();
  const line = dryRun ? words.wouldPost : words.posted;
  if (rows > 0) context.print(say(context.locale, line, { project: project.slug, n: rows }));
  return { made: rows, failures: report?.failures };
}

const SIGNS = {
  same: ['green', '✓'],
  changed: ['cyan', '●'],
  first: ['green', '✓'],
  sick: ['red', '✗'],
  'not-due': ['dim', '·'],
  'left-out': ['dim', '·'],
  'no-credentials': ['dim', '·'],
} as const;

function showLooks(looks: readonly Look[], context: Context): void {
  const { paint, print } = context;
  const width = Math.max(0, ...looks.map(({ source }) => source.id.length));
  for (const one of looks) {
    const [color, sign] = SIGNS[one.outcome];
    print(`${paint(color, sign)} ${one.source.id.padEnd(width)}  ${outcomeText(one, context)}`);
    for (const notice of one.notices)
      if (notice.entry?.title) print(`  ${' '.repeat(width)}  ${notice.entry.title}`);
  }
}

function outcomeText(one: Look, { locale, environment: { timeZone } }: Context): string {
  const { outcome, state, notices } = one;
  if (outcome === 'changed') return say(locale, words.changed, notices.length);
  if (outcome !== 'sick') return say(locale, words[outcome]);
  const why = state?.illness ? tellSickness(state.illness.sickness)(locale) : '';
  const last =
    state?.wellAt == null
      ? say(locale, words.neverWell)
      : say(locale, words.wellAt, { at: state.wellAt, timeZone });
  return `${say(locale, words.sick)} (${last})\u00a0: ${why}`;
}

function sourceDocument({ source, outcome, state, notices }: Look, locale: Locale): object {
  const illness = state?.illness;
  return {
    id: source.id,
    title: source.title[locale],
    url: source.url,
    outcome,
    checkedAt: state?.checkedAt ?? null,
    wellAt: state?.wellAt ?? null,
    changedAt: state?.changedAt ?? null,
    illness: illness
      ? { since: illness.since, times: illness.times, message: tellSickness(illness.sickness)(locale) }
      : null,
    notices: notices.map(({ id, entry }) => ({
      id,
      title: entry?.title ?? null,
      date: entry?.date ?? null,
      link: entry?.link ?? null,
    })),
  };
}
