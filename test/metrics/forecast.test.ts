import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capacityOf } from '#src/metrics/capacity.ts';
import { addDays, daysBetween } from '#src/metrics/days.ts';
import { type ForecastInput, forecastOf } from '#src/metrics/forecast.ts';
import { paceOf } from '#src/metrics/pace.ts';
import { type Random, randomFrom } from '#src/metrics/random.ts';

const TODAY = '2026-11-23';
const ALWAYS_OPEN = { isHoliday: () => false };
const STEADY = Array<number>(12).fill(2);

function forecast(more: Partial<ForecastInput> = {}) {
  const input = { pace: STEADY, sisters: [], today: TODAY, calendar: ALWAYS_OPEN, ...more };
  const [only] = forecastOf({ goals: [{ id: 'issue', tasks: 20 }], ...input });
  if (!only) throw new Error('There is no forecast.');
  return only;
}

/** From today to the later of the two dates. */
function daysTo(date: string | null): number {
  return date === null ? Number.POSITIVE_INFINITY : daysBetween(TODAY, date);
}

describe('the forecast', () => {
  it('of a team that always does two a week is worked out by hand: twenty tasks take ten weeks, or a little more', () => {
    const { p50, p85, enough } = forecast();

    // The borrowed weeks, one quiet and one of four, let a run be a little slower or faster than the team ever was.
    expect(enough).toBe(true);
    expect(Math.abs(daysTo(p50) - 70)).toBeLessThanOrEqual(7);
    expect(daysTo(p85)).toBeGreaterThan(daysTo(p50));
    expect(daysTo(p85)).toBeLessThanOrEqual(98);
  });

  it('is the same for the same input and day, and another one for another day', () => {
    expect(forecast()).toEqual(forecast());
    expect(forecast({ today: '2026-11-24' })).not.toEqual(forecast());
  });

  it('of what is reached already is today', () => {
    expect(forecast({ goals: [{ id: 'receive', tasks: 0 }], pace: [] })).toEqual({
      id: 'receive',
      p50: TODAY,
      p85: TODAY,
      enough: true,
    });
  });

  it.each([
    ['no week', []],
    ['three weeks', [2, 3, 2]],
    ['weeks in which hardly anything was done', [0, 1, 0, 1, 0, 0]],
  ])('says that there is not enough to tell after %s', (_, pace) => {
    expect(forecast({ pace })).toEqual({ id: 'issue', p50: null, p85: null, enough: false });
  });

  it('borrows from sister projects when there is little, with a wider range than its own history gives', () => {
    const sisters = [STEADY, Array<number>(12).fill(1), [0, 3, 1, 0, 2, 4]];

    const borrowed = forecast({ pace: [], sisters });
    const own = forecast({ sisters });

    const width = ({ p50, p85 }: typeof own) => daysTo(p85) - daysTo(p50);
    expect(borrowed.enough).toBe(true);
    expect(width(borrowed)).toBeGreaterThan(2 * width(own));
    expect(forecast({ pace: [], sisters: [[2, 2, 2]] }).enough).toBe(false);
  });

  it('borrows nothing from sisters at which nobody has worked yet', () => {
    const idle = Array<number>(11).fill(0);
    const nothing = { id: 'issue', p50: null, p85: null, enough: false };

    expect(forecast({ pace: [], sisters: [idle, idle] })).toEqual(nothing);
    expect(forecast({ pace: [], sisters: [[0, 1, 0, 1, 0, 0]] })).toEqual(nothing);
    expect(forecast({ pace: [], sisters: [idle, STEADY] })).toEqual(
      forecast({ pace: [], sisters: [STEADY] }),
    );
    expect(forecast({ sisters: [idle] })).toEqual(forecast());
  });

  it('says when it rests on what others did, and no more once the team has a pace of its own', () => {
    expect(forecast({ pace: [], sisters: [STEADY] }).borrowed).toBe(true);
    expect(forecast({ pace: Array<number>(11).fill(0), sisters: [STEADY] }).borrowed).toBe(true);
    expect(forecast({ sisters: [STEADY] }).borrowed).toBeUndefined();
    expect(forecast({ pace: [], goals: [{ id: 'issue', tasks: 0 }] }).borrowed).toBeUndefined();
  });

  it('names no day that is more than five years away', () => {
    const { p85, enough } = forecast({ goals: [{ id: 'issue', tasks: 5000 }] });

    expect([p85, enough]).toEqual([null, true]);
  });

  it('knows the summer: what falls into it comes later, and the autumn after it too', () => {
    const freeze = { from: '07-14', to: '08-31' };
    const from = (today: string) => ({ today, goals: [{ id: 'issue', tasks: 10 }] });

    const open = forecast(from('2027-07-12'));
    const away = forecast({ ...from('2027-07-12'), calendar: { ...ALWAYS_OPEN, freeze } });

    expect(daysBetween(open.p50 ?? '', away.p50 ?? '')).toBeGreaterThan(21);
  });
});

