import { describe, expect, it, onTestFinished } from 'vitest';
import { AGREED } from '#src/reconcile/replica.ts';
import type { CycleReport } from '#src/service/report.ts';
import { personEdits, rowOf, type as typeInto } from '../workspaces/excel/person.ts';
import { type Hands, handsIn } from './tools/hands.ts';
import { TOOLS, type Tool, type ToolsOptions, ToolsTeam } from './tools/team.ts';

const KEY = 'first/two';
const LONG = `Début. ${'Une phrase de plus, pour que le texte soit long. '.repeat(420)}Fin.`;

interface AtWork {
  readonly team: ToolsTeam;
  readonly hands: Readonly<Record<Tool, Hands>>;
}

/** A company whose plan is in its tools, with nothing left to do. */
async function atWork(options: ToolsOptions = {}): Promise<AtWork> {
  const team = await ToolsTeam.start(options);
  onTestFinished(() => team.leave());
  await team.cycle('apply');
  await team.time.advance(300_000);
  await team.cycle('apply');
  return { team, hands: handsIn(team) };
}

/** The same company, in these tools from now on. */
function moveTo({ team }: AtWork, ...tools: readonly Tool[]): void {
  team.tools = tools;
  team.restart();
}

function writesOf({ workspaces }: CycleReport): number {
  return workspaces.reduce((sum, one) => sum + one.created + one.updated + one.archived + one.adopted, 0);
}

const fieldsOf = async ({ team }: AtWork, key = KEY) => (await team.agreed()).get(key)?.fields;
const titleIn = async ({ hands }: AtWork, tool: Tool, key = KEY) =>
  (await hands[tool].tasks()).find((one) => one.key === key)?.title;
const conflictsOf = async ({ team }: AtWork) =>
  (await (await team.store()).readAudit('martin', { key: KEY })).filter(({ kind }) => kind === 'conflict');

/** What has been written in each place, as far as a person sees it. */
async function lookAt({ team, hands }: AtWork, tool: Tool): Promise<string> {
  const board = team.trello.look.boards()[0]?.id ?? '';
  const seen = tool === 'trello' ? team.trello.look.cards(board) : await hands[tool].tasks();
  return JSON.stringify(seen);
}

describe.each(TOOLS)('a workspace in %s', (tool) => {
  const others = TOOLS.filter((one) => one !== tool);
  const [other = 'excel'] = others;

  it('that is added to a running project shows the plan as it stands, edits included', async () => {
    const company = await atWork({ tools: others });
    await company.hands[other].setTitle(KEY, 'Déjà changé');
    await company.hands[other].addTask('De l’équipe');
    await company.team.cycle('sync');

    moveTo(company, ...TOOLS);
    const { failures } = await company.team.cycle('sync');
    await company.team.time.advance(300_000);
    const second = await company.team.cycle('apply');

    expect(failures).toEqual([]);
    expect(await titleIn(company, tool)).toBe('Déjà changé');
    expect((await company.hands[tool].tasks()).map(({ title }) => title)).toContain('De l’équipe');
    expect(writesOf(second)).toBe(0);
    expect(await fieldsOf(company)).toMatchObject({ title: 'Déjà changé' });
  });

  it('that is detached is left as it is; attached again, what stood there is no edit, and what people changed there is', async () => {
    const company = await atWork();
    moveTo(company, ...others);
    const before = await lookAt(company, tool);
    await company.hands[other].setTitle(KEY, 'Changé entre-temps');
    await company.team.time.advance(60_000);
    await company.team.cycle('apply');
    const detached = await lookAt(company, tool);
    await company.team.time.advance(300_000);
    await company.hands[tool].setDue(KEY, '2027-03-01');
    await company.team.time.advance(60_000);

    moveTo(company, ...TOOLS);
    await company.team.cycle('sync');
    await company.team.time.advance(300_000);
    const second = await company.team.cycle('apply');

    expect(detached).toBe(before);
    expect(await titleIn(company, tool)).toBe('Changé entre-temps');
    expect(await fieldsOf(company)).toMatchObject({ title: 'Changé entre-temps', due: '2027-03-01' });
    expect(await conflictsOf(company)).toEqual([]);
    expect(writesOf(second)).toBe(0);
  });

  it('that is attached again keeps both words where people have changed the same, and tells it', async () => {
    const company = await atWork();
    moveTo(company, ...others);
    await company.hands[other].setTitle(KEY, 'Ailleurs');
    await company.team.cycle('apply');
    await company.team.time.advance(300_000);
    await company.hands[tool].setTitle(KEY, 'Ici');
    await company.team.time.advance(60_000);

    moveTo(company, ...TOOLS);
    const { conflicts } = await company.team.cycle('sync');

    expect(await titleIn(company, other)).toBe('Ici');
    expect(conflicts).toMatchObject([{ key: KEY, field: 'title', stands: 'Ici', setAside: 'Ailleurs' }]);
    expect(await conflictsOf(company)).toMatchObject([{ actor: AGREED, old: 'Ailleurs', new: 'Ici' }]);
  });

  it('writes nothing in a cycle after a cycle, whoever edited what where', async () => {
    const company = await atWork();
    for (const where of TOOLS) {
      await company.hands[where].setTitle('first/one', `De ${where}`);
      await company.hands[where].addTask(`Tâche de ${where}`);
      await company.team.time.advance(180_000);
      await company.team.cycle('sync');
    }
    await company.hands[tool].addPoint('first/one', 'Un point de plus');
    await company.hands[tool].remove('second/three');
    await company.team.time.advance(180_000);
    await company.team.cycle('sync');

    await company.team.time.advance(180_000);
    const further = await company.team.cycle('sync');

    expect(further.failures).toEqual([]);
    expect(writesOf(further)).toBe(0);
    expect(further.workspaces.map(({ edits }) => edits)).toEqual([0, 0, 0]);
  });
});

