import { canonicalText } from '#src/reconcile/names.ts';
import { isTrelloId } from './endpoint.ts';
import { splitNames } from './markdown.ts';

/** Someone of the project; `trello` is their user name, id or e-mail address there. */
export interface ProjectPerson {
  readonly name: string;
  readonly trello?: string | undefined;
}

/** Someone whom Trello knows. */
export interface TrelloPerson {
  readonly id: string;
  readonly username: string;
  readonly fullName: string;
}

/** Who is who. What `nameOf` calls someone, `idOf` knows. */
export interface People {
  /** `undefined`: nobody of that name is on the board, or several are. The name then stays a text. */
  idOf(name: string): string | undefined;
  /** `undefined`: not someone of this board. */
  nameOf(id: string): string | undefined;
}

/**
 * Matches people by user name, id or e-mail as the project says, and else by the very name under which Trello knows
 * them. The project's name for someone comes first. Trello tells nobody's e-mail address: `byEmail` holds the ids of
 * those who were searched for.
 */
export function peopleOf(
  project: readonly ProjectPerson[],
  members: readonly TrelloPerson[],
  byEmail: ReadonlyMap<string, string> = new Map(),
): People {
  const names = new Map<string, string>();
  const ids = new Map<string, string | undefined>();
  const onBoard = new Set(members.map(({ id }) => id));
  const byUsername = new Map(members.map(({ username, id }) => [username.toLowerCase(), id]));
  for (const { name, trello } of project) {
    const { id: said, username, email } = handleOf(trello);
    const id = said ?? byUsername.get(username) ?? byEmail.get(email);
    const known = oneName(name);
    if (id === undefined || !onBoard.has(id) || known === '' || names.has(id)) continue;
    names.set(id, known);
    if (!ids.has(canonicalText(known))) ids.set(canonicalText(known), id);
  }
  const ofProject = new Set(ids.keys());
  for (const { id, fullName, username } of members) {
    const known = oneName(fullName) || username;
    const spelling = canonicalText(known);
    if (known === '' || names.has(id)) continue;
    names.set(id, known);
    // A name that two members bear is nobody's.
    if (!ofProject.has(spelling)) ids.set(spelling, ids.has(spelling) ? undefined : id);
  }
  return { idOf: (name) => ids.get(canonicalText(name)), nameOf: (id) => names.get(id) };
}

export interface Handle {
  readonly id: string | undefined;
  /** In small letters; `''` when it is none. */
  readonly username: string;
  readonly email: string;
}

/** What the project file says of someone, taken for what it is: `claire`, `@claire`, an id, an address or a profile's. */
export function handleOf(trello = ''): Handle {
  const text = trello.trim().toLowerCase();
  if (isTrelloId(text)) return { id: text, username: '', email: '' };
  if (/^[^@\s]+@[^@\s]+$/.test(text)) return { id: undefined, username: '', email: text };
  const username = /^(?:https?:\/\/trello\.com\/(?:u\/)?)?@?([a-z0-9_]+)\/?$/.exec(text)?.[1] ?? '';
  return { id: undefined, username, email: '' };
}

/** Names stand in lists that commas part. */
function oneName(name: string): string {
  return splitNames(name.replace(/[,;\n]+/g, ' '))[0] ?? '';
}

export interface PeopleShown {
  readonly idMembers: readonly string[];
  /** Those whom Trello does not know: they stand in the description. */
  readonly others: readonly string[];
}

/** People as members where the board knows them, the others by name. Members who have no name for us are kept. */
export function peopleShown(
  names: readonly string[],
  people: People,
  present: readonly string[],
): PeopleShown {
  const all = splitNames(names.join(', '));
  const idOf = (name: string) => present.find((id) => people.nameOf(id) === name) ?? people.idOf(name);
  const nameless = present.filter((id) => people.nameOf(id) === undefined);
  const known = all.map(idOf).filter((id) => id !== undefined);
  return {
    idMembers: [...new Set([...nameless, ...known])],
    others: all.filter((name) => idOf(name) === undefined),
  };
}

/** The names of a card's people: its members, and those in its description. */
export function readPeople({ idMembers, others }: PeopleShown, people: People): readonly string[] {
  const known = idMembers.map((id) => people.nameOf(id)).filter((name) => name !== undefined);
  return [...new Set([...known, ...others])];
}
