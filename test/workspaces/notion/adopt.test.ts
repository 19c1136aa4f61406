import { describe, expect, it } from 'vitest';
import type { Item } from '#src/plan/item.ts';
import type { ShownRow } from '../../simulators/notion/look.ts';
import { NotionTeam } from './team.ts';

const READS = new Set(['dataSources.query', 'search']);

function created({ notion }: NotionTeam): string[] {
  return (
    notion.log
      .all()
      .filter(({ method, route }) => method === 'POST' && !READS.has(route ?? ''))
      .map(({ route }) => route ?? 'unknown')
      // What the page shows is not known any more, so its picture is sent again, into the same block.
      .filter((route) => !route.startsWith('fileUploads'))
  );
}

async function teamAtWork(options: Parameters<typeof NotionTeam.start>[0] = {}): Promise<NotionTeam> {
  const team = await NotionTeam.start(options);
  await team.cycle();
  await team.time.advance(300_000);
  return team;
}

function planOf({ notion }: NotionTeam, title = 'Plan') {
  return { database: notion.look.database(title), source: notion.look.dataSource(title) };
}

function rows({ notion }: NotionTeam, title = 'Plan'): ShownRow[] {
  return notion.look.rows(notion.look.dataSource(title).id);
}

async function item(team: NotionTeam, key: string): Promise<Item['fields']> {
  return (await team.agreed()).get(key)?.fields ?? {};
}

/** People make the place their own: names, order, what they add. */
function rearrange(team: NotionTeam): void {
  const { person, look } = team.notion;
  const { database, source } = planOf(team);
  const status = source.properties.find(({ name }) => name === 'État')?.id ?? '';
  person.renamePage(look.page('Boulangerie Martin – A small project').id, 'Notre projet');
  person.renameDatabase(database.id, 'Nos tâches');
  person.renameProperty(source.id, 'Tâche', 'Action');
  person.renameProperty(source.id, status, 'Où on en est');
  person.renameProperty(source.id, 'Clé', 'Code');
  person.renameOption(source.id, status, 'En cours', 'On s’y met');
  person.addOption(source.id, status, { name: 'En attente', group: 'In progress' });
  person.addOption(source.id, 'Étape', { name: 'Plus tard' });
  person.addProperty(source.id, 'Couleur', 'rich_text');
  person.addProperty(source.id, 'Bouton', 'button');
  person.addView(database.id, 'Ma vue');
  person.addPage('Nos notes', look.page('Notre projet').id);
}

describe('a place that people have made their own', () => {
  it('is found by its ids, and loses nothing that they have added', async () => {
    const team = await teamAtWork();
    rearrange(team);
    const before = team.notion.look.picture(team.notion.home.id);
    team.notion.log.clear();

    const report = await team.cycle();
    team.restart();
    const again = await team.cycle();

    expect([report.failures, again.failures]).toEqual([[], []]);
    expect(report.workspaces[0]).toMatchObject({ created: 0, updated: 0, edits: 0 });
    expect(created(team)).toEqual([]);
    expect(team.notion.look.picture(team.notion.home.id)).toEqual(before);
  });

  it('is understood: a renamed state is still that state', async () => {
    const team = await teamAtWork();
    rearrange(team);
    const one = rows(team, 'Nos tâches').find(({ title }) => title === 'one');

    team.notion.person.edit(one?.id ?? '', { 'Où on en est': { status: { name: 'On s’y met' } } });
    await team.cycle('sync');

    expect(await item(team, 'first/one')).toMatchObject({ status: 'doing' });
  });

  it('keeps a state of their own, and says once in each report that it is carried nowhere', async () => {
    const team = await teamAtWork();
    rearrange(team);
    const one = rows(team, 'Nos tâches').find(({ title }) => title === 'one');
    team.notion.person.edit(one?.id ?? '', { 'Où on en est': { status: { name: 'En attente' } } });

    const report = await team.cycle();

    expect(report.remarks.map((remark) => remark('fr'))).toEqual([
      expect.stringMatching(/«\u00a0En attente\u00a0»/),
    ]);
    expect(await item(team, 'first/one')).toMatchObject({ status: 'todo' });
    expect(team.notion.look.row(one?.id ?? '').values['Où on en est']).toBe('En attente');
  });

  it('is found again when the store is lost: by the markers, wherever the page was moved', async () => {
    const team = await teamAtWork();
    rearrange(team);
    const elsewhere = team.notion.person.addPage('Ailleurs');
    team.notion.share(elsewhere.id);
    team.notion.person.move(team.notion.look.page('Notre projet').id, { pageId: elsewhere.id });
    const before = team.notion.look.picture(elsewhere.id);
    // Search is late, and by now it knows.
    await settleSearch(team);
    await team.loseStore();
    team.notion.log.clear();

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(created(team)).toEqual([]);
    expect(team.notion.look.picture(elsewhere.id)).toEqual(before);
  });

  it('is found again when the store is lost and people have gone on working', async () => {
    const team = await teamAtWork();
    const one = rows(team).find(({ title }) => title === 'one');
    const { person } = team.notion;
    person.edit(one?.id ?? '', {
      État: { status: { name: 'Fait' } },
      Notes: { rich_text: [{ text: { content: 'ok' } }] },
    });
    person.tickTodo(one?.id ?? '', 'Point A');
    await team.loseStore();
    team.notion.log.clear();

    const report = await team.cycle();
    const blocks = team.notion.look.blocks(one?.id ?? '');

    expect(report.failures).toEqual([]);
    expect(created(team)).toEqual([]);
    expect(await item(team, 'first/one')).toMatchObject({ status: 'done', notes: 'ok' });
    expect(await item(team, 'first/one#a')).toMatchObject({ done: true });
    expect(blocks).toHaveLength(1);
    expect(team.notion.look.duplicates(planOf(team).source.id, 'Clé')).toEqual([]);
  });
});

