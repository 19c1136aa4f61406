import { join } from 'node:path';
import { writeProject } from '#src/config/write-project.ts';
import type { Locale } from '#src/i18n/message.ts';
import { DEFAULT_TEMPLATE } from './init.ts';

/** Writes the project of an imaginary bakery, to show a plan before anything has been asked. Returns its file. */
export async function writeExample(folder: string, today: string, locale: Locale): Promise<string> {
  const slug = 'boulangerie-martin';
  const file = join(folder, `${slug}.yaml`);
  await writeProject(file, {
    company: {
      name: 'Boulangerie Martin',
      siren: '552100554',
      size: 'micro',
      vat: 'franchise',
      facts: {},
    },
    start: today,
    template: DEFAULT_TEMPLATE,
    profile: 'essentiel',
    locale,
    people: {
      'office-manager': { name: 'Claire' },
      assistant: { name: 'Yanis' },
      direction: { name: 'Paul Martin' },
    },
    workspaces: [{ kind: 'excel', file: `${slug}.xlsx` }],
  });
  return file;
}
