import { describe, expect, it } from 'vitest';
import { serviceJobs } from '#src/service/jobs.ts';
import { readWebhookNotes } from '#src/service/webhook-notes.ts';
import { anEvent, BOT, bytes, PAGE, PARENT, SOURCE, signed, TOKEN } from '../workspaces/notion/deliveries.ts';
import { ListeningPost, until } from './listening-post.ts';

const OTHER_PAGE = '00000000-0000-4000-8000-000000000001';
const NEW_TOKEN = 'secret_of-a-new-subscription-1234567890';
const QUIET = 2000;

const martin = { martin: [PAGE], lebrun: [OTHER_PAGE] };

describe('an event', () => {
  it('gets the project that knows the page a round, once it has been quiet for a while', async () => {
    const post = await ListeningPost.open(martin);

    expect(await post.deliver(anEvent())).toBe(200);
    await post.time.advance(QUIET - 1);
    expect(post.rounds).toEqual([]);
    await post.time.advance(1);

    expect(post.rounds).toEqual([['2026-11-23T09:00:02.000Z', 'martin']]);
    expect(post.heard.get('martin')).toEqual([PAGE, PARENT, SOURCE]);
  });

  it('asks for a round of the job that looks at what people have edited', () => {
    const names = serviceJobs({ open: async () => ({}) as never, cycle: {} as never }).map(
      ({ name }) => name,
    );

    // The rounds of the other tests are those of a job of this name.
    expect(names).toContain('sync');
  });

  it('that nobody knows gets nobody a round', async () => {
    const post = await ListeningPost.open({ martin: [OTHER_PAGE] });

    expect(await post.deliver(anEvent())).toBe(200);
    await post.time.runOut();

    expect(post.heard.get('martin')).toContain(PAGE);
    expect(post.rounds).toEqual([]);
  });

  it('is acted on once, however often it is delivered', async () => {
    const post = await ListeningPost.open(martin);
    await post.deliver(anEvent());
    await post.time.runOut();

    expect(await post.deliver(anEvent({ attempt_number: 8 }))).toBe(200);
    await post.time.runOut();

    expect(post.rounds).toHaveLength(1);
  });

  it('may come late and in any order', async () => {
    const post = await ListeningPost.open(martin);
    await post.deliver(anEvent({ id: 'later', timestamp: '2026-11-23T08:59:00Z' }));
    await post.time.runOut();

    await post.deliver(anEvent({ id: 'earlier', timestamp: '2026-11-22T08:00:00Z' }));
    await post.time.runOut();

    expect(post.rounds).toHaveLength(2);
  });

  it('is no news when only our own bot has written', async () => {
    const post = await ListeningPost.open(martin, {
      notion: { webhookTokens: [TOKEN], ownBots: () => new Set([BOT]) },
    });

    expect(await post.deliver(anEvent({ authors: [{ id: BOT, type: 'bot' }] }))).toBe(200);
    await post.time.runOut();

    expect(post.heard.size).toBe(0);
    expect(post.rounds).toEqual([]);
  });

  it('is answered while the projects cannot even be listed, and does no harm', async () => {
    let broken = false;
    const post = await ListeningPost.open(martin, {
      projects: async () => {
        if (broken) throw new Error('no disk');
        return ['martin'];
      },
    });
    broken = true;

    expect(await post.deliver(anEvent())).toBe(200);
    await post.time.runOut();

    expect(post.warnings()).toEqual(['hints lost']);
    expect((await post.get('/healthz')).status).toBe(200);
  });

  it('reaches the other projects when one does not open', async () => {
    const workspace = { hear: () => true } as never;
    const post = await ListeningPost.open(martin, {
      open: async (slug) => {
        if (slug === 'martin') throw new Error('its file is wrong');
        return { workspaces: [workspace] };
      },
    });

    await post.deliver(anEvent());
    await post.time.runOut();

    expect(post.rounds).toEqual([['2026-11-23T09:00:02.000Z', 'lebrun']]);
  });
});

