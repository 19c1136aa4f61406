import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { authorization, cardIn, made, planIn, raw } from './client.ts';
import type { Route } from './endpoints/context.ts';
import { findRoute, type RouteName, routes } from './routes.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

/** What stands for each name in a path. */
type Names = Readonly<Record<string, string>>;

const all = Object.entries(routes) as [RouteName, Route][];
const absent = '6f00000000000000000000aa';

let trello: TrelloSimulator;
/** By the first word of a path: the id of something that is there. */
let there: Readonly<Record<string, Names>>;

beforeAll(async () => {
  trello = await startTrello({ plan: 'premium', tokenPer10Seconds: 10_000, keyPer10Seconds: 10_000 });
  there = await worldOf(trello);
});
afterAll(() => trello.stop());

async function worldOf(simulator: TrelloSimulator): Promise<Record<string, Names>> {
  const { board, list } = await planIn(simulator);
  const label = await made(simulator, 'POST', 'labels', { name: 'Urgent', color: 'red', idBoard: board });
  const card = await cardIn(simulator, list, { idLabels: label, idMembers: simulator.person.id });
  const checklist = simulator.person.addChecklist(card, 'Étapes', ['Lire']);
  const comment = simulator.person.comment(card, 'Vu');
  const attachment = simulator.person.attachFile(card, 'un.png', Buffer.from('x'));
  const field = simulator.person.addField(board, 'Texte', 'text');
  const item = checklist.items[0]?.id ?? '';
  return {
    boards: { id: board, idMember: simulator.person.id, filter: 'open' },
    lists: { id: list },
    labels: { id: label },
    cards: {
      id: card,
      idLabel: label,
      idMember: simulator.person.id,
      idAction: comment.id,
      idAttachment: attachment.id,
      fileName: 'un.png',
      idCustomField: field.id,
      idCheckItem: item,
      field: 'name',
    },
    checklists: { id: checklist.id, idCheckItem: item },
    actions: { idAction: comment.id },
    customFields: { id: field.id },
    members: { id: 'me' },
    organizations: { id: simulator.organization.id },
    tokens: { token: simulator.token },
    webhooks: { id: absent },
  };
}

function namesOf({ path }: Route): Names {
  return there[path.split('/')[0] ?? ''] ?? {};
}

function pathOf({ path }: Route, names: Names): string {
  return path.replaceAll(/:(\w+)/g, (_whole, name: string) => names[name] ?? absent);
}

async function answerOf(
  { method }: Route,
  path: string,
  body: JsonObject = {},
  headers: Record<string, string> = {},
): Promise<string> {
  const query = new URLSearchParams(body as Record<string, string>).toString();
  const response =
    method === 'GET' || method === 'DELETE'
      ? await raw(trello, method, query === '' ? path : `${path}?${query}`, undefined, headers)
      : await raw(trello, method, path, body, headers);
  return `${response.status} ${await response.text()}`;
}

describe('every route', () => {
  it('is found by what it says, and by no other method', () => {
    for (const [name, route] of all) {
      const path = `/1/${pathOf(route, namesOf(route))}`;

      expect(findRoute(route.method, path)?.name, name).toBe(name);
      expect(findRoute('PATCH', path), name).toBeUndefined();
    }
  });

  it.each(all)('%s refuses who brings no credential', async (_name, route) => {
    const path = pathOf(route, namesOf(route));

    expect(await answerOf(route, path, {}, { authorization: '' })).toBe('401 invalid key');
  });

  it.each(all)('%s refuses a parameter that it does not know', async (_name, route) => {
    const path = pathOf(route, namesOf(route));

    expect(await answerOf(route, path, { colour: 'red' })).toBe(
      '400 The simulator refuses: there is no parameter “colour” here.',
    );
  });

  it.each(all.filter(([, { required }]) => required !== undefined))(
    '%s refuses a request that lacks what it needs',
    async (_name, route) => {
      const path = pathOf(route, namesOf(route));

      expect(await answerOf(route, path)).toBe(`400 invalid value for ${route.required?.[0]}`);
    },
  );
});

