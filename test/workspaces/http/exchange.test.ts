import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { exchange, type Heard } from '#src/workspaces/http/exchange.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { ASK, aPage, connect, createPage, finish, readPage } from '../notion/connection.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server on this machine that answers as it is told, and says when a request has come and when it went away. */
async function serve(answer: Answer) {
  const came = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  const requests: { method: string | undefined; url: string | undefined }[] = [];
  const server = createServer((request, response) => {
    requests.push({ method: request.method, url: request.url });
    response.on('close', () => left.resolve());
    request.resume();
    request.on('end', () => {
      answer(response, request);
      came.resolve();
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, requests, came: came.promise, left: left.promise };
}

function send(url: string, time: FakeTime, signal?: AbortSignal, maxBodyBytes = 1_000): Promise<Heard> {
  const outgoing = { method: 'POST', url, headers: { authorization: 'Bearer secret' }, body: '{}' };
  return exchange(outgoing, { fetch, time, timeoutMs: 70_000, maxBodyBytes, signal });
}

/** Until the head of the answer has been read by the other side, as far as a test can tell. */
async function aMoment(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('an exchange', () => {
  it('brings the whole answer, also one in pieces and compressed', async () => {
    const { url } = await serve((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const bytes = gzipSync('{"title":"Été"}');
      response.write(bytes.subarray(0, 12));
      response.end(bytes.subarray(12));
    });
    const time = new FakeTime();

    const heard = await send(url, time);

    expect(heard).toMatchObject({ kind: 'answer', status: 200, text: '{"title":"Été"}' });
    expect(time.pending).toBe(0);
  });

  it('ends the connection when nothing comes in time', async () => {
    const { url, came, left } = await serve(() => {});
    const time = new FakeTime();

    const call = send(url, time);
    await came;
    await time.advance(70_000);

    expect(await call).toMatchObject({ kind: 'broken', why: 'timeout', status: undefined });
    await left;
  });

  it('ends the connection when the body stalls', async () => {
    const { url, came, left } = await serve((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"object":');
    });
    const time = new FakeTime();

    const call = send(url, time);
    await came;
    await aMoment();
    await time.advance(70_000);

    expect(await call).toMatchObject({ kind: 'broken', why: 'timeout', status: 200 });
    await left;
  });

  it('hears of an answer that is cut short', async () => {
    const { url } = await serve((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"object":"page"', () => response.destroy());
    });

    const heard = await send(url, new FakeTime());

    expect(heard).toMatchObject({ kind: 'broken', why: 'cut', status: 200 });
  });

  it('hears of an answer that is cut in the middle of a character', async () => {
    const { url } = await serve((response) => response.end(Buffer.from('"é"').subarray(0, 2)));

    const heard = await send(url, new FakeTime());

    expect(heard).toMatchObject({ kind: 'broken', why: 'cut' });
  });

  it('hears of a connection that is reset', async () => {
    const { url } = await serve((response) => response.destroy());

    const heard = await send(url, new FakeTime());

    expect(heard).toMatchObject({ kind: 'broken', why: 'reset', status: undefined });
  });

  it('reads no more than it may, whether the size is told or not, compressed or not', async () => {
    const long = 'x'.repeat(2_000);
    const told = await serve((response) => response.end(long));
    const untold = await serve((response) => {
      response.write(long);
      response.end();
    });
    const packed = await serve((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(long));
    });

    const heard = await Promise.all([told, untold, packed].map(({ url }) => send(url, new FakeTime())));

    expect(heard.map((one) => (one.kind === 'broken' ? one.why : one.kind))).toEqual([
      'tooLarge',
      'tooLarge',
      'tooLarge',
    ]);
  });

  it('knows that nothing has left when there is nobody to connect to', async () => {
    const { url } = await serve(() => {});
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));

    const refused = await send(url, new FakeTime());
    const unknownHost = await send('http://nobody.invalid/', new FakeTime());

    expect(refused).toEqual({ kind: 'unsent', code: 'ECONNREFUSED' });
    expect(unknownHost).toMatchObject({ kind: 'unsent' });
  });

  it('follows no redirect: the token would go with it', async () => {
    const other = await serve((response) => response.end('{}'));
    const { url } = await serve((response) => response.writeHead(307, { location: other.url }).end());

    const heard = await send(url, new FakeTime());

    expect(heard).toMatchObject({ kind: 'answer', status: 307 });
    expect(other.requests).toEqual([]);
  });

  it('ends at once when the caller gives up, with the caller’s reason', async () => {
    const { url, came, left } = await serve(() => {});
    const time = new FakeTime();
    const controller = new AbortController();

    const call = send(url, time, controller.signal);
    await came;
    controller.abort(new Error('stopping'));

    await expect(call).rejects.toThrow('stopping');
    await left;
    expect(time.pending).toBe(0);
  });

  it('does not begin when the caller has given up before', async () => {
    const { url, requests } = await serve(() => {});

    const call = send(url, new FakeTime(), AbortSignal.abort(new Error('stopping')));

    await expect(call).rejects.toThrow('stopping');
    expect(requests).toEqual([]);
  });

  it('ends even where fetch does not mind its signal', async () => {
    const time = new FakeTime();
    const outgoing = { method: 'GET', url: 'http://notion.test/', headers: {}, body: undefined };
    const silent = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array([123])) });
    const limits = { time, timeoutMs: 70_000, maxBodyBytes: 1_000, signal: undefined };

    const never = exchange(outgoing, { ...limits, fetch: () => new Promise<Response>(() => {}) });
    const stalls = exchange(outgoing, { ...limits, fetch: async () => new Response(silent) });
    await time.advance(70_000);

    expect(await never).toMatchObject({ kind: 'broken', why: 'timeout', status: undefined });
    expect(await stalls).toMatchObject({ kind: 'broken', why: 'timeout', status: 200 });
  });
});

