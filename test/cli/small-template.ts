import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from '#src/plan/template.ts';

/** Writes the files of a template into `<projects>/templates`, where the command finds it. JSON is YAML too. */
export function writeTemplate(projects: string, template: Template): void {
  const { steps, registers, obligations, sources, watch, automations, ...head } = template;
  const folder = join(projects, 'templates', template.key);
  mkdirSync(join(folder, 'steps'), { recursive: true });
  const write = (path: string, content: object) =>
    writeFileSync(join(folder, path), JSON.stringify(content, null, 2));
  write('template.yaml', head);
  write('registers.yaml', { registers });
  write('calendar.yaml', { obligations });
  write('sources.yaml', { sources });
  write('watch.yaml', watch);
  if (automations.length > 0) write('automations.yaml', { automations });
  for (const [index, step] of steps.entries()) write(`steps/${index + 1}-${step.key}.yaml`, step);
}
