import { describe, expect, it } from 'vitest';
import { altText, type Chart, progressChart } from '#src/metrics/progress-picture.ts';
import { unmetDuties, upcomingDates } from '#src/metrics/upcoming.ts';
import { aCourse } from '../builders/course.ts';
import { anObligationState, anOverview, aStepAt } from '../builders/overview.ts';

const LATE = { key: 'a/b', title: 'b', due: '2026-11-01', people: [], priority: 'high' };

/** Every text of the chart, as it is shown. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value.replaceAll(/[\u00a0\u202f]/g, ' ')];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(texts);
}

describe('the chart', () => {
  it('says the overall progress, and of each step its title, its tally and its progress', () => {
    const { option } = progressChart(anOverview(), aCourse(), 'fr');

    expect(texts(option)).toEqual(
      expect.arrayContaining([
        'Avancement du plan : 42 %',
        'Aucune tâche en retard',
        'Comprendre la réforme et s’organiser',
        '8 sur 10',
        '83 %',
        'Prochaines dates',
        '1er septembre 2027',
      ]),
    );
  });

  it('says the same in English', () => {
    const { option } = progressChart(anOverview({ late: [LATE, LATE] }), aCourse(), 'en');

    expect(texts(option)).toEqual(
      expect.arrayContaining([
        'Progress of the plan: 42%',
        '2 tasks overdue',
        '8 of 10',
        '83%',
        'Next dates',
        '1 September 2027',
      ]),
    );
  });

  it('holds a long title in full, on several lines', () => {
    const title = 'Accompagner les équipes, former chacun et éprouver tous les flux avec de vraies factures';

    const shown = texts(
      progressChart(anOverview({ steps: [aStepAt(0.5, { title })] }), aCourse(), 'fr').option,
    );

    expect(shown).not.toContain(title);
    expect(shown.map((text) => text.replaceAll('\n', ' '))).toContain(title);
  });

  it('says 100 % only of what is finished, and 0 % only of what is not begun', () => {
    const overview = anOverview({ progress: 0.999, steps: [aStepAt(0.001), aStepAt(0), aStepAt(1)] });

    const shown = texts(progressChart(overview, aCourse(), 'fr').option);

    expect(shown).toContain('Avancement du plan : 99 %');
    expect(shown.filter((text) => /^\d+ %$/.test(text))).toEqual(['1 %', '0 %', '100 %']);
  });

  it('says that a plan, or a step, holds no task', () => {
    const steps = [aStepAt(0, { done: 0, total: 0 })];

    const shown = texts(progressChart(anOverview({ progress: 0, steps }), aCourse(), 'fr').option);

    expect(shown).toContain('Le plan ne contient encore aucune tâche');
    expect(shown).toContain('aucune tâche');
    expect(shown).toContain('–');
  });

  it('keeps its size while tasks get done and dates go by', () => {
    const before = progressChart(anOverview(), aCourse(), 'fr');

    const after = progressChart(
      anOverview({
        progress: 1,
        late: [LATE],
        obligations: [anObligationState('2027-01-01', -700), anObligationState('2027-09-01', -400)],
      }),
      aCourse([0, 20]),
      'fr',
    );

    expect([after.width, after.height]).toEqual([before.width, before.height]);
    expect(texts(after.option)).toContain('Aucune date à venir');
  });

  it('tells what is not sure, even beside a title that had to be cut', () => {
    const title = 'Transmettre à l’administration ses données de vente, d’achat à l’étranger et de paiement';
    const obligations = [
      anObligationState('2027-09-01', 282, { title, confidence: 'likely' }),
      anObligationState('2027-09-01', 282),
    ];

    const shown = texts(progressChart(anOverview({ obligations }), aCourse(), 'fr').option);

    expect(shown.find((text) => text.startsWith('Transmettre'))).toMatch(/… \(à confirmer\) et 1 autre$/);
  });
});

describe('the burn-up', () => {
  const shown = (course = aCourse(), overview = anOverview()) =>
    texts(progressChart(overview, course, 'fr').option);

  it('says how many tasks there are, how many are done and by when, and what the plan wants', () => {
    expect(shown()).toEqual(
      expect.arrayContaining([
        'Tâches du plan : 20',
        'Faites au 23 novembre 2026 : 8',
        'Prévues',
        'janv. 2027',
        'juil. 2027',
      ]),
    );
  });

  it('keeps the size of the picture, from the first day to the last, for no task or for a thousand', () => {
    const sizes = [aCourse([0]), aCourse(Array(400).fill(1)), aCourse([0], { planned: [] })].map((course) => {
      const { width, height } = progressChart(anOverview(), course, 'fr');
      return [width, height];
    });

    expect(new Set(sizes.map(String)).size).toBe(1);
  });

  it('numbers the legal dates to come as the list below does, and only those', () => {
    const obligations = [
      anObligationState('2026-09-01', -83),
      anObligationState('2027-01-01', 39),
      anObligationState('2027-09-01', 282),
    ];

    const numbers = shown(aCourse(), anOverview({ obligations })).filter((text) => /^\d$/.test(text));

    expect(numbers.toSorted()).toEqual(['1', '1', '2', '2']);
  });

  it('draws what is done up to today and no further, and the whole plan up to its end', () => {
    const series = seriesOf(progressChart(anOverview(), aCourse([0, 2, 2, 5]), 'fr'));
    const [done, planned, total, today] = series.filter(({ type }) => type === 'line');

    // Days from the first one; a day on which nothing changed is no corner of the line.
    expect(done?.data).toEqual([
      [0, 0],
      [1, 2],
      [3, 5],
    ]);
    expect(today?.data).toEqual([[3, 5]]);
    expect(planned?.data).toEqual([
      [0, 0],
      [17, 6],
      [222, 20],
    ]);
    // The picture ends a week after the last legal date.
    expect(total?.data?.at(-1)).toEqual([292, 20]);
  });

  it('shows where the pace leads, the likely way and a longer one, and names it only then', () => {
    const course = aCourse([0, 2, 5, 8], {
      expected: [
        { tasks: 12, p50: '2027-01-15', p85: '2027-02-20' },
        { tasks: 20, p50: '2027-04-01', p85: null },
      ],
    });

    const series = seriesOf(progressChart(anOverview(), course, 'fr'));

    const [later, likely] = series.filter(({ type }) => type === 'line');
    expect(likely?.data).toEqual([
      [3, 8],
      [56, 12],
      [132, 20],
    ]);
    // What is years away runs out of the picture.
    expect(later?.data).toEqual([
      [3, 8],
      [92, 12],
      [584, 20],
    ]);
    expect(shown(course)).toContain('À ce rythme');
    expect(shown()).not.toContain('À ce rythme');
  });

  it('of the first day is a point, and the way to go', () => {
    const series = seriesOf(progressChart(anOverview(), aCourse([0]), 'fr'));
    const [, planned, , today] = series.filter(({ type }) => type === 'line');

    expect(today?.data).toEqual([[0, 0]]);
    expect(planned?.data?.length).toBeGreaterThan(2);
  });
});

function seriesOf({ option }: Chart): { type?: string; data?: unknown[] }[] {
  return option.series as { type?: string; data?: unknown[] }[];
}

describe('the next dates', () => {
  it('are told by day, nearest first, today included and past days left out', () => {
    const dates = upcomingDates(
      [
        anObligationState('2027-09-01', 282),
        anObligationState('2026-11-22', -1),
        anObligationState('2026-11-23', 0),
        anObligationState('2027-01-01', 39),
      ],
      2,
    );

    expect(dates.map(({ date }) => date)).toEqual(['2026-11-23', '2027-01-01']);
  });

  it('tell of a day the deadline rather than the event, and how many others there are', () => {
    const dates = upcomingDates(
      [
        anObligationState('2027-01-01', 39, { kind: 'event', title: 'Un changement' }),
        anObligationState('2027-01-01', 39, { title: 'Une échéance', confidence: 'unsettled' }),
        anObligationState('2027-01-01', 39, { kind: 'event', title: 'Un autre changement' }),
      ],
      3,
    );

    expect(dates).toEqual([
      { date: '2027-01-01', daysLeft: 39, title: 'Une échéance', sure: false, others: 2 },
    ]);
  });
});

describe('the duties that are not met', () => {
  it('are the deadlines that have passed and are not ready, the earliest first', () => {
    const past = { title: 'Recevoir', confidence: 'likely' } as const;
    const ready = new Map([
      ['late', 0.99],
      ['later', 0],
      ['met', 1],
      ['ahead', 0.5],
      ['event', 0],
    ]);

    const duties = unmetDuties(
      [
        anObligationState('2026-10-01', -53, { id: 'later' }),
        anObligationState('2026-09-01', -83, { id: 'late', ...past }),
        anObligationState('2026-09-01', -83, { id: 'met' }),
        anObligationState('2026-09-01', -83, { id: 'asks-for-nothing' }),
        anObligationState('2026-09-01', -83, { id: 'event', kind: 'event' }),
        anObligationState('2026-11-23', 0, { id: 'ahead' }),
      ],
      ready,
    );

    expect(duties.map(({ id, ready: share }) => [id, share])).toEqual([
      ['late', 0.99],
      ['later', 0],
    ]);
    expect(duties[0]).toMatchObject({ date: '2026-09-01', daysLeft: -83, title: 'Recevoir', sure: false });
  });
});

describe('the alternative text', () => {
  it('says the same as the picture, in one French sentence', () => {
    const text = altText(anOverview({ late: [LATE] }), 'fr').replaceAll(/[\u00a0\u202f]/g, ' ');

    expect(text).toBe(
      'Avancement du plan : 42 %, 10 tâches faites sur 20, 1 tâche en retard ; ' +
        'par étape, Comprendre la réforme et s’organiser (8 sur 10, 83 %), Choisir sa plateforme agréée (2 sur 10, 25 %) ; ' +
        'prochaines dates, 1er janvier 2027 (À faire le 2027-01-01), ' +
        '1er septembre 2027 (À faire le 2027-09-01).',
    );
  });

  it('says it in English, and leaves out what the picture does not hold', () => {
    const overview = anOverview({
      progress: 0,
      steps: [aStepAt(0, { title: 'Choose', done: 0, total: 0 })],
      obligations: [],
    });

    expect(altText(overview, 'en')).toBe(
      'Progress of the plan: 0%, no task is overdue; by step, Choose (no task).',
    );
  });
});

describe('the picture for a place that shows the steps itself', () => {
  it('is the same without them, and less high', () => {
    const whole = progressChart(anOverview(), aCourse(), 'fr');
    const course = progressChart(anOverview(), aCourse(), 'fr', 'course');

    const steps = anOverview().steps.map(({ title }) => title);
    expect(steps.filter((title) => texts(whole.option).some((text) => text.includes(title)))).toEqual(steps);
    expect(texts(course.option).filter((text) => steps.some((title) => text.includes(title)))).toEqual([]);
    expect(course.width).toBe(whole.width);
    expect(course.height).toBeLessThan(whole.height);
  });
});