describe('a text of twenty thousand characters', () => {
  it.each(['notion', 'excel'] as const)(
    'from %s is whole everywhere but in Trello, where the cut is told',
    async (tool) => {
      const company = await atWork();
      await company.hands[tool].setNotes(KEY, LONG);
      await company.team.time.advance(180_000);

      const { remarks, failures } = await company.team.cycle('sync');
      await company.team.time.advance(180_000);
      const second = await company.team.cycle('sync');

      expect(failures).toEqual([]);
      expect(remarks.map((said) => said('fr')).join('\n')).toContain('trop long pour Trello');
      expect(await fieldsOf(company)).toMatchObject({ notes: LONG });
      expect(writesOf(second)).toBe(0);
    },
  );

  it('is not lost when someone edits what Trello shows of it: the edit stands, the whole is kept in the log', async () => {
    const company = await atWork();
    await company.hands.notion.setNotes(KEY, LONG);
    await company.team.time.advance(180_000);
    await company.team.cycle('sync');
    const board = company.team.trello.look.boards()[0]?.id ?? '';
    const card = company.team.trello.look.cardNamed(board, 'two');
    company.team.trello.person.retype(card.id, (desc) => desc.replace('Début.', 'Un autre début.'));
    await company.team.time.advance(180_000);

    const { conflicts } = await company.team.cycle('sync');
    await company.team.time.advance(180_000);
    const second = await company.team.cycle('sync');

    expect((await fieldsOf(company))?.notes).toMatch(/^Un autre début\./);
    expect(conflicts).toMatchObject([{ field: 'notes', setAside: LONG }]);
    expect(await conflictsOf(company)).toMatchObject([{ actor: AGREED, old: LONG }]);
    expect(writesOf(second)).toBe(0);
  });

  it('stays whole when someone edits another text of the card', async () => {
    const company = await atWork();
    await company.hands.notion.setNotes(KEY, LONG);
    await company.team.time.advance(180_000);
    await company.team.cycle('sync');
    const board = company.team.trello.look.boards()[0]?.id ?? '';
    const card = company.team.trello.look.cardNamed(board, 'two');
    company.team.trello.person.retype(card.id, (desc) => `Une description.\n\n${desc}`);
    await company.team.time.advance(180_000);

    await company.team.cycle('sync');

    expect(await fieldsOf(company)).toMatchObject({ notes: LONG, description: 'Une description.' });
  });
});

