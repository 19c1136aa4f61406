import { describe, expect, it } from 'vitest';
import { shippedFonts } from '#src/config/fonts.ts';
import { renderPng, renderSvg } from '#src/metrics/render-chart.ts';
import { statusChart, trendChart } from '#src/metrics/trend-charts.ts';
import { kpiTrends, statusTrend, weekEnds } from '#src/metrics/trends.ts';
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

describe('the charts of trends', () => {
  it('leave a gap where nothing was known, and name what they show', async () => {
    const points = kpiTrends(past, DAYS, () => true).get('training') ?? [];
    const chart = trendChart({ title: 'Formation', points, target: 1 }, true, 'fr');

    const [series] = chart.option.series as { data: unknown[] }[];
    expect(series?.data).toEqual([null, 0, 100]);
    expect(await renderSvg(chart)).toContain('Formation');
  });

  it('tell the statuses in words beside their areas, in every language, and are drawn as pictures', async () => {
    const french = await renderSvg(statusChart('Où en sont les tâches', statusTrend(past, DAYS), 'fr'));
    const chart = statusChart('Where the tasks stand', statusTrend(past, DAYS), 'en');

    expect(french).toContain('Bloquées (1)');
    expect(await renderSvg(chart)).toContain('Done (1)');
    expect((await renderPng(chart, shippedFonts())).byteLength).toBeGreaterThan(5000);
  });
});
