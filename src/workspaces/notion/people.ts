import { canonicalText } from '#src/reconcile/names.ts';
import { splitNames } from './fit.ts';
import { NotionId } from './schema.ts';

/** Someone of the project; `notion` is their e-mail address or id there. */
export interface ProjectPerson {
  readonly name: string;
  readonly notion?: string | undefined;
}

/** Someone whom Notion knows, from its list of members or from a line where they stand (guests are in no list). */
export interface NotionPerson {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly person?: { readonly email?: string | null | undefined } | null | undefined;
}

/** Who is who. What `nameOf` calls someone, `idOf` knows. */
export interface People {
  /** `undefined`: nobody of that name is in the workspace, or several are. The name then stays a text. */
  idOf(name: string): string | undefined;
  /** `undefined` where neither the project nor Notion tells: the connection may lack the right to read names. */
  nameOf(id: string): string | undefined;
}

/**
 * Matches people by id or e-mail as the project says, and else by the very name under which Notion knows them. The
 * project's name for someone comes first.
 */
export function peopleOf(project: readonly ProjectPerson[], notion: readonly NotionPerson[]): People {
  const names = new Map<string, string>();
  const ids = new Map<string, string | undefined>();
  const byEmail = new Map(notion.map((one) => [one.person?.email?.toLowerCase() ?? '', one.id]));
  for (const { name, notion: handle = '' } of project) {
    const id = NotionId.safeParse(handle).data ?? (handle && byEmail.get(handle.toLowerCase()));
    const known = oneName(name);
    if (!id || known === '' || names.has(id)) continue;
    names.set(id, known);
    if (!ids.has(canonicalText(known))) ids.set(canonicalText(known), id);
  }
  const ofProject = new Set(ids.keys());
  for (const { id, name } of notion) {
    const known = oneName(name ?? '');
    const spelling = canonicalText(known);
    if (known === '' || names.has(id)) continue;
    names.set(id, known);
    // A name that two members bear is nobody's.
    if (!ofProject.has(spelling)) ids.set(spelling, ids.has(spelling) ? undefined : id);
  }
  return {
    idOf: (name) => ids.get(canonicalText(name)),
    nameOf: (id) => names.get(id),
  };
}

/** Names stand in lists that commas part. */
function oneName(name: string): string {
  return splitNames(name.replace(/[,;\n]+/g, ' '))[0] ?? '';
}
