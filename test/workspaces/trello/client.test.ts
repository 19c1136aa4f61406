import { describe, expect, it } from 'vitest';
import { getBoard, getMyBoards } from '#src/workspaces/trello/endpoints/boards.ts';
import { removeAttachment, uploadAttachment } from '#src/workspaces/trello/endpoints/cards.ts';
import { getMe, getMember, inviteMember } from '#src/workspaces/trello/endpoints/people.ts';
import { mockHttp } from '../../support/http-mock.ts';
import {
  ASK,
  changeCard,
  connect,
  finish,
  KEY,
  makeCard,
  ORIGIN,
  RATE_HEADERS,
  readCard,
  TOKEN,
} from './connection.ts';
import { aCard, BOARD_ID, CARD_ID, LIST_ID } from './things.ts';

const PATH = `/1/cards/${CARD_ID}`;
const http = mockHttp();
const anything = () => true;
const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('a request', () => {
  it('carries the credentials in a header, encoded, and nothing of them in its address', async () => {
    const scope = http(ORIGIN)
      .matchHeader(
        'authorization',
        `OAuth oauth_consumer_key="${encodeURIComponent(KEY)}", oauth_token="${encodeURIComponent(TOKEN)}"`,
      )
      .get(PATH)
      .query(({ key, token }) => key === undefined && token === undefined)
      .reply(200, aCard(), RATE_HEADERS);
    const connection = connect();

    const outcome = await finish(connection, readCard(connection.client));

    expect(outcome).toMatchObject({ kind: 'ok', value: { id: CARD_ID, closed: false } });
    expect(scope.isDone()).toBe(true);
  });

  it('writes in a JSON body, keeps null, and says that it is ours', async () => {
    http(ORIGIN)
      .matchHeader('content-type', 'application/json')
      .matchHeader('x-trello-client-identifier', 'jalon')
      .put(PATH, { due: null })
      .reply(200, aCard(), RATE_HEADERS);
    const connection = connect();

    const outcome = await finish(connection, changeCard(connection.client));

    expect(outcome).toEqual({ kind: 'ok', value: { id: CARD_ID } });
  });

  it('is counted for its project and told without its query', async () => {
    http(ORIGIN).get(PATH).query(anything).reply(200, aCard(), RATE_HEADERS);
    const connection = connect();

    await finish(connection, readCard(connection.client));

    expect(connection.sent).toEqual([
      {
        project: 'martin',
        method: 'GET',
        path: `/cards/${CARD_ID}`,
        status: 200,
        outcome: 'ok',
        attempt: 1,
        durationMs: 0,
      },
    ]);
    expect(connection.client.requests('martin')).toBe(1);
    expect(connection.client.requests('other')).toBe(0);
  });

  it('uploads a picture as a form with a file of that name', async () => {
    const forms: FormData[] = [];
    const answer = { id: LIST_ID, bytes: 4, mimeType: null, previews: [{}], isUpload: true };
    const fetch = async (url: string | URL | Request, init?: RequestInit) => {
      const request = new Request(url, init);
      expect(request.headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/);
      forms.push(await request.formData());
      return Response.json(answer);
    };
    const connection = connect({ fetch });
    const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
    const upload = { bytes, name: 'progress.png', mimeType: 'image/png', setCover: false };

    const outcome = await finish(connection, connection.client.call(ASK, uploadAttachment(CARD_ID, upload)));

    expect(outcome).toMatchObject({ kind: 'ok', value: { id: LIST_ID, isUpload: true, url: '' } });
    const { file, ...rest } = Object.fromEntries(forms[0] ?? []);
    expect(rest).toEqual({ name: 'progress.png', mimeType: 'image/png', setCover: 'false' });
    expect(file).toMatchObject({ name: 'progress.png', type: 'image/png', size: 4 });
  });

  it.each([{ limits: {} }, { _value: null }, {}, [], null])(
    'that removes is carried out whatever Trello says of it: %j',
    async (body) => {
      http(ORIGIN).delete(`${PATH}/attachments/${LIST_ID}`).reply(200, JSON.stringify(body), RATE_HEADERS);
      const connection = connect();

      const outcome = await finish(
        connection,
        connection.client.call(ASK, removeAttachment(CARD_ID, LIST_ID)),
      );

      expect(outcome.kind).toBe('ok');
    },
  );
});

