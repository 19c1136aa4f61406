import { describe, expect, it } from 'vitest';
import { boardIn, cardIn, json, made, one, planIn, raw, refusal } from './client.ts';
import { objectLimits } from './object-limits.ts';
import type { Settings } from './settings.ts';
import { startTrello } from './simulator.ts';

describe('a Free workspace', () => {
  it('has ten open boards, those from before included', async () => {
    await using trello = await startTrello({ boardsBefore: 9 });
    const tenth = await boardIn(trello, 'Dixième');

    const eleventh = await refusal(trello, 'POST', 'boards', {
      name: 'Onzième',
      idOrganization: trello.organization.id,
    });
    await json(trello, 'PUT', `boards/${tenth}`, { closed: true });

    expect(eleventh).toMatch(/^403 .*limit of open boards/);
    expect(await boardIn(trello, 'Encore')).toMatch(/^[0-9a-f]{24}$/);
    expect(await refusal(trello, 'PUT', `boards/${tenth}`, { closed: false })).toMatch(/^403/);
  });

  it('does not count personal boards', async () => {
    await using trello = await startTrello({ boardsBefore: 10 });

    expect((await raw(trello, 'POST', 'boards', { name: 'Personnel' })).status).toBe(200);
  });

  it('refuses with the status that a test wants', async () => {
    await using trello = await startTrello({ boardsBefore: 10, planRefusalStatus: 400 });
    const body = { name: 'x', idOrganization: trello.organization.id };

    expect(await refusal(trello, 'POST', 'boards', body)).toMatch(/^400/);
  });

  it('takes nobody new at ten collaborators', async () => {
    await using trello = await startTrello({ collaboratorsBefore: 8 });
    const { board } = await planIn(trello);
    const path = `boards/${board}/members`;

    const refused = await refusal(trello, 'PUT', path, { email: 'lea@example.org', fullName: 'Léa Roux' });
    const colleague = await raw(trello, 'PUT', path, { email: 'marc@example.org' });

    expect(refused).toMatch(/^403 .*limit of collaborators/);
    expect(colleague.status).toBe(200);
  });

  it('can only be viewed above ten', async () => {
    await using trello = await startTrello({ collaboratorsBefore: 9 });
    const { id } = trello.person.addBoard('Plan');

    expect(await refusal(trello, 'PUT', `boards/${id}`, { name: 'x' })).toMatch(/^403 .*view only/);
    expect((await raw(trello, 'GET', `boards/${id}`)).status).toBe(200);
  });

  it('tells how many boards and people it has, and that it is Free', async () => {
    await using trello = await startTrello({ boardsBefore: 2 });
    await boardIn(trello);

    const path = `organizations/${trello.organization.id}?fields=premiumFeatures,limits`;
    const { limits, premiumFeatures } = await one(trello, 'GET', path);

    expect(limits).toEqual({
      orgs: {
        freeBoardsPerOrg: { status: 'warn', disableAt: 10, warnAt: 3, count: 3 },
        usersPerFreeOrg: { status: 'ok', disableAt: 10, warnAt: 9, count: 2 },
      },
    });
    expect(premiumFeatures).not.toEqual(expect.arrayContaining([expect.stringMatching(/^is/)]));
  });

  it('has no observers and no mirrors', async () => {
    await using trello = await startTrello();
    const { board, list } = await planIn(trello);
    const { shortUrl } = await one(trello, 'GET', `cards/${await cardIn(trello, list)}`);

    const observer = await refusal(trello, 'PUT', `boards/${board}/members`, {
      email: 'marc@example.org',
      type: 'observer',
    });
    const mirror = await refusal(trello, 'POST', 'cards', {
      idList: list,
      name: shortUrl,
      cardRole: 'mirror',
    });

    expect([observer, mirror]).toEqual([expect.stringMatching(/^403/), expect.stringMatching(/^403/)]);
  });
});

