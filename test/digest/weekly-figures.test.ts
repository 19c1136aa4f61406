import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weeklyDigest } from '#src/digest/weekly/digest.ts';
import { sectionsOf } from '#src/digest/weekly/lines.ts';
import { digestRow } from '#src/digest/weekly/row.ts';
import { type Item, STATUSES } from '#src/plan/item.ts';
import { agreedOn, anItem, aPoint } from '../builders/items.ts';
import { aDigest, aMove, aNotice, aWeek, LAST_MONDAY, MONDAY } from './weekly-plan.ts';

const keys = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key.replace(/^.*[/:]/, ''));

describe('a weekly digest', () => {
  it('counts what counts', () => {
    const { progress, verdict, since, until } = aDigest();

    expect(progress).toEqual({ done: 2, total: 9, progress: 2 / 9 });
    expect([verdict, since, until]).toEqual(['late', '2026-11-16', '2026-12-07']);
  });

  it('tells what is stuck, why and on whom: what the law requires first, then the longest overdue', () => {
    const { stuck } = aDigest();

    expect(keys(stuck)).toEqual(['licence', 'files', 'till']);
    expect(stuck).toMatchObject([
      { required: true, daysLate: 5, blocked: false, who: 'Claire' },
      { required: false, daysLate: 1, blocked: true, who: '' },
      { required: false, daysLate: 0, blocked: true, who: 'Responsable administratif' },
    ]);
  });

  it('tells what lies still: begun, and untouched by anybody for a fortnight', () => {
    const agreed = agreedOn(
      anItem('start/still', { status: 'doing' }),
      aPoint('start/still', 'a', { done: true }),
      anItem('start/fresh', { status: 'doing' }),
      aPoint('start/fresh', 'a', { done: true }),
      anItem('start/waiting', { status: 'todo' }),
    );
    const entries = [
      aMove('start/fresh#a', 'x', { field: 'done', at: '2026-11-10T00:00:00Z' }),
      aMove('start/still', 'doing', { at: '2026-11-09T10:00:00Z' }),
      aMove('start/waiting', 'todo', { at: '2026-10-01T10:00:00Z' }),
    ];

    expect(aDigest({ agreed, entries }).stuck).toMatchObject([
      { key: 'start/still', daysStill: 14, daysLate: 0, blocked: false },
    ]);
  });

  it('tells which sources the watch cannot read', () => {
    const unread = [{ id: 'bofip', since: '2026-11-17', link: 'https://example.org/bofip' }];
    const told = (locale: 'fr' | 'en') => sectionsOf(aDigest({ unread, locale })).at(-1);

    expect(told('fr')).toMatchObject({
      heading: 'Sources que la veille ne peut plus lire',
      lines: [
        {
          text: 'bofip, depuis le 17\u00a0novembre\u00a02026\u00a0: à lire à la main en attendant',
          link: 'https://example.org/bofip',
        },
      ],
    });
    expect(told('en')?.lines[0]?.text).toBe(
      'bofip, since 17\u00a0November\u00a02026: to be read by hand meanwhile',
    );
  });

  it('tells the indicators of which something is known, with what they were at the last digest', () => {
    const row = (id: string, status: string): Item => ({
      key: `test-invoices:${id}`,
      kind: 'row',
      parent: 'test-invoices',
      fields: { direction: 'sent', status, archived: false },
    });
    const agreed = agreedOn(row('a', '213'), row('b', '205'), row('c', '205'), row('d', '205'));
    const wasRejected = { field: 'status', old: '213' } as const;
    const entries = [
      aMove('test-invoices:b', '205', { ...wasRejected, at: '2026-11-17T10:00:00Z' }),
      aMove('test-invoices:c', '205', { ...wasRejected, at: '2026-11-10T10:00:00Z' }),
    ];

    const { kpis } = aDigest({ agreed, entries });

    expect(kpis).toMatchObject([
      { id: 'rejection-rate', value: 0.25, before: 0.5, reached: false },
      { id: 'refusal-rate', value: 0, before: 0, reached: true },
      { id: 'first-time-acceptance', value: 0.75, before: 0.5, reached: false },
    ]);
  });

  it('tells what is due from today on within a fortnight, unless it is stuck', () => {
    const { due } = aDigest();

    expect(due).toMatchObject([
      { key: 'start/platform', due: MONDAY, who: 'Claire, Paul' },
      { key: 'start/checks', due: '2026-12-07', who: 'Responsable administratif' },
    ]);
  });

  it('tells what was done since the last one, and is so still', () => {
    const entries = [
      aMove('start/platform', 'todo'),
      aMove('start/platform', 'done'),
      aMove('start/roles', 'done'),
      aMove('start/roles', 'doing'),
      aMove('start/kick-off', 'done', { at: LAST_MONDAY }),
      aMove('start/mail', 'done', { at: '2026-11-15T09:00:00.000Z' }),
    ];

    expect(keys(aDigest({ entries }).done)).toEqual(['roles', 'kick-off']);
  });

  it('counts no word that lost, and no other field, for having been done', () => {
    const entries = [
      aMove('start/roles', 'done', { kind: 'conflict' }),
      aMove('start/kick-off', 'done', { field: 'notes' }),
    ];

    expect(aDigest({ entries }).done).toEqual([]);
  });

  it('counts a recurring duty that was done and has come back by itself, and none that somebody reopened', () => {
    const came = [aMove('start/platform', 'todo', { actor: 'recurring' }), aMove('start/platform', 'done')];
    const reopened = [aMove('start/checks', 'todo'), aMove('start/checks', 'done')];

    expect(keys(aDigest({ entries: [...came, ...reopened] }).done)).toEqual(['platform']);
  });

  it('tells the notices that wait for a decision, the latest first', () => {
    const agreed = agreedOn(
      aNotice('b', { date: '2026-11-01' }),
      aNotice('a', { date: '2026-11-21' }),
      aNotice('gone', { archived: true }),
      aNotice('decided', { decision: 'task-created' }),
    );

    expect(keys(aDigest({ agreed }).toDecide)).toEqual(['a', 'b']);
    expect(aDigest({ agreed, watchLog: undefined }).toDecide).toEqual([]);
  });

  it('tells the next legal dates, with what the pace says of them where it says anything', () => {
    const { dates } = aDigest();

    expect(dates).toMatchObject([
      {
        title: 'Émettre ses factures',
        others: 1,
        ready: 0.4,
        forecast: { p50: '2027-05-12', p85: '2027-07-03' },
      },
      { title: 'Dernier report', others: 0, sure: false, forecast: undefined },
    ]);
  });
});

