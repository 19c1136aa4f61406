import { describe, expect, it } from 'vitest';
import { firstDayOf, kpiTrends, statusTrend, trendDays, weekEnds } from '#src/metrics/trends.ts';
import type { Item } from '#src/plan/item.ts';
import { agreedOn, anItem } from '../builders/items.ts';

const PARIS = 'Europe/Paris';
const DAYS = ['2026-11-01', '2026-11-08', '2026-11-11'];

const trained: Item = {
  key: 'training:own-1',
  kind: 'row',
  parent: 'training',
  fields: { person: 'Claire', done: true },
};
const past = {
  agreed: agreedOn(anItem('first/a', { status: 'done' }), anItem('first/b', { status: 'blocked' }), trained),
  timeZone: PARIS,
  entries: [
    { at: '2026-11-11T09:00:00Z', key: 'first/b', field: 'status', kind: 'changed', old: 'doing' },
    { at: '2026-11-10T09:00:00Z', key: 'training:own-1', field: 'done', kind: 'changed', old: false },
    { at: '2026-11-05T09:00:00Z', key: 'training:own-1', field: null, kind: 'created', old: null },
    { at: '2026-11-03T09:00:00Z', key: 'first/a', field: 'status', kind: 'changed', old: 'todo' },
    { at: '2026-10-20T09:00:00Z', key: 'first/a', field: null, kind: 'created', old: null },
  ],
};

describe('a trend', () => {
  it('looks at the evenings of the last Sundays, and at today', () => {
    expect(weekEnds('2026-11-11', 2)).toEqual(DAYS);
    expect(weekEnds('2026-11-09', 1)).toEqual(['2026-11-08', '2026-11-09']);
  });

  it('of an indicator says what it was then, and nothing where nothing was known', () => {
    expect(kpiTrends(past, DAYS, () => true).get('training')).toEqual([
      { day: '2026-11-01', value: null },
      { day: '2026-11-08', value: 0 },
      { day: '2026-11-11', value: 1 },
    ]);
  });

  it('of the tasks counts how many had each status', () => {
    const counts = statusTrend(past, DAYS).map(({ counts: { todo, doing, blocked, done } }) => [
      todo,
      doing,
      blocked,
      done,
    ]);

    expect(counts).toEqual([
      [1, 1, 0, 0],
      [0, 1, 0, 1],
      [0, 0, 1, 1],
    ]);
  });
});

describe('the days of a trend', () => {
  it('are the first day of the plan, the Sundays since, and today, each of them once', () => {
    expect(trendDays('2026-10-28', '2026-11-11')).toEqual(['2026-10-28', ...DAYS]);
    expect(trendDays('2026-11-08', '2026-11-11')).toEqual(['2026-11-08', '2026-11-11']);
    expect(trendDays('2026-11-11', '2026-11-11')).toEqual(['2026-11-11']);
  });

  it('reach half a year back at most', () => {
    const days = trendDays('2024-01-01', '2026-11-11');

    expect(days).toHaveLength(27);
    expect(days[0]).toBe('2026-05-17');
  });

  it('begin with the first entry of the log, on the day that it was where the team lives', () => {
    const late = [{ at: '2026-10-20T22:30:00Z', key: 'first/a', field: null, kind: 'created', old: null }];

    expect(firstDayOf({ ...past, entries: late })).toBe('2026-10-21');
    expect(firstDayOf({ ...past, entries: [] })).toBeUndefined();
  });
});
