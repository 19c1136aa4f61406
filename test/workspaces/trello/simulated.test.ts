import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Gate } from '#src/workspaces/gate/gate.ts';
import { createLedger } from '#src/workspaces/gate/ledger.ts';
import { trelloPace } from '#src/workspaces/gate/rates.ts';
import { machineTime, type Time } from '#src/workspaces/gate/time.ts';
import {
  createTrelloClient,
  type TrelloClient,
  type TrelloClientOptions,
} from '#src/workspaces/trello/client.ts';
import type { Endpoint } from '#src/workspaces/trello/endpoint.ts';
import * as boards from '#src/workspaces/trello/endpoints/boards.ts';
import * as cards from '#src/workspaces/trello/endpoints/cards.ts';
import * as checklists from '#src/workspaces/trello/endpoints/checklists.ts';
import * as customFields from '#src/workspaces/trello/endpoints/custom-fields.ts';
import * as people from '#src/workspaces/trello/endpoints/people.ts';
import * as webhooks from '#src/workspaces/trello/endpoints/webhooks.ts';
import { DESCRIPTION_LIMIT } from '#src/workspaces/trello/limits.ts';
import { need, type Outcome } from '#src/workspaces/trello/outcome.ts';
import { nameOf, passingFaults } from '../../simulators/trello/faults.ts';
import type { Settings } from '../../simulators/trello/settings.ts';
import { startTrello, type TrelloSimulator } from '../../simulators/trello/simulator.ts';
import { ABOUT, ASK } from './connection.ts';

/** The endpoints and the transport against a simulated Trello that refuses what it does not know. */

const open: TrelloSimulator[] = [];

afterEach(async () => {
  for (const trello of open.splice(0)) await trello.stop();
});

async function start(settings: Partial<Settings> = {}) {
  const trello = await startTrello({ refusesSecretsInUrl: true, ...settings });
  open.push(trello);
  return { trello, client: clientOf(trello) };
}

function clientOf(trello: TrelloSimulator, changes: Partial<TrelloClientOptions> = {}): TrelloClient {
  const { token = trello.token, time = machineTime } = changes;
  const pace = trelloPace('key', token);
  const gate = new Gate({ pace, ledger: createLedger(), time, random: Math.random });
  const { key, url: baseUrl } = trello;
  return createTrelloClient({ key, token, baseUrl, gate, pace, time, random: () => 0, ...changes });
}

async function ask<T>(client: TrelloClient, endpoint: Endpoint<T>): Promise<T> {
  return need(ABOUT, await client.call(ASK, endpoint));
}

/** A board with a list, a label and a card. */
async function provision(client: TrelloClient, idOrganization: string) {
  const board = await ask(client, boards.createBoard({ name: 'Plan', desc: 'x', idOrganization }));
  const list = await ask(client, boards.createList({ idBoard: board.id, name: 'Comprendre', pos: 16_384 }));
  const label = await ask(client, boards.createLabel({ idBoard: board.id, name: 'Rôle', color: null }));
  const card = await ask(
    client,
    cards.createCard({
      idList: list.id,
      name: 'Lire',
      desc: '漢'.repeat(DESCRIPTION_LIMIT),
      pos: 16_384,
      due: '2027-01-12T17:00:00.000Z',
      idLabels: [label.id, label.id],
    }),
  );
  return { board, list, label, card };
}

const TIMEOUT_MS = 150;

/** A clock that runs only for the time-out of a request; any other wait is over at once, and the hands are moved on. */
function jumpingTime(): Time {
  let skippedMs = 0;
  return {
    now: () => machineTime.now() + skippedMs,
    after(ms, run) {
      if (ms === TIMEOUT_MS) return machineTime.after(ms, run);
      return machineTime.after(0, () => {
        skippedMs += ms;
        run();
      });
    },
  };
}