const aDay = fc.constantFrom('2026-10-01', '2026-11-22', MONDAY, '2026-11-30', '2027-02-01', '');
const aTask = fc.record({
  status: fc.constantFrom<string>(...STATUSES, ''),
  due: aDay,
  required: fc.boolean(),
  archived: fc.boolean(),
  people: fc.subarray(['Claire', 'Paul']),
});
const aPlan = fc
  .array(aTask, { maxLength: 12 })
  .map((tasks) => tasks.map((fields, index) => anItem(`start/t${index}`, fields)));
const moves = fc.array(
  fc
    .record({ task: fc.nat(12), status: fc.constantFrom<string>(...STATUSES) })
    .map(({ task, status }) => aMove(`start/t${task}`, status)),
  { maxLength: 20 },
);
const REGISTER = {
  key: 'weekly-digests',
  columns: ['week', 'progress', 'done', 'due', 'stuck', 'summary'].map((key) => ({
    key,
    title: { fr: key, en: key },
    type: 'text' as const,
  })),
};

describe('whatever the plan', () => {
  const weekOf = (items: readonly Item[], entries: ReturnType<typeof aMove>[]) =>
    weeklyDigest(aWeek({ agreed: agreedOn(...items), entries }));

  it('no figure is out of bounds, and nothing is told twice', () => {
    fc.assert(
      fc.property(aPlan, moves, (items, entries) => {
        const digest = weekOf(items, entries);
        const { progress, done, due, stuck } = digest;
        const { fields } = digestRow(digest, REGISTER);

        expect(progress.progress).toBeGreaterThanOrEqual(0);
        expect(progress.progress).toBeLessThanOrEqual(1);
        expect(progress.done).toBeLessThanOrEqual(progress.total);
        expect(fields.progress === 1).toBe(progress.progress === 1);
        expect(fields.progress === 0).toBe(progress.progress === 0);
        for (const list of [done, due, stuck]) expect(new Set(keys(list)).size).toBe(list.length);
        expect(done.length + due.length + stuck.length).toBeLessThanOrEqual(items.length);
        expect([fields.done, fields.due, fields.stuck]).toEqual([done.length, due.length, stuck.length]);
        for (const { daysLate } of stuck) expect(daysLate).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('the order of its items changes nothing', () => {
    fc.assert(
      fc.property(aPlan, moves, (items, entries) => {
        expect(weekOf(items.toReversed(), entries)).toEqual(weekOf(items, entries));
      }),
    );
  });
});
