import { said } from '#src/i18n/message.ts';
import { watchMessages as words } from '#src/i18n/watch.ts';
import type { WatchSource } from '#src/plan/watch-source.ts';
import { touchedSince, watchHealth } from '#src/watch/health.ts';
import { sourceKey } from '#src/watch/source-key.ts';
import { tellSickness } from '#src/watch/tell-sickness.ts';
import type { Diagnosis } from '#src/workspaces/workspace.ts';
import type { ChosenProject, Context } from './context.ts';

/** What `doctor` has to say of the watch. Asks no site. */
export async function watchFindings(
  chosen: readonly ChosenProject[],
  context: Context,
): Promise<readonly Diagnosis[]> {
  const { watch } = context.environment;
  if (!watch.isOn) return [{ level: 'ok', said: said(words.off) }];
  const all = chosen.flatMap(({ template, source }) => [
    ...template.watch.sources,
    ...source.project.sources,
  ]);
  const sources = [...new Map(all.map((source) => [sourceKey(source), source])).values()];
  if (sources.length === 0) return [];
  const isOpen = watch.pisteClientId !== undefined && watch.pisteClientSecret !== undefined;
  const locked = isOpen ? [] : sources.filter(needsPiste);
  const watched = sources.filter((source) => !locked.includes(source));
  const store = await context.store();
  const { sick, never } = await watchHealth(watched, store.watch, context.now());
  const templates = new Set(chosen.map(({ template }) => template));
  const touched = await Promise.all([...templates].map((template) => touchedSince(template, store.watch)));
  const ids = [...new Set(touched.flat())];
  return [
    { level: 'ok', said: said(words.healthy, { n: watched.length, never }) },
    ...sick.map(
      ({ source, illness }): Diagnosis => ({
        level: 'warning',
        said: (locale) => {
          const why = tellSickness(illness.sickness)(locale);
          const { id, page, url } = source;
          return said(words.illSince, { id, since: illness.since.slice(0, 10), why, url: page ?? url })(
            locale,
          );
        },
      }),
    ),
    ...(ids.length > 0 ? [{ level: 'warning' as const, said: said(words.touchedSince, { ids }) }] : []),
    ...(locked.length > 0 ? [{ level: 'ok' as const, said: said(words.noPiste, locked.length) }] : []),
  ];
}

function needsPiste(source: WatchSource): boolean {
  return source.kind === 'json' && source.access === 'piste';
}
