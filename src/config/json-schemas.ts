import * as z from 'zod';
import { CalendarFile, RegistersFile, SourcesFile, StepFile, TemplateFile } from '#src/plan/template.ts';
import { ProjectFile } from './project.ts';

const FILES = {
  template: TemplateFile,
  calendar: CalendarFile,
  sources: SourcesFile,
  registers: RegistersFile,
  step: StepFile,
  project: ProjectFile,
};

/** The JSON Schema of each kind of file that people write, for their editors, by the name of the kind. */
export function jsonSchemas(): ReadonlyMap<string, object> {
  return new Map(
    Object.entries(FILES).map(([name, schema]) => [
      name,
      z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
    ]),
  );
}
