import * as z from 'zod';
import { AutomationsFile } from '#src/plan/automation.ts';
import { Condition } from '#src/plan/company.ts';
import {
  CalendarFile,
  RegistersFile,
  SourcesFile,
  StepFile,
  TemplateFile,
  Text,
} from '#src/plan/template.ts';
import { WatchFile } from '#src/plan/watch-source.ts';
import { ProjectFile } from './project.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

const FILES = {
  template: { title: 'template.yaml of a Jalon template', schema: TemplateFile },
  calendar: { title: 'calendar.yaml of a Jalon template', schema: CalendarFile },
  sources: { title: 'sources.yaml of a Jalon template', schema: SourcesFile },
  registers: { title: 'registers.yaml of a Jalon template', schema: RegistersFile },
  watch: { title: 'watch.yaml of a Jalon template', schema: WatchFile },
  automations: { title: 'automations.yaml of a Jalon template', schema: AutomationsFile },
  step: { title: 'steps/<n>-<key>.yaml of a Jalon template', schema: StepFile },
  project: { title: 'A Jalon project file', schema: ProjectFile },
} as const;

/**
 * The JSON Schema of each kind of file that people write, by its name: `template`, `calendar`, `sources`,
 * `registers`, `watch`, `automations`, `step`, `project`. For editors, which complete and check while one writes; Jalon's
 * own checks go further. Draft 7, since that is what editors know for YAML.
 */
export function jsonSchemas(): ReadonlyMap<string, JsonSchema> {
  return new Map(Object.entries(FILES).map(([name, { title, schema }]) => [name, jsonSchema(title, schema)]));
}

function jsonSchema(title: string, schema: z.ZodType): JsonSchema {
  const named = z.registry<{ id: string }>();
  named.add(Condition, { id: 'Condition' });
  named.add(Text, { id: 'Text' });
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', metadata: named });
  return { $schema, title, ...rest };
}
