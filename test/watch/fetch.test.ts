import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isPublic } from '#src/watch/address.ts';
import type { Fetched } from '#src/watch/fetch.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import { aFetcher, resolving } from './guest.ts';
import { OfficialSite } from './official-site.ts';

const accept = '*/*';
const text = (fetched: Fetched) =>
  fetched.kind === 'body' ? new TextDecoder().decode(fetched.bytes) : fetched;
const sick = (fetched: Fetched) => (fetched.kind === 'sick' ? fetched.sickness : fetched);

describe('a guest of official sites', () => {
  it('says who it is, and asks again only for what has changed', async () => {
    const site = await OfficialSite.open();
    site.put('/page', ({ headers }) =>
      headers['if-none-match'] === '"v1"'
        ? { status: 304 }
        : { body: 'Bonjour', headers: { etag: '"v1"', 'last-modified': 'Tue, 22 Sep 2026 08:00:00 GMT' } },
    );
    const fetcher = aFetcher({ allowHosts: [site.host] });

    const first = await fetcher.fetch({ url: site.url('/page'), accept });
    const validators = first.kind === 'body' ? first.validators : undefined;
    const second = await fetcher.fetch({ url: site.url('/page'), accept, validators });

    expect(text(first)).toBe('Bonjour');
    expect(second).toEqual({ kind: 'same' });
    expect(site.visits[0]?.headers).toMatchObject({ 'user-agent': 'Jalon/test', accept });
    expect(site.visits[0]?.headers['if-none-match']).toBeUndefined();
    expect(site.visits[1]?.headers['if-modified-since']).toBe('Tue, 22 Sep 2026 08:00:00 GMT');
  });

  it('does not believe that nothing has changed where it never asked so', async () => {
    const site = await OfficialSite.open();
    site.put('/page', { status: 304 });

    const fetched = await aFetcher({ allowHosts: [site.host] }).fetch({ url: site.url('/page'), accept });

    expect(sick(fetched)).toEqual({ why: 'unasked-304' });
  });

  it('asks one host one thing at a time', async () => {
    const site = await OfficialSite.open();
    let open = 0;
    let most = 0;
    for (const path of ['/a', '/b', '/c'])
      site.put(path, (_visit, response) => {
        open += 1;
        most = Math.max(most, open);
        setImmediate(() => {
          open -= 1;
          response.end(path);
        });
        return undefined;
      });
    const fetcher = aFetcher({ allowHosts: [site.host] });

    const all = await Promise.all(
      ['/a', '/b', '/c'].map((path) => fetcher.fetch({ url: site.url(path), accept })),
    );

    expect(all.map(text)).toEqual(['/a', '/b', '/c']);
    expect(most).toBe(1);
  });

  it('pauses between two requests to one host', async () => {
    const site = await OfficialSite.open();
    site.put('/a', 'a');
    const waits: number[] = [];
    const time = {
      now: () => waits.reduce((sum, ms) => sum + ms, 0),
      after: (ms: number, run: () => void) => {
        if (ms !== 1500) return machineTime.after(ms, run);
        waits.push(ms);
        queueMicrotask(run);
        return () => undefined;
      },
    };
    const fetcher = aFetcher({ allowHosts: [site.host], pauseMs: 1500, time });

    for (let round = 0; round < 3; round += 1) await fetcher.fetch({ url: site.url('/a'), accept });

    expect(waits).toEqual([1500, 1500]);
  });

  it.each([
    ['gzip', gzipSync('déjà')],
    ['br', brotliCompressSync('déjà')],
  ])('unpacks %s', async (encoding, body) => {
    const site = await OfficialSite.open();
    site.put('/packed', { body, headers: { 'content-encoding': encoding } });

    const fetched = await aFetcher({ allowHosts: [site.host] }).fetch({ url: site.url('/packed'), accept });

    expect(text(fetched)).toBe('déjà');
  });

  it.each([
    [403, undefined],
    [404, undefined],
    [500, undefined],
    [429, 120_000],
  ])('tells that a site answered %i', async (status, retryAfterMs) => {
    const site = await OfficialSite.open();
    site.put('/page', { status, body: 'x', headers: status === 429 ? { 'retry-after': '120' } : {} });

    const fetched = await aFetcher({ allowHosts: [site.host] }).fetch({ url: site.url('/page'), accept });

    expect(fetched).toEqual({
      kind: 'sick',
      sickness: { why: 'status', status },
      ...(retryAfterMs && { retryAfterMs }),
    });
  });

  it('posts what is asked for by JSON, and follows no redirect with it', async () => {
    const site = await OfficialSite.open();
    site.put('/api', ({ body }) => ({ body })).put('/moved', { status: 307, headers: { location: '/api' } });
    const fetcher = aFetcher({ allowHosts: [site.host] });

    const answered = await fetcher.fetch({ url: site.url('/api'), accept, json: { id: 'LEGIARTI1' } });
    const moved = await fetcher.fetch({ url: site.url('/moved'), accept, authorization: 'Bearer s3cret' });

    expect(text(answered)).toBe('{"id":"LEGIARTI1"}');
    expect(sick(moved)).toEqual({ why: 'redirects' });
    expect(site.count('/api')).toBe(1);
  });
});

