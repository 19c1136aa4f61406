import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authorization, boardIn, cardIn, json, one, planIn, raw, refusal } from './client.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

let trello: TrelloSimulator;
beforeEach(async () => {
  trello = await startTrello();
});
afterEach(() => trello.stop());

const absent = '6f00000000000000000000aa';

describe('credentials', () => {
  it('are taken from the header', async () => {
    const me = await one(trello, 'GET', 'members/me');

    expect(me).toMatchObject({ username: 'clairemorel', avatarHash: null, email: null });
    expect(trello.log.withSecretInUrl()).toEqual([]);
  });

  it('are taken from the query, too, and that is noted', async () => {
    const { url, key, token } = trello;

    const answer = await fetch(`${url}/members/me?key=${key}&token=${token}`);

    expect(answer.status).toBe(200);
    expect(trello.log.withSecretInUrl()).toHaveLength(1);
  });

  it('are found wherever they stand in a URL', async () => {
    await json(trello, 'GET', `tokens/${trello.token}/webhooks`);
    await raw(trello, 'GET', `boards/${absent}?fields=${trello.world.settings.appSecret}`);

    expect(trello.log.withSecretInUrl()).toHaveLength(2);
  });

  it('may be forbidden in a URL by a test', async () => {
    await using strict = await startTrello({ refusesSecretsInUrl: true });

    const answer = await fetch(`${strict.url}/members/me?key=${strict.key}&token=${strict.token}`);

    expect(await answer.text()).toBe('The simulator refuses: a secret stands in the URL.');
  });

  it.each([
    ['without any', '', 'invalid key'],
    ['with a key that is not known', 'OAuth oauth_consumer_key="x", oauth_token="TOKEN"', 'invalid key'],
    ['without a token', 'OAuth oauth_consumer_key="KEY"', 'unauthorized permission requested'],
    ['with a token that is not known', 'OAuth oauth_consumer_key="KEY", oauth_token="x"', 'invalid token'],
    ['without the quotes', 'OAuth oauth_consumer_key=KEY, oauth_token=TOKEN', 'invalid key'],
    ['in another scheme', 'Bearer TOKEN', 'invalid key'],
  ])('are refused %s', async (_name, header, text) => {
    const named = header.replace('KEY', trello.key).replace('TOKEN', trello.token);

    expect(await refusal(trello, 'GET', 'members/me', undefined, { authorization: named })).toBe(
      `401 ${text}`,
    );
  });

  it('are refused once the token is withdrawn', async () => {
    trello.revoke();

    expect(await refusal(trello, 'GET', 'members/me')).toBe('401 invalid token');
  });

  it('need the scope to write', async () => {
    const reader = trello.addCredential(trello.key, 'reader', { scopes: ['read'] });
    const headers = { authorization: authorization(trello, reader) };

    const answer = await refusal(trello, 'POST', 'boards', { name: 'Plan' }, headers);

    expect(answer).toBe('401 {"message":"missing scopes"}');
    expect((await raw(trello, 'GET', 'members/me', undefined, headers)).status).toBe(200);
  });

  it('see the e-mail of their member only with the scope for it', async () => {
    const knowing = trello.addCredential(trello.key, 'knowing', { scopes: ['read', 'account'] });
    const headers = { authorization: authorization(trello, knowing) };

    const me = await raw(trello, 'GET', 'members/me?fields=email', undefined, headers);
    const other = await raw(trello, 'GET', 'members/marcpetit?fields=email', undefined, headers);

    expect(await me.json()).toMatchObject({ email: 'claire@example.org' });
    expect(await other.json()).toMatchObject({ email: null });
  });
});

