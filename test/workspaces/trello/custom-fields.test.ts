import { describe, expect, it } from 'vitest';
import type { Item } from '#src/plan/item.ts';
import { shippedTemplate } from '../../builders/shipped-template.ts';
import type { ShownCard } from '../../simulators/trello/look.ts';
import type { Settings } from '../../simulators/trello/settings.ts';
import { fieldsTemplate } from './fields-template.ts';
import { type TeamOptions, TrelloTeam } from './team.ts';

const FIELDS = ['Cost (number)', 'Since (date)', 'State (list)', 'Used (checkbox)', 'Share (%) (number)'];

const SCALE = {
  Cost: '12.5',
  Since: '2026-11-02T17:00:00.000Z',
  State: 'Fine',
  Used: 'true',
  'Share (%)': '7',
};

function start(
  trello: Partial<Settings> = { plan: 'standard' },
  more: TeamOptions = {},
): Promise<TrelloTeam> {
  // Nobody is to be let onto the board, of which only the most that it can cost is foreseen.
  const project = { people: { lead: { name: 'Claire' } } };
  return TrelloTeam.start({ template: fieldsTemplate(), trello, project, ...more });
}

async function teamAtWork(trello?: Partial<Settings>): Promise<TrelloTeam> {
  const team = await start(trello);
  await team.cycle();
  await team.time.advance(300_000);
  team.trello.log.clear();
  return team;
}

/** The same team, once the plan of its workspace has changed. */
async function onPlan(team: TrelloTeam, plan: Settings['plan']): Promise<TrelloTeam> {
  const snapshot = await team.snapshot();
  return TrelloTeam.startFrom({ ...snapshot, options: { ...snapshot.options, trello: { plan } } });
}

function card(team: TrelloTeam, name: string): ShownCard {
  return team.trello.look.cardNamed(team.board, name);
}

function fieldsOf(team: TrelloTeam): unknown {
  return team.trello.look.picture(team.board).fields;
}

async function item(team: TrelloTeam, key: string): Promise<Item['fields']> {
  return (await team.agreed()).get(key)?.fields ?? {};
}

function written(team: TrelloTeam): string[] {
  return team.trello.log
    .all()
    .filter(({ method }) => method !== 'GET')
    .map(({ route }) => route ?? 'unknown');
}

function countOf(routes: readonly string[], route: string): number {
  return routes.filter((one) => one === route).length;
}

function french(remarks: readonly ((locale: 'fr') => string)[]): string[] {
  return remarks.map((remark) => remark('fr'));
}

async function foreseen(team: TrelloTeam): Promise<number | undefined> {
  const { outcome } = await team.compare();
  const workspace = await team.workspace();
  return workspace.foresee?.(outcome.writes.get(workspace.id) ?? [], outcome.agreed)?.requests;
}

async function requestsOf(team: TrelloTeam): Promise<{ cost: number | undefined; requests: number }> {
  const cost = await foreseen(team);
  team.restart();
  await team.time.advance(60_000);
  team.trello.log.clear();
  const report = await team.cycle();
  expect(report.failures).toEqual([]);
  return { cost, requests: team.trello.log.all().length };
}

/** A second cycle finds nothing to write and nothing to agree on. */
async function expectQuiet(team: TrelloTeam): Promise<void> {
  team.trello.log.clear();
  const again = await team.cycle();
  team.restart();
  const elsewhere = await team.cycle();
  expect(written(team)).toEqual([]);
  for (const { workspaces, conflicts, failures } of [again, elsewhere]) {
    expect(workspaces[0]).toMatchObject({ created: 0, updated: 0, archived: 0, adopted: 0, edits: 0 });
    expect([conflicts, failures]).toEqual([[], []]);
  }
}

