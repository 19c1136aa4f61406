import * as z from 'zod';
import { PRIORITIES, STATUSES } from './item.ts';
import { KPI_IDS } from './kpi-ids.ts';
import { key, Text } from './words.ts';

/** The form of a rule, in a template's `automations.yaml` and in a project's file; see `docs/automations.md`. */

/** Whoever is on the task, else who holds its role: the one recipient that is no role. */
export const OWNER = 'owner';

const statuses = z.array(z.enum(STATUSES)).min(1);
const keys = z.array(key).min(1);
const yes = z.literal(true);
const kpi = z.strictObject({ kpi: z.enum(KPI_IDS), value: z.number() });
/** `from`: where the days are counted from. Working days, backwards when negative. */
const Day = z.strictObject({
  days: z.number().int().min(-250).max(250),
  from: z.enum(['today', 'due']).default('today'),
});
export type Day = z.infer<typeof Day>;

/** What may set a rule off: one of these. */
export const When = z
  .strictObject({
    'status-changed': z.strictObject({ from: statuses.optional(), to: statuses.optional() }).optional(),
    /** A task; with `register`, a row of it. */
    'item-created': z
      .strictObject({ register: key.optional(), by: z.enum(['person', 'watch']).optional() })
      .optional(),
    assigned: yes.optional(),
    'checklist-complete': yes.optional(),
    /** `any`: a task that it waits for is done. `all`: nothing that it waits for is left to do. */
    'dependency-done': z.enum(['all', 'any']).optional(),
    'due-in': z.strictObject({ days: z.number().int().min(0).max(365) }).optional(),
    'overdue-by': z.strictObject({ days: z.number().int().min(1).max(365) }).optional(),
    'notice-posted': yes.optional(),
    'kpi-over': kpi.optional(),
    'kpi-under': kpi.optional(),
  })
  .refine(holdsOne, { error: 'one-trigger', when: isKnown });
export type When = z.infer<typeof When>;

const FieldValue = z.union([z.string(), z.number(), z.boolean()]);

/** What must hold besides: every key that is given, and of each list one. */
export const If = z.strictObject({
  step: keys.optional(),
  role: keys.optional(),
  status: statuses.optional(),
  priority: z.array(z.enum(PRIORITIES)).min(1).optional(),
  required: z.boolean().optional(),
  profile: keys.optional(),
  fields: z.record(z.string(), z.array(FieldValue).min(1)).optional(),
});
export type If = z.infer<typeof If>;

const NewTask = z.strictObject({
  title: Text,
  description: Text.optional(),
  /** Left out: the step of the task that set the rule off. */
  step: key.optional(),
  role: key.optional(),
  priority: z.enum(PRIORITIES).default('normal'),
  /** Working days from today. */
  due: z.strictObject({ days: z.number().int().min(0).max(250) }).optional(),
});
export type NewTask = z.infer<typeof NewTask>;

const NewRow = z.strictObject({
  register: key,
  values: z.record(key, z.union([Text, z.string(), z.number(), z.boolean()])),
});
export type NewRow = z.infer<typeof NewRow>;

/** What a rule does: one of these for each entry of its list. */
export const Act = z
  .strictObject({
    'set-status': z.enum(STATUSES).optional(),
    'set-priority': z.enum(PRIORITIES).optional(),
    'set-start': Day.optional(),
    'set-due': Day.optional(),
    /** Roles; who holds them is put on the task. */
    'set-people': keys.optional(),
    /** What waits for the task moves by the working days that it is late. */
    'shift-dependents': yes.optional(),
    comment: Text.optional(),
    'create-task': NewTask.optional(),
    'create-row': NewRow.optional(),
    /** `to`: roles, and `owner`. */
    notify: z.strictObject({ to: keys, text: Text }).optional(),
  })
  .refine(holdsOne, { error: 'one-act', when: isKnown });
export type Act = z.infer<typeof Act>;

export const Rule = z.strictObject({
  id: key,
  title: Text,
  when: When,
  if: If.optional(),
  // biome-ignore lint/suspicious/noThenProperty: a list, which nobody takes for a promise
  then: z.array(Act).min(1),
  enabled: z.boolean().default(true),
});
export type Rule = z.infer<typeof Rule>;

/** `automations.yaml` */
export const AutomationsFile = z.strictObject({ automations: z.array(Rule) });
export type AutomationsFile = z.infer<typeof AutomationsFile>;

/** Turns a rule of the template off or on. */
export const RuleSwitch = z.strictObject({ id: key, enabled: z.boolean() });
export type RuleSwitch = z.infer<typeof RuleSwitch>;

/** An entry of a project's `automations`: a rule of its own, or the switch of one of the template's. */
export const ProjectAutomation = z.union([Rule, RuleSwitch]);
export type ProjectAutomation = z.infer<typeof ProjectAutomation>;

export function isRule(entry: ProjectAutomation): entry is Rule {
  return 'when' in entry;
}

/** A rule in force. */
export interface ActiveRule extends Rule {
  readonly from: 'template' | 'project';
}

/** The rules in force: the template's in its order, then the project's own. */
export function rulesOf(
  template: readonly Rule[],
  project: readonly ProjectAutomation[],
): readonly ActiveRule[] {
  const switches = new Map(
    project.flatMap((entry) => (isRule(entry) ? [] : [[entry.id, entry.enabled] as const])),
  );
  return [
    ...template.map((rule) => ({ ...rule, from: 'template' as const })),
    ...project.filter(isRule).map((rule) => ({ ...rule, from: 'project' as const })),
  ].filter((rule) => switches.get(rule.id) ?? rule.enabled);
}

/** What a rule is about: what sets it off is a task, a row, or a figure of the whole project. */
export function subjectOf(when: When): 'task' | 'row' | 'project' {
  if (when['notice-posted'] || when['item-created']?.register !== undefined) return 'row';
  return when['kpi-over'] || when['kpi-under'] ? 'project' : 'task';
}

/** `{title}` in a text stands for the title of what set the rule off; `{}` and `{ }` stand for themselves. */
export const PLACEHOLDER = /\{([a-z][a-zA-Z0-9-]*)\}/g;

const ANYWHERE = ['company', 'today'] as const;
const OF_A_TASK = [
  'title',
  'step',
  'status',
  'priority',
  'role',
  'people',
  'start',
  'due',
  'description',
  'deliverable',
  'proof',
  'notes',
] as const;

/** The names that the texts of a rule may put between braces. `columns`: those of the register, for a rule about a row. */
export function placeholdersOf({ when }: Rule, columns: readonly string[]): readonly string[] {
  switch (subjectOf(when)) {
    case 'row':
      return [...ANYWHERE, 'title', ...columns];
    case 'project':
      return [...ANYWHERE, 'kpi', 'value', 'limit'];
    case 'task': {
      if (when['dependency-done']) return [...ANYWHERE, ...OF_A_TASK, 'dependency'];
      return when['due-in'] || when['overdue-by']
        ? [...ANYWHERE, ...OF_A_TASK, 'days']
        : [...ANYWHERE, ...OF_A_TASK];
    }
  }
}

function holdsOne(choices: object): boolean {
  return Object.values(choices).filter((value) => value !== undefined).length === 1;
}

/** A key that is not known is told as such, and no more. */
function isKnown({ issues }: z.core.ParsePayload): boolean {
  return issues.length === 0;
}
