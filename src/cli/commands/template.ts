import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { jsonSchemas } from '#src/config/json-schemas.ts';
import { loadTemplateFolder } from '#src/config/load-template.ts';
import { BadInput, EXIT } from '#src/errors.ts';
import { cliMessages } from '#src/i18n/cli.ts';
import { said, say } from '#src/i18n/message.ts';
import { withContext } from '../context.ts';
import type { CommonOptions } from '../options.ts';

/** Checks a template given by its folder, or by its name among those that Jalon knows. */
export function checkTemplate(options: CommonOptions, name: string): Promise<number> {
  return withContext(options, async (context) => {
    const folder = resolve(name);
    const template = existsSync(folder) ? await loadTemplateFolder(folder) : await context.template(name);
    const tasks = template.steps.reduce((sum, step) => sum + step.tasks.length, 0);
    const { key, version, steps, registers } = template;
    context.print(
      say(context.locale, cliMessages.templateGood, {
        key,
        version,
        steps: steps.length,
        tasks,
        registers: registers.length,
      }),
    );
    context.document({ key, version, steps: steps.length, tasks, registers: registers.length });
    return EXIT.done;
  });
}

/** Prints the JSON Schema of one of a template’s files, or of a project file. */
export async function templateSchema(_options: CommonOptions, file: string): Promise<number> {
  const schemas = jsonSchemas();
  const schema = schemas.get(file);
  if (!schema)
    throw new BadInput(
      said(cliMessages.unknownSchema, { found: file, known: [...schemas.keys()].join(', ') }),
    );
  process.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
  return EXIT.done;
}
