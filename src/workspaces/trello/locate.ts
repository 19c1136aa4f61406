import { NeedsAttention } from '#src/errors.ts';
import { said, say } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/trello.ts';
import { BOARD, BOARD_ERRORS } from '#src/i18n/trello-place.ts';
import type { Blueprint } from '../workspace.ts';
import { call, type Desk } from './desk.ts';
import { getBoard, getBoardsOf } from './endpoints/boards.ts';
import { readMarker } from './marker.ts';
import { failureOf, need, type Outcome } from './outcome.ts';
import type { Board, BoardBundle } from './schema.ts';
import { fetchBoard } from './whole-board.ts';

/** The key by which a board is known again: in the last line of its description. */
export function boardKey(project: string): string {
  return `board:${project}`;
}

export function boardName({ company, title, locale }: Blueprint): string {
  return say(locale, BOARD.name, { company, title });
}

/**
 * The whole board of the plan: the one that is remembered, whatever people call it now; else the one that the project
 * names; else the one of the workspace that bears our marker. `undefined`: there is none yet.
 * @throws NeedsAttention when it is closed or not to be seen any more.
 */
export async function findBoard(desk: Desk): Promise<BoardBundle | undefined> {
  const { remembered, wish } = desk;
  if (remembered.board) return openBundle(desk, remembered.board.id, remembered.board.url);
  const found =
    'board' in wish ? await namedBoard(desk, wish.board) : await markedBoard(desk, wish.organization);
  if (!found) return undefined;
  remembered.board = { id: found.id, url: found.url };
  return openBundle(desk, found.id, found.url);
}

async function openBundle(desk: Desk, id: string, url: string): Promise<BoardBundle> {
  const about: About = { type: 'board', name: boardName(desk.blueprint) };
  const outcome = await fetchBoard(desk, id);
  if (isGone(outcome)) throw new NeedsAttention(said(BOARD_ERRORS.boardHidden, { url }));
  const bundle = need(about, outcome);
  if (bundle.closed) throw new NeedsAttention(said(BOARD_ERRORS.boardClosed, { url: bundle.url }));
  return bundle;
}

async function namedBoard(desk: Desk, board: string): Promise<Board> {
  return need({ type: 'board', name: board }, await call(desk, getBoard(board)));
}

/** An open one before a closed one, which is told: a second plan beside it is not what anybody wants. */
export async function markedBoard(desk: Desk, organization: string): Promise<Board | undefined> {
  const about: About = { type: 'organization', name: organization };
  const { rows } = need(about, await call(desk, getBoardsOf(organization)));
  const key = boardKey(desk.project);
  const marked = rows.filter(({ desc }) => readMarker(desc).key === key);
  return marked.find(({ closed }) => !closed) ?? marked[0];
}

/** Deleted, or not ours to see: Trello does not tell which. */
export function isGone(outcome: Outcome<unknown>): boolean {
  return isNotFound(outcome) || isForbidden(outcome);
}

export function isNotFound(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'refused' && outcome.refusal.code === 'notFound';
}

export function isForbidden(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'refused' && outcome.refusal.code === 'forbidden';
}

/** The value; `undefined` where there is none any more. @throws what keeps us from knowing. */
export function unlessGone<T>(about: About, outcome: Outcome<T>): T | undefined {
  if (isGone(outcome)) return undefined;
  if (outcome.kind !== 'ok') throw failureOf(about, outcome);
  return outcome.value;
}