describe('a register where the plan has custom fields', () => {
  it('has its numbers, dates, ticks and choices in them, and its texts on the card', async () => {
    const team = await start();

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(fieldsOf(team)).toEqual(FIELDS);
    const { desc, fields } = card(team, 'Scale');
    expect(fields).toEqual(SCALE);
    expect(desc).toContain('- **Link\u00a0:** https://example.org');
    expect(desc).not.toMatch(/Cost|Since|State|Used|Share/);
  });

  it('shares a field with another register, and leaves on a line what only has the same name', async () => {
    const team = await teamAtWork();

    const { desc, fields } = card(team, 'First invoice');

    expect(fields).toEqual({ Cost: '4' });
    expect(desc).toContain('- **State\u00a0:** Failed');
    expect(desc).not.toContain('Cost');
  });

  it('costs what was foreseen, one request for all the values of a row, and nothing the second time', async () => {
    const team = await start();

    const { cost, requests } = await requestsOf(team);

    const routes = written(team);
    expect(requests).toBe(cost);
    expect(countOf(routes, 'customFields.create')).toBe(5);
    // A row without values needs none.
    expect(countOf(routes, 'cards.customFields.update')).toBe(3);
    await expectQuiet(team);
    expect(team.trello.log.counts()).toEqual({ 'boards.retrieve': 2 });
  });

  it('takes in what people change, clear, choose and tick', async () => {
    const team = await teamAtWork();
    const { person } = team.trello;
    const { id } = card(team, 'Scale');
    person.setField(id, 'Cost', { value: { number: '49.9' } });
    person.setField(id, 'Since', { value: '' });
    person.setField(id, 'Used', { value: '' });
    person.setField(id, 'Share (%)', { value: { number: '12' } });
    person.setField(card(team, 'Oven').id, 'Used', { value: { checked: 'true' } });

    const report = await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(await item(team, 'tools:scale')).toMatchObject({
      cost: 49.9,
      since: null,
      used: false,
      share: 0.12,
    });
    expect(await item(team, 'tools:oven')).toMatchObject({ used: true });
    expect(countOf(written(team), 'cards.customFields.update')).toBe(0);
    await expectQuiet(team);
  });

  it('knows a field and an option that people have renamed', async () => {
    const team = await teamAtWork();
    const { person } = team.trello;
    person.renameField(team.board, 'State', 'Où en est-on ?');
    person.renameOption(team.board, 'Où en est-on ?', 'To check', 'Pas encore vu');
    const [unseen] = team.trello.world.customFieldsOf(team.board)[2]?.options ?? [];
    person.setField(card(team, 'Scale').id, 'Où en est-on ?', { idValue: unseen?.id ?? '' });

    await team.cycle('sync');

    expect(await item(team, 'tools:scale')).toMatchObject({ state: 'to-check' });
    expect(fieldsOf(team)).toContain('Où en est-on ? (list)');
    await expectQuiet(team);
  });

  it('leaves an option of their own as it is, and says so', async () => {
    const team = await teamAtWork();
    const { person } = team.trello;
    const own = person.addOption(team.board, 'State', 'Peut-être');
    person.setField(card(team, 'Scale').id, 'State', { idValue: own.id });

    const report = await team.cycle('sync');

    expect(french(report.remarks)).toEqual([expect.stringMatching(/«\u00a0Peut-être\u00a0»/)]);
    expect(await item(team, 'tools:scale')).toMatchObject({ state: 'ok' });
    expect(card(team, 'Scale').fields.State).toBe('Peut-être');
    await expectQuiet(team);
  });

  it('makes a field anew that people have deleted, and fills it again', async () => {
    const team = await teamAtWork();
    const { person } = team.trello;
    person.setField(card(team, 'Till').id, 'Cost', { value: { number: '31' } });
    await team.cycle('sync');
    person.deleteField(team.board, 'Cost');

    const { cost, requests } = await requestsOf(team);

    expect(requests).toBe(cost);
    expect(await item(team, 'tools:scale')).toMatchObject({ cost: 12.5 });
    expect(card(team, 'Scale').fields).toEqual(SCALE);
    expect(card(team, 'Till').fields).toEqual({ Cost: '31' });
    await expectQuiet(team);
  });

  it('believes no blank of a field that a lost run has made anew', async () => {
    const team = await teamAtWork();
    const { person } = team.trello;
    person.deleteField(team.board, 'Cost');
    person.addField(team.board, 'Cost', 'number');

    const report = await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(await item(team, 'tools:till')).toMatchObject({ cost: 30 });
    expect(card(team, 'Till').fields).toEqual({ Cost: '30' });
    await expectQuiet(team);
  });

  it('makes an option anew that people have deleted, and chooses it again', async () => {
    const team = await teamAtWork();
    team.trello.person.deleteOption(team.board, 'State', 'Fine');

    const { cost, requests } = await requestsOf(team);

    expect(requests).toBe(cost);
    expect(await item(team, 'tools:scale')).toMatchObject({ state: 'ok' });
    expect(card(team, 'Scale').fields).toEqual(SCALE);
    await expectQuiet(team);
  });

  it('takes in a row of their own, with the values that they have given it', async () => {
    const team = await teamAtWork();
    const { person, look } = team.trello;
    const { id } = person.addCard(look.list(team.board, 'Tools').id, 'Caisse');
    person.setField(id, 'Cost', { value: { number: '5' } });

    await team.cycle('sync');

    const own = [...(await team.agreed()).values()].find(({ fields }) => fields.name === 'Caisse');
    expect(own?.fields).toMatchObject({ cost: 5 });
    await expectQuiet(team);
  });

  it('takes in a line that people have typed for a column that is a field', async () => {
    const team = await teamAtWork();
    const { person } = team.trello;
    person.retype(card(team, 'Scale').id, (desc) => `- **Cost\u00a0:** 15\n${desc}`);

    await team.cycle('sync');

    expect(await item(team, 'tools:scale')).toMatchObject({ cost: 15 });
    expect(card(team, 'Scale').fields.Cost).toBe('15');
    expect(card(team, 'Scale').desc).not.toContain('Cost');
    await expectQuiet(team);
  });

  it('is the same with a lost store: what is there is known by its name, blanks included', async () => {
    const team = await teamAtWork();
    team.trello.person.setField(card(team, 'Scale').id, 'Cost', { value: '' });
    await team.cycle('sync');
    await team.loseStore();

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(fieldsOf(team)).toEqual(FIELDS);
    const { Cost: _cleared, ...left } = SCALE;
    expect(card(team, 'Scale').fields).toEqual(left);
    await expectQuiet(team);
  });

  it('stays on lines where a board holds no more fields', async () => {
    const team = await start({ plan: 'standard', limits: { 'customFields.perBoard': 2 } });

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    const { desc, fields } = card(team, 'Scale');
    expect(Object.keys(fields).length).toBeLessThanOrEqual(2);
    expect(desc).toContain('- **State\u00a0:** Fine');
    await expectQuiet(team);
  });

  it('is finished by the next run when a run dies between a card and its values', async () => {
    const team = await start();
    team.trello.faults.on('cards.customFields.update', {
      type: 'status',
      status: 400,
      body: 'invalid value',
      when: 'before',
    });

    const report = await team.cycle();
    team.restart();
    const next = await team.cycle();

    expect(report.failures).toHaveLength(1);
    expect(next.failures).toEqual([]);
    expect(card(team, 'Scale').fields).toEqual(SCALE);
    expect(card(team, 'Till').fields).toEqual({ Cost: '30' });
    expect(await item(team, 'tools:scale')).toMatchObject({ cost: 12.5, state: 'ok' });
    await expectQuiet(team);
  });
});

