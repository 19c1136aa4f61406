import { describe, expect, it } from 'vitest';
import { NOTION_VERSION } from '#src/workspaces/notion/client.ts';
import { Page, Touched } from '#src/workspaces/notion/schema.ts';
import { mockHttp } from '../../support/http-mock.ts';
import {
  ABOUT,
  ASK,
  anError,
  aPage,
  appendBlock,
  connect,
  createPage,
  finish,
  ORIGIN,
  PAGE_ID,
  readPage,
  TOKEN,
  updatePage,
} from './connection.ts';

const PATH = `/v1/pages/${PAGE_ID}`;
const http = mockHttp();

describe('a request', () => {
  it('carries the pinned version and the token in headers, and nothing in its address', async () => {
    const scope = http(ORIGIN)
      .matchHeader('notion-version', '2026-03-11')
      .matchHeader('authorization', `Bearer ${TOKEN}`)
      .get(PATH)
      .reply(200, aPage());
    const connection = connect();

    const outcome = await finish(connection, readPage(connection.client));

    expect(NOTION_VERSION).toBe('2026-03-11');
    expect(outcome).toMatchObject({ kind: 'ok', value: { id: PAGE_ID, in_trash: false } });
    expect(scope.isDone()).toBe(true);
  });

  it('is counted for its project and told without its query', async () => {
    http(ORIGIN).get(`${PATH}?filter_properties=title`).reply(200, aPage());
    const connection = connect();

    await finish(
      connection,
      connection.client.call(
        ASK,
        (sdk) => sdk.pages.retrieve({ page_id: PAGE_ID, filter_properties: ['title'] }),
        Page,
      ),
    );

    expect(connection.sent).toEqual([
      {
        project: 'martin',
        method: 'GET',
        path: PATH,
        status: 200,
        outcome: 'ok',
        attempt: 1,
        durationMs: 0,
      },
    ]);
    expect(connection.client.requests('martin')).toBe(1);
    expect(connection.client.requests('other')).toBe(0);
  });

  it('is not sent with a parameter that the SDK would drop', async () => {
    const connection = connect();
    const args = { database_id: PAGE_ID, archived: true };

    const call = connection.client.call(ASK, (sdk) => sdk.databases.update(args), Touched);

    await expect(finish(connection, call)).rejects.toThrow(/archived/);
    expect(connection.client.requests('martin')).toBe(0);
  });

  it('is not sent when its address is not one of the API', async () => {
    const connection = connect();

    const call = connection.client.call(ASK, (sdk) => sdk.pages.retrieve({ page_id: '../users' }), Page);

    await expect(finish(connection, call)).rejects.toThrow('Notion SDK');
  });

  it('is exactly one to a call', async () => {
    http(ORIGIN).get(PATH).reply(200, aPage());
    const connection = connect();

    const two = connection.client.call(
      ASK,
      async (sdk) => {
        await sdk.pages.retrieve({ page_id: PAGE_ID });
        return sdk.pages.retrieve({ page_id: PAGE_ID });
      },
      Page,
    );

    await expect(finish(connection, two)).rejects.toThrow('one call is one request');
    const none = connection.client.call(ASK, async () => ({}), Touched);
    await expect(finish(connection, none)).rejects.toThrow('has to make one request');
  });
});

