import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Locale } from '#src/i18n/message.ts';
import { apart } from '#src/metrics/apart.ts';
import { contrastOf } from '#src/metrics/color.ts';
import type { Course } from '#src/metrics/course.ts';
import { addDays } from '#src/metrics/days.ts';
import { type Chart, progressChart } from '#src/metrics/progress-picture.ts';
import { timeAxis } from '#src/metrics/time-axis.ts';
import { labelledDays } from '#src/metrics/time-chart.ts';
import { STATUS_COLORS, statusChart, trendChart } from '#src/metrics/trend-charts.ts';
import { trendDays } from '#src/metrics/trends.ts';
import { aCourse } from '../builders/course.ts';
import { anOverview } from '../builders/overview.ts';
import { aKpiTrend, someStatusDays } from '../builders/trends.ts';

/** The words of the chart, with where they begin. */
function words({ option }: Chart): readonly { text: string; x: number; y: number }[] {
  const graphic = option.graphic as { type: string; x: number; y: number; style: { text: string } }[];
  return graphic.flatMap(({ type, x, y, style }) =>
    type === 'text' ? [{ text: plain(style.text), x, y }] : [],
  );
}

function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ');
}

function values({ option }: Chart): readonly (number | null)[] {
  const [series] = option.series as { data: [number, number | null][] }[];
  return series?.data.map(([, value]) => value) ?? [];
}

describe('the trend of an indicator', () => {
  it('leaves a gap where nothing was known, and begins where something is', () => {
    expect(values(trendChart(aKpiTrend([null, null, 0, null, 1]), 'fr'))).toEqual([0, null, 100]);
  });

  it('says what it is now and what it is to be, beside the last day and below its title', () => {
    const chart = trendChart(aKpiTrend(), 'fr');

    expect(words(chart).map(({ text }) => text)).toEqual(expect.arrayContaining(['93 %', 'Objectif : 95 %']));
    expect(chart.option.title).toMatchObject({ text: 'Factures passées du premier coup' });
    expect(plain((chart.option.title as { subtext: string }).subtext)).toBe(
      '93 % au 22 novembre 2026 – objectif : au moins 95 %, pas atteint',
    );
  });

  it('never writes its value over its target, however near they are', () => {
    for (const value of [0.94, 0.95, 0.96, 0, 1]) {
      const beside = words(trendChart(aKpiTrend([value]), 'fr')).filter(({ text }) => text.includes('%'));
      const [one, other] = beside.map(({ y }) => y);
      expect(Math.abs((one ?? 0) - (other ?? 0))).toBeGreaterThanOrEqual(20);
    }
  });

  it('has room for a target that is above all that it was', () => {
    const { option } = trendChart(
      aKpiTrend([1, 2], { id: 'processing-days', unit: 'days', target: { atMost: 5 } }),
      'fr',
    );

    expect((option.yAxis as { max: number }).max).toBeGreaterThanOrEqual(5);
  });

  it('is no chart without any value', () => {
    expect(() => trendChart(aKpiTrend([null, null]), 'fr')).toThrow(RangeError);
  });
});

describe('the statuses over time', () => {
  it('are told in words beside their areas; a status that no task has is not', () => {
    const french = words(statusChart(someStatusDays(), 'fr')).map(({ text }) => text);
    const first = words(statusChart(someStatusDays().slice(0, 1), 'en')).map(({ text }) => text);

    expect(french).toEqual(
      expect.arrayContaining(['Faites : 9', 'En cours : 2', 'Bloquées : 2', 'À faire : 17']),
    );
    expect(first).toContain('To do: 30');
    expect(first.join()).not.toContain('Done');
  });

  it('differ in lightness, any of them from any other: in print they are told apart', () => {
    const colors = Object.values(STATUS_COLORS);

    for (const one of colors)
      for (const other of colors) if (one !== other) expect(contrastOf(one, other)).toBeGreaterThan(2);
  });
});

