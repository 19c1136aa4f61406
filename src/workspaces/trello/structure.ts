import { type Said, say } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/trello.ts';
import { BOARD } from '#src/i18n/trello-place.ts';
import { together } from '../concurrently.ts';
import { createOnce } from '../http/create-once.ts';
import { call, type Desk } from './desk.ts';
import { createBoard, createLabel, createList, getBoard, getBoardLabels } from './endpoints/boards.ts';
import { makeFields } from './fields-maker.ts';
import type { WantedLabel } from './labels.ts';
import { wantedLabels } from './labels.ts';
import { registersIn, type WantedList, wantedLists } from './lists.ts';
import { boardKey, boardName, markedBoard } from './locate.ts';
import { withMarker } from './marker.ts';
import { need } from './outcome.ts';
import type { Sighted } from './read.ts';
import type { BoardPlace } from './remembered.ts';
import type { RowFields } from './row-fields.ts';
import type { Survey } from './survey.ts';
import { fetchBoard } from './whole-board.ts';

/** A board that has all its lists and labels, and the custom fields that its plan gives. */
export interface Structure {
  readonly board: BoardPlace;
  readonly lists: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
  readonly fields: RowFields;
  /** Refs of labels that people had deleted: the cards that bore them are to bear them again. */
  readonly restored: ReadonlySet<string>;
}

/**
 * Makes what is missing: the board, its lists, its labels, its custom fields. What is there stays as people have made
 * it. `isDue` says which lists are wanted now. Nothing is asked of Trello when nothing is missing.
 */
export async function openStructure(
  desk: Desk,
  { survey, fields: found }: Pick<Sighted, 'survey' | 'fields'>,
  isDue: (list: WantedList) => boolean,
  tell: (remark: Said) => void,
): Promise<Structure> {
  const { remembered, blueprint, layout } = desk;
  const board = survey ? { id: survey.bundle.id, url: survey.bundle.url } : await openBoard(desk);
  remembered.board = board;
  await remembered.flush();

  const lists = new Map(survey?.lists);
  const labels = new Map(survey?.labels);
  const missingLists = wantedLists(blueprint, layout).filter((one) => !lists.has(one.ref) && isDue(one));
  const missingLabels = wantedLabels(blueprint, layout).filter(({ ref }) => !labels.has(ref));
  await together([
    ...missingLists.map(async (one) => lists.set(one.ref, await makeList(desk, board, one, survey))),
    ...missingLabels.map(async (one) => labels.set(one.ref, await makeLabel(desk, board, one, survey))),
  ]);
  remembered.lists = Object.fromEntries(lists);
  const due = registersIn(wantedLists(blueprint, layout).filter(isDue));
  const fields = await makeFields(desk, board, found, due, tell);
  return {
    board,
    lists,
    labels,
    fields,
    restored: new Set(survey ? [...survey.restored, ...missingLabels.map(({ ref }) => ref)] : []),
  };
}

async function openBoard(desk: Desk): Promise<BoardPlace> {
  const { wish, blueprint, project, connection, signal } = desk;
  const about: About = { type: 'board', name: boardName(blueprint) };
  if ('board' in wish) return need(about, await call(desk, getBoard(wish.board)));
  const desc = withMarker(
    [blueprint.notice, say(blueprint.locale, BOARD.about)].filter((text) => text !== '').join('\n\n'),
    boardKey(project),
  );
  const { organization } = wish;
  const { outcome } = await createOnce(
    {
      send: () =>
        call(
          desk,
          createBoard({
            name: boardName(blueprint),
            desc,
            idOrganization: organization,
            prefsPermissionLevel: 'org',
          }),
        ),
      find: () => markedBoard(desk, organization),
    },
    connection.time,
    signal,
  );
  return need(about, outcome);
}

async function makeList(
  desk: Desk,
  board: BoardPlace,
  { name, pos }: WantedList,
  survey: Survey | undefined,
): Promise<string> {
  const about: About = { type: 'list', name };
  const before = new Set(survey?.bundle.lists.rows.map(({ id }) => id));
  const { outcome } = await createOnce(
    {
      send: () => call(desk, createList({ idBoard: board.id, name, pos })),
      find: async () => {
        const bundle = need(about, await fetchBoard(desk, board.id));
        return bundle.lists.rows.find((list) => list.name === name && !before.has(list.id));
      },
    },
    desk.connection.time,
    desk.signal,
  );
  return need(about, outcome).id;
}

async function makeLabel(
  desk: Desk,
  board: BoardPlace,
  { name, color }: WantedLabel,
  survey: Survey | undefined,
): Promise<string> {
  const about: About = { type: 'label', name };
  const before = new Set(survey?.bundle.labels.rows.map(({ id }) => id));
  const { outcome } = await createOnce(
    {
      send: () => call(desk, createLabel({ idBoard: board.id, name, color })),
      find: async () => {
        const { rows } = need(about, await call(desk, getBoardLabels(board.id)));
        return rows.find((label) => label.name === name && !before.has(label.id));
      },
    },
    desk.connection.time,
    desk.signal,
  );
  return need(about, outcome).id;
}
