import { describe, expect, it } from 'vitest';
import type { Item } from '#src/plan/item.ts';
import type { ShownRow } from '../../simulators/notion/look.ts';
import { NotionTeam } from './team.ts';

function text(content: string) {
  return [{ text: { content } }];
}

async function teamAtWork(options: Parameters<typeof NotionTeam.start>[0] = {}): Promise<NotionTeam> {
  const team = await NotionTeam.start(options);
  await team.cycle();
  await team.time.advance(300_000);
  team.notion.log.clear();
  return team;
}

function plan({ notion }: NotionTeam): string {
  return notion.look.dataSource('Plan').id;
}

function row({ notion }: NotionTeam, title: string, source = 'Plan'): ShownRow {
  const found = notion.look
    .rows(notion.look.dataSource(source).id)
    .find((one) => one.title === title || one.values.Clé === title);
  if (!found) throw new Error(`There is no line “${title}”.`);
  return found;
}

async function item(team: NotionTeam, key: string): Promise<Item['fields']> {
  return (await team.agreed()).get(key)?.fields ?? {};
}

describe('what people edit in Notion', () => {
  it('is taken in: states, dates, texts, people, roles and points', async () => {
    const team = await teamAtWork();
    const { id } = row(team, 'one');
    const { person } = team.notion;

    person.edit(id, { État: { status: { name: 'En cours' } }, Échéance: { date: { start: '2026-12-04' } } });
    person.edit(id, {
      Notes: { rich_text: text('Appeler Marc') },
      Avec: { multi_select: [{ name: 'Helper' }] },
    });
    person.tickTodo(id, 'Point A');
    const report = await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(await item(team, 'first/one')).toMatchObject({
      status: 'doing',
      due: '2026-12-04',
      notes: 'Appeler Marc',
      with: ['helper'],
    });
    expect(await item(team, 'first/one#a')).toMatchObject({ done: true });
    expect(row(team, 'one').values['Part faite']).toBe(1);
  });

  it('is taken in when it follows in the same minute', async () => {
    const team = await teamAtWork();
    const { id } = row(team, 'one');
    const { person } = team.notion;
    person.edit(id, { Notes: { rich_text: text('a') } });
    await team.cycle('sync');
    person.tickTodo(id, 'Point A');

    await team.cycle('sync');
    const soon = await item(team, 'first/one#a');
    await team.time.advance(180_000);
    await team.cycle('sync');

    expect(soon.done).toBe(false);
    expect(await item(team, 'first/one#a')).toMatchObject({ done: true });
  });

  it('is looked at right away where a webhook says so', async () => {
    const team = await teamAtWork();
    const { id } = row(team, 'one');
    const { person } = team.notion;
    person.edit(id, { Notes: { rich_text: text('a') } });
    await team.cycle('sync');
    person.tickTodo(id, 'Point A');

    const heard = (await team.workspace()).hear?.([id]);
    await team.cycle('sync');

    expect(heard).toBe(true);
    expect((await team.workspace()).hear?.(['00000000-0000-4000-8000-000000000000'])).toBe(false);
    expect(await item(team, 'first/one#a')).toMatchObject({ done: true });
  });

  it('may be a line of their own: it gets a key, once, and stays theirs', async () => {
    const team = await teamAtWork();
    const { person, look } = team.notion;
    person.addRow(plan(team), { Tâche: { title: text('Prévenir le client') } });
    person.addRow(look.dataSource('Tools').id, { Name: { title: text('Caisse') }, Cost: { number: 9 } });

    const report = await team.cycle('sync');
    const after = await team.cycle('sync');

    const key = String(row(team, 'Prévenir le client').values.Clé);
    expect(report.failures).toEqual([]);
    expect(key).toMatch(/^own\/[0-9a-f]{12}$/);
    expect(await item(team, key)).toMatchObject({
      title: 'Prévenir le client',
      status: 'todo',
      step: 'first',
    });
    expect(row(team, 'Prévenir le client').values).toMatchObject({ État: 'À faire', Étape: 'first' });
    expect(await item(team, String(row(team, 'Caisse', 'Tools').values.Clé))).toMatchObject({ cost: 9 });
    expect(after.workspaces[0]).toMatchObject({ created: 0, updated: 0, adopted: 0, edits: 0 });
    expect(look.rows(plan(team))).toHaveLength(4);
  });

  it('may be a copy of a line: the copy is a task of its own', async () => {
    const team = await teamAtWork();
    const { person } = team.notion;
    person.addRow(plan(team), { Tâche: { title: text('one (1)') }, Clé: { rich_text: text('first/one') } });

    await team.cycle('sync');

    expect(row(team, 'one').values.Clé).toBe('first/one');
    expect(row(team, 'one (1)').values.Clé).toMatch(/^own\//);
    expect(await item(team, 'first/one')).toMatchObject({ title: 'one', archived: false });
  });

  it('may be a line that has no title yet: it waits until it has one', async () => {
    const team = await teamAtWork();
    const { person, look } = team.notion;
    const empty = person.addRow(plan(team), {});

    await team.cycle('sync');
    const before = look.row(empty.id).values.Clé;
    person.edit(empty.id, { Tâche: { title: text('Classer') } });
    await team.cycle('sync');

    expect(before).toBe('');
    expect(look.row(empty.id).values.Clé).toMatch(/^own\//);
  });

  it('may be points: added between others, reworded, taken away', async () => {
    const team = await teamAtWork();
    const { person, look } = team.notion;
    const { id } = row(team, 'one');
    const [first] = look.blocks(id);
    await team.cycle('sync');

    person.rewrite(String(first?.id), 'Point A, revu');
    person.addBlocks(id, [{ to_do: { rich_text: text('Le mien'), checked: true } }]);
    await team.cycle('sync');
    const items = [...(await team.agreed()).values()].filter(({ parent }) => parent === 'first/one');
    person.trash(String(first?.id));
    await team.time.advance(300_000);
    await team.cycle('sync');

    expect(items.map(({ fields }) => [fields.title, fields.done])).toEqual([
      ['Point A, revu', false],
      ['Le mien', true],
    ]);
    expect(await item(team, 'first/one#a')).toMatchObject({ archived: true });
    expect(look.blocks(id)).toHaveLength(1);
  });
});

describe('a point that comes while its task is taken away elsewhere', () => {
  it('is read before its page goes into the trash, also within the minute of the last write', async () => {
    const team = await NotionTeam.start();
    await team.cycle();
    const { id } = row(team, 'one');
    team.notion.person.addBlocks(id, [{ to_do: { rich_text: text('Appeler Marc') } }]);
    team.said = [{ key: 'first/one', kind: 'task', parent: 'plan', fields: { archived: true } }];

    await team.cycle('sync');
    team.said = [];
    const waits = team.notion.look.row(id).inTrash;
    await team.time.advance(20 * 60_000);
    await team.cycle('sync');

    const points = [...(await team.agreed()).values()].filter(({ parent }) => parent === 'first/one');
    expect(points.map(({ fields }) => fields.title)).toContain('Appeler Marc');
    expect([waits, team.notion.look.row(id).inTrash]).toEqual([false, true]);
    expect((await team.cycle('sync')).workspaces[0]).toMatchObject({ created: 0, updated: 0, archived: 0 });
  });
});

describe('a page in the trash', () => {
  it('is archived in the plan, with its points, and comes back with them', async () => {
    const team = await teamAtWork();
    const { person, look } = team.notion;
    const { id } = row(team, 'one');

    person.trash(id);
    const removal = await team.cycle('sync');
    const away = await item(team, 'first/one');
    const again = await team.cycle();
    person.restore(id);
    await team.cycle('sync');

    expect(removal.workspaces[0]?.removed).toEqual([{ key: 'first/one', title: 'one', required: false }]);
    expect(away.archived).toBe(true);
    expect(again.workspaces[0]).toMatchObject({ created: 0, updated: 0, archived: 0 });
    expect(await item(team, 'first/one')).toMatchObject({ archived: false });
    expect(look.blocks(id)).toHaveLength(1);
    expect(look.rows(plan(team))).toHaveLength(3);
  });

  it('is told apart from one that was moved out of the plan', async () => {
    const team = await teamAtWork();
    const { person, home } = team.notion;
    person.move(row(team, 'one').id, { pageId: home.id });

    const report = await team.cycle('sync');

    expect(await item(team, 'first/one')).toMatchObject({ archived: true });
    expect(report.remarks.map((remark) => remark('fr'))).toEqual([
      expect.stringMatching(/déplacé hors du plan/),
    ]);
  });

  it('is told apart from one that the connection may not see any more', async () => {
    const team = await teamAtWork();
    team.notion.withdraw(row(team, 'one').id);

    const report = await team.cycle('sync');
    team.notion.log.clear();
    const again = await team.cycle();

    expect(await item(team, 'first/one')).toMatchObject({ archived: false });
    expect(report.remarks.map((remark) => remark('fr'))).toEqual([expect.stringMatching(/ne montre plus/)]);
    expect([report.failures, again.failures]).toEqual([[], []]);
    expect(again.workspaces[0]).toMatchObject({ created: 0, updated: 0 });
    expect(team.notion.log.counts()['pages.create']).toBeUndefined();
  });
});

describe('a database', () => {
  it('that is a register and in the trash is left alone, and told', async () => {
    const team = await teamAtWork();
    const { person, look } = team.notion;
    person.trash(look.database('Tools').id);

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(report.remarks.map((remark) => remark('fr'))).toEqual([
      expect.stringMatching(/«\u00a0Tools\u00a0».*corbeille/),
    ]);
    expect(await item(team, 'tools:scale')).toMatchObject({ archived: false });
    expect(look.databases('Tools')).toHaveLength(0);
  });

  it('that is the plan and in the trash stops the project, and nothing is made anew', async () => {
    const team = await teamAtWork();
    team.notion.person.trash(team.notion.look.database('Plan').id);

    const report = await team.cycle();

    expect(report.failures).toHaveLength(1);
    expect(String(report.failures[0]?.error)).toMatch(/trash/);
    expect(team.notion.look.databases('Plan')).toHaveLength(0);
  });
});

describe('the connection', () => {
  it('that was revoked stops the project with words on the token', async () => {
    const team = await teamAtWork();
    team.notion.revoke();

    const report = await team.cycle();

    expect(report.failures[0]?.error).toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(/NOTION_TOKEN/),
    });
  });

  it('to which the page is not shared any more stops the project with words on sharing', async () => {
    const team = await teamAtWork();
    team.notion.withdraw(team.notion.home.id);

    const report = await team.cycle();

    expect(report.failures[0]?.error).toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(/Connections/),
    });
  });
});