async function settleSearch(team: NotionTeam): Promise<void> {
  for (let n = 0; n < 10; n += 1) {
    await fetch(`${team.notion.url}/v1/search`, {
      method: 'POST',
      headers: { authorization: `Bearer ${team.notion.token}`, 'notion-version': '2026-03-11' },
      body: '{}',
    });
  }
}

describe('a property that people have deleted', () => {
  it('comes back, filled with what was agreed, and its blanks are nobody’s edits', async () => {
    const team = await teamAtWork();
    team.notion.person.removeProperty(planOf(team).source.id, 'Échéance');

    const report = await team.cycle();
    const again = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(report.workspaces[0]?.edits).toBe(0);
    expect(rows(team).map(({ values }) => values.Échéance)).toEqual([
      '2026-11-27',
      '2026-11-30',
      '2026-11-30',
    ]);
    expect(again.workspaces[0]).toMatchObject({ edits: 0, updated: 0 });
    expect(await item(team, 'first/one')).toMatchObject({ due: '2026-11-27' });
  });

  it('whose type they have changed is left alone, and told', async () => {
    const team = await teamAtWork();
    const { source } = planOf(team);
    const due = source.properties.find(({ name }) => name === 'Échéance');
    if (due) due.type = 'formula';

    const report = await team.cycle();
    const again = await team.cycle();

    expect(report.failures).toEqual([]);
    for (const { remarks } of [report, again])
      expect(remarks.map((remark) => remark('fr'))).toEqual([expect.stringMatching(/a changé de type/)]);
    expect(again.workspaces[0]).toMatchObject({ edits: 0, updated: 0 });
    expect(await item(team, 'first/one')).toMatchObject({ due: '2026-11-27' });
  });

  it('and that held the keys is made anew before a line is', async () => {
    const team = await teamAtWork();
    team.notion.person.removeProperty(planOf(team).source.id, 'Clé');

    const report = await team.cycle();
    const again = await team.cycle();

    expect([report.failures, again.failures]).toEqual([[], []]);
    expect(rows(team).map(({ values }) => values.Clé)).toEqual(['first/one', 'second/three', 'first/two']);
    expect(again.workspaces[0]).toMatchObject({ created: 0, updated: 0 });
  });
});

describe('a picture, a figure or a view that people have deleted', () => {
  it('stays deleted', async () => {
    const team = await teamAtWork();
    const { look, person } = team.notion;
    const home = look.page('Boulangerie Martin – A small project').id;
    const blocks = look.blocks(home);
    person.trash(String(blocks[2]?.id));
    person.trash(String(blocks[3]?.id));
    const timeline = look.views(planOf(team).database.id).find(({ type }) => type === 'timeline');
    person.deleteView(timeline?.id ?? '');
    person.edit(rows(team)[0]?.id ?? '', { État: { status: { name: 'Fait' } } });

    const report = await team.cycle();
    const again = await team.cycle();

    expect([report.failures, again.failures]).toEqual([[], []]);
    expect(look.blocks(home)).toHaveLength(blocks.length - 2);
    expect(look.views(planOf(team).database.id).map(({ type }) => type)).not.toContain('timeline');
  });
});

describe('what is many', () => {
  it('is read whole: more relations than Notion shows, more lines than one question gives', async () => {
    const team = await NotionTeam.start({ notion: { queryDepth: 20 } });
    await team.cycle();
    const { person } = team.notion;
    const { source } = planOf(team);
    const ids: string[] = [];
    for (let n = 0; n < 40; n += 1) {
      if (n % 10 === 0) await team.time.advance(60_000);
      ids.push(person.addRow(source.id, { Tâche: { title: [{ text: { content: `Tâche ${n}` } }] } }).id);
    }
    const three = rows(team).find(({ title }) => title === 'three');
    await team.cycle('sync');
    person.edit(three?.id ?? '', { Après: { relation: ids.map((id) => ({ id })) } });

    const report = await team.cycle('sync');

    const tasks = [...(await team.agreed()).values()].filter(({ kind }) => kind === 'task');
    expect(report.failures).toEqual([]);
    expect(tasks).toHaveLength(43);
    expect((await item(team, 'second/three')).dependsOn).toHaveLength(40);
    expect(team.notion.look.duplicates(source.id, 'Clé')).toEqual([]);
  });
});

describe('a line that was made twice', () => {
  it('loses the younger one where nobody has touched it', async () => {
    const team = await teamAtWork();
    const { source } = planOf(team);
    await fetch(`${team.notion.url}/v1/pages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${team.notion.token}`, 'notion-version': '2026-03-11' },
      body: JSON.stringify({
        parent: { type: 'data_source_id', data_source_id: source.id },
        properties: {
          Tâche: { title: [{ text: { content: 'one' } }] },
          Clé: { rich_text: [{ text: { content: 'first/one' } }] },
        },
      }),
    });

    const report = await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(rows(team).map(({ title }) => title)).toEqual(['one', 'three', 'two']);
    expect(await item(team, 'first/one')).toMatchObject({ archived: false });
  });
});
