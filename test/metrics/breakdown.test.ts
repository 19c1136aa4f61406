import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityOf, cycleDays, staleTasks } from '#src/metrics/activity.ts';
import { byPerson, byRole, byStep, weightedProgress } from '#src/metrics/breakdown.ts';
import { criticalPath } from '#src/metrics/critical-path.ts';
import type { LoggedChange } from '#src/metrics/history.ts';
import { taskStates } from '#src/metrics/task-state.ts';
import { type Item, STATUSES } from '#src/plan/item.ts';
import { agreedOn, anItem, aPoint } from '../builders/items.ts';
import { anObligation } from '../builders/template.ts';

const TODAY = '2026-11-23';
const PARIS = 'Europe/Paris';

function states(...items: readonly Item[]) {
  return taskStates(agreedOn(...items), TODAY);
}

const PLAN = [
  anItem('first/a', { role: 'lead', people: ['Claire'], status: 'done' }),
  anItem('first/b', { role: 'lead', people: ['Claire', 'Samir'], status: 'doing', due: '2026-11-01' }),
  aPoint('first/b', 'p', { done: true }),
  aPoint('first/b', 'q'),
  aPoint('first/b', 'r'),
  aPoint('first/b', 's'),
  anItem('second/c', { role: 'helper', status: 'blocked' }),
  anItem('second/d', { role: 'helper', status: 'dropped' }),
];

describe('the parts of a plan', () => {
  it('are worked out by hand, by step, by role and by person', () => {
    // First: (1 + 1/4) / 2; by checklists (1 × 1 + 4 × 1/4) / 5.
    const first = { done: 1, total: 2, progress: 0.625, weighted: 0.4, late: 1, blocked: 0 };
    const second = { done: 0, total: 1, progress: 0, weighted: 0, late: 0, blocked: 1 };

    expect(byStep(states(...PLAN))).toEqual([
      { key: 'first', ...first },
      { key: 'second', ...second },
    ]);
    expect(byRole(states(...PLAN)).map(({ key, progress }) => [key, progress])).toEqual([
      ['lead', 0.625],
      ['helper', 0],
    ]);
    expect(byPerson(states(...PLAN)).map(({ key, done, total, late }) => [key, done, total, late])).toEqual([
      ['Claire', 1, 2, 1],
      ['Samir', 0, 1, 1],
      ['', 0, 1, 0],
    ]);
  });

  it('of a plan without tasks are none, and its progress is nought', () => {
    expect(byStep([])).toEqual([]);
    expect(weightedProgress([])).toBe(0);
  });

  const task = fc.record({
    step: fc.constantFrom('first', 'second'),
    role: fc.constantFrom('lead', 'helper', ''),
    status: fc.constantFrom(...STATUSES),
    ticks: fc.array(fc.boolean(), { maxLength: 4 }),
  });
  const plan = fc.array(task, { maxLength: 10 }).map((tasks) =>
    tasks.flatMap(({ ticks, ...fields }, index) => {
      const key = `${fields.step}/t${index}`;
      return [anItem(key, fields), ...ticks.map((done, rank) => aPoint(key, `p${rank}`, { done }))];
    }),
  );

  it('hold shares from 0 to 1, and their totals add up, however the plan is cut', () => {
    fc.assert(
      fc.property(plan, (items) => {
        const tasks = states(...items);
        const total = tasks.filter(({ worth }) => worth !== null).length;
        for (const parts of [byStep(tasks), byRole(tasks)]) {
          expect(parts.reduce((sum, part) => sum + part.total, 0)).toBe(total);
          for (const { progress, weighted } of parts) {
            for (const share of [progress, weighted]) {
              expect(share).toBeGreaterThanOrEqual(0);
              expect(share).toBeLessThanOrEqual(1);
            }
          }
        }
      }),
    );
  });

  it('are lowered by no task that gets done', () => {
    fc.assert(
      fc.property(plan, fc.nat(), (items, pick) => {
        const open = items.filter(({ kind, fields }) => kind === 'task' && fields.status !== 'dropped');
        const key = open[pick % Math.max(1, open.length)]?.key;
        const after = items.map((one) =>
          one.key === key ? { ...one, fields: { ...one.fields, status: 'done' } } : one,
        );

        const [before, now] = [weightedProgress(states(...items)), weightedProgress(states(...after))];

        expect(now).toBeGreaterThanOrEqual(before - 1e-12);
      }),
    );
  });
});