describe('a call over a bad line', () => {
  it('sends a create once when the connection is lost, and says that it does not know', async () => {
    const { url, requests } = await serve((response) => response.destroy());
    const connection = connect({ baseUrl: url });

    const outcome = await finish(connection, createPage(connection.client));

    expect(outcome).toMatchObject({ kind: 'unknown', doubt: { reason: 'reset' } });
    expect(requests).toHaveLength(1);
  });

  it('sends a read again', async () => {
    let calls = 0;
    const { url, requests } = await serve((response) => {
      calls += 1;
      if (calls < 3) response.destroy();
      else response.end(JSON.stringify(aPage()));
    });
    const connection = connect({ baseUrl: url });

    const outcome = await finish(connection, readPage(connection.client));

    expect(outcome.kind).toBe('ok');
    expect(requests).toHaveLength(3);
  });

  it('sends a create again when there was no connection at all', async () => {
    const { url } = await serve((response) => response.end(JSON.stringify(aPage())));
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    const connection = connect({ baseUrl: url });

    const outcome = await finish(connection, createPage(connection.client));

    expect(outcome).toEqual({ kind: 'notNow', delay: { reason: 'unreachable', detail: 'ECONNREFUSED' } });
    expect(connection.sent).toHaveLength(5);
  });

  it('gives a create up after 70 s, and tells that it is not known', async () => {
    const { url, came } = await serve(() => {});
    const connection = connect({ baseUrl: url });

    const call = createPage(connection.client);
    await came;
    await connection.time.advance(70_000);

    expect(await call).toMatchObject({ kind: 'unknown', doubt: { reason: 'timeout' } });
  });

  it('pauses for a 429 whose body never ends', async () => {
    const { url, came } = await serve((response) => {
      response.writeHead(429, { 'retry-after': '7200' });
      response.write('{');
    });
    const connection = connect({ baseUrl: url });

    const call = readPage(connection.client);
    await came;
    await aMoment();
    await connection.time.advance(70_000);

    expect(await call).toMatchObject({ kind: 'notNow', delay: { reason: 'rate' } });
    expect(connection.gate.pausedUntil()).toBeDefined();
  });

  it('does not read on when an answer is too large, and does not ask again', async () => {
    const { url, requests } = await serve((response) => response.end(JSON.stringify(aPage())));
    const connection = connect({ baseUrl: url, maxBodyBytes: 20 });

    const outcome = await finish(connection, readPage(connection.client));

    expect(outcome).toMatchObject({ kind: 'unknown', doubt: { reason: 'tooLarge' } });
    expect(requests).toHaveLength(1);
  });

  it('stops in the middle of a request when the caller gives up', async () => {
    const { url, came, left } = await serve(() => {});
    const connection = connect({ baseUrl: url });
    const controller = new AbortController();

    const call = readPage(connection.client, { ...ASK, signal: controller.signal });
    await came;
    controller.abort(new Error('stopping'));

    await expect(call).rejects.toThrow('stopping');
    await left;
    expect(connection.client.requests('martin')).toBe(1);
    expect(connection.time.pending).toBe(0);
  });
});