describe('what is read by its id', () => {
  const byId = all.filter(
    ([, { path, required }]) => required === undefined && /^[a-zA-Z]+\/:id\b/.test(path),
  );
  const strict = byId.filter(([name]) => !/^(members|organizations)\./.test(name));

  it.each(strict)('%s: refuses an id that is none', async (_name, route) => {
    const path = pathOf(route, { ...namesOf(route), id: 'no-id' });

    expect(await answerOf(route, path)).toBe('400 invalid id');
  });

  it.each(byId.filter(([name]) => !name.endsWith('.field')))(
    '%s: does not find what is not there',
    async (_name, route) => {
      const path = pathOf(route, { ...namesOf(route), id: absent });

      expect(await answerOf(route, path)).toBe('404 The requested resource was not found.');
    },
  );
});

describe('what changes something', () => {
  const writes = all.filter(([, { method }]) => method !== 'GET');
  /** Webhooks are those of a token; to make a board takes no right on another. */
  const onBoards = writes.filter(([name]) => !name.startsWith('webhooks.') && name !== 'boards.create');

  it.each(writes)('%s takes the scope to write', async (_name, route) => {
    const reader =
      trello.world.credentials.get('reader') ??
      trello.addCredential(trello.key, 'reader', { scopes: ['read'] });
    const headers = { authorization: authorization(trello, reader) };

    const answer = await answerOf(route, pathOf(route, namesOf(route)), {}, headers);

    expect(answer).toBe('401 {"message":"missing scopes"}');
  });

  it.each(onBoards)(
    '%s is refused to an observer, on a closed board and to a stranger',
    async (name, route) => {
      const body = bodyFor(name);
      const board = there.boards?.id ?? '';
      const path = pathOf(route, namesOf(route));
      const { person } = trello;
      const before = trello.look.picture(board);

      person.addMember(board, person.id, 'observer');
      const observer = await answerOf(route, path, body);
      person.addMember(board, person.id, 'admin');
      person.closeBoard(board);
      const closed = /^boards\.(update|delete)$/.test(name) ? '400' : await answerOf(route, path, body);
      person.reopenBoard(board);
      const stranger = await answerOf(route, path, body, {
        authorization: authorization(trello, strangers()),
      });

      expect(observer, name).toMatch(/^401 unauthorized \w+ permission requested$/);
      expect(closed, name).toMatch(/^400/);
      expect(stranger, name).toMatch(/^401 unauthorized \w+ permission requested$/);
      expect(trello.look.picture(board)).toEqual(before);
    },
  );
});

/** A token of somebody who is not on the board. */
function strangers() {
  const known = trello.world.credentials.get('stranger');
  if (known !== undefined) return known;
  const memberId = trello.world.findMember('marcpetit')?.id ?? '';
  return trello.addCredential(trello.key, 'stranger', { memberId });
}

/** What a write needs so that only the right to it is missing. */
function bodyFor(name: string): JsonObject {
  const id = (kind: string) => there[kind]?.id ?? '';
  const bodies: Record<string, JsonObject> = {
    'lists.create': { name: 'x', idBoard: id('boards') },
    'boards.lists.create': { name: 'x' },
    'labels.create': { name: 'x', color: null, idBoard: id('boards') },
    'boards.labels.create': { name: 'x', color: null },
    'cards.create': { idList: id('lists') },
    'cards.update.field': { value: 'x' },
    'cards.labels.add': { value: id('labels') },
    'cards.members.add': { value: trello.person.id },
    'checklists.create': { idCard: id('cards'), name: 'x' },
    'checkItems.create': { name: 'x' },
    'cards.comments.create': { text: 'x' },
    'cards.comments.update': { text: 'x' },
    'actions.update': { text: 'x' },
    'attachments.create': { url: 'https://example.org/' },
    'customFields.create': { idModel: id('boards'), modelType: 'board', name: 'x', type: 'text', pos: 'top' },
    'customFields.options.create': { value: { text: 'x' } },
    'cards.customField.update': { value: { text: 'x' } },
    'cards.customFields.update': { customFieldItems: [] },
    'boards.members.invite': { email: 'marc@example.org' },
    'boards.members.update': { type: 'normal' },
  };
  return bodies[name] ?? {};
}
