import { describe, expect, it } from 'vitest';
import { createGates, credentialName } from '#src/workspaces/gate/gates.ts';
import { createLedger } from '#src/workspaces/gate/ledger.ts';
import { trelloReadings } from '#src/workspaces/gate/rate-headers.ts';
import { notionPace, trelloPace } from '#src/workspaces/gate/rates.ts';
import { retryAfterMs } from '#src/workspaces/gate/retry-after.ts';
import { FakeTime } from '../../support/fake-time.ts';

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 23, 9);

  it.each([
    ['60', 60_000],
    ['0', 0],
    ['1.5', 1_500],
    [' 86400 ', 86_400_000],
    ['Mon, 23 Nov 2026 12:00:00 GMT', 3 * 3_600_000],
    ['Mon, 23 Nov 2026 08:00:00 GMT', 0],
  ])('%j asks for %d ms', (value, expected) => {
    expect(retryAfterMs(value, now)).toBe(expected);
  });

  it.each([undefined, null, '', 'soon', '-5', '1e3', 'NaN', '20:26', 'Foo, bar'])(
    '%j says nothing',
    (value) => {
      expect(retryAfterMs(value, now)).toBeUndefined();
    },
  );
});

describe('the rate headers of Trello', () => {
  const pace = trelloPace('key', 'token');

  it('tell what is left of both windows', () => {
    const headers = new Headers({
      'x-rate-limit-api-token-remaining': '97',
      'x-rate-limit-api-key-remaining': '290',
    });

    expect(trelloReadings(headers, pace)).toEqual([
      { window: pace.token, remaining: 97 },
      { window: pace.key, remaining: 290 },
    ]);
  });

  it('say nothing when they are missing or odd', () => {
    const headers = new Headers({ 'x-rate-limit-api-token-remaining': 'many' });

    expect(trelloReadings(headers, pace)).toEqual([]);
  });
});

describe('the gates of a process', () => {
  const gates = createGates({ ledger: createLedger(), time: new FakeTime(), random: () => 0 });

  it('are one for each credential', () => {
    expect(gates.of(notionPace('acme'))).toBe(gates.of(notionPace('acme')));
    expect(gates.of(notionPace('acme'))).not.toBe(gates.of(notionPace('martin')));
  });

  it('name a credential without showing any of it', () => {
    const secret = 'ntn_0123456789abcdef';

    const name = credentialName(secret);

    expect(name).toMatch(/^[0-9a-f]{12}$/);
    expect(secret).not.toContain(name.slice(0, 4));
    expect(credentialName(`${secret}x`)).not.toBe(name);
  });
});

describe('every limit', () => {
  it('says where it comes from', () => {
    const trello = trelloPace('key', 'token');
    const windows = [...notionPace('acme').windows, ...trello.windows, trello.membersAndSearch];

    expect(windows.map(({ requests, perMs }) => `${requests}/${perMs / 1000}`)).toEqual([
      '180/60',
      '100/10',
      '300/10',
      '100/900',
    ]);
    for (const { source } of windows) expect(source).toMatch(/^https:/);
  });
});
