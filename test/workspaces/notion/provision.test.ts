import { describe, expect, it } from 'vitest';
import { shippedTemplate } from '../../builders/shipped-template.ts';
import { aStep, aTask, words } from '../../builders/template.ts';
import { smallTemplate } from '../../service/company.ts';
import { NotionTeam } from './team.ts';

const writes = new Set(['POST', 'PATCH', 'DELETE']);
const reads = new Set(['dataSources.query', 'search']);

function written(team: NotionTeam): string[] {
  return team.notion.log
    .all()
    .filter(({ method, route }) => writes.has(method) && !reads.has(route ?? ''))
    .map(({ route }) => route ?? 'unknown');
}

describe('the plan that is shipped', () => {
  it.each(['essentiel', 'complet'])('costs what was foreseen under the profile %s', async (profile) => {
    const template = await shippedTemplate();
    const project = {
      profile,
      people: { 'office-manager': { name: 'Claire', notion: 'claire@example.org' } },
    };
    const team = await NotionTeam.start({ template, project });
    const { outcome } = await team.compare();
    const workspace = await team.workspace();
    const cost = workspace.foresee?.(outcome.writes.get(workspace.id) ?? [], outcome.agreed);
    team.restart();
    await team.time.advance(60_000);
    team.notion.log.clear();

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(report.workspaces[0]).toMatchObject({ adopted: 0, updated: 0 });
    expect(team.notion.log.all()).toHaveLength(cost?.requests ?? 0);
    expect(team.notion.look.blocksCreated()).toBe(cost?.blocks);
  });
});

