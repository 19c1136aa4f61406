import { JalonError, NeedsAttention, Refused } from '#src/errors.ts';
import { type Said, said } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/trello.ts';
import { BOARD_DIAGNOSES, BOARD_ERRORS } from '#src/i18n/trello-place.ts';
import type { Diagnosis } from '../workspace.ts';
import { call, type Desk } from './desk.ts';
import { getBoard } from './endpoints/boards.ts';
import { isGone, markedBoard } from './locate.ts';
import { failureOf, type Outcome } from './outcome.ts';
import type { Board, Member, Organization, Rows } from './schema.ts';

/** Members, guests and pending invitations. Nobody new gets in at ten; above, boards can only be looked at. */
const FREE_COLLABORATORS = 10;

/** Whether the token may do its work, and what the plan of the Trello workspace gives. Writes nothing. */
export async function examine(desk: Desk): Promise<readonly Diagnosis[]> {
  const place = await examinePlace(desk);
  if (place.some(({ level }) => level === 'error') || !(await isReadOnly(desk))) return place;
  return [...place, wrong(new Refused(said(BOARD_ERRORS.readOnly)))];
}

/**
 * Whether the token surely may not write. Trello tells the rights of a token only beside its secret part, in an address,
 * or in a list of all tokens of the person, which does not say which one is ours: so only where none of them may write.
 */
async function isReadOnly(desk: Desk): Promise<boolean> {
  const { connection } = desk;
  const outcome = await connection.tokens(desk);
  if (outcome.kind !== 'ok' || outcome.value.unreadable > 0) return false;
  const valid = outcome.value.rows.filter(
    ({ dateExpires }) => !dateExpires || Date.parse(dateExpires) > connection.time.now(),
  );
  const rights = valid.map(({ permissions = [] }) => permissions);
  return rights.length > 0 && rights.every((ofOne) => ofOne.length > 0 && ofOne.every(({ write }) => !write));
}

async function examinePlace(desk: Desk): Promise<readonly Diagnosis[]> {
  const { wish } = desk;
  if ('board' in wish) return examineBoard(desk, wish.board);
  const workspace = await examineOrganization(desk, wish.organization, false);
  if (workspace.some(({ level }) => level === 'error')) return workspace;
  const board = await markedBoard(desk, wish.organization).catch((error: unknown) => {
    if (error instanceof JalonError) return error;
    throw error;
  });
  if (board instanceof JalonError) return [...workspace, wrong(board)];
  return board ? [...workspace, ...known(board)] : examineOrganization(desk, wish.organization, true);
}

/**
 * What a plan that is about to be made will have to do without, before anything is written.
 * @throws what keeps the board from being made, such as a workspace that takes no more boards.
 */
export async function preflight(desk: Desk): Promise<readonly Said[]> {
  if ('board' in desk.wish) return [];
  const diagnoses = await examineOrganization(desk, desk.wish.organization, true);
  const wrong = diagnoses.find(({ error }) => error !== undefined);
  if (wrong?.error) throw wrong.error;
  return diagnoses.filter(({ level }) => level === 'warning').map(({ said }) => said);
}

async function examineBoard(desk: Desk, id: string): Promise<readonly Diagnosis[]> {
  const about: About = { type: 'board', name: id };
  const outcome = await call(desk, getBoard(id));
  if (isGone(outcome)) return [wrong(new Refused(said(BOARD_ERRORS.boardHidden, { url: id })))];
  if (outcome.kind !== 'ok') return [wrong(failureOf(about, outcome))];
  const { idOrganization } = outcome.value;
  const workspace = idOrganization ? await examineOrganization(desk, idOrganization, false) : [];
  return [...known(outcome.value), ...workspace.filter(({ level }) => level === 'warning')];
}

function known({ closed, url }: Board): readonly Diagnosis[] {
  if (closed) return [wrong(new NeedsAttention(said(BOARD_ERRORS.boardClosed, { url })))];
  return [ok(said(BOARD_DIAGNOSES.reached, { where: url }))];
}

async function examineOrganization(
  desk: Desk,
  name: string,
  needsBoard: boolean,
): Promise<readonly Diagnosis[]> {
  const about: About = { type: 'organization', name };
  const outcome = await desk.connection.organization(name, desk);
  const colleagues = await desk.connection.colleagues(name, desk);
  if (outcome.kind !== 'ok') return [wrong(failureOf(about, outcome))];
  const organization = outcome.value;
  const where = organization.displayName || organization.name;
  return [
    ok(said(BOARD_DIAGNOSES.reached, { where })),
    ...(isFree(organization) ? freeLimits(colleagues) : []),
    ...(needsBoard ? boardsLeft(organization) : []),
  ];
}

/** An empty list of features says nothing, and a Free workspace has none: its limit of boards tells it. */
function isFree({ limits }: Organization): boolean {
  return limits?.orgs?.freeBoardsPerOrg !== undefined;
}

/** Whether people still get in is told only as far as Trello shows them: pending invitations count too. */
function freeLimits(colleagues: Outcome<Rows<Member>>): readonly Diagnosis[] {
  const count = colleagues.kind === 'ok' ? colleagues.value.rows.length : 0;
  return [
    warning(said(BOARD_DIAGNOSES.freePlan)),
    ...(count >= FREE_COLLABORATORS ? [warning(said(BOARD_DIAGNOSES.fullOfPeople, { people: count }))] : []),
  ];
}

function boardsLeft({ limits }: Organization): readonly Diagnosis[] {
  const limit = limits?.orgs?.freeBoardsPerOrg;
  if (limit?.count === undefined) return [];
  const left = limit.disableAt - limit.count;
  const words = said(BOARD_DIAGNOSES.boardsLeft, { left });
  return [left > 0 ? ok(words) : wrong(new NeedsAttention(words))];
}

function ok(words: Said): Diagnosis {
  return { level: 'ok', said: words };
}

function warning(words: Said): Diagnosis {
  return { level: 'warning', said: words };
}

function wrong(error: JalonError): Diagnosis {
  return { level: 'error', said: error.said, error };
}