describe('what would exhaust the guest', () => {
  it('is cut at the size that a body may have, announced or not', async () => {
    const site = await OfficialSite.open();
    const chunk = Buffer.alloc(64 * 1024, 'x');
    let sent = 0;
    site.put('/endless', (_visit, response) => {
      const more = () => {
        while (sent < 50 * 1024 * 1024) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
      return undefined;
    });
    site.put('/announced', (_visit, response) => {
      response.writeHead(200, { 'content-length': String(50 * 1024 * 1024) });
      response.write(chunk);
      return undefined;
    });
    const fetcher = aFetcher({ allowHosts: [site.host] });

    const endless = await fetcher.fetch({ url: site.url('/endless'), accept });
    const announced = await fetcher.fetch({ url: site.url('/announced'), accept });

    expect(sick(endless)).toEqual({ why: 'too-large', megabytes: 1 });
    expect(sick(announced)).toEqual({ why: 'too-large', megabytes: 1 });
    expect(sent).toBeLessThan(50 * 1024 * 1024);
  });

  it('is cut when a small body unpacks to a large one', async () => {
    const site = await OfficialSite.open();
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    site.put('/bomb', { body: bomb, headers: { 'content-encoding': 'gzip' } });

    const fetched = await aFetcher({ allowHosts: [site.host] }).fetch({ url: site.url('/bomb'), accept });

    expect(bomb.length).toBeLessThan(100_000);
    expect(sick(fetched)).toEqual({ why: 'too-large', megabytes: 1 });
  });

  it.each(['gzip, gzip', 'zstd'])('is not unpacked at all as %s', async (encoding) => {
    const site = await OfficialSite.open();
    site.put('/odd', { body: gzipSync('x'), headers: { 'content-encoding': encoding } });

    const fetched = await aFetcher({ allowHosts: [site.host] }).fetch({ url: site.url('/odd'), accept });

    expect(sick(fetched)).toEqual({ why: 'broken' });
  });

  it('is left when it drips, at the end of the time for the whole', async () => {
    const site = await OfficialSite.open();
    const drips: NodeJS.Timeout[] = [];
    site.put('/drip', (_visit, response) => {
      drips.push(setInterval(() => response.write('x'), 20));
      return undefined;
    });

    const fetcher = aFetcher({ allowHosts: [site.host], timeoutMs: 150 });
    const fetched = await fetcher.fetch({ url: site.url('/drip'), accept });
    for (const drip of drips) clearInterval(drip);

    expect(sick(fetched)).toEqual({ why: 'timeout', seconds: 1 });
  });

  it('is broken when it ends too early or is no gzip', async () => {
    const site = await OfficialSite.open();
    site.put('/cut', (_visit, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('x', () => response.destroy());
      return undefined;
    });
    site.put('/fake', { body: 'no gzip', headers: { 'content-encoding': 'gzip' } });
    const fetcher = aFetcher({ allowHosts: [site.host] });

    expect(sick(await fetcher.fetch({ url: site.url('/cut'), accept }))).toEqual({ why: 'broken' });
    expect(sick(await fetcher.fetch({ url: site.url('/fake'), accept }))).toEqual({ why: 'broken' });
  });

  it('is left where a name is never resolved', async () => {
    const fetcher = aFetcher({ resolve: () => new Promise(() => undefined), timeoutMs: 50 });

    const fetched = await fetcher.fetch({ url: 'https://official.example/', accept });

    expect(sick(fetched)).toEqual({ why: 'timeout', seconds: 1 });
  });
});

describe('redirects', () => {
  it('are followed, and the validators are those of where they led', async () => {
    const site = await OfficialSite.open();
    site.put('/old', { status: 301, headers: { location: '/new' } });
    site.put('/new', ({ headers }) =>
      headers['if-none-match'] ? { status: 304 } : { body: 'here', headers: { etag: '"1"' } },
    );
    const fetcher = aFetcher({ allowHosts: [site.host] });

    const first = await fetcher.fetch({ url: site.url('/old'), accept });
    const validators = first.kind === 'body' ? first.validators : undefined;
    const again = await fetcher.fetch({ url: site.url('/old'), accept, validators });

    expect(text(first)).toBe('here');
    expect(validators?.url).toBe(site.url('/new'));
    expect(again.kind).toBe('same');
    expect(
      site.visits.filter(({ path }) => path === '/old').every(({ headers }) => !headers['if-none-match']),
    ).toBe(true);
  });

  it.each([
    ['in a loop', '/a'],
    ['without end', '/0'],
    ['to nowhere', '/nowhere'],
    ['to no address', '/odd'],
  ])('that lead %s are a sick source', async (_where, start) => {
    const site = await OfficialSite.open();
    const to = (location?: string) => ({ status: 302, headers: location === undefined ? {} : { location } });
    site.put('/a', to('/b')).put('/b', to('/a')).put('/nowhere', to('')).put('/odd', to('http://'));
    for (let n = 0; n < 20; n += 1) site.put(`/${n}`, to(`/${n + 1}`));

    const fetched = await aFetcher({ allowHosts: [site.host] }).fetch({ url: site.url(start), accept });

    expect(sick(fetched)).toEqual({ why: 'redirects' });
    expect(site.visits.length).toBeLessThan(8);
  });

  it.each([
    ['a private address', 'https://192.168.1.1/', { why: 'private', host: '192.168.1.1' }],
    ['loopback', 'https://[::1]/', { why: 'private', host: '[::1]' }],
    [
      'the address of the cloud’s secrets',
      'https://169.254.169.254/latest',
      { why: 'private', host: '169.254.169.254' },
    ],
    ['loopback in disguise', 'https://2130706433/', { why: 'private', host: '127.0.0.1' }],
    ['loopback inside IPv6', 'https://[::ffff:127.0.0.1]/', { why: 'private', host: '[::ffff:7f00:1]' }],
    [
      'a name of a private address',
      'https://intranet.example/',
      { why: 'private', host: 'intranet.example' },
    ],
    ['plain http', 'http://official.example/', { why: 'insecure', host: 'official.example' }],
    ['a file', 'file:///etc/passwd', { why: 'insecure', host: '' }],
    ['Légifrance', 'https://www.legifrance.gouv.fr/x', { why: 'closed', host: 'www.legifrance.gouv.fr' }],
  ])('to %s are refused', async (_what, location, sickness) => {
    const site = await OfficialSite.open();
    site.put('/away', { status: 302, headers: { location } });
    const resolve = resolving({ 'intranet.example': ['10.0.0.7'], 'official.example': ['93.184.216.34'] });
    const fetcher = aFetcher({ allowHosts: [site.host], resolve });

    const fetched = await fetcher.fetch({ url: site.url('/away'), accept });

    expect(sick(fetched)).toEqual(sickness);
  });

  it('to another port of the same machine are refused: a host is allowed with its port', async () => {
    const [site, other] = [await OfficialSite.open(), await OfficialSite.open()];
    site.put('/away', { status: 302, headers: { location: other.url('/') } });

    const fetched = await aFetcher({ allowHosts: [site.host] }).fetch({ url: site.url('/away'), accept });

    expect(sick(fetched)).toEqual({ why: 'insecure', host: other.host });
    expect(other.visits).toEqual([]);
  });
});

describe('names', () => {
  it('are asked once, and what they meant then is what is connected to', async () => {
    const site = await OfficialSite.open();
    site.put('/', 'here');
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? '127.0.0.1' : '192.0.2.1', family: 4 as const }];
    };
    const host = `official.example:${site.port}`;
    const fetcher = aFetcher({ allowHosts: [host], resolve });

    const fetched = await fetcher.fetch({ url: `http://${host}/`, accept });

    expect(text(fetched)).toBe('here');
    expect(asked).toBe(1);
    expect(site.visits[0]?.headers.host).toBe(host);
  });

  it('that mean one private address among others are refused', async () => {
    const resolve = resolving({ 'mixed.example': ['93.184.216.34', '127.0.0.1'] });

    const fetched = await aFetcher({ resolve }).fetch({ url: 'https://mixed.example/', accept });

    expect(sick(fetched)).toEqual({ why: 'private', host: 'mixed.example' });
  });

  it('that do not exist are told by the system’s word', async () => {
    const fetched = await aFetcher().fetch({ url: 'https://nowhere.example/', accept });

    expect(sick(fetched)).toEqual({ why: 'unreachable', code: 'ENOTFOUND' });
  });

  it.each([
    ['8.8.8.8', true],
    ['2a01:cb00::1', true],
    ['0.0.0.0', false],
    ['100.64.0.1', false],
    ['172.31.255.255', false],
    ['172.32.0.1', true],
    ['198.18.0.1', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::', false],
    ['::1', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::ffff:8.8.8.8', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['2001:db8::1', false],
    ['not an address', false],
  ])('%s is public: %s', (address, expected) => {
    expect(isPublic(address)).toBe(expected);
  });
});
