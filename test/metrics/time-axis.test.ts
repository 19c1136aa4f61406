import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, mondayOf } from '#src/metrics/days.ts';
import { monthTicks, timeAxis } from '#src/metrics/time-axis.ts';

describe('an axis of days', () => {
  it('labels the months, as many as there is room for, January among them', () => {
    const short = timeAxis('2026-11-23', '2027-02-15', 0, 700);
    const long = timeAxis('2026-10-23', '2029-02-15', 0, 700);

    expect(monthTicks(short, 70)).toEqual(['2026-12-01', '2027-01-01', '2027-02-01']);
    expect(monthTicks(long, 70)).toEqual([
      '2027-01-01',
      '2027-04-01',
      '2027-07-01',
      '2027-10-01',
      '2028-01-01',
      '2028-04-01',
      '2028-07-01',
      '2028-10-01',
      '2029-01-01',
    ]);
  });

  it('never lets two labels touch, nor one leave the axis', () => {
    fc.assert(
      fc.property(fc.nat(4000), fc.nat(4000), (start, length) => {
        const from = addDays('2020-01-01', start);
        const axis = timeAxis(from, addDays(from, length), 30, 700);

        const places = monthTicks(axis, 74).map((day) => axis.x(day));

        for (const [index, x] of places.entries()) {
          expect(x).toBeGreaterThanOrEqual(30 + 37);
          expect(x).toBeLessThanOrEqual(730 - 37);
          if (index > 0) expect(x - (places[index - 1] ?? 0)).toBeGreaterThanOrEqual(74);
        }
      }),
    );
  });
});

describe('days', () => {
  it.each([
    ['2026-11-22', '2026-11-16'],
    ['2026-11-23', '2026-11-23'],
    ['2027-01-01', '2026-12-28'],
  ])('the week of %s begins on %s', (day, monday) => {
    expect(mondayOf(day)).toBe(monday);
  });

  it('are added and counted across the nights on which the clocks change', () => {
    expect(addDays('2027-03-27', 2)).toBe('2027-03-29');
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  });
});
