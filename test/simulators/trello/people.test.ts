import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardIn, clockAt, type Ids, json, one, planIn } from './client.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

const clock = clockAt('2026-11-23T09:00:00.000Z');
let trello: TrelloSimulator;
let plan: Ids;
beforeEach(async () => {
  trello = await startTrello({ now: clock.now, plan: 'standard' });
  plan = await planIn(trello);
});
afterEach(() => trello.stop());

describe('a person', () => {
  it('works on cards', () => {
    const { person, look } = trello;
    const { id } = person.addCard(plan.list, 'Une tâche', { desc: 'Texte' });
    const other = person.addList(plan.board, 'Choisir');
    person.addLabel(plan.board, 'Urgent', 'red');
    person.addMember(plan.board, 'marcpetit');

    person.rename(id, 'Renommée');
    person.move(id, other.id);
    person.setDue(id, '2027-01-15T11:00:00.000Z');
    person.setStart(id, '2027-01-02T11:00:00.000Z');
    person.setReminder(id, 1440);
    person.complete(id);
    person.label(id, 'Urgent');
    person.assign(id, 'marc@example.org');
    person.comment(id, 'Vu');
    person.attachLink(id, 'https://example.org/notice');
    person.attachFile(id, 'devis.pdf', Buffer.from('x'));

    expect(look.card(id)).toMatchObject({
      name: 'Renommée',
      list: 'Choisir',
      due: '2027-01-15T11:00:00.000Z',
      dueComplete: true,
      labels: ['Urgent'],
      members: ['marcpetit'],
      comments: ['Vu'],
      attachments: ['https://example.org/notice', 'devis.pdf'],
    });
    expect(look.actions(plan.board).map(({ type }) => type)).toEqual([
      'createBoard',
      'createList',
      'createCard',
      'createList',
      'addMemberToBoard',
      ...Array(6).fill('updateCard'),
      'addMemberToCard',
      'commentCard',
      'addAttachmentToCard',
      'addAttachmentToCard',
    ]);
  });

  it('undoes it', () => {
    const { person, look } = trello;
    const label = person.addLabel(plan.board, 'Urgent');
    const { id } = person.addCard(plan.list, 'Une tâche', { idLabels: [label.id], idMembers: [person.id] });
    const comment = person.comment(id, 'Vu');
    person.attachFile(id, 'devis.pdf', Buffer.from('x'));

    person.unlabel(id, 'Urgent');
    person.unassign(id, 'clairemorel');
    person.editComment(comment.id, 'Revu');
    const edited = look.card(id).comments;
    person.deleteComment(comment.id);
    person.detach(id, 'devis.pdf');
    person.setDue(id, null);

    expect(edited).toEqual(['Revu']);
    expect(look.card(id)).toMatchObject({
      labels: [],
      members: [],
      comments: [],
      attachments: [],
      due: null,
    });
  });

  it('archives, restores, reorders, copies and deletes', () => {
    const { person, look } = trello;
    const first = person.addCard(plan.list, 'Une');
    const second = person.addCard(plan.list, 'Deux');
    const names = () => look.cards(plan.board).map(({ name }) => name);

    person.reorder(second.id, 'top');
    const reordered = names();
    person.archive(first.id);
    const archived = [names(), look.cards(plan.board, { closed: true }).map(({ name }) => name)];
    person.restore(first.id);
    person.copyCard(first.id, plan.list, 'Trois');
    person.delete(second.id);

    expect(reordered).toEqual(['Deux', 'Une']);
    expect(archived).toEqual([['Deux'], ['Une']]);
    expect(names()).toEqual(['Une', 'Trois']);
  });

  it('rewrites a description in an editor that loses lines which only Markdown sees', async () => {
    const hidden = 'Texte\n[//]: # (plan-ref 7f3a)\nplan-ref: 7f3a';
    const { id } = trello.person.addCard(plan.list, 'Une tâche', { desc: hidden });
    await using keeping = await startTrello({ editorKeepsHiddenLines: true });
    const ids = await planIn(keeping);
    const kept = keeping.person.addCard(ids.list, 'Une tâche', { desc: hidden });

    trello.person.retype(id, (desc) => `Note.\n${desc}`);
    keeping.person.retype(kept.id, (desc) => `Note.\n${desc}`);

    expect(trello.look.card(id).desc).toBe('Note.\nTexte\nplan-ref: 7f3a');
    expect(keeping.look.card(kept.id).desc).toBe(`Note.\n${hidden}`);
  });

  it('deletes the line of a description that bears a key', () => {
    const { id } = trello.person.addCard(plan.list, 'Une tâche', { desc: 'Texte\nplan-ref: 7f3a' });

    trello.person.deleteLines(id, /^plan-ref:/);

    expect(trello.look.card(id).desc).toBe('Texte');
  });

  it('ticks, adds, renames and deletes items', () => {
    const { person, look } = trello;
    const { id } = person.addCard(plan.list, 'Une tâche');
    const checklist = person.addChecklist(id, 'Étapes', ['Lire', 'Écrire', 'Envoyer']);

    person.tick(id, 'Lire');
    person.renameItem(id, 'Écrire', 'Rédiger');
    person.deleteItem(id, 'Envoyer');
    person.addItem(checklist.id, 'Classer');
    person.renameChecklist(checklist.id, 'À faire');

    expect(look.card(id).checklists).toEqual({ 'À faire': ['✓ Lire', 'Rédiger', 'Classer'] });
    expect(() => person.tick(id, 'Rêver')).toThrow('There is no item “Rêver” on that card.');
  });

  it('makes a card a template, a mirror or a separator', async () => {
    const { person, look } = trello;
    const [a, b, c] = ['a', 'b', 'c'].map((name) => person.addCard(plan.list, name).id);

    person.makeTemplate(a ?? '');
    person.makeMirror(b ?? '', a ?? '');
    person.makeSeparator(c ?? '');

    expect(look.cards(plan.board)).toMatchObject(
      [
        { isTemplate: true, role: null },
        { role: 'mirror', name: /^https:\/\/trello\.com\/c\// },
        { role: 'separator', name: '---' },
      ].map(({ name, ...rest }) => ({
        ...rest,
        ...(name === undefined ? {} : { name: expect.stringMatching(name) }),
      })),
    );
    expect(await one(trello, 'GET', `cards/${b}?fields=mirrorSourceId`)).toMatchObject({ mirrorSourceId: a });
  });

  it('renames, moves, archives and deletes lists and labels', () => {
    const { person, look } = trello;
    const other = person.addList(plan.board, 'Choisir');
    const doomed = person.addList(plan.board, 'Vieille');
    person.addLabel(plan.board, 'Urgent', 'red');
    person.addLabel(plan.board, 'Inutile');

    person.renameList(plan.list, 'Comprendre');
    person.moveList(other.id, 'top');
    person.archiveList(doomed.id);
    person.deleteList(doomed.id);
    person.renameLabel(plan.board, 'Urgent', 'Pressé');
    person.recolorLabel(plan.board, 'Pressé', 'pink');
    person.deleteLabel(plan.board, 'Inutile');

    expect(look.picture(plan.board)).toMatchObject({
      labels: ['Pressé (pink)'],
      lists: [
        { name: 'Choisir', closed: false },
        { name: 'Comprendre', closed: false },
      ],
    });
  });

  it('closes, reopens, copies and deletes boards', () => {
    const { person, look } = trello;
    person.addCard(plan.list, 'Une tâche');

    person.copyBoard(plan.board, 'Copie');
    person.closeBoard(plan.board);
    const open = look.boards().map(({ name }) => name);
    person.reopenBoard(plan.board);
    person.deleteBoard(plan.board);

    expect(open).toEqual(['Copie']);
    expect(look.boards().map(({ name }) => name)).toEqual(['Copie']);
    expect(look.cards(look.board('Copie').id)).toMatchObject([{ name: 'Une tâche' }]);
  });

  it('moves dateLastActivity of a board', async () => {
    const { id } = trello.person.addCard(plan.list, 'Une tâche');
    clock.pass(60_000);

    trello.person.rename(id, 'Autre');

    const board = await one(trello, 'GET', `boards/${plan.board}?fields=dateLastActivity`);
    expect(board.dateLastActivity).toBe(clock.now().toISOString());
  });
});

describe('a look', () => {
  it('finds keys that two cards have, archived ones included', async () => {
    for (const key of ['t-1', 't-2', 't-1']) await cardIn(trello, plan.list, { desc: `plan-ref: ${key}` });
    const [first] = trello.look.cards(plan.board);

    trello.person.archive(first?.id ?? '');

    expect(trello.look.duplicates(plan.board, /plan-ref: (\S+)/)).toEqual(['t-1']);
  });

  it('finds what has one name, and says when there is none or more than one', async () => {
    const id = await cardIn(trello, plan.list, { name: 'Une' });
    for (const name of ['Deux', 'Deux']) await cardIn(trello, plan.list, { name });

    expect(trello.look.cardNamed(plan.board, 'Une').id).toBe(id);
    expect(trello.look.list(plan.board, 'Cadrer').id).toBe(plan.list);
    expect(() => trello.look.cardNamed(plan.board, 'Trois')).toThrow('There is no card “Trois”.');
    expect(() => trello.look.cardNamed(plan.board, 'Deux')).toThrow('There are 2 of card “Deux”.');
  });

  it('draws the same picture of two boards that were built alike, whatever their ids', async () => {
    await using other = await startTrello({ seed: 'another', plan: 'standard' });
    const twin = await planIn(other);
    for (const [simulator, { board, list }] of [
      [trello, plan],
      [other, twin],
    ] as const) {
      const label = simulator.person.addLabel(board, 'Urgent', 'red');
      const card = await cardIn(simulator, list, { idLabels: label.id, due: '2027-01-15T11:00:00Z' });
      await json(simulator, 'POST', 'checklists', { idCard: card, name: 'Étapes' });
    }

    expect(other.look.picture(twin.board)).toEqual(trello.look.picture(plan.board));
    expect(twin.board).not.toBe(plan.board);
  });

  it('draws another picture when the order differs', async () => {
    const [a] = [
      await cardIn(trello, plan.list, { name: 'a' }),
      await cardIn(trello, plan.list, { name: 'b' }),
    ];
    const before = trello.look.picture(plan.board);

    trello.person.reorder(a, 'bottom');

    expect(trello.look.picture(plan.board)).not.toEqual(before);
  });
});
