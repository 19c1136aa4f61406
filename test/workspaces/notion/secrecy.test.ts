import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { explain } from '#src/errors.ts';
import { createLog } from '#src/service/log.ts';
import {
  createNotionClient,
  type NotionClient,
  type NotionClientOptions,
} from '#src/workspaces/notion/client.ts';
import { failureOf, type Outcome } from '#src/workspaces/notion/outcome.ts';
import { mockHttp } from '../../support/http-mock.ts';
import { ABOUT, ASK, anError, connect, createPage, finish, ORIGIN, PAGE_ID, readPage } from './connection.ts';

const http = mockHttp();

type Call = (client: NotionClient) => Promise<Outcome<unknown>>;

/** As Notion makes them, and one that looks different in every encoding. */
const TOKENS = ['ntn_s3cretT0ken42abcdef', 'ntn_s3cret/Token+42='];

describe.each(TOKENS)('the token %s', (token) => {
  /** The token as it may stand in a header, an address, a JSON text or an encoding. */
  const forms = [
    token,
    encodeURIComponent(token),
    JSON.stringify(token).slice(1, -1),
    Buffer.from(token).toString('base64'),
    token.slice(4, 16),
  ];

  function expectNoToken(...all: unknown[]): void {
    const text = all
      .map((one) => inspect(one, { depth: 12, showHidden: true, maxStringLength: null }))
      .join('\n');
    for (const form of forms) expect(text).not.toContain(form);
  }

  /** An error as libraries throw them: the address and the headers in its text, and once more in its fields. */
  function chattyError(): Error {
    const cause = Object.assign(
      new Error(`socket to https://x/?token=${encodeURIComponent(token)} hung up`),
      {
        code: 'ECONNRESET',
        headers: { authorization: `Bearer ${token}` },
      },
    );
    return Object.assign(new TypeError(`fetch failed: Authorization: Bearer ${token}`, { cause }), {
      request: { url: `${ORIGIN}/?token=${token}` },
    });
  }

  /** Everything that a call leaves behind: the outcome, the error, its words, its cause, the log and what was told of it. */
  async function tracesOf(changes: Partial<NotionClientOptions>, call: Call = readPage): Promise<unknown[]> {
    const connection = connect({ token, ...changes });
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

  it('is nowhere when fetch throws it in a message, a cause and a field', async () => {
    const fetch = async () => Promise.reject(chattyError());

    expectNoToken(await tracesOf({ fetch }));
    expectNoToken(await tracesOf({ fetch }, createPage));
  });

  it('is nowhere when the body breaks with it', async () => {
    const body = () => new ReadableStream({ pull: (controller) => controller.error(chattyError()) });

    expectNoToken(await tracesOf({ fetch: async () => new Response(body()) }));
  });

  it.each([401, 400, 403, 404, 418])(
    'is nowhere when Notion repeats it in the words of a %d',
    async (status) => {
      const codes = new Map([
        [401, 'unauthorized'],
        [403, 'restricted_resource'],
        [404, 'object_not_found'],
      ]);
      const answer = { ...anError(status, codes.get(status) ?? 'validation_error'), request_id: token };
      http(ORIGIN)
        .get(`/v1/pages/${PAGE_ID}`)
        .reply(status, { ...answer, message: `${forms.slice(0, 4).join(' ')} is invalid` });

      expectNoToken(await tracesOf({}));
    },
  );

  it('is nowhere when an unreadable or foreign answer repeats it', async () => {
    const answers: [number, string][] = [
      [502, `<html>${token}</html>`],
      [200, `{"${token}":`],
      [200, JSON.stringify({ [token]: token })],
      [500, JSON.stringify({ code: token, message: token })],
      [500, JSON.stringify({ code: 'service_unavailable', message: token })],
      [409, JSON.stringify({ code: 'conflict_error', message: token })],
    ];
    for (const [status, text] of answers) {
      const fetch = async () => new Response(text, { status });
      expectNoToken(await tracesOf({ fetch }));
      expectNoToken(await tracesOf({ fetch }, createPage));
    }
  });

  it('is nowhere when too many requests are refused with it', async () => {
    const data = { rate_limit_reason: token, retry_after: '9999' };
    for (const status of [429, 529]) {
      const text = JSON.stringify({ code: token, message: token, additional_data: data });

      const fetch = async () => new Response(text, { status });
      expectNoToken(await tracesOf({ fetch }));
      expectNoToken(await tracesOf({ fetch }, createPage));
    }
  });

  it('is nowhere when the SDK throws it', async () => {
    const connection = connect({ token, fetch: async () => Promise.reject(chattyError()) });
    const thrown = async () => Promise.reject(chattyError());

    const error: unknown = await connection.client
      .call(ASK, thrown, { safeParse: () => undefined } as never)
      .catch((one: unknown) => one);

    expect(error).toBeInstanceOf(TypeError);
    expectNoToken(error, (error as Error).stack);
  });

  it('is nowhere when an address cannot even be made', async () => {
    const connection = connect({ token, baseUrl: `nota url ${token}` });

    const error: unknown = await readPage(connection.client).catch((one: unknown) => one);

    expect(error).toBeInstanceOf(TypeError);
    expectNoToken(error, (error as Error).stack);
  });

  it('is nowhere in the client itself', () => {
    const { gate, time } = connect();

    expectNoToken(createNotionClient({ token, baseUrl: ORIGIN, gate, time, random: () => 0 }));
  });

  it('is not printed by the SDK', async () => {
    const printed: unknown[] = [];
    const { log, warn, error } = console;
    const print = (...all: unknown[]) => void printed.push(...all);
    Object.assign(console, { log: print, warn: print, error: print });
    try {
      await tracesOf({ fetch: async () => new Response(token, { status: 502 }) });
    } finally {
      Object.assign(console, { log, warn, error });
    }

    expect(printed).toEqual([]);
  });
});
