import { describe, expect, it } from 'vitest';
import { STATUSES, type Status } from '#src/plan/item.ts';
import {
  type Layout,
  listOf,
  ownLists,
  type Places,
  readStatus,
  statusOfList,
  stepOfList,
  wantedLists,
} from '#src/workspaces/trello/lists.ts';
import { match, refsById } from '#src/workspaces/trello/match.ts';
import { BLUEPRINT } from './plan.ts';

const TASK = { kind: 'task', parent: 'plan' } as const;

/** A board on which every list of the layout stands; the id of each is its own name for it. */
function board(layout: Layout, own: Readonly<Record<string, Status>> = {}): Places {
  const lists = wantedLists(BLUEPRINT, layout);
  return { refs: new Map(lists.map(({ ref }) => [ref, ref])), own: new Map(Object.entries(own)) };
}

describe('the lists of a board', () => {
  it('are the steps, then the registers', () => {
    expect(wantedLists(BLUEPRINT, 'steps').map(({ ref, name, pos }) => `${ref} ${name} ${pos}`)).toEqual([
      'step:comprendre Comprendre la réforme 16384',
      'step:choisir Choisir 32768',
      'register:tools Outils et flux 49152',
    ]);
  });

  it('or the statuses, then the registers', () => {
    expect(wantedLists(BLUEPRINT, 'status').map(({ ref, name }) => `${ref} ${name}`)).toEqual([
      'status:todo À faire',
      'status:doing En cours',
      'status:blocked Bloqué',
      'status:done Fait',
      'status:dropped Abandonné',
      'register:tools Outils et flux',
    ]);
  });

  it('are found again after people renamed them, by what is remembered, and else by name', () => {
    const wanted = wantedLists(BLUEPRINT, 'steps');
    const existing = [
      { id: 'a', name: 'Étape 1' },
      { id: 'b', name: 'CHOISIR ' },
      { id: 'c', name: 'Comprendre la réforme' },
    ];

    const remembered = match(wanted, existing, { 'step:comprendre': 'a', 'register:tools': 'gone' });
    const lost = match(wanted, existing, {});

    expect(Object.fromEntries(remembered.ids)).toEqual({ 'step:comprendre': 'a', 'step:choisir': 'b' });
    expect(remembered.missing.map(({ ref }) => ref)).toEqual(['register:tools']);
    expect(Object.fromEntries(lost.ids)).toEqual({ 'step:comprendre': 'c', 'step:choisir': 'b' });
    expect(refsById(lost.ids).get('c')).toBe('step:comprendre');
  });

  it('take no list twice', () => {
    const wanted = wantedLists(BLUEPRINT, 'steps');
    const known = { 'step:comprendre': 'a', 'step:choisir': 'a' };

    const { ids, missing } = match(wanted, [{ id: 'a', name: 'Choisir' }], known);

    expect([...ids.values()]).toEqual(['a']);
    expect(missing.map(({ ref }) => ref)).toEqual(['step:choisir', 'register:tools']);
  });
});

describe('a card', () => {
  it('stands in the list of its step, of its status, or of its register', () => {
    const fields = { step: 'choisir', status: 'doing' };

    expect(listOf(TASK, fields, 'steps')).toBe('step:choisir');
    expect(listOf(TASK, fields, 'status')).toBe('status:doing');
    expect(listOf({ kind: 'row', parent: 'tools' }, {}, 'status')).toBe('register:tools');
    expect(listOf(TASK, { step: '' }, 'steps')).toBeUndefined();
  });

  it('keeps its step and status in a list of the team’s own', () => {
    const places = board('steps');

    expect(stepOfList('step:choisir', places)).toBe('choisir');
    expect(stepOfList('theirs', places)).toBeUndefined();
    expect(stepOfList('register:tools', places)).toBeUndefined();
    expect(statusOfList('theirs', board('status'))).toBeUndefined();
    expect(statusOfList('status:blocked', board('status'))).toBe('blocked');
  });

  it('takes the status of a list to which the team has given one', () => {
    const existing = [
      { id: 'theirs', name: 'Chez le comptable' },
      { id: 'step:choisir', name: 'Choisir' },
    ];

    const own = ownLists(existing, board('steps').refs, { 'chez le COMPTABLE': 'blocked', Choisir: 'done' });

    expect([...own]).toEqual([['theirs', 'blocked']]);
    const signs = { idList: 'theirs', dueComplete: false, labels: [] };
    expect(readStatus(signs, { ...board('steps'), own }, 'steps', 'todo')).toBe('blocked');
    expect(readStatus(signs, { ...board('status'), own }, 'status', 'todo')).toBe('blocked');
  });
});

describe('how far a task is, where the lists are the steps', () => {
  const read = (dueComplete: boolean, labels: readonly Status[], last?: Status) =>
    readStatus({ idList: 'step:choisir', dueComplete, labels }, board('steps'), 'steps', last);

  it.each<[boolean, Status[], Status]>([
    [false, [], 'todo'],
    [false, ['doing'], 'doing'],
    [false, ['doing', 'blocked'], 'blocked'],
    [false, ['blocked', 'dropped'], 'dropped'],
    [true, [], 'done'],
    [true, ['doing', 'blocked', 'dropped'], 'done'],
  ])('with its tick %s and labels %j is %s, whatever was before', (tick, labels, status) => {
    for (const last of [undefined, ...STATUSES]) expect(read(tick, labels, last)).toBe(status);
  });
});

describe('how far a task is, where its labels say nothing', () => {
  it.each<[boolean, Status | undefined, Status]>([
    [false, 'doing', 'doing'],
    [false, 'dropped', 'dropped'],
    [false, 'done', 'todo'],
    [false, undefined, 'todo'],
    [true, 'doing', 'done'],
  ])('with its tick %s is, after %s, %s', (dueComplete, last, status) => {
    const signs = { idList: 'step:choisir', dueComplete, labels: undefined };

    expect(readStatus(signs, board('steps'), 'steps', last)).toBe(status);
  });
});

describe('how far a task is, where the lists are the statuses', () => {
  const read = (idList: string, dueComplete: boolean, last?: Status) =>
    readStatus({ idList, dueComplete, labels: [] }, board('status'), 'status', last);

  it.each<[string, string, boolean, Status | undefined, Status]>([
    ['is what its list says', 'status:doing', false, 'doing', 'doing'],
    ['is what the list says to which it was moved', 'status:blocked', false, 'doing', 'blocked'],
    ['is no longer done once it was moved, though its tick stayed', 'status:doing', true, 'done', 'doing'],
    ['is done once it was ticked where it stands', 'status:doing', true, 'doing', 'done'],
    [
      'is done in the list of what is done, though the tick was taken off',
      'status:done',
      false,
      'done',
      'done',
    ],
    ['stays what it was in a list of the team’s own', 'theirs', false, 'blocked', 'blocked'],
    ['is done when ticked in a list of the team’s own', 'theirs', true, 'blocked', 'done'],
    ['stays done in a list of the team’s own', 'theirs', true, 'done', 'done'],
    ['is what its list says when nothing is known of it', 'status:todo', true, undefined, 'todo'],
    ['is to do when nothing at all is known of it', 'theirs', false, undefined, 'todo'],
    ['is done when only its tick is known', 'theirs', true, undefined, 'done'],
  ])('%s', (_what, idList, tick, last, status) => {
    expect(read(idList, tick, last)).toBe(status);
  });

  it('is read as it was written', () => {
    for (const status of STATUSES) {
      for (const last of [undefined, status]) {
        expect(read(`status:${status}`, status === 'done', last)).toBe(status);
      }
    }
  });
});
