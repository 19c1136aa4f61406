import { automationProblem as words } from '#src/i18n/automations.ts';
import { said } from '#src/i18n/message.ts';
import { templateProblem } from '#src/i18n/template-problem.ts';
import {
  type Act,
  type If,
  isRule,
  OWNER,
  PLACEHOLDER,
  type ProjectAutomation,
  placeholdersOf,
  type Rule,
  subjectOf,
} from './automation.ts';
import {
  type Definitions,
  duplicates,
  type Names,
  type Place,
  reference,
  references,
} from './check-names.ts';
import { checkValues } from './check-registers.ts';
import { TASK_FIELDS } from './item.ts';
import type { Problem } from './problem.ts';
import type { Register } from './template.ts';
import type { Text } from './words.ts';
import type { Path } from './yaml-document.ts';

type Problems = Generator<Problem>;

/** What the template defines, as far as rules name it. */
export interface RuleNames extends Pick<Definitions, 'steps' | 'roles' | 'profiles' | 'registers'> {
  readonly watchLog: string | undefined;
  /** The ids of the template's rules, where the entries are those of a project. */
  readonly templateRules?: ReadonlySet<string>;
}

/** Rules of which two have one id, that name what the template does not have, or that ask for what cannot be done. */
export function* checkAutomations(
  document: Place,
  path: Path,
  entries: readonly ProjectAutomation[],
  names: RuleNames,
): Problems {
  yield* duplicates(
    document,
    path,
    entries.map(({ id }) => id),
    'id',
  );
  for (const [index, entry] of entries.entries()) {
    const place = [...path, index];
    if (isRule(entry)) yield* checkRule(document, place, entry, names);
    else yield* reference(document, [...place, 'id'], entry.id, names.templateRules, words.rule);
  }
}

function* checkRule(document: Place, path: Path, rule: Rule, names: RuleNames): Problems {
  if (names.templateRules?.has(rule.id)) {
    yield document.problemAt([...path, 'id'], said(words.takenByTemplate, rule.id));
  }
  const registers = names.registers && new Set(names.registers.keys());
  const register = registerOf(rule, names);
  if (rule.when['notice-posted'] && names.watchLog === undefined) {
    yield document.problemAt([...path, 'when', 'notice-posted'], said(words.noWatchLog), 'key');
  }
  const created = rule.when['item-created'];
  if (created?.register !== undefined) {
    const place = [...path, 'when', 'item-created', 'register'];
    yield* reference(document, place, created.register, registers, templateProblem.register);
  }
  yield* checkIf(document, [...path, 'if'], rule, register, names);
  const known = placeholdersOf(rule, register?.columns.map((column) => column.key) ?? []);
  for (const [index, act] of rule.then.entries()) {
    const place = [...path, 'then', index];
    yield* checkReach(document, place, act, rule);
    yield* checkAct(document, place, act, rule, names);
    for (const [key, text] of textsOf(act)) {
      yield* checkPlaceholders(document, [...place, ...key], text, new Set(known));
    }
  }
}

/** The register of the row that sets the rule off. */
function registerOf({ when }: Rule, { registers, watchLog }: RuleNames): Register | undefined {
  const key = when['notice-posted'] ? watchLog : when['item-created']?.register;
  return key === undefined ? undefined : registers?.get(key);
}

const OF_A_TASK = ['step', 'role', 'status', 'priority', 'required'] as const satisfies (keyof If)[];

function* checkIf(
  document: Place,
  path: Path,
  rule: Rule,
  register: Register | undefined,
  { steps, roles, profiles }: RuleNames,
): Problems {
  if (rule.if === undefined) return;
  const subject = subjectOf(rule.when);
  for (const name of OF_A_TASK) {
    if (rule.if[name] !== undefined && subject !== 'task')
      yield document.problemAt([...path, name], said(words.onlyOfTasks, name), 'key');
  }
  yield* references(document, [...path, 'step'], rule.if.step, steps, templateProblem.step);
  yield* references(document, [...path, 'role'], rule.if.role, roles, templateProblem.role);
  yield* references(document, [...path, 'profile'], rule.if.profile, profiles, templateProblem.profile);
  for (const name of Object.keys(rule.if.fields ?? {})) {
    const place = [...path, 'fields', name];
    if (subject === 'project') yield document.problemAt(place, said(words.onlyOfItems, name), 'key');
    else if (subject === 'task')
      yield* reference(document, place, name, new Set(TASK_FIELDS), words.field, 'key');
    else if (register) {
      const columns = new Set(register.columns.map(({ key }) => key));
      yield* reference(document, place, name, columns, templateProblem.column, 'key');
    }
  }
}

const DOES_NOT_NEED_A_TASK = ['comment', 'create-task', 'create-row', 'notify'];

/** A rule about a row cannot set the status of a task, and there is nothing to comment on in a figure. */
function* checkReach(document: Place, path: Path, act: Act, { when }: Rule): Problems {
  const subject = subjectOf(when);
  for (const name of Object.keys(act)) {
    const reaches =
      subject === 'task' ||
      (DOES_NOT_NEED_A_TASK.includes(name) && (subject === 'row' || name !== 'comment'));
    if (reaches) continue;
    const problem = subject === 'row' ? words.actNeedsTask : words.actNeedsItem;
    yield document.problemAt([...path, name], said(problem, name), 'key');
  }
}

function* checkAct(document: Place, path: Path, act: Act, rule: Rule, names: RuleNames): Problems {
  const { steps, roles, registers } = names;
  yield* references(document, [...path, 'set-people'], act['set-people'], roles, templateProblem.role);
  const recipients: Names = roles && new Set([...roles, OWNER]);
  yield* references(document, [...path, 'notify', 'to'], act.notify?.to, recipients, words.recipient);
  const task = act['create-task'];
  if (task) {
    const place = [...path, 'create-task'];
    if (task.step !== undefined)
      yield* reference(document, [...place, 'step'], task.step, steps, templateProblem.step);
    else if (subjectOf(rule.when) !== 'task') yield document.problemAt(place, said(words.stepMissing));
    if (task.role !== undefined)
      yield* reference(document, [...place, 'role'], task.role, roles, templateProblem.role);
  }
  const row = act['create-row'];
  if (!row || !registers) return;
  const place = [...path, 'create-row'];
  const known = new Set(registers.keys());
  yield* reference(document, [...place, 'register'], row.register, known, templateProblem.register);
  const columns = registers.get(row.register)?.columns;
  if (columns) yield* checkValues(document, [...place, 'values'], row, columns, isOpen);
}

/** What its placeholders will have made of it is not known here. */
function isOpen(value: Text | string | number | boolean): boolean {
  return typeof value === 'string' && namesIn(value).length > 0;
}

function* textsOf(act: Act): Generator<[Path, Text | string]> {
  if (act.comment) yield [['comment'], act.comment];
  if (act.notify) yield [['notify', 'text'], act.notify.text];
  const task = act['create-task'];
  if (task) yield [['create-task', 'title'], task.title];
  if (task?.description) yield [['create-task', 'description'], task.description];
  for (const [name, value] of Object.entries(act['create-row']?.values ?? {})) {
    if (typeof value !== 'number' && typeof value !== 'boolean')
      yield [['create-row', 'values', name], value];
  }
}

function* checkPlaceholders(document: Place, path: Path, text: Text | string, known: Names): Problems {
  const versions = typeof text === 'string' ? { '': text } : text;
  for (const [locale, version] of Object.entries(versions)) {
    const place = locale === '' ? path : [...path, locale];
    for (const name of namesIn(version)) {
      yield* reference(document, place, name, known, words.placeholder);
    }
  }
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
}