describe('a refusal', () => {
  it.each([
    [401, 'unauthorized', undefined, 'unauthorized'],
    [403, 'restricted_resource', undefined, 'restricted'],
    [403, 'restricted_resource', { block_limit: 'block_creation' }, 'blockLimit'],
    [403, 'something_new', undefined, 'restricted'],
    [404, 'object_not_found', { integration_id: 'x' }, 'notShared'],
    [400, 'validation_error', undefined, 'validation'],
    [406, 'row_limit_exceeded', undefined, 'rowLimit'],
    [409, 'row_limit_exceeded', undefined, 'rowLimit'],
    [400, 'invalid_json', undefined, 'malformed'],
    [400, 'missing_version', undefined, 'malformed'],
    [400, 'invalid_request_url', undefined, 'malformed'],
    [418, 'something_new', undefined, 'malformed'],
    [429, 'rate_limited', { rate_limit_reason: 'public_api_request_blocked' }, 'blocked'],
  ])('%d %s %j is %4$s, and is not sent again', async (status, code, data, expected) => {
    http(ORIGIN)
      .get(PATH)
      .reply(status, anError(status, code, data));
    http(ORIGIN)
      .post('/v1/pages')
      .reply(status, anError(status, code, data));
    const connection = connect();

    const read = await finish(connection, readPage(connection.client));
    const created = await finish(connection, createPage(connection.client));

    const refusal = { code: expected, detail: `${code}!`, requestId: 'req-1' };
    expect(read).toEqual({ kind: 'refused', refusal });
    expect(created).toEqual({ kind: 'refused', refusal });
    expect(connection.gate.pausedUntil()).toBeUndefined();
  });

  it('quotes no more of Notion’s words than fit on a screen, on one line', async () => {
    http(ORIGIN)
      .get(PATH)
      .reply(400, { ...anError(400, 'validation_error'), message: `body\n\u0007${'é'.repeat(5_000)}` });
    const connection = connect();

    const outcome = await finish(connection, readPage(connection.client));

    expect(outcome).toMatchObject({ refusal: { detail: expect.stringMatching(/^body é{295}…$/) } });
  });
});

describe('an answer that says nothing of the request’s fate', () => {
  const answers: [string, number, string | object][] = [
    ['500', 500, anError(500, 'internal_server_error')],
    ['502 in HTML', 502, '<html><title>Bad gateway</title></html>'],
    ['503', 503, anError(503, 'service_unavailable')],
    ['503 of the database', 503, anError(503, 'database_connection_unavailable')],
    ['504', 504, anError(504, 'gateway_timeout')],
    ['a 401 that is not Notion’s', 401, '<html>log in to the hotel</html>'],
    ['a 404 that is not Notion’s', 404, 'not found'],
    ['a redirect', 302, ''],
    ['200 in HTML', 200, '<html>maintenance</html>'],
    ['200 and half a JSON', 200, '{"object":"page","id":'],
    ['200 and nothing', 200, ''],
  ];

  it.each(answers)('%s: a create is sent once and stays unknown', async (_name, status, body) => {
    http(ORIGIN).post('/v1/pages').reply(status, body);
    const connection = connect();

    const outcome = await finish(connection, createPage(connection.client));

    expect(outcome).toMatchObject({ kind: 'unknown', doubt: { status } });
  });

  it.each(answers)('%s: an append is sent once and stays unknown', async (_name, status, body) => {
    http(ORIGIN).patch(`/v1/blocks/${PAGE_ID}/children`).reply(status, body);
    const connection = connect();

    const outcome = await finish(connection, appendBlock(connection.client));

    expect(outcome).toMatchObject({ kind: 'unknown', doubt: { status } });
  });

  it.each(answers)('%s: a read and a change of values are sent again', async (_name, status, body) => {
    http(ORIGIN).get(PATH).times(2).reply(status, body).get(PATH).reply(200, aPage());
    http(ORIGIN).patch(PATH).times(2).reply(status, body).patch(PATH).reply(200, aPage());
    const connection = connect();

    const read = await finish(connection, readPage(connection.client));
    const updated = await finish(connection, updatePage(connection.client));

    expect([read.kind, updated.kind]).toEqual(['ok', 'ok']);
    expect(connection.sent.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 1, 2, 3]);
  });

  it('is believed after five tries', async () => {
    http(ORIGIN).get(PATH).times(5).reply(502, 'bad gateway');
    const connection = connect();

    const outcome = await finish(connection, readPage(connection.client));

    expect(outcome).toEqual({
      kind: 'unknown',
      doubt: { reason: 'notJson', status: 502, detail: 'not an answer of Notion, HTTP 502' },
    });
  });

  it('is waited out longer each time, half of it by chance', async () => {
    const waits = async (chance: number) => {
      http(ORIGIN).get(PATH).times(5).reply(502, 'bad gateway');
      const connection = connect({ random: () => chance });
      const start = connection.time.now();
      await finish(connection, readPage(connection.client));
      return connection.time.now() - start;
    };

    const least = await waits(0);
    const most = await waits(1);

    expect([least, most]).toEqual([(500 + 1000 + 2000 + 4000) / 2, 500 + 1000 + 2000 + 4000]);
  });

  it('is waited out for as long as the answer asks', async () => {
    http(ORIGIN)
      .get(PATH)
      .reply(503, anError(503, 'service_unavailable'), { 'retry-after': '40' })
      .get(PATH)
      .reply(200, aPage());
    const connection = connect();
    const start = connection.time.now();

    await finish(connection, readPage(connection.client));

    expect(connection.time.now() - start).toBe(40_000);
  });

  it('is no good page when it is another object', async () => {
    http(ORIGIN).post('/v1/pages').reply(200, { object: 'page' });
    http(ORIGIN)
      .get(PATH)
      .reply(200, aPage({ id: 'elsewhere' }));
    const connection = connect();

    const created = await finish(connection, createPage(connection.client));
    const read = await finish(connection, readPage(connection.client));

    expect(created).toMatchObject({ kind: 'unknown', doubt: { reason: 'unreadable' } });
    expect(read).toMatchObject({ kind: 'unknown', doubt: { reason: 'unreadable', detail: /id/ } });
  });

  it('stays unknown when Notion has only accepted the work', async () => {
    http(ORIGIN)
      .post('/v1/pages')
      .reply(202, { object: 'async_task', id: PAGE_ID, async_task: { status: 'queued' } });
    const connection = connect();

    const outcome = await finish(connection, createPage(connection.client));

    expect(outcome).toMatchObject({ kind: 'unknown', doubt: { reason: 'accepted', status: 202 } });
  });
});