describe('a burst', () => {
  it('of 500 events makes one round', async () => {
    const post = await ListeningPost.open(martin);

    const events = Array.from({ length: 500 }, (_, n) =>
      post.deliver(anEvent({ id: `event-${n}`, entity: { id: n % 2 ? PAGE : OTHER_PAGE } })),
    );
    const answers = new Set(await Promise.all(events));
    await post.time.runOut();

    expect(answers).toEqual(new Set([200]));
    expect(post.rounds).toEqual([['2026-11-23T09:00:02.000Z', 'martin', 'lebrun']]);
    expect(post.heard.get('martin')).toHaveLength(4);
  });

  it('that never pauses is looked at all the same', async () => {
    const post = await ListeningPost.open(martin);

    for (let second = 0; second < 25; second += 1) {
      await post.deliver(anEvent({ id: `event-${second}` }));
      await post.time.advance(1000);
    }
    await post.time.runOut();

    expect(post.rounds.map(([at]) => at)).toEqual([
      '2026-11-23T09:00:10.000Z',
      '2026-11-23T09:00:20.000Z',
      '2026-11-23T09:00:26.000Z',
    ]);
  });

  it('is dropped when the service stops', async () => {
    const post = await ListeningPost.open(martin);
    await post.deliver(anEvent());

    await post.stop();
    await post.time.runOut();

    expect(post.time.pending).toBe(0);
    expect(post.rounds).toEqual([]);
  });
});

describe('what is not surely Notion’s', () => {
  it.each([
    ['without a signature', async () => ({})],
    ['signed by somebody else', () => signed(bytes(anEvent()), 'secret_of-somebody-else')],
    ['with the signature of another body', () => signed(bytes(anEvent({ id: 'event-2' })))],
  ])('is refused %s, without a word', async (_how, headers) => {
    const post = await ListeningPost.open(martin);

    expect(await post.post(anEvent(), await headers())).toEqual({ status: 401, text: '' });
    expect(await post.post(anEvent(), await headers())).toEqual({ status: 401, text: '' });
    await post.time.runOut();

    expect(post.heard.size).toBe(0);
    expect(post.warnings()).toEqual(['webhook of Notion refused: signature missing or wrong']);
    expect(post.logLines.join()).not.toContain(PAGE);
    expect((await readWebhookNotes(post.store)).lastEventAt).toBeUndefined();
  });

  it('is all there is while no token is configured', async () => {
    const post = await ListeningPost.open(martin, { notion: { webhookTokens: [] } });

    expect(await post.deliver(anEvent())).toBe(401);
    await post.time.runOut();

    expect(post.heard.size).toBe(0);
  });

  it.each([
    ['64 kB of junk', Uint8Array.from({ length: 65_536 }, (_, n) => (n * 7919) % 256)],
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['an event without its id', anEvent({ id: undefined })],
  ])('is refused when it is %s', async (_what, body) => {
    const post = await ListeningPost.open(martin);

    expect(await post.post(body)).toEqual({ status: 400, text: '' });
    expect((await post.get('/healthz')).status).toBe(200);
    expect(post.time.pending).toBe(0);
  });

  it('is not read to its end when it is long', async () => {
    const post = await ListeningPost.open(martin);

    expect(await post.post(new Uint8Array(1024 * 1024 + 1))).toEqual({ status: 413, text: '' });
    expect((await post.get('/healthz')).status).toBe(200);
  });

  it('is not read to its end when it is long and does not say so', async () => {
    const post = await ListeningPost.open(martin);
    const socket = await post.socket();

    socket.write(
      'POST /webhooks/notion HTTP/1.1\r\nHost: jalon\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n',
    );
    socket.write('x'.repeat(0x100001));
    await until(() => socket.received() !== '');

    expect(socket.received()).toMatch(/^HTTP\/1\.1 413 /);
    expect(post.time.pending).toBe(0);
  });

  it('is given up when it does not come to its end', async () => {
    const post = await ListeningPost.open(martin);
    const socket = await post.socket();

    socket.write('POST /webhooks/notion HTTP/1.1\r\nHost: jalon\r\nContent-Length: 100\r\n\r\n{"id":');
    await until(() => post.time.pending > 0);
    await post.time.advance(10_000);
    await until(() => socket.received() !== '');

    expect(socket.received()).toMatch(/^HTTP\/1\.1 408 /);
    expect(post.time.pending).toBe(0);
  });

  it('does not hold up the end of the service', async () => {
    const post = await ListeningPost.open(martin);
    const socket = await post.socket();
    socket.write('POST /webhooks/notion HTTP/1.1\r\nHost: jalon\r\nContent-Length: 100\r\n\r\n{"id":');
    await until(() => post.time.pending > 0);

    await post.stop();

    expect(post.time.pending).toBe(0);
  });

  it('leaves nothing behind when its sender has gone', async () => {
    const post = await ListeningPost.open(martin);
    const socket = await post.socket();
    socket.write('POST /webhooks/notion HTTP/1.1\r\nHost: jalon\r\nContent-Length: 100\r\n\r\n{"id":');
    await until(() => post.time.pending > 0);

    socket.destroy();
    await until(() => post.time.pending === 0);

    expect((await post.get('/healthz')).status).toBe(200);
  });

  it('does not fill the memory, however many send at once', async () => {
    const post = await ListeningPost.open(martin);
    const head = 'POST /webhooks/notion HTTP/1.1\r\nHost: jalon\r\nContent-Length: 1048576\r\n\r\n';

    const sockets = await Promise.all(Array.from({ length: 20 }, () => post.socket()));
    for (const socket of sockets) socket.write(head + 'x'.repeat(1_000_000));
    await until(() => sockets.some((socket) => socket.received() !== ''));

    const answers = sockets.map((socket) => socket.received().slice(0, 12)).filter((text) => text !== '');
    expect(new Set(answers)).toEqual(new Set(['HTTP/1.1 503']));
    await post.time.advance(10_000);
    await until(() => sockets.every((socket) => socket.received() !== ''));
    expect(await post.deliver(anEvent())).toBe(200);
  });
});

