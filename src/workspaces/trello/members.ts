import type { WriteOrder } from '../workspace.ts';
import { call, type Desk } from './desk.ts';
import { getBoardBundle } from './endpoints/boards.ts';
import { addBoardMember, getOrganizationMembers } from './endpoints/people.ts';
import { handleOf, type People, type ProjectPerson, peopleOf } from './people.ts';
import type { Member } from './schema.ts';
import type { Structure } from './structure.ts';
import type { Survey } from './survey.ts';

/**
 * Who is who on the board. Someone whom the project names, who is in the Trello workspace and not yet on the board, is
 * added to it when a card is to be theirs. Nobody is invited: whoever Trello does not know stays a name.
 */
export async function peopleFor(
  desk: Desk,
  { board }: Structure,
  survey: Survey | undefined,
  order: WriteOrder,
): Promise<People> {
  const members = survey?.bundle.members.rows ?? (await membersOfNew(desk, board.id));
  const known = peopleOf(desk.people, members);
  const wanted = desk.people.filter(
    ({ name, trello }) => trello && known.idOf(name) === undefined && isNamed(name, order),
  );
  if (wanted.length === 0) return known;

  const colleagues = await colleaguesOf(desk, survey);
  const byEmail = await emailsOf(desk, wanted);
  const added: Member[] = [];
  for (const person of wanted) {
    const member = memberOf(person, colleagues, byEmail);
    if (!member || members.some(({ id }) => id === member.id)) continue;
    const outcome = await call(desk, addBoardMember(board.id, member.id));
    // Who may not be added stays a name, which is no reason to stop.
    if (outcome.kind === 'ok') added.push(member);
  }
  return peopleOf(desk.people, [...members, ...added], byEmail);
}

/** Whoever made a board is its administrator already, and is not to be made a normal member. */
async function membersOfNew(desk: Desk, board: string): Promise<readonly Member[]> {
  if (desk.people.every(({ trello }) => !trello)) return [];
  const outcome = await call(desk, getBoardBundle(board));
  return outcome.kind === 'ok' ? outcome.value.members.rows : [];
}

function isNamed(name: string, { changes }: WriteOrder): boolean {
  return changes.some((change) => {
    const { people } = change.kind === 'create' ? change.item.fields : change.fields;
    return Array.isArray(people) && people.includes(name);
  });
}

async function colleaguesOf(desk: Desk, survey: Survey | undefined): Promise<readonly Member[]> {
  const organization =
    survey?.bundle.idOrganization ?? ('organization' in desk.wish ? desk.wish.organization : undefined);
  if (organization === undefined) return [];
  const outcome = await call(desk, getOrganizationMembers(organization));
  return outcome.kind === 'ok' ? outcome.value.rows : [];
}

async function emailsOf(desk: Desk, people: readonly ProjectPerson[]): Promise<ReadonlyMap<string, string>> {
  const emails = people.map(({ trello }) => handleOf(trello).email).filter((email) => email !== '');
  const found = await Promise.all(
    emails.map(async (email): Promise<readonly [string, string][]> => {
      const outcome = await desk.connection.membersByEmail(email, desk);
      const only =
        outcome.kind === 'ok' && outcome.value.rows.length === 1 ? outcome.value.rows[0] : undefined;
      return only ? [[email, only.id]] : [];
    }),
  );
  return new Map(found.flat());
}

function memberOf(
  { trello }: ProjectPerson,
  colleagues: readonly Member[],
  byEmail: ReadonlyMap<string, string>,
): Member | undefined {
  const handle = handleOf(trello);
  const id = handle.id ?? byEmail.get(handle.email);
  return colleagues.find(
    (one) => one.id === id || (handle.username !== '' && one.username.toLowerCase() === handle.username),
  );
}
