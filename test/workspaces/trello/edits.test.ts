import { describe, expect, it } from 'vitest';
import type { Item } from '#src/plan/item.ts';
import { voice } from '#src/reconcile/replica.ts';
import type { ShownCard } from '../../simulators/trello/look.ts';
import { TrelloTeam } from './team.ts';

async function teamAtWork(options: Parameters<typeof TrelloTeam.start>[0] = {}): Promise<TrelloTeam> {
  const team = await TrelloTeam.start(options);
  await team.cycle();
  await team.time.advance(300_000);
  team.trello.log.clear();
  return team;
}

function card(team: TrelloTeam, name: string): ShownCard {
  return team.trello.look.cardNamed(team.board, name);
}

function list(team: TrelloTeam, name: string): string {
  return team.trello.look.list(team.board, name).id;
}

async function item(team: TrelloTeam, key: string): Promise<Item['fields']> {
  return (await team.agreed()).get(key)?.fields ?? {};
}

function french(remarks: readonly ((locale: 'fr') => string)[]): string[] {
  return remarks.map((remark) => remark('fr'));
}

describe.each(['steps', 'status'] as const)('what people do on a board in the layout %s', (layout) => {
  it('is taken in: names, dates, labels, texts and points', async () => {
    const team = await teamAtWork({ layout });
    const { person } = team.trello;
    const { id } = card(team, 'one');

    person.rename(id, 'Relever les dates');
    person.setDue(id, '2026-12-04T17:00:00.000Z');
    person.label(id, 'Urgente');
    person.retype(id, (desc) => desc.replace('### Notes', '### Notes\nAppeler Marc'));
    person.tick(id, 'Point A');
    const report = await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(await item(team, 'first/one')).toMatchObject({
      title: 'Relever les dates',
      due: '2026-12-04',
      priority: 'urgent',
      notes: 'Appeler Marc',
      deliverable: 'a paper',
    });
    expect(await item(team, 'first/one#a')).toMatchObject({ done: true });
  });

  it('may be a card of their own: it gets a key, once, and stays theirs', async () => {
    const team = await teamAtWork({ layout });
    const { person, look } = team.trello;
    person.addCard(list(team, layout === 'steps' ? 'second' : 'À faire'), 'Prévenir le client', {
      desc: 'Par téléphone.',
    });
    person.addCard(list(team, 'Tools'), 'Caisse');

    const report = await team.cycle('sync');
    const after = await team.cycle('sync');

    const items = [...(await team.agreed()).values()];
    const own = items.find(({ fields }) => fields.title === 'Prévenir le client');
    expect(report.failures).toEqual([]);
    expect(own?.key).toMatch(/^own\//);
    expect(own?.fields).toMatchObject({ description: 'Par téléphone.', status: 'todo' });
    expect(items.find(({ fields }) => fields.name === 'Caisse')?.parent).toBe('tools');
    expect(look.cardNamed(team.board, 'Prévenir le client').desc).toContain(`jalon-ref:${own?.key}`);
    expect(after.workspaces[0]).toMatchObject({ created: 0, updated: 0, adopted: 0, edits: 0 });
  });

  it('may be points: added, reworded, taken away', async () => {
    const team = await teamAtWork({ layout });
    const { person, world } = team.trello;
    const { id } = card(team, 'one');
    const [checklist] = world.checklistsOf(id);

    person.renameItem(id, 'Point A', 'Point A, revu');
    person.addItem(checklist?.id ?? '', 'Le mien');
    await team.cycle('sync');
    const points = [...(await team.agreed()).values()].filter(({ parent }) => parent === 'first/one');
    person.deleteItem(id, 'Point A, revu');
    await team.cycle('sync');

    expect(points.map(({ fields }) => fields.title)).toEqual(['Point A, revu', 'Le mien']);
    expect(await item(team, 'first/one#a')).toMatchObject({ archived: true });
  });

  it('archives what they archive and delete, and brings back what they restore', async () => {
    const team = await teamAtWork({ layout });
    const { person, look } = team.trello;
    person.archive(card(team, 'one').id);
    person.delete(card(team, 'three').id);

    const report = await team.cycle('sync');
    const [away, deleted] = [await item(team, 'first/one'), await item(team, 'second/three')];
    const again = await team.cycle();
    person.restore(look.cards(team.board, { closed: true }).find(({ name }) => name === 'one')?.id ?? '');
    await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect([away.archived, deleted.archived]).toEqual([true, true]);
    expect(again.workspaces[0]).toMatchObject({ created: 0, updated: 0 });
    expect(await item(team, 'first/one')).toMatchObject({ archived: false });
    expect(await item(team, 'first/one#a')).toMatchObject({ archived: false });
  });
});

describe('a card that another one comes after', () => {
  it('is named there by its new name, once it has been renamed on the board', async () => {
    const team = await teamAtWork();
    team.trello.person.rename(card(team, 'one').id, 'Relever');

    await team.cycle('sync');
    const after = await team.cycle('sync');

    expect(card(team, 'two').desc).toContain('### Après\n- Relever');
    expect(after.workspaces[0]).toMatchObject({ updated: 0, edits: 0 });
  });

  it('is named there by its new name, when that comes from elsewhere', async () => {
    const team = await teamAtWork();
    const renamed = { key: 'first/one', kind: 'task', parent: 'plan', fields: { title: 'Relever' } } as const;
    team.options = { ...team.options, voices: [voice('elsewhere', [renamed])] };

    const report = await team.cycle('sync');
    team.options = { ...team.options, voices: [] };
    const after = await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(card(team, 'two').desc).toContain('### Après\n- Relever');
    expect(after.workspaces[0]).toMatchObject({ updated: 0, edits: 0 });
  });
});

describe('how far a task is, in the layout steps', () => {
  it('is said by the tick of the card, and by its labels', async () => {
    const team = await teamAtWork();
    const { person } = team.trello;
    person.complete(card(team, 'one').id);
    person.label(card(team, 'two').id, 'En cours');
    person.move(card(team, 'three').id, list(team, 'first'));

    await team.cycle('sync');

    expect(await item(team, 'first/one')).toMatchObject({ status: 'done' });
    expect(await item(team, 'first/two')).toMatchObject({ status: 'doing' });
    expect(await item(team, 'second/three')).toMatchObject({ step: 'first' });
  });

  it('stays as it was in a list of their own, until they say what it means', async () => {
    const team = await teamAtWork();
    const { person, look } = team.trello;
    const own = person.addList(team.board, 'En attente de Marc').id;
    person.move(card(team, 'one').id, own);

    const report = await team.cycle('sync');
    const before = await item(team, 'first/one');
    team.options = { ...team.options, lists: { 'En attente de Marc': 'blocked' } };
    team.restart();
    await team.cycle('sync');

    expect(french(report.remarks)).toEqual([expect.stringMatching(/«\u00a0En attente de Marc\u00a0»/)]);
    expect(before).toMatchObject({ status: 'todo', step: 'first' });
    expect(await item(team, 'first/one')).toMatchObject({ status: 'blocked', step: 'first' });
    expect(look.cardNamed(team.board, 'one').list).toBe('En attente de Marc');
  });
});

describe('how far a task is, in the layout status', () => {
  it('is said by its list', async () => {
    const team = await teamAtWork({ layout: 'status' });
    const { person } = team.trello;
    person.move(card(team, 'one').id, list(team, 'Fait'));
    person.move(card(team, 'two').id, list(team, 'Bloqué'));

    await team.cycle('sync');
    const after = await team.cycle('sync');

    expect(await item(team, 'first/one')).toMatchObject({ status: 'done' });
    expect(await item(team, 'first/two')).toMatchObject({ status: 'blocked' });
    expect(after.workspaces[0]).toMatchObject({ updated: 0, edits: 0 });
  });
});

describe('a register', () => {
  it('is cards with lines, which people may edit', async () => {
    const team = await teamAtWork();
    const { person } = team.trello;
    person.retype(card(team, 'Scale').id, (desc) => desc.replace('12,5', '49,90'));
    person.rename(card(team, 'Scale').id, 'Balance');

    const report = await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(await item(team, 'tools:scale')).toMatchObject({ name: 'Balance', cost: 49.9 });
  });
});

describe('what is none of ours', () => {
  it('is left alone: mirrors, templates, separators, cards of their own lists', async () => {
    const team = await teamAtWork();
    const { person, look } = team.trello;
    const first = list(team, 'first');
    person.makeTemplate(person.addCard(first, 'Un modèle').id);
    person.makeSeparator(person.addCard(first, '---').id);
    person.makeMirror(person.addCard(first, 'Un miroir').id, card(team, 'one').id);
    person.addCard(person.addList(team.board, 'À nous').id, 'Pas du plan');
    const before = look.picture(team.board);

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect((await team.agreed()).size).toBe(5);
    expect(look.picture(team.board)).toEqual(before);
  });

  it('is told where it is a copy of one of ours', async () => {
    const team = await teamAtWork();
    team.trello.person.copyCard(card(team, 'one').id, list(team, 'first'), 'one bis');

    const report = await team.cycle('sync');

    expect(french(report.remarks)).toEqual([expect.stringMatching(/l’une est une copie/)]);
    expect(await item(team, 'first/one')).toMatchObject({ title: 'one' });
  });
});
