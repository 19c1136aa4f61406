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
 * project's name for someone comes first, then the one that we have used for them so far: somebody who leaves the
 * project must not seem to have been renamed by a person on every line.
 */
export function peopleOf(
  project: readonly ProjectPerson[],
  notion: readonly NotionPerson[],
  soFar: (id: string) => string | undefined = () => undefined,
): People {
  const names = new Map<string, string>();
  const ids = new Map<string, string | undefined>();
  for (const [id, known] of ofProject(project, notion)) {
    if (names.has(id)) continue;
    names.set(id, known);
    if (!ids.has(canonicalText(known))) ids.set(canonicalText(known), id);
  }
  const taken = new Set(ids.keys());
  for (const { id, name } of notion) {
    const known = knownAs(soFar(id), name, taken);
    const spelling = canonicalText(known);
    if (known === '' || names.has(id)) continue;
    names.set(id, known);
    // A name that two members bear is nobody's.
    if (!taken.has(spelling)) ids.set(spelling, ids.has(spelling) ? undefined : id);
  }
  return {
    idOf: (name) => ids.get(canonicalText(name)),
    nameOf: (id) => names.get(id),
  };
}

/** Ids of those whom the project names, where Notion knows them, with the project's name for them. */
function ofProject(
  project: readonly ProjectPerson[],
  notion: readonly NotionPerson[],
): readonly (readonly [string, string])[] {
  const byEmail = new Map(notion.map((one) => [one.person?.email?.toLowerCase() ?? '', one.id]));
  return project.flatMap(({ name, notion: handle = '' }) => {
    const id = NotionId.safeParse(handle).data ?? (handle && byEmail.get(handle.toLowerCase()));
    const known = oneName(name);
    return id && known !== '' ? [[id, known] as const] : [];
  });
}

/** The name that we have used so far, unless the project has given it to somebody else. */
function knownAs(
  soFar: string | undefined,
  name: string | null | undefined,
  taken: ReadonlySet<string>,
): string {
  const before = oneName(soFar ?? '');
  return before !== '' && !taken.has(canonicalText(before)) ? before : oneName(name ?? '');
}

/** Names stand in lists that commas part. */
function oneName(name: string): string {
  return splitNames(name.replace(/[,;\n]+/g, ' '))[0] ?? '';
}
