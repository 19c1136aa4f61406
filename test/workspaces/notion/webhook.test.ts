import { signWebhookPayload } from '@notionhq/client';
import { describe, expect, it } from 'vitest';
import { isOwnEcho, isSigned, readDelivery } from '#src/workspaces/notion/webhook.ts';
import { anEvent, BOT, bytes, PAGE, PARENT, PERSON, SOURCE, TOKEN } from './deliveries.ts';

function eventOf(body: unknown) {
  const delivery = readDelivery(bytes(body));
  if (delivery.kind !== 'event') throw new Error(`read as ${delivery.kind}`);
  return delivery.event;
}

describe('a delivery of Notion', () => {
  it('says where to look: the page, its parent and the rows that it belongs to', () => {
    const event = eventOf(anEvent());

    expect(event).toMatchObject({ id: 'event-1', at: '2026-11-23T08:59:00.000Z' });
    expect(event.remoteIds).toEqual([PAGE, PARENT, SOURCE]);
  });

  it('says the page that a comment stands on', () => {
    const event = eventOf(
      anEvent({
        type: 'comment.created',
        entity: { id: PARENT, type: 'comment' },
        data: { page_id: PAGE.replaceAll('-', '') },
      }),
    );

    expect(event.remoteIds).toEqual([PARENT, PAGE]);
  });

  it('is the token of a new subscription', () => {
    expect(readDelivery(bytes({ verification_token: TOKEN }))).toEqual({ kind: 'handshake', token: TOKEN });
  });

  it.each([
    ['a new type of event', { type: 'dream.dreamt' }],
    ['no type', { type: undefined }],
    ['an odd time', { timestamp: 'yesterday' }],
    ['no authors', { authors: undefined }],
    ['authors that are no list', { authors: 'claire' }],
    ['an agent as its author', { authors: [{ id: BOT, type: 'agent' }] }],
    ['data of another form', { data: [1, 2] }],
    ['a parent of another form', { data: { parent: 'space' } }],
    ['no data', { data: undefined }],
    ['more than we know', { tomorrow: { deep: true }, attempt_number: 'many' }],
  ])('is taken with %s', (_what, change) => {
    expect(eventOf(anEvent(change)).remoteIds).toContain(PAGE);
  });

  it.each([
    ['no entity', undefined],
    ['an entity whose id is none', { id: '../../etc', type: 'page' }],
  ])('with %s names one place fewer', (_what, entity) => {
    expect(eventOf(anEvent({ entity })).remoteIds).toEqual([PARENT, SOURCE]);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['half of it', JSON.stringify(anEvent()).slice(0, 50)],
    ['a list', []],
    ['null', null],
    ['no id', anEvent({ id: undefined })],
    ['an id that is no text', anEvent({ id: 42 })],
    ['an id without end', anEvent({ id: 'x'.repeat(101) })],
    ['a token that is no text', { verification_token: { secret: true } }],
    ['a token that would write on a terminal', { verification_token: '\u001b[2Jsecret_abcdef' }],
    ['a token without end', { verification_token: 'x'.repeat(257) }],
    ['a hundred thousand brackets', '['.repeat(100_000)],
  ])('is not read when it is %s', (_what, body) => {
    expect(readDelivery(bytes(body))).toEqual({ kind: 'unreadable' });
  });

  it('is not read when it is no text', () => {
    expect(readDelivery(Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d))).toEqual({ kind: 'unreadable' });
  });
});

describe('the signature', () => {
  it('is over the bytes as they came, not over what they mean', async () => {
    const body = bytes('{ "id":"event-1",\n  "note": "é \\u00e9" }');
    const signature = await signWebhookPayload({ body, verificationToken: TOKEN });
    const respelt = bytes(JSON.parse(new TextDecoder().decode(body)));

    expect(await isSigned(body, signature, [TOKEN])).toBe(true);
    expect(await isSigned(respelt, signature, [TOKEN])).toBe(false);
  });

  it('may be of any of our subscriptions', async () => {
    const body = bytes(anEvent());
    const signature = await signWebhookPayload({ body, verificationToken: TOKEN });

    expect(await isSigned(body, signature, ['secret_another', TOKEN])).toBe(true);
    expect(await isSigned(body, signature, ['secret_another'])).toBe(false);
  });

  it.each([undefined, '', 'sha256=', 'sha256=zz', `sha1=${'a'.repeat(64)}`, `sha256=${'a'.repeat(64)}`])(
    'is not %s',
    async (signature) => {
      expect(await isSigned(bytes(anEvent()), signature, [TOKEN])).toBe(false);
    },
  );

  it('is never right while we have no token', async () => {
    const body = bytes(anEvent());
    const signature = await signWebhookPayload({ body, verificationToken: TOKEN });

    expect(await isSigned(body, signature, [])).toBe(false);
  });
});

describe('our own echo', () => {
  const own = new Set([BOT]);

  it.each([
    ['our bot alone', [{ id: BOT, type: 'bot' }], true],
    ['our bot, spelt without dashes', [{ id: BOT.replaceAll('-', ''), type: 'bot' }], true],
    ['our bot and a person', [ourBot(), { id: PERSON, type: 'person' }], false],
    ['another bot', [{ id: PERSON, type: 'bot' }], false],
    ['a person', [{ id: PERSON, type: 'person' }], false],
    ['an agent', [{ id: BOT, type: 'agent' }], false],
    ['nobody', [], false],
    ['our bot and somebody that we cannot read', [ourBot(), { name: 'Claire' }], false],
  ])('of %s', (_whom, authors, expected) => {
    expect(isOwnEcho(eventOf(anEvent({ authors })), own)).toBe(expected);
  });
});

function ourBot() {
  return { id: BOT, type: 'bot' };
}