describe('a paid workspace', () => {
  it.each([
    ['standard', 'isStandard'],
    ['premium', 'isPremium'],
  ] as const)('says that it is %s, and its boards, too', async (plan, feature) => {
    await using trello = await startTrello({ plan, boardsBefore: 50, collaboratorsBefore: 50 });
    const board = await boardIn(trello);

    for (const path of [`organizations/${trello.organization.id}`, `boards/${board}`]) {
      const { premiumFeatures } = await one(trello, 'GET', `${path}?fields=premiumFeatures`);
      expect(premiumFeatures).toContain(feature);
    }
  });

  it('may keep silent about it', async () => {
    await using trello = await startTrello({ plan: 'premium', tellsPlan: false });

    const path = `organizations/${trello.organization.id}?fields=premiumFeatures`;

    expect((await one(trello, 'GET', path)).premiumFeatures).toEqual([]);
  });

  it('mirrors cards', async () => {
    await using trello = await startTrello({ plan: 'standard' });
    const { list } = await planIn(trello);
    const source = await cardIn(trello, list);
    const { shortUrl } = await one(trello, 'GET', `cards/${source}`);

    const body = { idList: list, name: shortUrl, cardRole: 'mirror' };

    expect(await one(trello, 'POST', 'cards', body)).toMatchObject({
      cardRole: 'mirror',
      mirrorSourceId: source,
    });
  });
});

describe('a limit', () => {
  it('is told by its board, with a count once it is close', async () => {
    await using trello = await startTrello({ limits: { 'cards.openPerBoard': 2, 'labels.perBoard': 100 } });
    const { board, list } = await planIn(trello);
    const limits = async () => (await one(trello, 'GET', `boards/${board}?fields=limits`)).limits;

    const far = await limits();
    for (const name of ['a', 'b']) await cardIn(trello, list, { name });

    expect(far).toMatchObject({
      cards: { openPerBoard: { status: 'ok', disableAt: 2 } },
      labels: { perBoard: { disableAt: 100 } },
      checkItems: { perChecklist: { disableAt: 200 } },
    });
    expect(await limits()).toMatchObject({ cards: { openPerBoard: { status: 'disabled', count: 2 } } });
  });

  it('is that of 2023 unless a test wants another', () => {
    expect(objectLimits).toMatchObject({
      'cards.openPerBoard': 5000,
      'lists.openPerBoard': 500,
      'labels.perBoard': 1000,
      'checkItems.perChecklist': 200,
      'customFields.perBoard': 50,
    });
  });

  type Case = readonly [
    name: keyof Settings['limits'],
    path: (ids: Ids) => string,
    body: (ids: Ids) => object,
  ];
  interface Ids {
    readonly board: string;
    readonly list: string;
    readonly card: string;
    readonly checklist: string;
  }
  const cases: readonly Case[] = [
    ['cards.openPerBoard', () => 'cards', ({ list }) => ({ idList: list })],
    ['cards.openPerList', () => 'cards', ({ list }) => ({ idList: list })],
    ['cards.totalPerBoard', () => 'cards', ({ list }) => ({ idList: list })],
    ['lists.openPerBoard', () => 'lists', ({ board }) => ({ name: 'x', idBoard: board })],
    ['lists.totalPerBoard', () => 'lists', ({ board }) => ({ name: 'x', idBoard: board })],
    ['labels.perBoard', ({ board }) => `boards/${board}/labels`, () => ({ name: 'x', color: null })],
    ['checklists.perCard', () => 'checklists', ({ card }) => ({ idCard: card, name: 'x' })],
    [
      'checkItems.perChecklist',
      ({ checklist }) => `checklists/${checklist}/checkItems`,
      () => ({ name: 'x' }),
    ],
    [
      'attachments.perCard',
      ({ card }) => `cards/${card}/attachments`,
      () => ({ url: 'https://example.org/' }),
    ],
    [
      'customFields.perBoard',
      () => 'customFields',
      ({ board }) => ({ idModel: board, modelType: 'board', name: 'x', type: 'text', pos: 'top' }),
    ],
  ];

  it.each(cases)('of %s refuses one too many', async (name, path, body) => {
    await using trello = await startTrello({ plan: 'standard', limits: { [name]: 2 } });
    const { board, list } = await planIn(trello);
    const card = await cardIn(trello, list);
    const checklist = await made(trello, 'POST', 'checklists', { idCard: card, name: 'Étapes' });
    const ids = { board, list, card, checklist };

    const statuses = [];
    for (let index = 0; index < 3; index += 1) {
      statuses.push((await raw(trello, 'POST', path(ids), { ...body(ids) })).status);
    }

    expect(statuses.filter((status) => status === 200).length).toBeLessThan(3);
    expect(statuses.at(-1)).toBe(403);
  });
});