describe('a first apply', () => {
  it('makes the page, the plan and the register whose step has begun', async () => {
    const team = await NotionTeam.start();

    const report = await team.cycle();

    const { look, home } = team.notion;
    const tasks = look.rows(look.dataSource('Plan').id);
    const tools = look.rows(look.dataSource('Tools').id);
    expect(report.failures).toEqual([]);
    expect(report.remarks).toEqual([]);
    expect(report.workspaces[0]).toMatchObject({ kind: 'notion', created: 5, updated: 0, adopted: 0 });
    expect(tasks.map(({ title }) => title)).toEqual(['one', 'three', 'two']);
    expect(tasks[0]?.values).toMatchObject({ État: 'À faire', Étape: 'first', Personnes: ['Claire Morel'] });
    expect(tasks[2]?.values).toMatchObject({ Après: ['one'], Échéance: '2026-11-30' });
    expect(tools.map(({ title, values }) => [title, values.Cost])).toEqual([['Scale', 12.5]]);
    expect(look.blocks(home.id).map(({ type }) => type)).toEqual(['child_page']);
  });

  it('gives the plan its views, and hides the key in all of them', async () => {
    const team = await NotionTeam.start();

    await team.cycle();

    const { look } = team.notion;
    const views = look.views(look.database('Plan').id);
    const key = look.dataSource('Plan').properties.find(({ name }) => name === 'Clé')?.id ?? '';
    expect(views.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'Toutes les tâches: table',
      'Par état: board',
      'Par étape: board',
      'Frise: timeline',
      'Calendrier: calendar',
      'En retard: table',
      'Par personne: board',
      'Graphique: chart',
    ]);
    for (const { name, configuration } of views.slice(0, -1)) {
      const properties = configuration?.properties as { property_id: string; visible: boolean }[];
      expect(
        properties.find(({ property_id }) => decodeURIComponent(property_id) === key),
        name,
      ).toMatchObject({ visible: false });
    }
    expect(look.views(look.database('Tools').id).map(({ name }) => name)).toEqual(['Toutes les lignes']);
  });

  it('shows where we stand on the home page: figures, picture, legal dates, then the databases', async () => {
    const team = await NotionTeam.start();

    await team.cycle();

    const { look } = team.notion;
    const blocks = look.blocks(look.page('Boulangerie Martin – A small project').id);
    expect(blocks.map(({ type }) => type)).toEqual([
      'callout',
      'heading_2',
      'callout',
      'image',
      'heading_2',
      'callout',
      'heading_2',
      'child_database',
      'child_database',
    ]);
    expect(JSON.stringify(blocks[2])).toContain('0 sur 3\u00a0tâches');
    expect(look.bytesOf(String(blocks[3]?.id))?.subarray(1, 4).toString()).toBe('PNG');
    expect(JSON.stringify(blocks[5])).toContain('1er\u00a0septembre\u00a02027');
  });

  it('costs what was foreseen, to the request and the block', async () => {
    const team = await NotionTeam.start();
    const { outcome } = await team.compare();
    const workspace = await team.workspace();
    const changes = outcome.writes.get(workspace.id) ?? [];
    const cost = workspace.foresee?.(changes, outcome.agreed);
    team.restart();
    team.notion.log.clear();

    await team.cycle();

    expect(team.notion.log.all()).toHaveLength(cost?.requests ?? 0);
    expect(team.notion.look.blocksCreated()).toBe(cost?.blocks);
  });

  it('writes nothing the second time, nor in another process', async () => {
    const team = await NotionTeam.start();
    await team.cycle();
    team.notion.log.clear();

    const again = await team.cycle();
    team.restart();
    const elsewhere = await team.cycle();

    expect(written(team)).toEqual([]);
    for (const { workspaces, conflicts, remarks } of [again, elsewhere]) {
      expect(workspaces[0]).toMatchObject({ created: 0, updated: 0, archived: 0, adopted: 0, edits: 0 });
      expect([conflicts, remarks]).toEqual([[], []]);
    }
  });

  it('makes a register only once its step begins, and then with all its lines', async () => {
    const template = smallTemplate({
      steps: [aStep('first', aTask('one')), aStep('second', aTask('two', { dependsOn: ['first/one'] }))],
      registers: [
        {
          key: 'tools',
          title: words('Tools'),
          summary: words('What we use'),
          step: 'second',
          columns: [{ key: 'name', title: words('Name'), type: 'text' }],
          rows: [{ key: 'scale', values: { name: 'Scale' } }],
        },
      ],
    });
    const team = await NotionTeam.start({ template });
    const early = await team.cycle();
    const before = team.notion.look.databases('Tools').length;
    const task = team.notion.look.rows(team.notion.look.dataSource('Plan').id)[1];

    team.notion.person.edit(task?.id ?? '', { État: { status: { name: 'En cours' } } });
    await team.cycle('sync');

    const { look } = team.notion;
    expect([early.failures, before]).toEqual([[], 0]);
    expect(look.rows(look.dataSource('Tools').id).map(({ title }) => title)).toEqual(['Scale']);
  });

  it('takes a select where Notion puts states into the wrong groups, and a picture where it grants no chart', async () => {
    const team = await NotionTeam.start({ notion: { honoursStatusGroup: false, charts: false } });

    const report = await team.cycle();
    team.notion.log.clear();
    const again = await team.cycle();

    const { look } = team.notion;
    const status = look.dataSource('Plan').properties.find(({ name }) => name === 'État');
    expect(report.failures).toEqual([]);
    expect(report.remarks.map((remark) => remark('fr'))).toEqual([
      expect.stringMatching(/pris une liste simple/),
      expect.stringMatching(/n’accorde pas de vue graphique/),
    ]);
    expect(status?.type).toBe('select');
    expect(look.views(look.database('Plan').id).map(({ type }) => type)).not.toContain('chart');
    expect(again.remarks).toEqual([]);
    expect(written(team)).toEqual([]);
  });

  it('keeps someone who is not in the workspace as a name', async () => {
    const project = { people: { lead: { name: 'Inconnue', notion: 'nobody@example.org' } } };
    const team = await NotionTeam.start({ project, notion: { readsUsers: 'nothing' } });

    const report = await team.cycle();
    team.notion.log.clear();
    await team.cycle();

    const [row] = team.notion.look.rows(team.notion.look.dataSource('Plan').id);
    expect(report.failures).toEqual([]);
    expect(row?.values).toMatchObject({ Personnes: [], 'Personnes (hors Notion)': 'Inconnue' });
    expect(written(team)).toEqual([]);
  });

  it('goes without its picture when that cannot be drawn, says so, and brings it later', async () => {
    const team = await NotionTeam.start();
    team.notion.faults.on('fileUploads.create', {
      type: 'status',
      status: 400,
      code: 'validation_error',
      when: 'before',
    });

    const { look } = team.notion;
    const types = () =>
      look.blocks(look.page('Boulangerie Martin – A small project').id).map(({ type }) => type);

    const report = await team.cycle();
    const without = types();
    const next = await team.cycle();

    expect([report.failures, next.failures]).toEqual([[], []]);
    expect(report.remarks.map((remark) => remark('fr'))).toEqual([
      expect.stringMatching(/n’a pas pu être envoyée/),
    ]);
    expect(without).not.toContain('image');
    expect(types().slice(0, 4)).toEqual(['callout', 'heading_2', 'callout', 'image']);
  });
});
