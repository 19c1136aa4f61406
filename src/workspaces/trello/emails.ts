import { together } from '../concurrently.ts';
import type { Desk } from './desk.ts';
import { need } from './outcome.ts';
import { handleOf, type ProjectPerson } from './people.ts';

/** Nobody, or nobody in particular. */
const NOBODY = '';

/**
 * The ids of those whom the project names by their e-mail address, which Trello tells with nobody. It is asked once for
 * each address, since questions about people are few, and once more for `wanted`, who may have come in the meantime.
 * Whoever is found is remembered: they must be called the same whenever the board is read.
 * @throws what keeps us from knowing: for lack of an answer, somebody would be given another name.
 */
export async function idsByEmail(
  desk: Desk,
  wanted: readonly ProjectPerson[] = [],
): Promise<ReadonlyMap<string, string>> {
  const { remembered } = desk;
  const known = remembered.emails;
  const unsure = new Set(emailsOf(wanted).filter((email) => known[email] === NOBODY));
  const asked = emailsOf(desk.people).filter((email) => known[email] === undefined || unsure.has(email));
  if (asked.length > 0) {
    const found = await together(asked.map(async (email) => [email, await idOf(email, desk)] as const));
    remembered.emails = { ...known, ...Object.fromEntries(found) };
  }
  return new Map(Object.entries(remembered.emails).filter(([, id]) => id !== NOBODY));
}

function emailsOf(people: readonly ProjectPerson[]): readonly string[] {
  return [...new Set(people.map(({ trello }) => handleOf(trello).email).filter((email) => email !== ''))];
}

async function idOf(email: string, desk: Desk): Promise<string> {
  const outcome = await desk.connection.membersByEmail(email, desk);
  if (outcome.kind === 'refused') return NOBODY;
  const [only, other] = need({ type: 'member', name: email }, outcome).rows;
  return only && !other ? only.id : NOBODY;
}