describe('a handshake', () => {
  it('is kept in the store, the latest one with its time, and told to nobody', async () => {
    const post = await ListeningPost.open(martin);
    await post.post({ verification_token: 'secret_of-an-earlier-subscription' });
    await post.time.advance(60_000);

    const answer = await post.post({ verification_token: NEW_TOKEN });

    expect(answer).toEqual({ status: 200, text: '' });
    expect((await readWebhookNotes(post.store)).handshake).toEqual({
      token: NEW_TOKEN,
      at: '2026-11-23T09:01:00.000Z',
    });
    const pages = await Promise.all(['/healthz', '/readyz', '/webhooks/notion', '/'].map((p) => post.get(p)));
    const audits = await Promise.all(
      [...(await post.store.projects()), ':webhooks', 'martin'].map((slug) => post.store.readAudit(slug)),
    );
    const told = [...post.logLines, ...pages.map(({ text }) => text), JSON.stringify(audits)].join('\n');
    expect(told).not.toContain(NEW_TOKEN);
    expect(told).not.toContain('secret_');
    expect(await post.store.projects()).toEqual([]);
  });

  it('does not make its own token believed: a person has to put it into use', async () => {
    const post = await ListeningPost.open(martin);
    await post.post({ verification_token: NEW_TOKEN });

    const body = bytes(anEvent());

    expect((await post.post(body, await signed(body, NEW_TOKEN))).status).toBe(401);
  });

  it('is forgotten once an event has proved that its token is in use', async () => {
    const post = await ListeningPost.open(martin);
    await post.post({ verification_token: TOKEN });

    await post.deliver(anEvent());
    await post.stop();

    expect(await readWebhookNotes(post.store)).toEqual({
      handshake: undefined,
      lastEventAt: '2026-11-23T09:00:00.000Z',
    });
  });

  it('is not taken for received when the store cannot keep it', async () => {
    const post = await ListeningPost.open(martin);
    await post.store.close();

    expect(await post.post({ verification_token: NEW_TOKEN })).toEqual({ status: 503, text: '' });

    expect(post.warnings()).toEqual(['verification token of Notion not kept']);
    expect(post.logLines.join()).not.toContain(NEW_TOKEN);
  });

  it('does not come out of what a database says of its own', async () => {
    const store = {
      memory: async () => {
        throw Object.assign(new Error(`no room for ${NEW_TOKEN}`), { parameters: [NEW_TOKEN] });
      },
      projects: async () => [],
    };
    const post = await ListeningPost.open(martin, { store: store as never });

    expect((await post.post({ verification_token: NEW_TOKEN })).status).toBe(503);

    expect(post.warnings()).toEqual(['verification token of Notion not kept']);
    expect(post.logLines.join()).not.toContain(NEW_TOKEN);
  });

  it('costs no more than one log line and keeps the last token, however many strangers send one', async () => {
    const post = await ListeningPost.open(martin);

    const sent = Array.from({ length: 200 }, (_, n) => post.post({ verification_token: `secret_${n}` }));
    const answers = await Promise.all(sent);
    await post.post({ verification_token: NEW_TOKEN });

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await readWebhookNotes(post.store)).handshake?.token).toBe(NEW_TOKEN);
    expect(post.logLines.filter((line) => line.includes('verification token'))).toHaveLength(1);
  });
});

describe('the last event', () => {
  it('is noted, at most once a minute', async () => {
    const post = await ListeningPost.open(martin);
    const noted = async () => (await readWebhookNotes(post.store)).lastEventAt;

    await post.deliver(anEvent({ id: 'one' }));
    await post.time.advance(59_000);
    await post.deliver(anEvent({ id: 'two' }));
    expect(await noted()).toBe('2026-11-23T09:00:00.000Z');
    await post.time.advance(1000);
    await post.deliver(anEvent({ id: 'three' }));
    await post.stop();

    expect(await noted()).toBe('2026-11-23T09:01:00.000Z');
  });
});