describe('whatever the pace', () => {
  const pace = fc.array(fc.nat(4), { minLength: 4, maxLength: 12 });

  it('the 85 % date is not before the 50 % date, and more tasks take no less time', () => {
    fc.assert(
      fc.property(pace, fc.nat(30), fc.nat(30), (weeks, few, more) => {
        const goals = [
          { id: 'few', tasks: few },
          { id: 'more', tasks: few + more },
        ];

        const [first, second] = forecastOf({
          goals,
          pace: weeks,
          sisters: [],
          today: TODAY,
          calendar: ALWAYS_OPEN,
          runs: 200,
        });

        if (!first?.enough || !second?.enough) return;
        expect(daysTo(first.p85)).toBeGreaterThanOrEqual(daysTo(first.p50));
        expect(daysTo(second.p50)).toBeGreaterThanOrEqual(daysTo(first.p50));
        expect(daysTo(second.p85)).toBeGreaterThanOrEqual(daysTo(first.p85));
      }),
    );
  });
});

describe('the pace of a team', () => {
  const history = (dones: readonly number[], start = '2026-09-28') =>
    dones.map((done, index) => ({ day: addDays(start, index), done, total: 90, progress: done / 90 }));

  it('is what was done in each whole week before today, the latest first', () => {
    const days = history([0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 4]);

    // 17 days: 0 at the end of the 3rd, 1 of the 10th, 4 of the 17th; the first two are no week.
    expect(paceOf(days, ALWAYS_OPEN)).toEqual([3, 1]);
  });

  it('counts a week in which work was reopened for nought, and what was done before the first day not at all', () => {
    expect(paceOf(history([12, ...Array(6).fill(12), 9]), ALWAYS_OPEN)).toEqual([0]);
    expect(paceOf(history([12]), ALWAYS_OPEN)).toEqual([]);
  });

  it('leaves out weeks in which people are away', () => {
    const days = history([...Array(8).fill(0), ...Array(7).fill(5)], '2027-08-22');
    const calendar = { ...ALWAYS_OPEN, freeze: { from: '07-14', to: '08-31' } };

    expect(paceOf(days, ALWAYS_OPEN)).toEqual([5, 0]);
    expect(paceOf(days, calendar)).toEqual([5]);
  });
});

describe('the capacity of a week', () => {
  it('is the share of its days on which people work', () => {
    const isHoliday = (day: string) => day === '2026-12-25';

    expect(capacityOf('2026-12-14', { isHoliday })).toBe(1);
    expect(capacityOf('2026-12-21', { isHoliday })).toBe(0.8);
    expect(capacityOf('2026-12-21', { isHoliday, freeze: { from: '12-24', to: '01-01' } })).toBeCloseTo(
      (3 + 0.2) / 5,
      9,
    );
  });
});

/** Poisson counts, by Knuth. */
function poisson(rate: number, random: Random): number {
  let count = 0;
  for (let product = random(); product > Math.exp(-rate); product *= random()) count += 1;
  return count;
}

/** A team as there are: steady or in bursts, fast or slow, none that its own pace tells at once. */
function aTeam(random: Random): () => number {
  const rate = 0.5 + random() * 2;
  const quiet = random() < 0.5 ? 0 : 0.2 + random() * 0.3;
  return () => (random() < quiet ? 0 : poisson(rate / (1 - quiet), random));
}

describe('on a thousand simulated teams', () => {
  it.each([
    ['without sisters', 0],
    ['with five sisters', 5],
  ])('%s the p85 holds in 80 to 90 of 100 cases, and the p50 in about half', (_, count) => {
    const random = randomFrom(`teams ${count}`);
    let told = 0;
    let held50 = 0;
    let held85 = 0;
    while (told < 1000) {
      const week = aTeam(random);
      const pace = Array.from({ length: 8 + Math.floor(random() * 13) }, week);
      const sisters = Array.from({ length: count }, () => Array.from({ length: 16 }, aTeam(random)));
      const tasks = 5 + Math.floor(random() * 40);
      const { p50, p85, enough } = forecast({ goals: [{ id: 'x', tasks }], pace, sisters, runs: 300 });
      if (!enough) continue;
      const real = daysUntil(tasks, week, random);
      told += 1;
      if (real <= daysTo(p50)) held50 += 1;
      if (real <= daysTo(p85)) held85 += 1;
    }

    expect(held85 / told).toBeGreaterThanOrEqual(0.8);
    expect(held85 / told).toBeLessThanOrEqual(0.9);
    expect(Math.abs(held50 / told - 0.5)).toBeLessThan(0.07);
  });
});

/** The day on which the team really finishes: each task of a week on a day of its own choice. */
function daysUntil(tasks: number, week: () => number, random: Random): number {
  let left = tasks;
  for (let index = 0; ; index++) {
    const days = Array.from({ length: week() }, () => 1 + Math.floor(random() * 7)).toSorted((a, b) => a - b);
    if (days.length >= left) return 7 * index + (days[left - 1] ?? 7);
    left -= days.length;
  }
}
