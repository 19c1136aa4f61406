import * as z from 'zod';
import type { Rule } from './automation.ts';
import { Condition } from './company.ts';
import type { WatchFile } from './watch-source.ts';
import { key, Text, taskKey } from './words.ts';

export { Text } from './words.ts';

/** The form of a template's files. Each schema is one file, or one list in a file; see `templates/README.md`. */

const color = z.string().regex(/^#[0-9a-fA-F]{6}$/, { error: 'color' });
const isoDate = z.iso.date({ error: 'date' });
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { error: 'month-day' });

/** How well a fact is known: a text that was read, a likely reading, or nothing sure yet. */
export const Confidence = z.enum(['sure', 'likely', 'unsettled']);
export type Confidence = z.infer<typeof Confidence>;

/** `anchor` is `start` (the project's first day) or the id of an obligation; `weeks` may be negative. */
const Moment = z.strictObject({ anchor: key, weeks: z.number().min(-104).max(104) });
export type Moment = z.infer<typeof Moment>;

export const Repeat = z.strictObject({
  every: z.number().int().min(1).max(52),
  unit: z.enum(['week', 'month', 'year']),
  until: Moment.optional(),
});
export type Repeat = z.infer<typeof Repeat>;

const Check = z.strictObject({
  key,
  title: Text,
  /** The smallest profile that holds the point; its task's own when left out. */
  profile: key.optional(),
  when: Condition.optional(),
});

export const Task = z.strictObject({
  key,
  title: Text,
  description: Text.optional(),
  role: key,
  with: z.array(key).min(1).optional(),
  /** The smallest profile that holds the task. */
  profile: key,
  when: Condition.optional(),
  /** The law asks for it: told when a person deletes it, never left out of a profile. */
  required: z.boolean().optional(),
  /** Never due in the template's freeze (summer). */
  critical: z.boolean().optional(),
  urgent: z.boolean().optional(),
  due: Moment,
  repeat: Repeat.optional(),
  dependsOn: z.array(taskKey).optional(),
  /** Keys of tasks of earlier versions that this one takes over: it inherits what people did on them. */
  replaces: z.array(taskKey).optional(),
  checklist: z.array(Check).min(1).optional(),
  deliverable: Text,
  proof: Text,
  sources: z.array(key).optional(),
});
export type Task = z.infer<typeof Task>;

/** `steps/<n>-<key>.yaml` */
export const StepFile = z.strictObject({
  key,
  title: Text,
  summary: Text,
  color,
  tasks: z.array(Task).min(1),
});
export type StepFile = z.infer<typeof StepFile>;

const Option = z.strictObject({ key, title: Text, color: color.optional() });

export const COLUMN_TYPES = [
  'text',
  'long-text',
  'number',
  'amount',
  'percent',
  'date',
  'select',
  'checkbox',
  'url',
  'email',
  'person',
] as const;

const Column = z
  .strictObject({
    key,
    title: Text,
    help: Text.optional(),
    type: z.enum(COLUMN_TYPES),
    options: z.array(Option).min(1).optional(),
  })
  .refine((column) => (column.type === 'select') === (column.options !== undefined), { error: 'options' });
export type Column = z.infer<typeof Column>;

const RowValue = z.union([Text, z.string(), z.number(), z.boolean()]);

const Row = z.strictObject({ key, when: Condition.optional(), values: z.record(key, RowValue) });

const Register = z.strictObject({
  key,
  title: Text,
  summary: Text,
  step: key,
  /** Of the lines that are posted week by week the last one counts: a place where each line costs shows it alone. */
  latestOnly: z.boolean().optional(),
  columns: z.array(Column).min(1),
  /** Lines that the register starts with. The first column is the line's title. */
  rows: z.array(Row).optional(),
});
export type Register = z.infer<typeof Register>;

/** `registers.yaml` */
export const RegistersFile = z.strictObject({ registers: z.array(Register) });
export type RegistersFile = z.infer<typeof RegistersFile>;

/** One legal date. The first entry of `dates` whose condition holds binds the company; none: not bound. */
const Obligation = z.strictObject({
  id: key,
  title: Text,
  dates: z.array(z.strictObject({ when: Condition.optional(), date: isoDate })).min(1),
  /** `event`: a change of the law to know of, nothing to deliver. `deadline`: something must work by then. */
  kind: z.enum(['deadline', 'event']),
  confidence: Confidence,
  note: Text.optional(),
  /** The latest date to which a decree may still move it. */
  postponableUntil: isoDate.optional(),
  /** The tasks that show that it is met; what they depend on belongs to it too. */
  fulfilledBy: z.array(taskKey).min(1).optional(),
  source: key,
  verifiedOn: isoDate,
});
export type Obligation = z.infer<typeof Obligation>;

/** `calendar.yaml` */
export const CalendarFile = z.strictObject({ obligations: z.array(Obligation) });
export type CalendarFile = z.infer<typeof CalendarFile>;

const Source = z.strictObject({
  id: key,
  title: Text,
  /** The article or reference as lawyers quote it, the same in both languages. */
  reference: z.string().min(1).optional(),
  url: z.url({ protocol: /^https$/, error: 'url' }),
  date: isoDate.optional(),
  /** After this day the reference is no longer to be quoted. */
  validUntil: isoDate.optional(),
  confidence: Confidence,
  note: Text.optional(),
  verifiedOn: isoDate,
});
export type Source = z.infer<typeof Source>;

/** `sources.yaml`: the texts and official pages on which tasks and obligations rest. */
export const SourcesFile = z.strictObject({ sources: z.array(Source) });
export type SourcesFile = z.infer<typeof SourcesFile>;

/** `template.yaml` */
export const TemplateFile = z.strictObject({
  key,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, { error: 'version' }),
  title: Text,
  summary: Text,
  /** What the plan does not promise; shown on the dashboard. */
  notice: Text.optional(),
  roles: z.array(z.strictObject({ key, title: Text })).min(1),
  /** From the smallest to the largest: a profile holds its own tasks and those of the profiles before it. */
  profiles: z.array(z.strictObject({ key, title: Text, summary: Text })).min(1),
  /** Yes/no questions on the company, asked by `init` and used in `when`. */
  facts: z.array(z.strictObject({ key, question: Text, default: z.boolean() })).optional(),
  schedule: z.strictObject({
    /** Weeks from the start to the anchor obligation when the plan has all its time; less time compresses it. */
    weeks: z.number().int().min(1).max(104),
    /** The obligation towards which the plan counts backwards. */
    target: key.optional(),
    /** Weeks given to catch up when the target has already passed on the first day. */
    catchUpWeeks: z.number().int().min(1).max(52),
    /** Days of the year in which nothing critical may be due, both included. */
    freeze: z.strictObject({ from: monthDay, to: monthDay }).optional(),
  }),
  /** The register into which notices of the regulatory watch come. */
  watchLog: key.optional(),
});
export type TemplateFile = z.infer<typeof TemplateFile>;

/** A whole template, once its files have been read, checked one by one and against each other. */
export interface Template extends TemplateFile {
  readonly steps: readonly StepFile[];
  readonly registers: readonly Register[];
  readonly obligations: readonly Obligation[];
  readonly sources: readonly Source[];
  readonly watch: WatchFile;
  readonly automations: readonly Rule[];
}
