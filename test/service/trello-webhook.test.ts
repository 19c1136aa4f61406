import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastTrelloEventAt } from '#src/service/webhook-notes.ts';
import { CLIENT_IDENTIFIER } from '#src/workspaces/trello/client.ts';
import { boardIn, cardIn, one, planIn, raw } from '../simulators/trello/client.ts';
import { defaultSettings } from '../simulators/trello/settings.ts';
import { startTrello, type TrelloSimulator } from '../simulators/trello/simulator.ts';
import { freePort } from '../support/free-port.ts';
import { ACTION, aDelivery, BOARD, bytes, CARD, LIST, signed } from '../workspaces/trello/deliveries.ts';
import { ListeningPost } from './listening-post.ts';

const PATH = '/webhooks/trello';
const ELSEWHERE = '6f2b8c9d0e1a2b3c4d5e6f70';
const QUIET = 2000;

const martin = { martin: [BOARD], lebrun: [ELSEWHERE] };

/** Posts it as Trello does. */
async function deliver(post: ListeningPost, delivery: unknown, more: Record<string, string> = {}) {
  const body = bytes(delivery);
  return post.post(body, { ...signed(body), ...more }, PATH);
}

describe('a delivery of Trello', () => {
  it('gets the project that knows the board a round, once it has been quiet for a while', async () => {
    const post = await ListeningPost.open(martin);

    expect(await deliver(post, aDelivery())).toEqual({ status: 200, text: '' });
    await post.time.advance(QUIET - 1);
    expect(post.rounds).toEqual([]);
    await post.time.advance(1);

    expect(post.rounds).toEqual([['2026-11-23T09:00:02.000Z', 'martin']]);
    expect(post.heard.get('martin')).toEqual([BOARD, CARD, LIST]);
  });

  it('is acted on once, though each webhook of the board tells it and Trello repeats it', async () => {
    const post = await ListeningPost.open(martin);
    await deliver(post, aDelivery());
    await post.time.runOut();

    const again = await deliver(post, aDelivery({}, { webhook: { id: ELSEWHERE, active: true } }));
    await post.time.runOut();

    expect(again.status).toBe(200);
    expect(post.rounds).toHaveLength(1);
  });

  it('may come in any order', async () => {
    const post = await ListeningPost.open(martin);
    await deliver(post, aDelivery());
    await post.time.runOut();

    await deliver(post, aDelivery({ id: ACTION.replace(/.$/, '0'), date: '2026-11-22T08:00:00.000Z' }));
    await post.time.runOut();

    expect(post.rounds).toHaveLength(2);
  });

  it('is no news when we have done it ourselves', async () => {
    const post = await ListeningPost.open(martin);

    const answer = await deliver(post, aDelivery(), { 'x-trello-client-identifier': CLIENT_IDENTIFIER });
    await post.time.runOut();

    expect(answer.status).toBe(200);
    expect(post.heard.size).toBe(0);
    expect(await lastTrelloEventAt(post.store)).toBe('2026-11-23T09:00:00.000Z');
  });

  it('of a board that nobody knows is welcome, lest the webhook of another installation be taken away', async () => {
    const post = await ListeningPost.open({ martin: [ELSEWHERE] });

    const answer = await deliver(post, aDelivery());
    await post.time.runOut();

    expect(answer).toEqual({ status: 200, text: '' });
    expect(post.rounds).toEqual([]);
  });

  it('that we do not understand is welcome too, and told once', async () => {
    const post = await ListeningPost.open(martin);

    const answers = [await deliver(post, {}), await deliver(post, 'a new form')];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(post.warnings()).toEqual(['webhook of Trello not understood']);
  });

  it('is noted as proof that webhooks work, at most once a minute', async () => {
    const post = await ListeningPost.open(martin);

    await deliver(post, aDelivery());
    await post.time.advance(59_000);
    await deliver(post, aDelivery({ id: ELSEWHERE }));
    expect(await lastTrelloEventAt(post.store)).toBe('2026-11-23T09:00:00.000Z');
    await post.time.advance(1000);
    await deliver(post, aDelivery());
    await post.stop();

    expect(await lastTrelloEventAt(post.store)).toBe('2026-11-23T09:01:00.000Z');
  });

  it('is answered while the store cannot note it', async () => {
    const post = await ListeningPost.open(martin);
    await post.store.close();

    expect(await deliver(post, aDelivery())).toEqual({ status: 200, text: '' });
    await post.stop();

    expect(post.warnings()).toEqual(['event of Trello not noted']);
  });
});

