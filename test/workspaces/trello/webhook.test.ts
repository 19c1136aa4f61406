import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLIENT_IDENTIFIER } from '#src/workspaces/trello/client.ts';
import { isOwnEcho, isSigned, readDelivery, SIGNATURE_HEADER } from '#src/workspaces/trello/webhook.ts';
import { ACTION, ADDRESS, aDelivery, BOARD, bytes, CARD, LIST, SECRET, signed } from './deliveries.ts';

describe('a delivery', () => {
  it('says where to look', () => {
    expect(readDelivery(bytes(aDelivery()))).toEqual({
      id: ACTION,
      at: '2026-11-23T08:59:00.000Z',
      remoteIds: [BOARD, CARD, LIST],
    });
  });

  it.each([
    ['of an older form, without its webhook', aDelivery({}, { webhook: undefined }), [BOARD, CARD, LIST]],
    ['without its model', aDelivery({}, { model: undefined }), [BOARD, CARD, LIST]],
    ['that tells nothing more than its model', aDelivery({ data: undefined, date: undefined }), [BOARD]],
    ['with odd ids', aDelivery({ data: { board: { id: 7 }, card: null, list: 'x' } }), [BOARD]],
    ['with an odd date', aDelivery({ date: 'yesterday' }), [BOARD, CARD, LIST]],
    ['with an odd model', aDelivery({ data: [] }, { model: 'board' }), []],
  ])('%s, still does', (_what, body, remoteIds) => {
    expect(readDelivery(bytes(body))).toMatchObject({ id: ACTION, remoteIds });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '<html>'],
    ['no object', '[]'],
    ['no action', { model: { id: BOARD } }],
    ['an action without an id', aDelivery({ id: undefined })],
    ['an action whose id is none', aDelivery({ id: '../boards' })],
  ])('is none when there is %s', (_what, body) => {
    expect(readDelivery(bytes(body))).toBeUndefined();
  });

  it('is none, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (body) => readDelivery(body) === undefined));
  });
});

describe('a signature', () => {
  const body = bytes(aDelivery({ text: 'Là, l’été\u00a0: ✅' }));
  const signature = signed(body)[SIGNATURE_HEADER] ?? '';
  const check = (given: string | undefined, secrets = [SECRET], callbackURL = ADDRESS, raw = body) =>
    isSigned(raw, given, { secrets, callbackURL });

  it('proves the body, the address and the secret', () => {
    expect(check(signature)).toBe(true);
    expect(check(signature, ['another', SECRET])).toBe(true);
  });

  it.each([
    ['of another body', () => check(signature, [SECRET], ADDRESS, bytes(aDelivery()))],
    ['for another address', () => check(signature, [SECRET], `${ADDRESS}/`)],
    ['by another secret', () => check(signature, ['another'])],
    ['while no secret is known', () => check(signature, [])],
    ['that is missing', () => check(undefined)],
    ['that is empty', () => check('')],
    ['that is cut', () => check(signature.slice(0, -1))],
    ['with something behind it', () => check(`${signature}\n`)],
    ['in another alphabet', () => check(signature.replace(/=$/, ''))],
    ['of the same length', () => check('A'.repeat(signature.length))],
    ['of letters that take more bytes', () => check('é'.repeat(signature.length))],
  ])('proves nothing %s', (_what, verdict) => {
    expect(verdict()).toBe(false);
  });
});

describe('an echo', () => {
  it('is known by the name that we send along', () => {
    expect(isOwnEcho(CLIENT_IDENTIFIER)).toBe(true);
    expect(isOwnEcho(undefined)).toBe(false);
    expect(isOwnEcho('somebody-else')).toBe(false);
  });
});
