import type { About } from '#src/i18n/trello.ts';
import type { Change } from '#src/reconcile/replica.ts';
import type { WriteOrder } from '../workspace.ts';
import { call, type Desk } from './desk.ts';
import { idsByEmail } from './emails.ts';
import { addBoardMember } from './endpoints/people.ts';
import { boardName } from './locate.ts';
import { need, type Outcome } from './outcome.ts';
import { handleOf, type People, type ProjectPerson, peopleOf } from './people.ts';
import type { Member } from './schema.ts';
import type { Structure } from './structure.ts';
import type { Survey } from './survey.ts';
import { fetchBoard } from './whole-board.ts';

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
  const known = survey?.people ?? peopleOf(desk.people, members);
  const wanted = desk.people.filter(
    ({ name, trello }) => trello && known.idOf(name) === undefined && isNamed(name, order),
  );
  if (wanted.length === 0) return known;

  const colleagues = await colleaguesOf(desk, survey);
  const byEmail = await idsByEmail(desk, wanted);
  const added: Member[] = [];
  for (const person of wanted) {
    const member = memberOf(person, colleagues, byEmail);
    if (!member || members.some(({ id }) => id === member.id)) continue;
    // Who may not be added stays a name, which is no reason to stop.
    const outcome = await call(desk, addBoardMember(board.id, member.id));
    if (unlessRefused({ type: 'member', name: person.name }, outcome) !== undefined) added.push(member);
  }
  return peopleOf(desk.people, [...members, ...added], byEmail);
}

/** Whoever made a board is its administrator already, and is not to be made a normal member. */
async function membersOfNew(desk: Desk, board: string): Promise<readonly Member[]> {
  if (desk.people.every(({ trello }) => !trello)) return [];
  const about: About = { type: 'board', name: boardName(desk.blueprint) };
  const bundle = unlessRefused(about, await fetchBoard(desk, board));
  return bundle?.members.rows ?? [];
}

/**
 * `undefined` where Trello says no.
 * @throws what keeps us from knowing: whoever is written as a name for lack of an answer would stay one.
 */
function unlessRefused<T>(about: About, outcome: Outcome<T>): T | undefined {
  return outcome.kind === 'refused' ? undefined : need(about, outcome);
}

/** Requests with which people are looked for and let in, at most. `known`: who is who on a board that is there. */
export function peopleRequests(
  people: readonly ProjectPerson[],
  known: People | undefined,
  changes: readonly Change[],
): number {
  const inTrello = people.filter(({ trello }) => trello);
  if (inTrello.length === 0 || changes.length === 0) return 0;
  const wanted = inTrello.filter(({ name }) => known?.idOf(name) === undefined && isNamed(name, { changes }));
  const emails = wanted.filter(({ trello }) => handleOf(trello).email !== '');
  // On a new board, who is on it is asked; who is in the workspace was asked before anything was written.
  return wanted.length === 0 && known ? 0 : 1 + emails.length + wanted.length;
}

function isNamed(name: string, { changes }: Pick<WriteOrder, 'changes'>): boolean {
  return changes.some((change) => {
    const { people } = change.kind === 'create' ? change.item.fields : change.fields;
    return Array.isArray(people) && people.includes(name);
  });
}

async function colleaguesOf(desk: Desk, survey: Survey | undefined): Promise<readonly Member[]> {
  const organization =
    survey?.bundle.idOrganization ?? ('organization' in desk.wish ? desk.wish.organization : undefined);
  if (organization === undefined) return [];
  const about: About = { type: 'organization', name: organization };
  return unlessRefused(about, await desk.connection.colleagues(organization, desk))?.rows ?? [];
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
