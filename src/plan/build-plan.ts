import { Temporal } from 'temporal-polyfill';
import { type Locale, say } from '#src/i18n/message.ts';
import { planMessages } from '#src/i18n/plan.ts';
import { type BindingObligation, bindingObligations } from './calendar.ts';
import { applies, type Company } from './company.ts';
import type { Fields, Item, Priority, Value } from './item.ts';
import { type Dates, schedule } from './schedule.ts';
import { type PlannedTask, profileTest, selectTasks } from './select-tasks.ts';
import type { Register, Repeat, Template, Text } from './template.ts';
import { type IsHoliday, workingDays } from './working-days.ts';

export interface PlanInput {
  readonly template: Template;
  readonly company: Company;
  readonly profile: string;
  /** The project's first day, `YYYY-MM-DD`. */
  readonly start: string;
  readonly locale: Locale;
  /** Names of the persons who hold a role, by role. */
  readonly people: Readonly<Record<string, string>>;
  readonly isHoliday: IsHoliday;
}

/** What the template wants one company's plan to be: the content of the template as a replica. */
export interface Plan {
  /** Tasks in the order in which to do them, each followed by its points, then the rows of the registers. */
  readonly items: ReadonlyMap<string, Item>;
  readonly replaces: ReadonlyMap<string, readonly string[]>;
  readonly obligations: readonly BindingObligation[];
}

/** The dated plan of one company. Pure and deterministic: it knows no clock. */
export function buildPlan(input: PlanInput): Plan {
  const { template, company } = input;
  const obligations = bindingObligations(template, company);
  const tasks = selectTasks(template, company, input.profile);
  const anchors = new Map(
    obligations.map(({ obligation, date }) => [obligation.id, Temporal.PlainDate.from(date)]),
  );
  const dates = schedule({
    tasks,
    start: Temporal.PlainDate.from(input.start),
    anchors,
    rules: template.schedule,
    days: workingDays(input.isHoliday),
  });
  const items = [
    ...inReadingOrder(template, tasks).flatMap((task) =>
      taskItems(task, dates.get(task.key), anchors, input),
    ),
    ...template.registers.flatMap((register) => rowItems(register, input)),
  ];
  return {
    items: new Map(items.map((item) => [item.key, item])),
    replaces: new Map(tasks.flatMap(({ key, task }) => (task.replaces ? [[key, task.replaces]] : []))),
    obligations,
  };
}

/** Step by step, as the template's author told them. */
function inReadingOrder(template: Template, tasks: readonly PlannedTask[]): readonly PlannedTask[] {
  const byKey = new Map(tasks.map((task) => [task.key, task]));
  return template.steps
    .flatMap((step) => step.tasks.map((task) => byKey.get(`${step.key}/${task.key}`)))
    .filter((task) => task !== undefined);
}

function taskItems(
  planned: PlannedTask,
  dates: Dates | undefined,
  anchors: ReadonlyMap<string, Temporal.PlainDate>,
  { template, profile, company, locale, people }: PlanInput,
): Item[] {
  const { key, step, task, dependsOn } = planned;
  const person = people[task.role];
  const fields: Fields = {
    title: task.title[locale],
    step,
    status: 'todo',
    priority: priorityOf(planned, dates),
    role: task.role,
    with: task.with ?? [],
    people: person === undefined ? [] : [person],
    start: dates?.start.toString() ?? null,
    due: dates?.due.toString() ?? null,
    description: task.description?.[locale] ?? '',
    deliverable: task.deliverable[locale],
    proof: task.proof[locale],
    repeat: task.repeat ? repeatText(task.repeat, anchors, locale) : '',
    dependsOn,
    sources: task.sources ?? [],
    required: task.required ?? false,
    notes: '',
    archived: false,
  };
  const isHeld = profileTest(template, profile);
  const points = (task.checklist ?? []).filter(
    (point) => isHeld(point.profile) && applies(point.when, company),
  );
  return [
    { key, kind: 'task', parent: 'plan', fields },
    ...points.map(
      (point, rank): Item => ({
        key: `${key}#${point.key}`,
        kind: 'check',
        parent: key,
        fields: { title: point.title[locale], done: false, rank, archived: false },
      }),
    ),
  ];
}

function priorityOf({ task }: PlannedTask, dates: Dates | undefined): Priority {
  if (dates?.urgent) return 'urgent';
  return task.required || task.critical ? 'high' : 'normal';
}

function repeatText(
  repeat: Repeat,
  anchors: ReadonlyMap<string, Temporal.PlainDate>,
  locale: Locale,
): string {
  const anchor = repeat.until ? anchors.get(repeat.until.anchor) : undefined;
  const until = anchor?.add({ days: Math.round((repeat.until?.weeks ?? 0) * 7) }).toString();
  return say(locale, planMessages.repeat, { every: repeat.every, unit: repeat.unit, until });
}

function rowItems(register: Register, { company, locale }: PlanInput): Item[] {
  return (register.rows ?? [])
    .filter((row) => applies(row.when, company))
    .map((row) => ({
      key: `${register.key}:${row.key}`,
      kind: 'row',
      parent: register.key,
      fields: {
        ...Object.fromEntries(
          Object.entries(row.values).map(([name, value]) => [name, plain(value, locale)]),
        ),
        archived: false,
      },
    }));
}

function plain(value: Text | string | number | boolean, locale: Locale): Value {
  return typeof value === 'object' ? value[locale] : value;
}
