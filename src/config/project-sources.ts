import { type Message, type Said, said } from '#src/i18n/message.ts';
import { templateProblem } from '#src/i18n/template-problem.ts';
import { nearest } from '#src/plan/nearest.ts';
import type { Path } from '#src/plan/schema-problem.ts';
import type { Template } from '#src/plan/template.ts';
import { isClosedToRobots, type WatchSource } from '#src/plan/watch-source.ts';

/** Something wrong at a place of a project's file. */
interface Fault {
  readonly path: Path;
  readonly said: Said;
}

type UnknownName = Message<{ name: string; guess?: string | undefined; known: readonly string[] }>;

/** What the watch sources of a project's own name is in its template; none points to a site that keeps robots out. */
export function sourceFaults(sources: readonly WatchSource[], template: Template): Fault[] {
  const legal = template.sources.map(({ id }) => id);
  const obligations = template.obligations.map(({ id }) => id);
  const tasks = template.steps.flatMap((step) => step.tasks.map((task) => `${step.key}/${task.key}`));
  return sources.flatMap(({ url, touches = {} }, index) => {
    const path = ['sources', index];
    const { hostname } = new URL(url);
    return [
      ...(isClosedToRobots(hostname)
        ? [{ path: [...path, 'url'], said: said(templateProblem.closedToRobots, hostname) }]
        : []),
      ...unknown([...path, 'touches', 'sources'], touches.sources, legal, templateProblem.source),
      ...unknown([...path, 'touches', 'tasks'], touches.tasks, tasks, templateProblem.task),
      ...unknown(
        [...path, 'touches', 'obligations'],
        touches.obligations,
        obligations,
        templateProblem.obligation,
      ),
    ];
  });
}

function unknown(
  path: Path,
  names: readonly string[] = [],
  known: readonly string[],
  words: UnknownName,
): Fault[] {
  return names.flatMap((name, index) =>
    known.includes(name)
      ? []
      : [{ path: [...path, index], said: said(words, { name, known, guess: nearest(name, known) }) }],
  );
}
