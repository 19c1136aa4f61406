import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plannedDays } from '#src/metrics/course.ts';
import { historyOf, type LoggedChange } from '#src/metrics/history.ts';
import { progressOf } from '#src/metrics/progress.ts';
import { taskStates } from '#src/metrics/task-state.ts';
import { type Item, STATUSES } from '#src/plan/item.ts';
import { reconcile } from '#src/reconcile/reconcile.ts';
import { voice } from '#src/reconcile/replica.ts';
import { agreedOn, anItem, aPoint } from '../builders/items.ts';

const PARIS = 'Europe/Paris';

/** Entries as the log gives them: the latest first. */
function log(...entries: readonly (Partial<LoggedChange> & Pick<LoggedChange, 'at' | 'key'>)[]) {
  return entries.map((entry) => ({ field: 'status', kind: 'changed', old: 'todo', ...entry })).toReversed();
}

function created(key: string, at: string) {
  return { at, key, kind: 'created', field: null, old: null };
}

describe('the history of a plan', () => {
  it('is worked out by hand for a small plan: one done, one half ticked, one added, one dropped', () => {
    const agreed = agreedOn(
      anItem('first/a', { status: 'done' }),
      anItem('first/b', { status: 'doing' }),
      aPoint('first/b', 'p', { done: true }),
      aPoint('first/b', 'q'),
      anItem('first/c', { status: 'dropped' }),
      anItem('own/d'),
    );
    const entries = log(
      ...['first/a', 'first/b', 'first/b#p', 'first/b#q', 'first/c'].map((key) =>
        created(key, '2026-11-23T08:00:00Z'),
      ),
      { at: '2026-11-24T09:00:00Z', key: 'first/a', old: 'doing' },
      { at: '2026-11-24T09:00:00Z', key: 'first/b#p', field: 'done', old: false },
      created('own/d', '2026-11-26T09:00:00Z'),
      { at: '2026-11-26T10:00:00Z', key: 'first/c', old: 'blocked' },
    );

    const history = historyOf(entries, agreed, '2026-11-27', PARIS);

    expect(history).toEqual([
      { day: '2026-11-23', done: 0, total: 3, progress: 0 },
      { day: '2026-11-24', done: 1, total: 3, progress: 0.5 },
      { day: '2026-11-25', done: 1, total: 3, progress: 0.5 },
      { day: '2026-11-26', done: 1, total: 3, progress: 0.5 },
      { day: '2026-11-27', done: 1, total: 3, progress: 0.5 },
    ]);
  });

  it('of a plan without a log is today alone', () => {
    expect(historyOf([], agreedOn(anItem('first/a', { status: 'done' })), '2026-11-23', PARIS)).toEqual([
      { day: '2026-11-23', done: 1, total: 1, progress: 1 },
    ]);
    expect(historyOf([], new Map(), '2026-11-23', PARIS)).toEqual([
      { day: '2026-11-23', done: 0, total: 0, progress: 0 },
    ]);
  });

  it('counts what happens in the evening for the day that it is where the team lives', () => {
    const entries = log(created('first/a', '2026-11-22T09:00:00Z'), {
      at: '2026-11-23T23:30:00Z',
      key: 'first/a',
    });
    const agreed = agreedOn(anItem('first/a', { status: 'done' }));

    const dones = (zone: string) => historyOf(entries, agreed, '2026-11-24', zone).map(({ done }) => done);

    expect(dones('Europe/Paris')).toEqual([0, 0, 1]);
    expect(dones('America/Martinique')).toEqual([0, 1, 1]);
  });

  it('crosses the nights on which the clocks change, one day at a time', () => {
    const entries = log(created('first/a', '2027-03-27T09:00:00Z'));

    const days = historyOf(entries, agreedOn(anItem('first/a')), '2027-03-30', PARIS).map(({ day }) => day);

    expect(days).toEqual(['2027-03-27', '2027-03-28', '2027-03-29', '2027-03-30']);
  });

  it('is not moved by what lost, by what was only proposed, nor by rows and comments', () => {
    const agreed = agreedOn(
      anItem('first/a', { status: 'done' }),
      { key: 'tools:own', kind: 'row', parent: 'tools', fields: { status: 'ok' } },
      { key: 'first/a@1', kind: 'comment', parent: 'first/a', fields: { text: 'Oui' } },
    );
    const entries = log(
      created('first/a', '2026-11-22T08:00:00Z'),
      { at: '2026-11-22T09:00:00Z', key: 'first/a' },
      { at: '2026-11-23T09:00:00Z', key: 'first/a', kind: 'conflict', old: 'dropped' },
      { at: '2026-11-23T09:00:00Z', key: 'first/a', kind: 'kept', old: 'todo' },
      { at: '2026-11-23T09:00:00Z', key: 'tools:own', old: 'gap' },
      created('first/a@1', '2026-11-23T10:00:00Z'),
      { at: '2026-11-23T10:00:00Z', key: 'not/known' },
    );

    expect(historyOf(entries, agreed, '2026-11-23', PARIS).map(({ done }) => done)).toEqual([1, 1]);
  });

  it('holds no day later than today when the clock was set back', () => {
    const entries = log(created('first/a', '2027-06-01T08:00:00Z'));

    const history = historyOf(entries, agreedOn(anItem('first/a')), '2026-11-23', PARIS);

    expect(history.map(({ day }) => day)).toEqual(['2026-11-23']);
  });
});

