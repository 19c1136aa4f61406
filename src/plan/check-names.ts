import { type Message, said } from '#src/i18n/message.ts';
import { templateProblem } from '#src/i18n/template-problem.ts';
import type { Condition } from './company.ts';
import { nearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import type { Register } from './template.ts';
import type { Path, YamlDocument } from './yaml-document.ts';

/** The names that the files define. `undefined`: the file that defines them has problems of its own, so nothing is known. */
export interface Definitions {
  readonly roles: Names;
  readonly profiles: Names;
  readonly facts: Names;
  readonly obligations: Names;
  readonly sources: Names;
  readonly steps: Names;
  readonly tasks: Names;
  readonly registers: ReadonlyMap<string, Register> | undefined;
}
export type Names = ReadonlySet<string> | undefined;
/** Where a file's problems are told: all that a check needs of the file. */
export type Place = Pick<YamlDocument<unknown>, 'problemAt'>;
type Problems = Generator<Problem>;

/** The facts that a condition asks for are questions of the template, at any depth of the condition. */
export function* checkCondition(
  document: Place,
  path: Path,
  condition: Condition | undefined,
  defined: Definitions,
): Problems {
  if (condition === undefined) return;
  for (const fact of Object.keys(condition.facts ?? {})) {
    yield* reference(document, [...path, 'facts', fact], fact, defined.facts, templateProblem.fact, 'key');
  }
  for (const [index, one] of (condition.any ?? []).entries()) {
    yield* checkCondition(document, [...path, 'any', index], one, defined);
  }
  yield* checkCondition(document, [...path, 'not'], condition.not, defined);
}

type UnknownName = Message<{ name: string; guess?: string | undefined; known: readonly string[] }>;

/** A problem if the name is not among the known ones, with the one that was most likely meant. */
export function* reference(
  document: Place,
  path: Path,
  name: string,
  known: Names,
  unknown: UnknownName,
  part: 'key' | 'value' = 'value',
): Problems {
  if (known === undefined || known.has(name)) return;
  yield document.problemAt(
    path,
    said(unknown, { name, known: [...known], guess: nearest(name, known) }),
    part,
  );
}

/** As `reference`, for each name of a list. */
export function* references(
  document: Place,
  path: Path,
  list: readonly string[] | undefined,
  known: Names,
  unknown: UnknownName,
): Problems {
  for (const [index, name] of (list ?? []).entries()) {
    yield* reference(document, [...path, index], name, known, unknown);
  }
}

/** A problem at each name that an earlier entry of the list already has. */
export function* duplicates(
  document: Place,
  path: Path,
  list: readonly string[] | undefined,
  key = 'key',
): Problems {
  const first = new Map<string, number>();
  for (const [index, name] of (list ?? []).entries()) {
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, index);
    else
      yield takenAt(
        document,
        [...path, index, key],
        name,
        document.problemAt([...path, earlier, key], () => ''),
      );
  }
}

/** A problem with a name, telling where it is already taken. */
export function takenAt(document: Place, path: Path, name: string, { file, line = 1 }: Problem): Problem {
  return document.problemAt(path, said(templateProblem.duplicate, { name, file, line }));
}
