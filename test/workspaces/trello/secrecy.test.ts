import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { explain } from '#src/errors.ts';
import { createLog } from '#src/service/log.ts';
import {
  createTrelloClient,
  type TrelloClient,
  type TrelloClientOptions,
} from '#src/workspaces/trello/client.ts';
import { type Endpoint, requestOf } from '#src/workspaces/trello/endpoint.ts';
import { getMyWebhooks } from '#src/workspaces/trello/endpoints/webhooks.ts';
import { failureOf, type Outcome } from '#src/workspaces/trello/outcome.ts';
import { mockHttp } from '../../support/http-mock.ts';
import {
  ABOUT,
  ASK,
  changeCard,
  connect,
  finish,
  makeCard,
  ORIGIN,
  RATE_HEADERS,
  readCard,
} from './connection.ts';
import { CARD_ID } from './things.ts';

const http = mockHttp();

type Call = (client: TrelloClient) => Promise<Outcome<unknown>>;

/** As Trello makes them, and some that look different in every encoding. */
const CREDENTIALS = [
  {
    key: '0123456789abcdef0123456789abcdef',
    token: 'ATTAabcdef0123456789ABCDEF42',
    secret: 'fedcba9876543210',
  },
  { key: 'k3y/with+odd=signs', token: 'ATTA"s3cret"/Token+42=', secret: 'app s3cret\\&more' },
];

describe.each(CREDENTIALS)('the key $key, the token $token and the secret', (credentials) => {
  const all = Object.values(credentials);
  const formsOf = (one: string) => [
    one,
    encodeURIComponent(one),
    JSON.stringify(one).slice(1, -1),
    Buffer.from(one).toString('base64'),
  ];
  /** As they may stand in a header, an address, a JSON text or an encoding. */
  const forms = all.flatMap(formsOf);
  const chatter = forms.join(' ');

  function expectNoSecret(...traces: unknown[]): void {
    const text = traces
      .map((one) => inspect(one, { depth: 12, showHidden: true, maxStringLength: null }))
      .join('\n');
    for (const form of forms) expect(text).not.toContain(form);
  }

  /** An error as libraries throw them: the address and the headers in its text, and once more in its fields. */
  function chattyError(): Error {
    const [key, token] = all;
    const cause = Object.assign(new Error(`socket to https://x/?key=${key}&token=${token} hung up`), {
      code: 'ECONNRESET',
      headers: { authorization: chatter },
    });
    return Object.assign(new TypeError(`fetch failed: ${chatter}`, { cause }), {
      request: { url: `${ORIGIN}/?token=${token}` },
    });
  }

  /** Everything that a call leaves behind: the outcome, the error, its words, its cause, the log and what was told of it. */
  async function tracesOf(changes: Partial<TrelloClientOptions>, call: Call = readCard): Promise<unknown[]> {
    const connection = connect({ ...credentials, ...changes });
    const outcome = await finish(connection, call(connection.client));
    if (outcome.kind === 'ok') throw new Error('this was to fail');
    const error = failureOf(ABOUT, outcome);
    const lines: string[] = [];
    // No secret is registered: the log has nothing to mask, because it is given nothing.
    const log = createLog({
      level: 'trace',
      run: 'test',
      secrets: [],
      stream: { write: (line) => lines.push(line) },
    });
    log.error({ err: error, outcome, sent: connection.sent }, 'failed');
    log.error({ err: error.cause }, 'because');
    return [outcome, error, error.stack, explain(error)('fr'), explain(error)('en'), connection.sent, lines];
  }

  it('are in one header of a request and nowhere else', async () => {
    const requests: Request[] = [];
    const fetch = async (url: string | URL | Request, init?: RequestInit) => {
      requests.push(new Request(url, init));
      return new Response('', { status: 418 });
    };

    for (const call of [readCard, makeCard, changeCard]) {
      const connection = connect({ ...credentials, fetch });
      await finish(connection, call(connection.client));
    }

    for (const request of requests) {
      const { authorization, ...headers } = Object.fromEntries(request.headers);
      expect(authorization).toContain(encodeURIComponent(credentials.token));
      expect(authorization).not.toContain(credentials.secret);
      expectNoSecret(request.url, headers, await request.text());
    }
  });

  it('are nowhere when fetch throws them in a message, a cause and a field', async () => {
    const fetch = async () => Promise.reject(chattyError());

    expectNoSecret(await tracesOf({ fetch }));
    expectNoSecret(await tracesOf({ fetch }, makeCard));
  });

  it('are nowhere when the body breaks with them', async () => {
    const body = () => new ReadableStream({ pull: (controller) => controller.error(chattyError()) });

    expectNoSecret(await tracesOf({ fetch: async () => new Response(body()) }));
  });

  it.each([400, 401, 403, 404, 409, 418])(
    'are nowhere when Trello repeats them in the words of a %d',
    async (status) => {
      for (const body of [`invalid token ${chatter}`, JSON.stringify({ message: chatter, error: chatter })]) {
        http(ORIGIN)
          .get(`/1/cards/${CARD_ID}`)
          .query(() => true)
          .reply(status, body, RATE_HEADERS);

        expectNoSecret(await tracesOf({}));
      }
    },
  );

  it('are nowhere when an unreadable or foreign answer repeats them', async () => {
    const answers: [number, string][] = [
      [502, `<html>${chatter}</html>`],
      [200, `{"${all[0]}":`],
      [200, JSON.stringify({ [chatter]: chatter })],
      [200, JSON.stringify({ id: chatter })],
      [202, JSON.stringify({ id: chatter })],
      [500, JSON.stringify({ error: credentials.key, message: chatter })],
      [401, `<html>${chatter}</html>`],
    ];
    for (const [status, text] of answers) {
      const fetch = async () => new Response(text, { status, headers: RATE_HEADERS });
      expectNoSecret(await tracesOf({ fetch }));
      expectNoSecret(await tracesOf({ fetch }, makeCard));
    }
  });

  it('are nowhere when too many requests are refused with them', async () => {
    const text = JSON.stringify({ error: credentials.token, message: `/1/member ${chatter}` });

    const fetch = async () => new Response(text, { status: 429, headers: { 'retry-after': '9999' } });
    expectNoSecret(await tracesOf({ fetch }));
    expectNoSecret(await tracesOf({ fetch }, makeCard));
  });

  it('are nowhere when an address cannot even be made', async () => {
    expectNoSecret(await tracesOf({ baseUrl: 'nota url' }));
  });

  it('are nowhere in the client itself, nor in what an endpoint would send', async () => {
    const { gate, time } = connect();
    const pace = { token: {}, key: {}, membersAndSearch: {} } as TrelloClientOptions['pace'];
    const options = { ...credentials, baseUrl: ORIGIN, gate, time, pace, random: () => 0 };

    expectNoSecret(createTrelloClient(options), await requestOf(getMyWebhooks()));
  });

  it('are not quoted when an endpoint fails to be a request', async () => {
    const connection = connect(credentials);
    const odd: Endpoint<unknown> = {
      ...getMyWebhooks(),
      send: (trello) => trello.sendRequest({ url: `/${chatter}` }),
    };

    const error: unknown = await connection.client.call(ASK, odd).catch((one: unknown) => one);

    expect(error).toBeInstanceOf(TypeError);
    expectNoSecret(error, (error as Error).stack);
  });
});