const DAYS = Array.from({ length: 12 }, (_, index) => `2026-12-${String(index + 1).padStart(2, '0')}`);

const task = fc.record({
  key: fc.constantFrom('s/a', 's/b', 's/c', 's/d', 's/e'),
  status: fc.constantFrom(...STATUSES),
  archived: fc.boolean(),
});
const point = fc.record({
  key: fc.constantFrom('s/a#p', 's/a#q', 's/b#p', 's/c#p'),
  done: fc.boolean(),
  archived: fc.boolean(),
});
/** What somebody says on a day: some tasks and points, new or known. */
const saying = fc.record({ day: fc.nat(DAYS.length - 1), tasks: fc.array(task), points: fc.array(point) });

interface Lived {
  readonly agreed: ReadonlyMap<string, Item>;
  readonly entries: readonly LoggedChange[];
  /** The figures at the end of each day, written down on that day. */
  readonly diary: readonly unknown[];
}

/** Lives through the days with the real reconcile, and writes the figures down each evening. */
function live(sayings: readonly { day: number; tasks: object[]; points: object[] }[]): Lived {
  let agreed: ReadonlyMap<string, Item> = new Map();
  const entries: LoggedChange[] = [];
  const diary: unknown[] = [];
  DAYS.forEach((day, index) => {
    for (const said of sayings.filter((one) => one.day === index)) {
      const items = [
        ...(said.tasks as { key: string }[]).map(({ key, ...fields }) => anItem(key, fields)),
        ...(said.points as { key: string }[]).map(({ key, ...fields }) => {
          const [owner = '', name = ''] = key.split('#');
          return aPoint(owner, name, fields);
        }),
      ];
      const outcome = reconcile(agreed, [voice('rule:x', items)]);
      agreed = outcome.agreed;
      entries.push(...outcome.happenings.map((one) => ({ ...one, at: `${day}T09:00:00Z` })));
    }
    diary.push({ day, ...progressOf(taskStates(agreed, day)) });
  });
  return { agreed, entries: entries.toReversed(), diary };
}

describe('whatever happens to a plan', () => {
  it('replaying the log gives the figures that each day had', () => {
    fc.assert(
      fc.property(fc.array(saying, { maxLength: 20 }), (sayings) => {
        const { agreed, entries, diary } = live(sayings);

        const history = historyOf(entries, agreed, DAYS.at(-1) ?? '', PARIS);

        expect(history).toEqual(diary.slice(-history.length));
        const before = diary.slice(0, -history.length) as { total: number }[];
        expect(before.every(({ total }) => total === 0)).toBe(true);
      }),
    );
  });

  it('no day has less than nothing, or more done than there is', () => {
    // Any log at all, also one that does not belong to the plan.
    const entry = fc.record({
      at: fc.constantFrom(...DAYS).map((day) => `${day}T09:00:00Z`),
      key: fc.constantFrom('s/a', 's/b', 's/a#p', 'x'),
      field: fc.constantFrom('status', 'archived', 'done', null),
      kind: fc.constantFrom('created', 'changed', 'archived', 'restored', 'conflict', 'kept'),
      old: fc.constantFrom(null, true, false, 'done', 'todo', 'dropped', 7, ['x']),
    });
    const agreed = agreedOn(anItem('s/a', { status: 'done' }), anItem('s/b'), aPoint('s/a', 'p'));

    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        for (const { done, total, progress } of historyOf(entries, agreed, '2026-12-12', PARIS)) {
          expect(done).toBeGreaterThanOrEqual(0);
          expect(done).toBeLessThanOrEqual(total);
          expect(progress).toBeGreaterThanOrEqual(0);
          expect(progress).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('a task that gets done lowers the progress of no day', () => {
    fc.assert(
      fc.property(fc.array(saying, { maxLength: 8 }), fc.nat(), (sayings, pick) => {
        const { agreed } = live(sayings);
        const open = [...agreed.values()].filter(
          ({ kind, fields }) => kind === 'task' && !['done', 'dropped'].includes(`${fields.status}`),
        );
        const key = open[pick % Math.max(1, open.length)]?.key;
        fc.pre(key !== undefined);
        const outcome = reconcile(agreed, [voice('rule:x', [anItem(key ?? '', { status: 'done' })])]);
        const entries = outcome.happenings.map((one) => ({ ...one, at: '2026-12-12T09:00:00Z' }));

        const before = historyOf([], agreed, '2026-12-12', PARIS).at(-1)?.progress ?? 0;
        const history = historyOf(entries, outcome.agreed, '2026-12-12', PARIS);

        expect(history.at(-1)?.progress).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

describe('the plan’s own pace', () => {
  it('counts by due date the tasks that are due by then, dropped and undated ones left out', () => {
    const agreed = agreedOn(
      anItem('s/b', { due: '2027-02-01' }),
      anItem('s/a', { due: '2027-01-04', status: 'done' }),
      anItem('s/c', { due: '2027-02-01' }),
      anItem('s/d', { due: '2027-01-15', status: 'dropped' }),
      anItem('s/e', { due: null }),
      anItem('s/f', { due: '2027-01-15', archived: true }),
    );

    expect(plannedDays(agreed, '2026-11-23')).toEqual([
      { day: '2027-01-04', tasks: 1 },
      { day: '2027-02-01', tasks: 3 },
    ]);
  });
});
