import { said } from '#src/i18n/message.ts';
import { templateProblem } from '#src/i18n/template-problem.ts';
import type { AutomationsFile } from './automation.ts';
import { checkAutomations } from './check-automations.ts';
import {
  checkCondition,
  type Definitions,
  duplicates,
  type Names,
  reference,
  references,
  takenAt,
} from './check-names.ts';
import { checkRegisters } from './check-registers.ts';
import { checkWatch } from './check-watch.ts';
import { cyclesOf } from './dependency-cycles.ts';
import type { Problem } from './problem.ts';
import type {
  CalendarFile,
  Moment,
  RegistersFile,
  SourcesFile,
  StepFile,
  Task,
  TemplateFile,
} from './template.ts';
import type { WatchFile } from './watch-source.ts';
import type { Path, YamlDocument } from './yaml-document.ts';

export interface TemplateDocuments {
  readonly template: YamlDocument<TemplateFile>;
  readonly calendar: YamlDocument<CalendarFile>;
  readonly sources: YamlDocument<SourcesFile>;
  readonly registers: YamlDocument<RegistersFile>;
  readonly watch: YamlDocument<WatchFile>;
  readonly automations: YamlDocument<AutomationsFile>;
  readonly steps: readonly YamlDocument<StepFile>[];
}

type Problems = Generator<Problem>;

/** What the files of a template say of each other and should not: names defined twice, or nowhere; circles. */
export function checkTogether(documents: TemplateDocuments): Problem[] {
  const defined = definitionsOf(documents);
  return [
    ...checkTemplate(documents.template, defined),
    ...checkCalendar(documents.calendar, defined),
    ...duplicates(
      documents.sources,
      ['sources'],
      documents.sources.value?.sources.map(({ id }) => id),
      'id',
    ),
    ...documents.steps.flatMap((step) => [...checkStep(step, defined)]),
    ...duplicateSteps(documents.steps),
    ...cycles(documents.steps),
    ...checkRegisters(documents.registers, defined),
    ...checkWatch(documents.watch, defined),
    ...checkRules(documents, defined),
  ];
}

function* checkRules({ automations, template }: TemplateDocuments, defined: Definitions): Problems {
  const rules = automations.value?.automations;
  // Which register the notices come into is known once the template's own file is.
  if (rules === undefined || template.value === undefined) return;
  const names = { ...defined, watchLog: template.value.watchLog };
  yield* checkAutomations(automations, ['automations'], rules, names);
}

function definitionsOf({ template, calendar, sources, registers, steps }: TemplateDocuments): Definitions {
  const stepValues = steps.map((step) => step.value);
  const known = stepValues.filter((step) => step !== undefined);
  const allKnown = known.length === stepValues.length;
  const keys = (list: readonly { key: string }[] | undefined) => names(list?.map(({ key }) => key));
  return {
    roles: keys(template.value?.roles),
    profiles: keys(template.value?.profiles),
    facts: template.value && keys(template.value.facts ?? []),
    obligations: names(calendar.value?.obligations.map(({ id }) => id)),
    sources: names(sources.value?.sources.map(({ id }) => id)),
    steps: allKnown ? keys(known) : undefined,
    tasks: allKnown
      ? names(known.flatMap((step) => step.tasks.map((task) => `${step.key}/${task.key}`)))
      : undefined,
    registers: registers.value && new Map(registers.value.registers.map((one) => [one.key, one])),
  };
}

function names(list: readonly string[] | undefined): Names {
  return list && new Set(list);
}

function* checkTemplate(document: YamlDocument<TemplateFile>, defined: Definitions): Problems {
  const template = document.value;
  if (template === undefined) return;
  for (const list of ['roles', 'profiles', 'facts'] as const) {
    yield* duplicates(
      document,
      [list],
      template[list]?.map(({ key }) => key),
    );
  }
  if (template.watchLog !== undefined) {
    const known = defined.registers && new Set(defined.registers.keys());
    yield* reference(document, ['watchLog'], template.watchLog, known, templateProblem.register);
  }
  const { target, freeze } = template.schedule;
  if (target !== undefined) {
    yield* reference(
      document,
      ['schedule', 'target'],
      target,
      defined.obligations,
      templateProblem.obligation,
    );
  }
  if (freeze === undefined) return;
  const path = ['schedule', 'freeze'];
  const unreal = (['from', 'to'] as const).filter((end) => !isDayOfYear(freeze[end]));
  for (const end of unreal) {
    yield document.problemAt([...path, end], said(templateProblem.noSuchDay, freeze[end]));
  }
  if (freeze.from > freeze.to)
    yield document.problemAt([...path, 'from'], said(templateProblem.freezeOrder, freeze));
}