describe('an error that names what was saved', () => {
  it('is believed for a create', async () => {
    http(ORIGIN)
      .post('/v1/pages')
      .reply(
        503,
        anError(503, 'service_unavailable', { committed_resource_id: PAGE_ID, retry_guidance: 'x' }),
      );
    const connection = connect();

    const outcome = await finish(connection, createPage(connection.client));

    expect(outcome).toEqual({ kind: 'committed', resourceId: PAGE_ID, childIds: [] });
  });

  it('is believed for blocks that were appended', async () => {
    http(ORIGIN)
      .patch(`/v1/blocks/${PAGE_ID}/children`)
      .reply(
        503,
        anError(503, 'database_connection_unavailable', {
          committed_child_ids: [PAGE_ID, PAGE_ID.replaceAll('-', '')],
        }),
      );
    const connection = connect();

    const outcome = await finish(connection, appendBlock(connection.client));

    expect(outcome).toEqual({ kind: 'committed', resourceId: undefined, childIds: [PAGE_ID, PAGE_ID] });
  });

  it('names nothing when the ids are odd', async () => {
    http(ORIGIN)
      .post('/v1/pages')
      .reply(
        503,
        anError(503, 'service_unavailable', { committed_resource_id: 42, committed_child_ids: 'a' }),
      );
    const connection = connect();

    const outcome = await finish(connection, createPage(connection.client));

    expect(outcome.kind).toBe('unknown');
  });
});

describe('a conflict', () => {
  it('has the same request sent again, also a create', async () => {
    http(ORIGIN)
      .post('/v1/pages')
      .times(2)
      .reply(409, anError(409, 'conflict_error'))
      .post('/v1/pages')
      .reply(200, { id: PAGE_ID });
    const connection = connect();

    const outcome = await finish(connection, createPage(connection.client));

    expect(outcome.kind).toBe('ok');
    expect(connection.sent.map(({ durationMs }) => durationMs)).toEqual([0, 0, 0]);
  });

  it('that does not end is told after five tries', async () => {
    http(ORIGIN).patch(PATH).times(5).reply(409, anError(409, 'conflict_error'));
    const connection = connect();

    const outcome = await finish(connection, updatePage(connection.client));

    expect(outcome).toMatchObject({ kind: 'notNow', delay: { reason: 'conflict' } });
  });
});