describe('a status of the team’s own', () => {
  it('in Notion stays there, is told, and changes nothing elsewhere', async () => {
    const company = await atWork();
    const { notion } = company.team;
    const plan = notion.look.dataSource('Plan').id;
    const row = notion.look.rows(plan).find(({ values }) => values.Clé === KEY);
    notion.person.addOption(plan, 'État', { name: 'Chez le client' });
    notion.person.edit(row?.id ?? '', { État: { status: { name: 'Chez le client' } } });
    await company.team.time.advance(180_000);

    const { remarks } = await company.team.cycle('sync');
    await company.hands.trello.setDue(KEY, '2027-03-01');
    await company.team.time.advance(180_000);
    await company.team.cycle('sync');

    expect(remarks.map((said) => said('fr')).join('\n')).toContain('Chez le client');
    expect(notion.look.row(row?.id ?? '').values).toMatchObject({ État: 'Chez le client' });
    expect(await fieldsOf(company)).toMatchObject({ status: 'todo', due: '2027-03-01' });
  });

  it('in the workbook stays there, is told, and changes nothing elsewhere', async () => {
    const company = await atWork();
    await personEdits(company.team.workbook, ({ grid }) =>
      typeInto(grid('plan'), rowOf(grid('plan'), KEY), 'status', 'Chez le client'),
    );

    const { remarks } = await company.team.cycle('sync');
    const second = await company.team.cycle('sync');

    expect(remarks.map((said) => said('fr')).join('\n')).toContain('Chez le client');
    expect(await fieldsOf(company)).toMatchObject({ status: 'todo' });
    expect(writesOf(second)).toBe(0);
  });
});

describe('a person whom a tool does not know', () => {
  it('is kept by name in every place, whoever names them', async () => {
    const company = await atWork();
    await personEdits(company.team.workbook, ({ grid }) =>
      typeInto(grid('plan'), rowOf(grid('plan'), KEY), 'people', 'Claire Morel, Jeanne du Cabinet'),
    );

    await company.team.cycle('sync');
    await company.team.time.advance(180_000);
    const second = await company.team.cycle('sync');
    await company.hands.notion.setDue(KEY, '2027-03-01');
    await company.team.time.advance(180_000);
    await company.team.cycle('sync');

    expect(await fieldsOf(company)).toMatchObject({ people: ['Claire Morel', 'Jeanne du Cabinet'] });
    expect(writesOf(second)).toBe(0);
    const board = company.team.trello.look.boards()[0]?.id ?? '';
    expect(company.team.trello.look.cardNamed(board, 'two').desc).toContain('Jeanne du Cabinet');
  });
});

describe('what people call otherwise', () => {
  it('in each tool is followed by id: edits still reach everywhere', async () => {
    const company = await atWork();
    const { notion, trello } = company.team;
    const plan = notion.look.dataSource('Plan').id;
    notion.person.renameProperty(plan, 'État', 'Avancement');
    notion.person.renameOption(plan, 'Avancement', 'Fait', 'Terminé !');
    const board = trello.look.boards()[0]?.id ?? '';
    const [list] = trello.look.lists(board);
    if (list) list.name = 'Pour commencer';
    const row = notion.look.rows(plan).find(({ values }) => values.Clé === KEY);
    notion.person.edit(row?.id ?? '', { Avancement: { status: { name: 'Terminé !' } } });
    await company.team.time.advance(180_000);

    await company.team.cycle('sync');
    const done = await fieldsOf(company);
    await company.hands.trello.setStatus('first/one', 'done');
    await company.team.time.advance(180_000);
    await company.team.cycle('sync');

    expect(done).toMatchObject({ status: 'done', step: 'first' });
    const one = notion.look.rows(plan).find(({ values }) => values.Clé === 'first/one');
    expect(one?.values.Avancement).toBe('Terminé !');
    expect(trello.look.lists(board)[0]?.name).toBe('Pour commencer');
  });
});