describe('a fault', () => {
  const faults = passingFaults().map((fault) => [nameOf(fault), fault] as const);

  it.each(faults)('(%s) makes no card twice, and lets a read and a change through', async (_name, fault) => {
    const { trello } = await start();
    const { board, list, card } = await provision(clientOf(trello), trello.organization.id);
    const patient = clientOf(trello, { time: jumpingTime(), timeoutMs: TIMEOUT_MS });
    const struck = () => trello.log.all().filter((request) => request.fault !== undefined).length;
    const before = trello.log.all().length;

    trello.faults.on('cards.create', fault);
    const created = await patient.call(ASK, cards.createCard({ idList: list.id, name: 'Choisir', pos: 2 }));
    trello.faults.on('cards.update', fault);
    const updated = await patient.call(ASK, cards.updateCard(card.id, { name: 'Lire la loi' }));
    trello.faults.on('boards.retrieve', fault);
    const read = await patient.call(ASK, boards.getBoardBundle(board.id));

    expect([created.kind === 'refused', updated.kind, read.kind]).toEqual([false, 'ok', 'ok']);
    const bundle = await ask(clientOf(trello), boards.getBoardBundle(board.id));
    const made = bundle.cards.rows.filter(({ name }) => name === 'Choisir').length;
    expect(made).toBeLessThanOrEqual(1);
    if (created.kind === 'ok') expect(made).toBe(1);
    if (created.kind === 'notNow') expect(made).toBe(0);
    expect(bundle.cards.rows.some(({ name }) => name === 'Lire la loi')).toBe(true);
    expect(struck()).toBe(3);
    expect(trello.log.all().length - before).toBeLessThanOrEqual(7);
  });
});

describe('a board', () => {
  it('is made, changed and read whole in one request', async () => {
    const { trello, client } = await start();
    const { board, list, label, card } = await provision(client, trello.organization.id);
    await ask(client, boards.updateBoard(board.id, { name: 'Plan de Martin' }));
    await ask(client, boards.updateList(list.id, { name: 'Comprendre la réforme' }));
    await ask(client, boards.updateLabel(label.id, { color: 'green_dark' }));
    const before = client.requests(ASK.project);

    const bundle = await ask(client, boards.getBoardBundle(board.id));

    expect(client.requests(ASK.project)).toBe(before + 1);
    expect(bundle).toMatchObject({
      name: 'Plan de Martin',
      lists: { rows: [{ id: list.id, name: 'Comprendre la réforme' }], unreadable: 0 },
      labels: { rows: [{ id: label.id, color: 'green_dark' }], unreadable: 0 },
      cards: {
        rows: [{ id: card.id, idLabels: [label.id], due: '2027-01-12T17:00:00.000Z' }],
        unreadable: 0,
      },
      checklists: { rows: [], unreadable: 0 },
      members: { rows: [{ username: 'clairemorel' }], unreadable: 0 },
    });
    expect(bundle.cards.rows[0]?.desc).toBe('漢'.repeat(DESCRIPTION_LIMIT));
    expect(bundle.limits?.cards?.openPerBoard?.disableAt).toBeGreaterThan(0);
  });

  it('is found among those of the person and of the workspace', async () => {
    const { trello, client } = await start();
    const { board } = await provision(client, trello.organization.id);

    const mine = await ask(client, boards.getMyBoards());
    const theirs = await ask(client, boards.getBoardsOf(trello.organization.id));
    const byLink = await ask(client, boards.getBoard(board.shortLink));

    for (const { rows } of [mine, theirs]) expect(rows).toMatchObject([{ id: board.id, desc: 'x' }]);
    expect(byLink.id).toBe(board.id);
  });

  it('is read page by page, with its labels and what happened on it', async () => {
    const { trello, client } = await start();
    const { board, list, card } = await provision(client, trello.organization.id);
    const newer = await ask(client, cards.createCard({ idList: list.id, name: 'Choisir', pos: 2 }));
    await ask(client, cards.updateCard(newer.id, { closed: true }));

    const all = await ask(client, boards.getBoardCards(board.id));
    const older = await ask(client, boards.getBoardCards(board.id, newer.id));
    const labels = await ask(client, boards.getBoardLabels(board.id));
    const first = await ask(client, cards.addComment(card.id, 'Vu'));
    const second = await ask(client, cards.addComment(card.id, 'Revu'));
    const comments = await ask(client, boards.getBoardComments(board.id, second.id));

    expect(all.rows.map(({ id }) => id)).toEqual([newer.id, card.id]);
    expect(older.rows.map(({ id }) => id)).toEqual([card.id]);
    expect(labels.rows).toMatchObject([{ name: 'Rôle' }]);
    expect(comments.rows).toMatchObject([
      {
        id: first.id,
        data: { text: 'Vu', card: { id: card.id } },
        memberCreator: { username: 'clairemorel' },
      },
    ]);
    expect(comments.unreadable).toBe(0);
  });
});

