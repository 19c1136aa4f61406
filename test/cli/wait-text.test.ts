import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { waitText } from '#src/cli/wait-text.ts';
import type { LockHolder } from '#src/store/store.ts';
import { CompanyAtWork } from '../service/company.ts';

const SINCE = '2026-11-23T07:00:00.000Z';

describe('whom a command waits for', () => {
  it('is told with its machine, its process and since when', () => {
    const text = waitText({ owner: 'sync', host: 'bureau', pid: 12, since: SINCE }, 'fr', 'Europe/Paris');

    expect(text?.replaceAll('\u00a0', ' ')).toBe(
      'Un autre Jalon travaille sur ce projet depuis le 23 novembre 2026 à 8 h 00 (bureau, processus 12). On attend qu’il ait fini.',
    );
    expect(waitText({ owner: '', host: hostname(), pid: process.ppid, since: SINCE }, 'en', 'UTC')).toContain(
      'since 23\u00a0November\u00a02026 at 07:00',
    );
  });

  it('is not told of another job of this very process', async () => {
    const store = await new CompanyAtWork().store();
    const { promise: holder, resolve: onWait } = Promise.withResolvers<LockHolder>();

    const first = store.withLock('martin', { owner: 'digest', waitMs: 0 }, () => holder);
    const second = store.withLock('martin', { owner: 'sync', waitMs: 60_000, onWait }, async () => {});
    await Promise.all([first, second]);

    expect(waitText(await holder, 'fr', 'UTC')).toBeUndefined();
  });
});
