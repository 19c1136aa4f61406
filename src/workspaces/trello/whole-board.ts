import { call, type Desk } from './desk.ts';
import { getBoardBundle, getBoardCards, getBoardFrame } from './endpoints/boards.ts';
import type { Outcome } from './outcome.ts';
import type { BoardBundle, Card, Rows } from './schema.ts';

/**
 * A whole board, in one request; where Trello will not show so many cards at once, in one for the board and one for
 * each page of its cards.
 */
export async function fetchBoard(desk: Desk, id: string): Promise<Outcome<BoardBundle>> {
  const { pagedBoards } = desk.connection;
  if (!pagedBoards.has(id)) {
    const whole = await call(desk, getBoardBundle(id));
    if (whole.kind !== 'refused' || whole.refusal.code !== 'tooManyCards') return whole;
    pagedBoards.add(id);
  }
  const frame = await call(desk, getBoardFrame(id));
  if (frame.kind !== 'ok') return frame;
  const cards = await allCards(desk, id);
  return cards.kind === 'ok' ? { kind: 'ok', value: { ...frame.value, cards: cards.value } } : cards;
}

/**
 * From the newest to the oldest. How many cards Trello puts into a page at most is its own affair, so a short page is
 * not the last one: only an empty one says that there are no more.
 */
async function allCards(desk: Desk, board: string): Promise<Outcome<Rows<Card>>> {
  const cards = new Map<string, Card>();
  let unreadable = 0;
  for (let before: string | undefined; ; ) {
    const page = await call(desk, getBoardCards(board, before));
    if (page.kind !== 'ok') return page;
    const { rows } = page.value;
    unreadable += page.value.unreadable;
    for (const card of rows) cards.set(card.id, card);
    const oldest = rows.reduce<string | undefined>(olderOf, before);
    // Nothing more, or nothing by which to go on: what could not be read is counted, and makes the board not whole.
    if (rows.length === 0 || oldest === before)
      return { kind: 'ok', value: { rows: [...cards.values()], unreadable } };
    before = oldest;
  }
}

/** Ids begin with the time, so the smaller one is the older. */
function olderOf(oldest: string | undefined, { id }: Card): string {
  return oldest !== undefined && oldest < id ? oldest : id;
}