describe('a card', () => {
  it('has its date and its sets cleared', async () => {
    const { trello, client } = await start();
    const { card } = await provision(client, trello.organization.id);

    await ask(
      client,
      cards.updateCard(card.id, { due: null, idLabels: [], idMembers: [], dueComplete: true }),
    );

    const read = await ask(client, cards.getCard(card.shortLink));
    expect(read).toMatchObject({ id: card.id, due: null, idLabels: [], dueComplete: true });
  });

  it('is copied with its checklists, and a checklist with its points', async () => {
    const { trello, client } = await start();
    const { list, card } = await provision(client, trello.organization.id);
    const checklist = await ask(
      client,
      checklists.createChecklist({ idCard: card.id, name: 'Points', pos: 1 }),
    );
    const item = await ask(
      client,
      checklists.createCheckItem(checklist.id, { name: 'a', pos: 1, checked: true }),
    );
    await ask(client, checklists.updateCheckItem(card.id, item.id, { name: 'b', state: 'incomplete' }));
    await ask(client, checklists.updateChecklist(checklist.id, { name: 'À vérifier' }));

    const copy = await ask(
      client,
      cards.createCard({
        idList: list.id,
        name: 'Copie',
        idCardSource: card.id,
        keepFromSource: ['checklists'],
      }),
    );
    const again = await ask(
      client,
      checklists.createChecklist({ idCard: copy.id, name: 'Encore', idChecklistSource: checklist.id }),
    );
    await ask(client, checklists.removeCheckItem(card.id, item.id));
    await ask(client, checklists.removeChecklist(again.id));

    const points = { rows: [{ name: 'b', state: 'incomplete' }], unreadable: 0 };
    expect(again.checkItems).toMatchObject(points);
    const { rows } = await ask(client, cards.getCardChecklists(copy.id));
    expect(rows).toMatchObject([{ name: 'À vérifier', checkItems: points }]);
    expect((await ask(client, cards.getCardChecklists(card.id))).rows[0]?.checkItems.rows).toEqual([]);
  });

  it('has comments that are edited, and pictures that are replaced', async () => {
    const { trello, client } = await start();
    const { card } = await provision(client, trello.organization.id);
    const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
    const upload = { bytes, name: 'progress.png', mimeType: 'image/png', setCover: false };

    const comment = await ask(client, cards.addComment(card.id, 'Bonjour'));
    await ask(client, cards.updateComment(card.id, comment.id, 'Bonsoir'));
    const picture = await ask(client, cards.uploadAttachment(card.id, upload));
    const comments = await ask(client, cards.getCardComments(card.id));
    const attachments = await ask(client, cards.getCardAttachments(card.id));
    await ask(client, cards.removeAttachment(card.id, picture.id));

    expect(comments.rows.map(({ data }) => data.text)).toEqual(['Bonsoir']);
    expect(attachments.rows).toMatchObject([{ id: picture.id, name: 'progress.png', isUpload: true }]);
    expect((await ask(client, cards.getCardAttachments(card.id))).rows).toEqual([]);
  });

  it('has custom fields where the plan has them', async () => {
    const { trello, client } = await start({ plan: 'standard' });
    const { board, card } = await provision(client, trello.organization.id);
    const idBoard = board.id;
    const price = await ask(
      client,
      customFields.createCustomField({ idBoard, name: 'Prix', type: 'number', pos: 1 }),
    );
    const state = await ask(
      client,
      customFields.createCustomField({ idBoard, name: 'État', type: 'list', pos: 2, options: ['a', 'b'] }),
    );
    const option = state.options?.[1]?.id ?? '';

    await ask(
      client,
      customFields.setCustomFields(card.id, [
        { idCustomField: price.id, value: { number: 49.9 } },
        { idCustomField: state.id, value: { option } },
      ]),
    );

    const { customFields: fields, cards: found } = await ask(client, boards.getBoardBundle(board.id));
    expect(fields.rows.map(({ name }) => name)).toEqual(['Prix', 'État']);
    expect(found.rows[0]?.customFieldItems?.rows).toMatchObject([
      { idCustomField: price.id, value: { number: '49.9' } },
      { idCustomField: state.id, idValue: option },
    ]);
    await ask(
      client,
      customFields.setCustomFields(card.id, [{ idCustomField: price.id, value: { number: null } }]),
    );
    const cleared = await ask(client, boards.getBoardBundle(board.id));
    expect(cleared.cards.rows[0]?.customFieldItems?.rows).toHaveLength(1);
  });
});