describe('a request too many', () => {
  const tooMany = (data?: object) => anError(429, 'rate_limited', data);

  it.each([
    ['a header', { 'retry-after': '180' }, undefined],
    ['the body', {}, { retry_after: '180' }],
  ])('is sent again, also a create, once the time of %s has passed', async (_name, headers, data) => {
    http(ORIGIN).post('/v1/pages').reply(429, tooMany(data), headers);
    http(ORIGIN).post('/v1/pages').reply(200, { id: PAGE_ID });
    const connection = connect();
    const start = connection.time.now();

    const outcome = await finish(connection, createPage(connection.client));

    expect(outcome.kind).toBe('ok');
    expect(connection.time.now() - start).toBe(180_000);
  });

  it('stops the requests of all projects', async () => {
    http(ORIGIN).get(PATH).reply(429, tooMany(), { 'retry-after': '60' });
    http(ORIGIN).get(PATH).times(2).reply(200, aPage());
    const connection = connect();
    const start = connection.time.now();

    const one = readPage(connection.client, { project: 'one', about: ABOUT });
    while (!connection.gate.pausedUntil()) await new Promise((resolve) => setImmediate(resolve));
    const other = readPage(connection.client, { project: 'other', about: ABOUT });
    await finish(connection, Promise.all([one, other]));

    expect(connection.sent.map(({ project, outcome }) => `${project} ${outcome}`)).toEqual([
      'one notNow',
      'one ok',
      'other ok',
    ]);
    expect(connection.time.now() - start).toBe(60_000);
  });

  it('is waited out without a word from Notion, too', async () => {
    http(ORIGIN).get(PATH).reply(429, 'slow down').get(PATH).reply(200, aPage());
    const connection = connect();
    const start = connection.time.now();

    const outcome = await finish(connection, readPage(connection.client));

    expect(outcome.kind).toBe('ok');
    expect(connection.time.now() - start).toBe(10_000);
  });

  it('is told, with the time, when that is longer than anyone would wait', async () => {
    http(ORIGIN).get(PATH).reply(429, tooMany(), { 'retry-after': '18000' });
    const connection = connect();

    const outcome = await finish(connection, readPage(connection.client));
    const next = await finish(connection, createPage(connection.client));

    const until = new Date(connection.time.now() + 18_000_000);
    expect(outcome).toMatchObject({ kind: 'notNow', delay: { reason: 'rate', until } });
    expect(next).toMatchObject({ kind: 'notNow', delay: { reason: 'rate', until } });
    expect(connection.client.requests('martin')).toBe(1);
  });

  it('does not go on for ever', async () => {
    http(ORIGIN).get(PATH).times(12).reply(429, tooMany(), { 'retry-after': '1' });
    const connection = connect();

    const outcome = await finish(connection, readPage(connection.client));

    expect(outcome).toMatchObject({ kind: 'notNow', delay: { reason: 'rate' } });
  });
});

describe('an overload', () => {
  const overload = anError(529, 'service_overload');

  it('is waited out by all, and a read is sent again', async () => {
    http(ORIGIN).get(PATH).reply(529, overload, { 'retry-after': '30' }).get(PATH).reply(200, aPage());
    const connection = connect();
    const start = connection.time.now();

    const outcome = await finish(connection, readPage(connection.client));

    expect(outcome.kind).toBe('ok');
    expect(connection.time.now() - start).toBe(30_000);
  });

  it('leaves a create unknown: it may have struck in the middle of the work', async () => {
    http(ORIGIN).post('/v1/pages').reply(529, overload, { 'retry-after': '30' });
    const connection = connect();

    const outcome = await finish(connection, createPage(connection.client));

    expect(outcome).toMatchObject({ kind: 'unknown', doubt: { reason: 'server', status: 529 } });
    expect(connection.gate.pausedUntil()).toBeDefined();
  });
});

describe('who gives up', () => {
  it('is told its own reason while it waits between two tries', async () => {
    http(ORIGIN).get(PATH).reply(502, 'bad gateway');
    const connection = connect();
    const controller = new AbortController();

    const call = readPage(connection.client, { ...ASK, signal: controller.signal });
    while (connection.sent.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error('stopping'));

    await expect(call).rejects.toThrow('stopping');
    expect(connection.time.pending).toBe(0);
  });
});