describe('what the log tells of a task', () => {
  const entry = (at: string, key: string, more: Partial<LoggedChange> = {}): LoggedChange => ({
    at: `${at}T09:00:00Z`,
    key,
    field: 'status',
    kind: 'changed',
    old: 'todo',
    ...more,
  });
  const created = (at: string, key: string) => entry(at, key, { kind: 'created', field: null, old: null });
  const log = [
    ...['first/a', 'first/b', 'first/b#p', 'second/c'].map((key) => created('2026-10-01', key)),
    entry('2026-10-05', 'first/a'),
    entry('2026-10-06', 'first/b#p', { field: 'done', old: false }),
    entry('2026-10-12', 'first/a', { old: 'doing' }),
    entry('2026-11-02', 'second/c'),
    entry('2026-11-20', 'second/c', { kind: 'kept', old: 'todo' }),
  ].toReversed();
  const activity = activityOf(log, agreedOn(...PLAN), PARIS);

  it('is when it was last touched, begun and finished', () => {
    expect(activity.get('first/a')).toEqual({
      lastEdit: '2026-10-12',
      begun: '2026-10-05',
      finished: '2026-10-12',
    });
    expect(activity.get('first/b')).toEqual({ lastEdit: '2026-10-06', begun: '2026-10-06', finished: null });
    expect(activity.get('second/d')).toBeUndefined();
  });

  it('gives the days that a task takes, the middle one, and none while nothing is done', () => {
    expect(cycleDays(activity)).toBe(7);
    expect(cycleDays(new Map())).toBeNull();
  });

  const told = (entries: readonly LoggedChange[], ...items: readonly Item[]) =>
    activityOf(entries.toReversed(), agreedOn(...items), PARIS);

  it('knows no beginning of what was said to be done at once, however many points were ticked with it', () => {
    const quick = [created('2026-10-01', 'first/x'), entry('2026-10-08', 'first/x')];
    const ticked = [
      ...[created('2026-10-01', 'first/y'), created('2026-10-01', 'first/y#p')],
      entry('2026-10-08', 'first/y#p', { field: 'done', old: false }),
      entry('2026-10-08', 'first/y'),
    ];
    const done = [anItem('first/x', { status: 'done' }), anItem('first/y', { status: 'done' })];
    const both = told([...quick, ...ticked], ...done, aPoint('first/y', 'p', { done: true }));

    for (const key of ['first/x', 'first/y'])
      expect(both.get(key)).toEqual({ lastEdit: '2026-10-08', begun: null, finished: '2026-10-08' });
    expect(cycleDays(both)).toBeNull();
    expect(cycleDays(new Map([...activity, ...both]))).toBe(7);
  });

  it('knows it of what had a point ticked before', () => {
    const earlier = [
      ...[created('2026-10-01', 'first/y'), created('2026-10-01', 'first/y#p')],
      entry('2026-10-06', 'first/y#p', { field: 'done', old: false }),
      entry('2026-10-08', 'first/y'),
    ];
    const items = [anItem('first/y', { status: 'done' }), aPoint('first/y', 'p', { done: true })];

    expect(cycleDays(told(earlier, ...items))).toBe(2);
  });

  it('looks only at the last time of a task that has come back to do', () => {
    const twice = [
      created('2026-10-01', 'first/x'),
      entry('2026-10-02', 'first/x'),
      entry('2026-10-07', 'first/x', { old: 'doing' }),
      entry('2026-11-02', 'first/x', { old: 'done' }),
      entry('2026-11-05', 'first/x'),
      entry('2026-11-09', 'first/x', { old: 'doing' }),
    ];

    const done = told(twice, anItem('first/x', { status: 'done' }));
    const underWay = told(twice.slice(0, 5), anItem('first/x', { status: 'doing' }));
    const back = told(twice.slice(0, 4), anItem('first/x', { status: 'todo' }));

    expect(cycleDays(done)).toBe(4);
    expect(underWay.get('first/x')).toMatchObject({ begun: '2026-11-05', finished: null });
    expect(back.get('first/x')).toMatchObject({ begun: null, finished: null });
  });

  it('goes on with a task that was done and reopened, from when it was begun at first', () => {
    const reopened = [
      created('2026-10-01', 'first/x'),
      entry('2026-10-02', 'first/x'),
      entry('2026-10-07', 'first/x', { old: 'doing' }),
      entry('2026-10-08', 'first/x', { old: 'done' }),
      entry('2026-10-12', 'first/x', { old: 'doing' }),
    ];

    expect(cycleDays(told(reopened, anItem('first/x', { status: 'done' })))).toBe(10);
  });

  it('names what was begun and has lain for long, the longest first', () => {
    expect(staleTasks(states(...PLAN), activity, TODAY, 21)).toEqual([
      { key: 'first/b', days: 48 },
      { key: 'second/c', days: 21 },
    ]);
    expect(staleTasks(states(...PLAN), activity, TODAY, 22).map(({ key }) => key)).toEqual(['first/b']);
  });
});

describe('the critical path', () => {
  const to = (fulfilledBy: string[]) => ({
    obligation: anObligation('issue', '2026-12-24', { fulfilledBy }),
    date: '2026-12-24',
  });
  const span = (start: string, due: string, more = {}) => ({ start, due, ...more });

  it('is the chain of open tasks that takes longest, worked out by hand', () => {
    const tasks = states(
      anItem('a/done', { ...span('2026-11-01', '2026-11-20'), status: 'done' }),
      anItem('a/long', span('2026-11-23', '2026-12-06', { dependsOn: ['a/done'] })),
      anItem('a/short', span('2026-11-23', '2026-11-25', { dependsOn: ['a/done'] })),
      anItem('a/end', span('2026-12-07', '2026-12-13', { dependsOn: ['a/short', 'a/long'] })),
      anItem('a/other', span('2026-11-23', '2027-11-23')),
    );

    // 14 days and 7 days, of 31 up to the 24th.
    expect(criticalPath(to(['a/end']), tasks, TODAY)).toEqual({
      id: 'issue',
      tasks: ['a/long', 'a/end'],
      days: 21,
      slack: 10,
    });
  });

  it('is empty when all is done, and goes round no circle', () => {
    const done = states(anItem('a/x', { status: 'done' }));
    const circle = states(anItem('a/x', { dependsOn: ['a/y'] }), anItem('a/y', { dependsOn: ['a/x'] }));

    expect(criticalPath(to(['a/x']), done, TODAY)).toMatchObject({ tasks: [], days: 0, slack: 31 });
    expect(criticalPath(to(['a/x']), circle, TODAY).days).toBeLessThanOrEqual(2);
  });

  it('is the same of two that are equally long, in whatever order the tasks come', () => {
    const tasks = [anItem('a/x'), anItem('a/y')];

    const paths = [tasks, tasks.toReversed()].map((all) =>
      criticalPath(to(['a/x', 'a/y']), states(...all), TODAY),
    );

    expect(paths.map((path) => path.tasks)).toEqual([['a/x'], ['a/x']]);
  });
});