describe('a register where custom fields are not to be had', () => {
  it.each<[string, Partial<Settings>]>([
    ['Free', { plan: 'free' }],
    ['a plan that nobody tells', { plan: 'standard', tellsPlan: false }],
  ])('stays on lines: %s', async (_name, settings) => {
    const team = await start(settings);

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(fieldsOf(team)).toEqual([]);
    expect(card(team, 'Scale').desc).toContain('- **Cost\u00a0:** 12,5\u00a0€');
    await expectQuiet(team);
    expect(countOf(written(team), 'customFields.create')).toBe(0);
  });

  it('stays on lines where Trello refuses to make one: asked for once, told once', async () => {
    const team = await start();
    const refusal = { type: 'status', status: 403, body: { message: 'not available on this plan' } } as const;
    team.trello.faults.on('customFields.create', { ...refusal, when: 'before' });

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(french(report.remarks)).toEqual([expect.stringMatching(/champs personnalisés/)]);
    expect(countOf(written(team), 'customFields.create')).toBe(1);
    expect(card(team, 'Scale').desc).toContain('- **Cost\u00a0:** 12,5\u00a0€');
    await expectQuiet(team);
  });

  it('asks again after a week, and moves the values', async () => {
    const team = await start();
    const refusal = { type: 'status', status: 403, body: { message: 'not available on this plan' } } as const;
    team.trello.faults.on('customFields.create', { ...refusal, when: 'before' });
    await team.cycle();
    await team.time.advance(8 * 24 * 60 * 60_000);

    const report = await team.cycle();

    expect([report.failures, report.remarks]).toEqual([[], []]);
    expect(card(team, 'Scale').fields).toEqual(SCALE);
    await expectQuiet(team);
  });
});