describe('what a chart says to those who do not see it', () => {
  it('is where the tasks stood and stand', () => {
    expect(plain(statusChart(someStatusDays(), 'fr').description)).toBe(
      'Où en sont les tâches du plan, du 1er novembre 2026 au 22 novembre 2026. ' +
        'Faites : de 0 à 9 ; en cours : de 0 à 2 ; bloquées : de 0 à 2 ; à faire : de 30 à 17.',
    );
    expect(plain(statusChart(someStatusDays(), 'en').description)).toBe(
      'Where the tasks of the plan stand, from 1 November 2026 to 22 November 2026. ' +
        'Done: from 0 to 9; in progress: from 0 to 2; blocked: from 0 to 2; to do: from 30 to 17.',
    );
  });

  it('is what an indicator is, was, and is to be', () => {
    expect(plain(trendChart(aKpiTrend(), 'fr').description)).toBe(
      'Factures passées du premier coup : 93 % au 22 novembre 2026 – objectif : au moins 95 %, pas atteint. ' +
        'Au 1er novembre 2026 : 80 %. Au plus bas : 80 % ; au plus haut : 93 %.',
    );
    expect(plain(trendChart(aKpiTrend(), 'en').description)).toBe(
      'Invoices accepted at the first attempt: 93% on 22 November 2026 – target: at least 95%, not reached. ' +
        'On 1 November 2026: 80%. Lowest: 80%; highest: 93%.',
    );
  });

  it('is how far the plan has come, how far it was to be, and where that leads', () => {
    const course = aCourse([0, 2, 5], {
      planned: [{ day: '2026-11-20', tasks: 6 }],
      expected: [{ tasks: 20, p50: '2027-04-15', p85: '2027-07-01' }],
    });
    const said = (locale: Locale, more: Partial<Course> = {}) =>
      plain(progressChart(anOverview(), { ...course, ...more }, locale).description);

    expect(said('fr')).toContain(
      'Au 23 novembre 2026, 5 tâches faites sur 20, contre 6 à cette date selon le plan. ' +
        'À ce rythme, 20 tâches faites vers le 15 avril 2027, au plus tard le 1er juillet 2027 dans 85 cas sur 100.',
    );
    expect(said('en')).toMatch(
      /^Progress of the plan: 42%.* On 23 November 2026, 5 of 20 tasks done, against 6 by then in the plan\. At this pace, 20 tasks done around 15 April 2027, by 1 July 2027 in 85 cases out of 100\.$/,
    );
    expect(said('fr', { expected: [{ tasks: 20, p50: null, p85: null }] })).toMatch(
      /pas avant plusieurs années\.$/,
    );
    expect(said('fr', { expected: [], planned: [] })).toMatch(/ 5 tâches faites sur 20\.$/);
  });

  it('does not give an old value for today’s, nor a target where there is none', () => {
    const known = trendChart(aKpiTrend([0.5, null], { id: 'training', target: { atLeast: 1 } }), 'fr');
    const exposure = aKpiTrend([150, 150], { id: 'exposure', unit: 'euros', target: null });

    expect(words(known).map(({ text }) => text)).not.toContain('50 %');
    expect(plain(known.description)).toBe(
      'Personnes formées : 50 % au 15 novembre 2026, rien de connu depuis – objectif : 100 %, pas atteint.',
    );
    expect(plain(trendChart(exposure, 'fr').description)).toBe(
      'Exposition théorique (à titre indicatif) : 150 € au 22 novembre 2026. Même valeur depuis le 15 novembre 2026.',
    );
  });
});

describe('positions that are moved apart', () => {
  it('keep their order, their distance and their bounds, and stay where they are if they can', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 6 }), (given) => {
        const moved = apart(given, 20, 0, 200);

        const order = given.map((_, index) => index).sort((a, b) => (moved[a] ?? 0) - (moved[b] ?? 0));
        const sorted = order.map((index) => given[index] ?? 0);
        expect(sorted).toEqual(given.toSorted((a, b) => a - b));
        for (const [rank, index] of order.entries()) {
          const position = moved[index] ?? Number.NaN;
          expect(position).toBeGreaterThanOrEqual(-1e-9);
          expect(position).toBeLessThanOrEqual(200);
          if (rank > 0) expect(position - (moved[order[rank - 1] ?? 0] ?? 0)).toBeGreaterThan(20 - 1e-9);
        }
        expect(apart(moved, 20 - 1e-9, 0, 200)).toEqual(moved);
      }),
    );
  });
});

describe('the days below a chart', () => {
  it('never touch, and the last is always among them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 10, max: 120 }), (age, room) => {
        const today = '2026-11-25';
        const days = trendDays(addDays(today, -age), today);
        const axis = timeAxis(days[0] ?? today, today, 50, 600);

        const labelled = labelledDays(axis, days, room);

        expect(labelled.at(-1)).toBe(today);
        expect(labelled.length).toBeGreaterThan(days.length > 3 && room < 100 ? 2 : 0);
        for (const [index, day] of labelled.entries())
          if (index > 0)
            expect(axis.x(day) - axis.x(labelled[index - 1] ?? day)).toBeGreaterThanOrEqual(room);
      }),
    );
  });
});