/** `02-29` is one: it comes every four years. */
function isDayOfYear(monthDay: string): boolean {
  const date = new Date(`2024-${monthDay}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(5, 10) === monthDay;
}

function* checkCalendar(document: YamlDocument<CalendarFile>, defined: Definitions): Problems {
  const obligations = document.value?.obligations ?? [];
  yield* duplicates(
    document,
    ['obligations'],
    obligations.map(({ id }) => id),
    'id',
  );
  for (const [index, { id, dates, fulfilledBy, source }] of obligations.entries()) {
    const path = ['obligations', index];
    if (id === 'start') yield document.problemAt([...path, 'id'], said(templateProblem.reserved, id));
    yield* reference(document, [...path, 'source'], source, defined.sources, templateProblem.source);
    for (const [rank, task] of (fulfilledBy ?? []).entries()) {
      yield* reference(document, [...path, 'fulfilledBy', rank], task, defined.tasks, templateProblem.task);
    }
    for (const [rank, { when }] of dates.entries()) {
      yield* checkCondition(document, [...path, 'dates', rank, 'when'], when, defined);
    }
  }
}

function* checkStep(document: YamlDocument<StepFile>, defined: Definitions): Problems {
  const step = document.value;
  if (step === undefined) return;
  yield* duplicates(
    document,
    ['tasks'],
    step.tasks.map(({ key }) => key),
  );
  for (const [index, task] of step.tasks.entries())
    yield* checkTask(document, ['tasks', index], task, defined);
}

function* checkTask(
  document: YamlDocument<StepFile>,
  path: Path,
  task: Task,
  defined: Definitions,
): Problems {
  yield* reference(document, [...path, 'role'], task.role, defined.roles, templateProblem.role);
  yield* references(document, [...path, 'with'], task.with, defined.roles, templateProblem.role);
  yield* checkProfile(document, [...path, 'profile'], task, defined);
  yield* checkCondition(document, [...path, 'when'], task.when, defined);
  yield* checkMoment(document, [...path, 'due'], task.due, defined);
  yield* checkMoment(document, [...path, 'repeat', 'until'], task.repeat?.until, defined);
  yield* references(document, [...path, 'dependsOn'], task.dependsOn, defined.tasks, templateProblem.task);
  yield* references(document, [...path, 'sources'], task.sources, defined.sources, templateProblem.source);
  for (const [rank, old] of (task.replaces ?? []).entries()) {
    if (defined.tasks?.has(old))
      yield document.problemAt([...path, 'replaces', rank], said(templateProblem.replacesLiving, old));
  }
  yield* duplicates(
    document,
    [...path, 'checklist'],
    task.checklist?.map(({ key }) => key),
  );
  for (const [rank, { when, profile }] of (task.checklist ?? []).entries()) {
    if (profile !== undefined) {
      const place = [...path, 'checklist', rank, 'profile'];
      yield* reference(document, place, profile, defined.profiles, templateProblem.profile);
    }
    yield* checkCondition(document, [...path, 'checklist', rank, 'when'], when, defined);
  }
}

/** Profiles grow: what every company must do belongs to the smallest, and so to all. */
function* checkProfile(
  document: YamlDocument<StepFile>,
  path: Path,
  task: Task,
  { profiles }: Definitions,
): Problems {
  yield* reference(document, path, task.profile, profiles, templateProblem.profile);
  const [smallest] = profiles ?? [];
  if (!task.required || smallest === undefined || !profiles?.has(task.profile) || task.profile === smallest)
    return;
  yield document.problemAt(path, said(templateProblem.requiredProfile, { found: task.profile, smallest }));
}

function* checkMoment(
  document: YamlDocument<StepFile>,
  path: Path,
  moment: Moment | undefined,
  { obligations }: Definitions,
): Problems {
  if (moment === undefined || obligations === undefined) return;
  const anchors = new Set(['start', ...obligations]);
  yield* reference(document, [...path, 'anchor'], moment.anchor, anchors, templateProblem.anchor);
}

function* duplicateSteps(steps: readonly YamlDocument<StepFile>[]): Problems {
  const first = new Map<string, YamlDocument<StepFile>>();
  for (const step of steps) {
    if (step.value === undefined) continue;
    const { key } = step.value;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, step);
    else
      yield takenAt(
        step,
        ['key'],
        key,
        earlier.problemAt(['key'], () => ''),
      );
  }
}

/** Each circle is told once, where its first task names the next one. */
function* cycles(steps: readonly YamlDocument<StepFile>[]): Problems {
  const dependencies = new Map<string, readonly string[]>();
  const places = new Map<string, { document: YamlDocument<StepFile>; path: Path }>();
  for (const document of steps) {
    for (const [index, task] of (document.value?.tasks ?? []).entries()) {
      const key = `${document.value?.key}/${task.key}`;
      dependencies.set(key, task.dependsOn ?? []);
      places.set(key, { document, path: ['tasks', index, 'dependsOn'] });
    }
  }
  for (const cycle of cyclesOf(dependencies)) {
    const [first = '', second = ''] = cycle;
    const place = places.get(first);
    const rank = dependencies.get(first)?.indexOf(second) ?? 0;
    if (place) yield place.document.problemAt([...place.path, rank], said(templateProblem.cycle, cycle));
  }
}
