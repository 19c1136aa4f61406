import { said } from '#src/i18n/message.ts';
import { templateProblem } from '#src/i18n/template-problem.ts';
import { type Definitions, duplicates, reference, references } from './check-names.ts';
import type { Problem } from './problem.ts';
import { isClosedToRobots, type PlatformColumns, type WatchFile } from './watch-source.ts';
import type { YamlDocument } from './yaml-document.ts';

/** What a watch names is there, each source has its own id, and none points to a site that keeps robots out. */
export function* checkWatch(document: YamlDocument<WatchFile>, defined: Definitions): Generator<Problem> {
  const { role, platforms, sources = [] } = document.value ?? {};
  if (role !== undefined) yield* reference(document, ['role'], role, defined.roles, templateProblem.role);
  if (platforms !== undefined) yield* checkPlatforms(document, platforms, defined);
  yield* duplicates(
    document,
    ['sources'],
    sources.map(({ id }) => id),
    'id',
  );
  for (const [index, { url, touches }] of sources.entries()) {
    const path = ['sources', index];
    if (isClosedToRobots(new URL(url).hostname))
      yield document.problemAt([...path, 'url'], said(templateProblem.closedToRobots, new URL(url).hostname));
    const touched = [...path, 'touches'];
    const { sources: legal, tasks, obligations } = touches ?? {};
    yield* references(document, [...touched, 'sources'], legal, defined.sources, templateProblem.source);
    yield* references(document, [...touched, 'tasks'], tasks, defined.tasks, templateProblem.task);
    yield* references(
      document,
      [...touched, 'obligations'],
      obligations,
      defined.obligations,
      templateProblem.obligation,
    );
  }
}

function* checkPlatforms(
  document: YamlDocument<WatchFile>,
  { register, chosen, ...columns }: PlatformColumns,
  { registers }: Definitions,
): Generator<Problem> {
  const path = ['platforms'];
  const names = registers && new Set(registers.keys());
  yield* reference(document, [...path, 'register'], register, names, templateProblem.register);
  const found = registers?.get(register);
  if (!found) return;
  const known = new Set(found.columns.map(({ key }) => key));
  for (const [name, column] of Object.entries(columns))
    yield* reference(document, [...path, name], column, known, templateProblem.column);
  yield* reference(document, [...path, 'chosen', 'column'], chosen.column, known, templateProblem.column);
  const options = found.columns.find(({ key }) => key === chosen.column)?.options;
  const keys = options && new Set(options.map(({ key }) => key));
  yield* reference(document, [...path, 'chosen', 'option'], chosen.option, keys, templateProblem.option);
}