describe('what is not surely Trello’s', () => {
  it.each([
    ['without a signature', () => ({})],
    ['signed by somebody else', () => signed(bytes(aDelivery()), { secret: 'somebody-else' })],
    ['signed for another address', () => signed(bytes(aDelivery()), { address: 'https://example.org' })],
    ['with the signature of another body', () => signed(bytes(aDelivery({ id: ELSEWHERE })))],
  ])('is refused %s, without a word', async (_how, headers) => {
    const post = await ListeningPost.open(martin);

    expect(await post.post(aDelivery(), headers(), PATH)).toEqual({ status: 401, text: '' });
    expect(await post.post(aDelivery(), headers(), PATH)).toEqual({ status: 401, text: '' });
    await post.time.runOut();

    expect(post.heard.size).toBe(0);
    expect(post.warnings()).toEqual(['webhook of Trello refused: signature missing or wrong']);
    expect(post.logLines.join()).not.toContain(BOARD);
    expect(await lastTrelloEventAt(post.store)).toBeUndefined();
  });

  it.each([
    ['secret is configured', { trello: { apiSecrets: [] } }],
    ['address is configured', { publicUrl: undefined }],
  ])('is all there is while no %s', async (_what, options) => {
    const post = await ListeningPost.open(martin, options);

    expect((await deliver(post, aDelivery())).status).toBe(401);
  });

  it('is believed when the app of other credentials has signed it', async () => {
    const post = await ListeningPost.open(martin, { trello: { apiSecrets: ['ours', 'of-acme'] } });
    const body = bytes(aDelivery());

    expect((await post.post(body, signed(body, { secret: 'of-acme' }), PATH)).status).toBe(200);
  });

  it('is not read to its end when it is long', async () => {
    const post = await ListeningPost.open(martin);

    const answer = await post.post(new Uint8Array(1024 * 1024 + 1), {}, PATH);

    expect(answer).toEqual({ status: 413, text: '' });
  });
});

describe('a webhook that Trello makes', () => {
  let trello: TrelloSimulator;
  beforeEach(async () => {
    trello = await startTrello({ now: () => new Date('2026-11-23T09:00:00Z') });
  });
  afterEach(() => trello.stop());

  it('finds the service, and tells it what people do, not what we do', async () => {
    const { board, list } = await planIn(trello);
    const card = await cardIn(trello, list);
    const other = await boardIn(trello, 'Autre');
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const post = await ListeningPost.open(
      { martin: [board], lebrun: [other] },
      { publicUrl, http: { host: '127.0.0.1', port }, trello: { apiSecrets: [defaultSettings.appSecret] } },
    );

    await one(trello, 'POST', 'webhooks', { callbackURL: `${publicUrl}${PATH}`, idModel: board });
    await raw(
      trello,
      'PUT',
      `cards/${card}`,
      { name: 'Par nous' },
      { 'x-trello-client-identifier': CLIENT_IDENTIFIER },
    );
    await trello.postman.deliverAll();
    await post.time.runOut();
    const afterOurs = [...post.rounds];
    trello.person.rename(card, 'Par Claire');
    const [told] = trello.postman.waiting();
    await trello.postman.deliverAll();
    await post.time.runOut();

    expect(afterOurs).toEqual([]);
    expect(told?.answers).toEqual([200]);
    expect(post.rounds).toEqual([[expect.any(String), 'martin']]);
    expect(post.heard.get('martin')).toContain(card);
    expect(post.logLines.join()).not.toContain(defaultSettings.appSecret);
  });
});
