import { REMEMBERED_URL, type Workspace } from '#src/workspaces/workspace.ts';
import type { CycleDeps, RunningProject } from './running-project.ts';

/** Where people open a place: as it remembers since it was made, else as the project says. */
export async function addressOf(
  slug: string,
  { id, url }: Pick<Workspace, 'id' | 'url'>,
  { store }: Pick<CycleDeps, 'store'>,
): Promise<string> {
  return (await store.memory(slug, id)).get(REMEMBERED_URL) ?? url;
}

/** Where people open the plan in a browser; a workbook has no such address. */
export async function webAddress(
  { slug, workspaces }: RunningProject,
  deps: Pick<CycleDeps, 'store'>,
): Promise<string | undefined> {
  for (const workspace of workspaces) {
    const known = await addressOf(slug, workspace, deps);
    if (/^https?:/.test(known)) return known;
  }
  return undefined;
}

/** The page of the project on the dashboard; `undefined`: it is not open to those who read this. */
export function dashboardOf(
  { slug }: RunningProject,
  { dashboardUrl }: Pick<CycleDeps, 'dashboardUrl'>,
): string | undefined {
  return dashboardUrl === undefined ? undefined : `${dashboardUrl}/projects/${encodeURIComponent(slug)}`;
}
