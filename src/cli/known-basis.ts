import { join } from 'node:path';
import { stampOf, templateStamp } from '#src/config/stamps.ts';
import type { Basis } from '#src/service/standing.ts';
import type { Store } from '#src/store/store.ts';
import type { ChosenProject, Context } from './context.ts';
import { version } from './version.ts';

/**
 * `status` is what people call most, and reading the project and the template is most of its time. What it needs of
 * them is kept in the store, under the stamps of all the files that it comes from: while they are the same, so is it.
 */
const REPLICA = 'status';
const NAME = 'basis-4';

interface Kept {
  readonly template: string;
  readonly stamp: string;
  readonly basis: Basis;
}

/** What was kept of the project, or `undefined` when a file that it comes from has changed. */
export async function knownBasis(
  slug: string,
  { environment }: Context,
  store: Store,
): Promise<Basis | undefined> {
  const kept = (await store.memory(slug, REPLICA)).get(NAME);
  if (kept === undefined) return undefined;
  const { template, stamp, basis } = JSON.parse(kept) as Kept;
  return stamp === stampFor(slug, template, environment.projects) ? basis : undefined;
}

export async function keepBasis(project: ChosenProject, basis: Basis, context: Context): Promise<void> {
  const { slug, template } = project;
  const stamp = stampFor(slug, template.key, context.environment.projects);
  const memory = await (await context.store()).memory(slug, REPLICA);
  memory.set(NAME, JSON.stringify({ template: template.key, stamp, basis } satisfies Kept));
  await memory.flush();
}

function stampFor(slug: string, template: string, projects: string): string {
  return [version(), stampOf(join(projects, `${slug}.yaml`)), templateStamp(template, projects)].join('\n');
}
