import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { BadInput } from '#src/errors.ts';
import { initErrors } from '#src/i18n/init.ts';
import { said } from '#src/i18n/message.ts';
import { parseSiren } from '#src/plan/siren.ts';

/** A project file that is there already, as far as it can be read. */
export interface KnownProject {
  readonly slug: string;
  readonly file: string;
  readonly name: string | undefined;
  readonly siren: string | undefined;
  /** Its Excel files, as they are written there. */
  readonly workbooks: readonly string[];
}

const Head = z.object({
  company: z.object({ name: z.string().optional().catch(undefined), siren: z.unknown().optional() }),
  workspaces: z
    .array(z.object({ file: z.string().optional().catch(undefined) }).catch({}))
    .optional()
    .catch(undefined),
});

/**
 * The projects of a folder, to keep a new one from taking the place of another. A folder that is missing holds
 * none; a file that is damaged still counts by its name, so that it is not written over.
 *
 * @throws BadInput when the folder is there and cannot be read.
 */
export async function knownProjects(folder: string): Promise<readonly KnownProject[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new BadInput(said(initErrors.folder, { folder, code: error.code ?? error.message }), {
      cause: error,
    });
  });
  const files = names.filter((name) => /\.ya?ml$/i.test(name)).sort();
  return Promise.all(files.map((name) => readHead(folder, name)));
}

async function readHead(folder: string, name: string): Promise<KnownProject> {
  const file = join(folder, name);
  // Lower case, since on Windows and macOS `Martin.yaml` and `martin.yaml` are one file.
  const slug = name.replace(/\.ya?ml$/i, '').toLowerCase();
  const head = Head.safeParse(await parsed(file)).data;
  return {
    slug,
    file,
    name: head?.company.name,
    siren: parseSiren(String(head?.company.siren ?? '')),
    workbooks: head?.workspaces?.flatMap((workspace) => workspace.file ?? []) ?? [],
  };
}

async function parsed(file: string): Promise<unknown> {
  try {
    return parse(await readFile(file, 'utf8'), { maxAliasCount: 0 });
  } catch {
    return undefined;
  }
}