describe('a webhook', () => {
  it('is made once its address answers, changed, read and removed', async () => {
    await using home = await listen(200);
    const { trello, client } = await start();
    const { board } = await provision(client, trello.organization.id);

    const webhook = await ask(client, webhooks.createWebhook(board.id, home.url, 'Jalon'));
    await ask(client, webhooks.updateWebhook(webhook.id, { active: false }));
    const read = await ask(client, webhooks.getWebhook(webhook.id));
    await ask(client, webhooks.removeWebhook(webhook.id));
    const gone = await client.call(ASK, webhooks.getWebhook(webhook.id));

    expect(read).toMatchObject({ id: webhook.id, idModel: board.id, callbackURL: home.url, active: false });
    expect(gone).toMatchObject({ kind: 'refused', refusal: { code: 'notFound' } });
  });

  it('is refused, with the reason, where its address does not answer, and where there is one already', async () => {
    await using home = await listen(200);
    await using shut = await listen(405);
    const { trello, client } = await start();
    const { board } = await provision(client, trello.organization.id);
    await ask(client, webhooks.createWebhook(board.id, home.url, 'Jalon'));

    const twin = await client.call(ASK, webhooks.createWebhook(board.id, home.url, 'Jalon'));
    const deaf = await client.call(ASK, webhooks.createWebhook(board.id, shut.url, 'Jalon'));

    expect(twin).toMatchObject({
      refusal: { code: 'invalid', detail: expect.stringMatching(/already exists/) },
    });
    expect(deaf).toMatchObject({
      refusal: { code: 'invalid', detail: expect.stringMatching(/did not return 200.*405/) },
    });
  });
});

/** An address on this machine that answers everything with that status. */
async function listen(status: number) {
  const server = createServer((_, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/trello`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('the credentials', () => {
  it('are never in an address', async () => {
    const { trello, client } = await start();
    await provision(client, trello.organization.id);

    expect(trello.log.withSecretInUrl()).toEqual([]);
    expect(trello.log.writes().length).toBeGreaterThan(0);
  });
});

describe('people and plans', () => {
  it('are asked for and let in', async () => {
    const { trello, client } = await start();
    const { board } = await provision(client, trello.organization.id);

    const marc = await ask(client, people.getMember('marcpetit'));
    await ask(client, people.addBoardMember(board.id, marc.id));
    const me = await ask(client, people.getMe());
    const organization = await ask(client, people.getOrganization(trello.organization.id));
    const members = await ask(client, people.getOrganizationMembers(trello.organization.id));

    expect([me.username, marc.fullName]).toEqual(['clairemorel', 'Marc Petit']);
    expect(organization.limits?.orgs?.freeBoardsPerOrg?.disableAt).toBe(10);
    expect(members.rows.map(({ username }) => username)).toEqual(['clairemorel', 'marcpetit']);
    const bundle = await ask(client, boards.getBoardBundle(board.id));
    expect(bundle.members.rows).toHaveLength(2);
  });

  it('refuse in words that are understood', async () => {
    const { trello, client } = await start({ boardsBefore: 9 });
    const { board } = await provision(client, trello.organization.id);
    const idOrganization = trello.organization.id;
    const codeOf = (outcome: Outcome<unknown>) =>
      outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;

    const codes = {
      eleventh: codeOf(await client.call(ASK, boards.createBoard({ name: 'x', idOrganization }))),
      field: codeOf(
        await client.call(
          ASK,
          customFields.createCustomField({ idBoard: board.id, name: 'x', type: 'number', pos: 1 }),
        ),
      ),
      gone: codeOf(await client.call(ASK, cards.getCard('5f2b1c3d4e5f6a7b8c9d0e1f'))),
      invalid: codeOf(await client.call(ASK, cards.createCard({ idList: board.id, name: 'x' }))),
      stranger: codeOf(await clientOf(trello, { token: 'nobody-s-token' }).call(ASK, boards.getMyBoards())),
    };

    expect(codes).toEqual({
      eleventh: 'limit',
      field: 'plan',
      gone: 'notFound',
      invalid: 'invalid',
      stranger: 'unauthorized',
    });
  });
});
