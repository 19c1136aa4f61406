import { describe, expect, it } from 'vitest';
import days from '#src/config/holidays.json' with { type: 'json' };
import { isFrenchHoliday } from '#src/config/holidays.ts';
import { holidaysFromLibrary } from '../../scripts/write-holidays.ts';

describe('public holidays', () => {
  it('are those that the library knows; if this fails, run: npm run holidays', () => {
    expect(days).toEqual(holidaysFromLibrary());
  });

  it.each(['2027-03-29', '2027-05-06', '2027-05-17', '2027-07-14'])('%s is one', (day) => {
    expect(isFrenchHoliday(day)).toBe(true);
  });

  it('are refused for a year of which nothing is known, rather than taken for none', () => {
    expect(() => isFrenchHoliday('2041-01-02')).toThrow(RangeError);
    expect(() => isFrenchHoliday('2019-12-31')).toThrow(RangeError);
  });
});