describe('a refusal', () => {
  it.each([
    [401, 'invalid key', 'unauthorized'],
    [401, 'invalid token', 'unauthorized'],
    [401, 'expired token', 'unauthorized'],
    [401, '{"message":"missing scopes"}', 'missingScope'],
    [401, 'unauthorized card permission requested', 'forbidden'],
    [403, 'Something new', 'forbidden'],
    [403, '{"error":"API_TOO_MANY_CARDS_REQUESTED","message":"Too many"}', 'tooManyCards'],
    [429, '{"error":"API_TOO_MANY_CARDS_REQUESTED","message":"Too many"}', 'tooManyCards'],
    [404, 'The requested resource was not found.', 'notFound'],
    [404, 'board not found: upgrade', 'notFound'],
    [400, 'invalid id', 'invalid'],
    [400, 'invalid value for idList', 'invalid'],
    [400, '{"message":"Board limit has been reached","error":"ERROR"}', 'limit'],
    [403, 'Board is view-only', 'limit'],
    [400, 'name exceeds the maximum length of 16384 characters', 'tooLong'],
    [403, 'Please upgrade to Standard', 'plan'],
    [413, '<html>Request Entity Too Large</html>', 'tooLong'],
    [414, '<html>URI Too Long</html>', 'tooLong'],
    [418, 'short and stout', 'malformed'],
  ])('%d %s is %s, and is not sent again', async (status, body, code) => {
    http(ORIGIN).get(PATH).query(anything).reply(status, body, RATE_HEADERS);
    http(ORIGIN).post('/1/cards').reply(status, body, RATE_HEADERS);
    const connection = connect();

    const read = await finish(connection, readCard(connection.client));
    const created = await finish(connection, makeCard(connection.client));

    for (const outcome of [read, created]) {
      expect(outcome).toMatchObject({ kind: 'refused', refusal: { code, status } });
    }
    expect(connection.gate.pausedUntil()).toBeUndefined();
  });

  it.each([
    [401, 'invalid token', 'unauthorized'],
    [404, 'The requested resource was not found.', 'notFound'],
    [401, 'unauthorized board permission requested', 'forbidden'],
  ])('%d %s is believed by its words when the headers are lost', async (status, body, code) => {
    http(ORIGIN).get(PATH).query(anything).reply(status, body);
    const connection = connect();

    const outcome = await finish(connection, readCard(connection.client));

    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code } });
  });

  it('quotes no more of Trello’s words than fit on a screen, on one line', async () => {
    const body = `invalid\n\u0007${'é'.repeat(5_000)}`;
    http(ORIGIN).get(PATH).query(anything).reply(400, body, RATE_HEADERS);
    const connection = connect();

    const outcome = await finish(connection, readCard(connection.client));

    expect(outcome).toMatchObject({ refusal: { detail: expect.stringMatching(/^invalid é{292}…$/) } });
  });
});