describe('an answer', () => {
  it('is JSON, with the rates in its headers', async () => {
    const { headers } = await raw(trello, 'GET', 'members/me');

    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-rate-limit-api-token-interval-ms': '10000',
      'x-rate-limit-api-token-max': '100',
      'x-rate-limit-api-token-remaining': '99',
      'x-rate-limit-api-key-max': '300',
      'x-rate-limit-api-key-remaining': '299',
      'x-rate-limit-member-remaining': '374',
    });
  });

  it.each([
    ['boards/no-id', 400, 'invalid id'],
    [`boards/${absent}`, 404, 'The requested resource was not found.'],
    [`cards/${absent}`, 404, 'The requested resource was not found.'],
    ['cards/abcdefgh', 404, 'The requested resource was not found.'],
    ['lists/abcdefgh', 400, 'invalid id'],
    ['nothing/here', 404, 'Cannot GET /1/nothing/here'],
  ])('to GET %s is %i in plain text, with the rates', async (path, status, text) => {
    const answer = await raw(trello, 'GET', path);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('x-rate-limit-api-token-remaining')).toBe('99');
    expect(await answer.text()).toBe(text);
  });

  it('may be asked for with a slash at the end', async () => {
    const board = await one(trello, 'POST', 'boards/', { name: 'Plan' });

    expect(board).toMatchObject({ name: 'Plan' });
  });

  it('needs the version in the path', async () => {
    const answer = await fetch(new URL('/members/me', trello.url), {
      headers: { authorization: authorization(trello) },
    });

    expect(answer.status).toBe(404);
  });
});

describe('a URL', () => {
  it('may carry 8,000 characters, not 8,200', async () => {
    const board = await boardIn(trello);
    const write = async (length: number) =>
      (await raw(trello, 'PUT', `boards/${board}?desc=${'x'.repeat(length)}`)).status;

    expect([await write(8000), await write(8200)]).toEqual([200, 414]);
  });

  it('is full with 910 characters of Chinese, while a body has room for 16,384', async () => {
    const { list } = await planIn(trello);
    const card = await cardIn(trello, list);
    const desc = encodeURIComponent('发'.repeat(910));

    const inUrl = await raw(trello, 'PUT', `cards/${card}?desc=${desc}`);
    const inBody = await raw(trello, 'PUT', `cards/${card}`, { desc: '发'.repeat(16_384) });

    expect([inUrl.status, inBody.status]).toEqual([414, 200]);
    expect(trello.look.card(card).desc).toHaveLength(16_384);
  });
});

describe('parameters', () => {
  it('stand in the query, in a form or in JSON', async () => {
    const form = new URLSearchParams({ name: 'B', idOrganization: trello.organization.name });

    await json(trello, 'POST', 'boards?name=A');
    await json(trello, 'POST', 'boards', form);
    await json(trello, 'POST', 'boards', { name: 'C' });

    expect(trello.look.boards().map(({ name }) => name)).toEqual(['A', 'B', 'C']);
  });

  it.each([
    ['that is not known', { name: 'Plan', colour: 'red' }, /no parameter “colour”/],
    ['of another type', { name: 5 }, /^400 invalid value for name$/],
    ['that is null where it cannot be', { name: null }, /^400 invalid value for name$/],
    ['that is missing', {}, /^400 invalid value for name$/],
    ['that is empty', { name: '' }, /^400 invalid value for name$/],
    ['that is neither true nor false', { name: 'Plan', defaultLists: 'no' }, /value for defaultLists$/],
    ['out of a set', { name: 'Plan', prefs_permissionLevel: 'secret' }, /value for prefs_permissionLevel$/],
    ['that is too long', { name: 'Plan', desc: 'x'.repeat(16_385) }, /^400 invalid value for desc$/],
  ])('are refused: one %s', async (_name, body, text) => {
    expect(await refusal(trello, 'POST', 'boards', body)).toMatch(text);
    expect(trello.look.boards()).toEqual([]);
  });

  it.each([
    ['that is no JSON', '{"name":', 'application/json', /^400 Error parsing body$/],
    ['that is a list', '[]', 'application/json', /^400 Error parsing body$/],
    ['that is called text', '{"name":"Plan"}', 'text/plain', /a body of the type “text\/plain” is not read/],
  ])('are not read from a body %s', async (_name, body, type, text) => {
    expect(await refusal(trello, 'POST', 'boards', body, { 'content-type': type })).toMatch(text);
  });

  it('name only fields that there are', async () => {
    const board = await boardIn(trello);

    const few = await one(trello, 'GET', `boards/${board}?fields=name,dateLastActivity`);

    expect(Object.keys(few).toSorted()).toEqual(['dateLastActivity', 'id', 'name']);
    expect(await refusal(trello, 'GET', `boards/${board}?fields=name,colour`)).toBe(
      '400 invalid value for fields',
    );
  });
});