describe('a team that changes its plan', () => {
  it('has its lines moved into fields, with what people have typed, at the cost foreseen', async () => {
    const before = await teamAtWork({ plan: 'free' });
    const { person } = before.trello;
    person.retype(card(before, 'Scale').id, (desc) => `Un mot à nous.\n\n${desc.replace('12,5', '49,90')}`);
    person.retype(card(before, 'Till').id, (desc) =>
      desc.replace('- **Since\u00a0:**', '- **Since\u00a0:** bientôt'),
    );
    const team = await onPlan(before, 'standard');

    const { cost, requests } = await requestsOf(team);

    expect(requests).toBe(cost);
    expect(await item(team, 'tools:scale')).toMatchObject({ cost: 49.9 });
    expect(card(team, 'Scale').fields).toEqual({ ...SCALE, Cost: '49.9' });
    expect(card(team, 'Scale').desc).toContain('Un mot à nous.');
    expect(card(team, 'Scale').desc).not.toMatch(/Cost|Since|State|Used|Share/);
    expect(card(team, 'Till').desc).toContain('bientôt');
    await expectQuiet(team);
  });

  it('has its fields moved onto lines, and back, and loses nothing of what was edited meanwhile', async () => {
    const standard = await teamAtWork();
    standard.trello.person.setField(card(standard, 'Scale').id, 'Cost', { value: { number: '20' } });
    await standard.cycle('sync');

    const free = await onPlan(standard, 'free');
    const down = await requestsOf(free);
    expect(down.requests).toBe(down.cost);
    expect(card(free, 'Scale').desc).toContain('- **Cost\u00a0:** 20\u00a0€');
    expect(card(free, 'Scale').desc).toContain('- **State\u00a0:** Fine');
    expect(await item(free, 'tools:scale')).toMatchObject({ cost: 20, state: 'ok', share: 0.07 });
    await expectQuiet(free);
    free.trello.person.retype(card(free, 'Scale').id, (desc) => desc.replace('20\u00a0€', '25'));
    await free.cycle('sync');

    const again = await onPlan(free, 'standard');
    const up = await requestsOf(again);
    expect(up.requests).toBe(up.cost);
    expect(fieldsOf(again)).toEqual(FIELDS);
    expect(card(again, 'Scale').fields).toEqual({ ...SCALE, Cost: '25' });
    expect(card(again, 'Scale').desc).not.toContain('Cost');
    expect(await item(again, 'tools:scale')).toMatchObject({ cost: 25 });
    await expectQuiet(again);
  });

  it('keeps what people write into a field while the move was cut short', async () => {
    const before = await teamAtWork({ plan: 'free' });
    const team = await onPlan(before, 'standard');
    team.trello.faults.on('cards.update', { type: 'status', status: 400, body: 'invalid', when: 'before' });

    const report = await team.cycle();
    for (const name of ['Scale', 'Till'])
      team.trello.person.setField(card(team, name).id, 'Cost', { value: { number: '99' } });
    team.restart();
    const again = await team.cycle();

    expect(report.failures).toHaveLength(1);
    expect(again.failures).toEqual([]);
    expect(await item(team, 'tools:scale')).toMatchObject({ cost: 99 });
    expect(await item(team, 'tools:till')).toMatchObject({ cost: 99 });
    expect(card(team, 'Scale').fields).toEqual({ ...SCALE, Cost: '99' });
    await expectQuiet(team);
  });
});

describe('the plan that is shipped', () => {
  it('costs what was foreseen where there are custom fields, and has room for them', async () => {
    const shipped = await shippedTemplate();
    const team = await start({ plan: 'standard' }, { template: shipped, project: { profile: 'complet' } });

    const { cost, requests } = await requestsOf(team);

    expect(requests).toBe(cost);
    await expectQuiet(team);
  });
});