describe('an answer that says nothing of the request’s fate', () => {
  const answers: [string, number, string, object?][] = [
    ['500', 500, '{"message":"oops","error":"ERROR"}', RATE_HEADERS],
    ['502 in HTML', 502, '<html><title>Bad gateway</title></html>'],
    ['504', 504, 'Gateway timeout'],
    ['408', 408, 'Request timeout'],
    ['a 401 that is not Trello’s', 401, '<html>log in to the hotel</html>'],
    ['a 404 that is not Trello’s', 404, 'nothing here'],
    ['a 404 page behind Trello’s headers', 404, '<html>not found</html>', RATE_HEADERS],
    ['a redirect', 302, ''],
    ['200 in HTML', 200, '<html>maintenance</html>'],
    ['200 and half a JSON', 200, '{"id":"5f2b1c'],
    ['200 and nothing', 200, ''],
    ['202', 202, JSON.stringify(aCard())],
  ];

  it.each(answers)('%s: a create is sent once and stays unknown', async (_name, status, body, headers) => {
    http(ORIGIN)
      .post('/1/cards')
      .reply(status, body, { ...headers });
    const connection = connect();

    const outcome = await finish(connection, makeCard(connection.client));

    expect(outcome).toMatchObject({ kind: 'unknown', doubt: { status } });
  });

  it.each(answers)(
    '%s: a read and a change of values are sent again',
    async (_name, status, body, headers) => {
      const odd = { ...headers };
      http(ORIGIN).get(PATH).query(anything).times(2).reply(status, body, odd);
      http(ORIGIN).get(PATH).query(anything).reply(200, aCard());
      http(ORIGIN).put(PATH).times(2).reply(status, body, odd).put(PATH).reply(200, aCard());
      const connection = connect();

      const read = await finish(connection, readCard(connection.client));
      const updated = await finish(connection, changeCard(connection.client));

      expect([read.kind, updated.kind]).toEqual(['ok', 'ok']);
      expect(connection.sent.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 1, 2, 3]);
    },
  );

  it('is not followed by a second invitation', async () => {
    http(ORIGIN).put(`/1/boards/${BOARD_ID}/members`).reply(502, 'bad gateway');
    const connection = connect();

    const outcome = await finish(
      connection,
      connection.client.call(ASK, inviteMember(BOARD_ID, 'claire@example.org', 'Claire')),
    );

    expect(outcome.kind).toBe('unknown');
  });

  it('is believed after five tries', async () => {
    http(ORIGIN).get(PATH).query(anything).times(5).reply(502, 'bad gateway');
    const connection = connect();

    const outcome = await finish(connection, readCard(connection.client));

    expect(outcome).toEqual({
      kind: 'unknown',
      doubt: { reason: 'server', status: 502, detail: 'server error, HTTP 502' },
    });
  });

  it('is waited out longer each time, half of it by chance', async () => {
    const waits = async (chance: number) => {
      http(ORIGIN).get(PATH).query(anything).times(5).reply(502, 'bad gateway');
      const connection = connect({ random: () => chance });
      const start = connection.time.now();
      await finish(connection, readCard(connection.client));
      return connection.time.now() - start;
    };

    const least = await waits(0);
    const most = await waits(1);

    expect([least, most]).toEqual([(500 + 1000 + 2000 + 4000) / 2, 500 + 1000 + 2000 + 4000]);
  });

  it('is no good card when it is another one, or none', async () => {
    const other = aCard({ id: LIST_ID });
    http(ORIGIN).get(PATH).query(anything).reply(200, other, RATE_HEADERS);
    http(ORIGIN).put(PATH).reply(200, other, RATE_HEADERS);
    http(ORIGIN).post('/1/cards').reply(200, { id: 'short' }, RATE_HEADERS);
    const connection = connect();

    const read = await finish(connection, readCard(connection.client));
    const updated = await finish(connection, changeCard(connection.client));
    const created = await finish(connection, makeCard(connection.client));

    expect(read).toMatchObject({ kind: 'unknown', doubt: { reason: 'another' } });
    expect(updated).toMatchObject({ kind: 'unknown', doubt: { reason: 'another' } });
    expect(created).toMatchObject({ kind: 'unknown', doubt: { reason: 'unreadable', detail: /id/ } });
  });

  it('is the right board when it was asked for by its short link', async () => {
    const board = { id: BOARD_ID, shortLink: 'AbCd1234', name: 'Plan', closed: false };
    http(ORIGIN).get('/1/boards/AbCd1234').query(anything).times(2).reply(200, board, RATE_HEADERS);
    http(ORIGIN).get('/1/boards/ZZZZ9999').query(anything).reply(200, board, RATE_HEADERS);
    const connection = connect();

    const mine = await finish(connection, connection.client.call(ASK, getBoard('AbCd1234')));
    const again = await finish(connection, connection.client.call(ASK, getBoard('AbCd1234')));
    const other = await finish(connection, connection.client.call(ASK, getBoard('ZZZZ9999')));

    expect([mine.kind, again.kind, other.kind]).toEqual(['ok', 'ok', 'unknown']);
  });
});

