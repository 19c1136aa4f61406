import { constants } from 'node:fs';
import { access, link, rename } from 'node:fs/promises';
import { stringify } from 'yaml';
import type * as z from 'zod';
import { projectComments } from '#src/i18n/config.ts';
import { type Locale, type Message, say } from '#src/i18n/message.ts';
import { SIZES, VAT_REGIMES } from '#src/plan/company.ts';
import { parseYaml } from '#src/plan/yaml-document.ts';
import { ProjectFile } from './project.ts';
import { errorCode } from './read-text-file.ts';
import { writeWhole } from './write-whole.ts';

/** A project as it is written: what has a default may be left out. */
export type ProjectDraft = z.input<typeof ProjectFile>;

export interface WriteProjectOptions {
  /** Writes over a file that is there; otherwise it is refused. */
  readonly replace?: boolean;
}

/**
 * Writes a project file, commented in the project's language, whole or not at all, and makes its folder if need be.
 * @throws BadInput when a file is there already, when the disk is full or the folder protected, and for a project
 * that could not be read back. Nothing has changed then.
 */
export async function writeProject(
  file: string,
  project: ProjectDraft,
  options: WriteProjectOptions = {},
): Promise<void> {
  const text = projectText(project);
  parseYaml(text, file, ProjectFile);
  await writeWhole(file, text, options.replace ? rename : putInPlace);
}

/** The text of a project file. */
export function projectText(project: ProjectDraft): string {
  const locale = project.locale ?? 'fr';
  const { company, people, workspaces } = project;
  const remark = (message: Message) => `# ${say(locale, message)}`;
  const parts = [
    [remark(projectComments.head)],
    companyLines(company, locale),
    [remark(projectComments.start), ...lines({ start: project.start })],
    lines({ template: project.template }),
    [remark(projectComments.profile), ...lines({ profile: project.profile, locale })],
    [remark(projectComments.people), ...lines({ people: people ?? {} })],
    [remark(projectComments.workspaces), ...lines({ workspaces })],
    lines({ credentials: project.credentials, sources: project.sources, automations: project.automations }),
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`;
}

function companyLines({ name, siren, size, vat, facts }: ProjectDraft['company'], locale: Locale): string[] {
  const choices = (names: readonly string[]) => `  # ${say(locale, projectComments.choices, names)}`;
  const inner = [
    ...lines({ name }),
    ...lines({ siren }).map((line) => `${line}  # ${say(locale, projectComments.siren)}`),
    ...lines({ size }).map((line) => line + choices(SIZES)),
    ...lines({ vat }).map((line) => line + choices(VAT_REGIMES)),
    ...(facts === undefined ? [] : [`# ${say(locale, projectComments.facts)}`, ...lines({ facts })]),
  ];
  return ['company:', ...inner.map((line) => `  ${line}`)];
}

/** The keys that have a value, in YAML. */
function lines(values: Readonly<Record<string, unknown>>): string[] {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  if (given.length === 0) return [];
  return stringify(Object.fromEntries(given), {
    lineWidth: 0,
    blockQuote: false,
    aliasDuplicateObjects: false,
  })
    .trimEnd()
    .split('\n');
}

/** A link, unlike a move, fails when the name is taken, even by a file that appeared just now. */
async function putInPlace(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes(errorCode(error))) throw error;
    await renameToFreeName(draft, file);
  }
}

/** For disks without links, such as those of cameras and network shares. */
async function renameToFreeName(draft: string, file: string): Promise<void> {
  const taken = await access(file, constants.F_OK).then(
    () => true,
    () => false,
  );
  if (taken) throw Object.assign(new Error(`${file} exists`), { code: 'EEXIST' });
  await rename(draft, file);
}