describe('a request too many', () => {
  const tooMany = (error: string) => ({ error, message: 'Rate limit exceeded' });

  it.each(['API_TOKEN_LIMIT_EXCEEDED', 'API_KEY_LIMIT_EXCEEDED', 'API_TOKEN_DB_LIMIT_EXCEEDED', 'NEW'])(
    '(%s) is sent again, also a create, once the interval has passed',
    async (error) => {
      http(ORIGIN).post('/1/cards').reply(429, tooMany(error)).post('/1/cards').reply(200, aCard());
      const connection = connect();
      const start = connection.time.now();

      const outcome = await finish(connection, makeCard(connection.client));

      expect(outcome.kind).toBe('ok');
      expect(connection.time.now() - start).toBe(10_000);
    },
  );

  it('is waited out for as long as something on the way asks', async () => {
    http(ORIGIN).get(PATH).query(anything).reply(429, 'slow', { 'retry-after': '40' });
    http(ORIGIN).get(PATH).query(anything).reply(200, aCard());
    const connection = connect();
    const start = connection.time.now();

    await finish(connection, readCard(connection.client));

    expect(connection.time.now() - start).toBe(40_000);
  });

  it('stops the requests of all projects', async () => {
    http(ORIGIN).get(PATH).query(anything).reply(429, tooMany('API_TOKEN_LIMIT_EXCEEDED'));
    http(ORIGIN).get(PATH).query(anything).times(2).reply(200, aCard());
    const connection = connect();
    const start = connection.time.now();

    const one = readCard(connection.client, { project: 'one' });
    while (!connection.gate.pausedUntil()) await tick();
    const other = readCard(connection.client, { project: 'other' });
    await finish(connection, Promise.all([one, other]));

    expect(connection.sent.map(({ project, outcome }) => `${project} ${outcome}`)).toEqual([
      'one notNow',
      'one ok',
      'other ok',
    ]);
    expect(connection.time.now() - start).toBe(10_000);
  });

  it('is told, with the time, when that is longer than anyone would wait', async () => {
    http(ORIGIN).get(PATH).query(anything).reply(429, 'slow', { 'retry-after': '18000' });
    const connection = connect();

    const outcome = await finish(connection, readCard(connection.client));
    const next = await finish(connection, makeCard(connection.client));

    const until = new Date(connection.time.now() + 18_000_000);
    expect(outcome).toMatchObject({ kind: 'notNow', delay: { reason: 'rate', until } });
    expect(next).toMatchObject({ kind: 'notNow', delay: { reason: 'rate', until } });
    expect(connection.client.requests('martin')).toBe(1);
  });

  it('does not go on for ever', async () => {
    http(ORIGIN)
      .get(PATH)
      .query(anything)
      .times(12)
      .reply(429, tooMany('API_TOKEN_LIMIT_EXCEEDED'), { 'retry-after': '1' });
    const connection = connect();

    const outcome = await finish(connection, readCard(connection.client));

    expect(outcome).toMatchObject({ kind: 'notNow', delay: { reason: 'rate' } });
  });

  it('that speaks of people, but was about none, is waited out as any other', async () => {
    const body = { message: 'Exceeded rate limit to /1/member', error: 'RATE_LIMIT_EXCEEDED' };
    http(ORIGIN).post('/1/cards').reply(429, body).post('/1/cards').reply(200, aCard());
    const connection = connect();

    const outcome = await finish(connection, makeCard(connection.client));

    expect(outcome.kind).toBe('ok');
  });

  it('about people holds up nothing but questions about people', async () => {
    const me = { id: LIST_ID, username: 'claire', fullName: 'Claire' };
    const body = { message: 'Exceeded rate limit to /1/member', error: 'RATE_LIMIT_EXCEEDED' };
    http(ORIGIN).get('/1/members/me').query(anything).reply(429, body, RATE_HEADERS);
    http(ORIGIN).get(PATH).query(anything).reply(200, aCard(), RATE_HEADERS);
    http(ORIGIN).get('/1/members/claire').query(anything).reply(200, me, RATE_HEADERS);
    const connection = connect();
    const start = connection.time.now();

    const refused = await finish(connection, connection.client.call(ASK, getMe()));
    const read = await finish(connection, readCard(connection.client));
    const readAfterMs = connection.time.now() - start;
    const later = await finish(connection, connection.client.call(ASK, getMember('claire')));

    expect(refused).toMatchObject({
      kind: 'notNow',
      delay: { reason: 'members', until: new Date(start + 900_000) },
    });
    expect([read.kind, readAfterMs]).toEqual(['ok', 0]);
    expect(later.kind).toBe('ok');
    expect(connection.time.now() - start).toBeGreaterThanOrEqual(900_000);
  });
});

describe('the pace', () => {
  it('counts questions about a member in the small allowance, and what lies below a member not', async () => {
    const me = { id: LIST_ID, username: 'claire', fullName: 'Claire' };
    http(ORIGIN).get('/1/members/me').query(anything).times(101).reply(200, me);
    http(ORIGIN).get('/1/members/me/boards').query(anything).times(101).reply(200, []);
    const fast = connect();
    const slow = connect();
    const durationMs = async (connection: typeof fast, ask: () => Promise<unknown>) => {
      const start = connection.time.now();
      await finish(connection, Promise.all(Array.from({ length: 101 }, ask)));
      return connection.time.now() - start;
    };

    const boardsMs = await durationMs(fast, () => fast.client.call(ASK, getMyBoards()));
    const membersMs = await durationMs(slow, () => slow.client.call(ASK, getMe()));

    expect(boardsMs).toBeLessThan(15_000);
    expect(membersMs).toBeGreaterThanOrEqual(900_000);
  });

  it('allows for what others have taken, as every answer tells, refusals included', async () => {
    const full = { ...RATE_HEADERS, 'x-rate-limit-api-token-remaining': '0' };
    http(ORIGIN).get(PATH).query(anything).reply(404, 'The requested resource was not found.', full);
    http(ORIGIN).get(PATH).query(anything).reply(200, aCard(), RATE_HEADERS);
    const connection = connect();
    const start = connection.time.now();

    await finish(connection, readCard(connection.client));
    await finish(connection, readCard(connection.client));

    expect(connection.time.now() - start).toBeGreaterThanOrEqual(10_000);
    expect(connection.time.now() - start).toBeLessThan(12_000);
  });

  it('foresees how long more requests take', async () => {
    const connection = connect();

    expect(await connection.client.estimate(100)).toBeLessThan(10);
    expect(await connection.client.estimate(101)).toBeGreaterThan(10);
  });
});

describe('the network', () => {
  it('that cannot be reached has seen nothing: also a create is sent again', async () => {
    http(ORIGIN)
      .post('/1/cards')
      .replyWithError(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }));
    http(ORIGIN).post('/1/cards').reply(200, aCard());
    const connection = connect();

    const outcome = await finish(connection, makeCard(connection.client));

    expect(outcome.kind).toBe('ok');
    expect(connection.sent.map(({ status }) => status)).toEqual([undefined, 200]);
  });

  it('that breaks off leaves a create unknown, and has a read sent again', async () => {
    const reset = Object.assign(new Error('no'), { code: 'ECONNRESET' });
    http(ORIGIN).post('/1/cards').replyWithError(reset);
    http(ORIGIN).get(PATH).query(anything).replyWithError(reset);
    http(ORIGIN).get(PATH).query(anything).reply(200, aCard());
    const connection = connect();

    const created = await finish(connection, makeCard(connection.client));
    const read = await finish(connection, readCard(connection.client));

    expect(created).toMatchObject({ kind: 'unknown', doubt: { reason: 'reset' } });
    expect(read.kind).toBe('ok');
  });

  it('that stays silent, also in the middle of a body, is given up after 45 s', async () => {
    const silent = () => new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array([0x7b])) });
    const connection = connect({ fetch: async () => new Response(silent(), { status: 200 }) });
    const start = connection.time.now();

    const call = makeCard(connection.client);
    while (connection.time.pending === 0) await tick();
    await connection.time.advance(45_000);
    const outcome = await call;

    expect(outcome).toMatchObject({ kind: 'unknown', doubt: { reason: 'timeout', status: 200 } });
    expect(connection.time.now() - start).toBe(45_000);
  });

  it('that sends more than anyone would read is cut off, and not asked again', async () => {
    http(ORIGIN).get(PATH).query(anything).reply(200, aCard());
    const connection = connect({ maxBodyBytes: 20 });

    const outcome = await finish(connection, readCard(connection.client));

    expect(outcome).toMatchObject({ kind: 'unknown', doubt: { reason: 'tooLarge' } });
  });
});

describe('who gives up', () => {
  it('is told its own reason while it waits between two tries', async () => {
    http(ORIGIN).get(PATH).query(anything).reply(502, 'bad gateway');
    const connection = connect();
    const controller = new AbortController();

    const call = readCard(connection.client, { ...ASK, signal: controller.signal });
    while (connection.sent.length === 0) await tick();
    controller.abort(new Error('stopping'));

    await expect(call).rejects.toThrow('stopping');
    expect(connection.time.pending).toBe(0);
  });
});
