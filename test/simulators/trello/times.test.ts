import { describe, expect, it } from 'vitest';
import { defaultSettings } from './settings.ts';
import { INVALID_DATE, keptDate } from './times.ts';

describe('a date', () => {
  it.each([
    ['2027-01-15T11:00:00Z', '2027-01-15T11:00:00.000Z'],
    ['2027-01-15T11:00:00.123Z', '2027-01-15T11:00:00.123Z'],
    ['2027-01-15T11:00:00.123456Z', '2027-01-15T11:00:00.123Z'],
    ['2027-01-15T11:00:00+01:00', '2027-01-15T10:00:00.000Z'],
    ['2027-01-15T11:00:00-0500', '2027-01-15T16:00:00.000Z'],
    ['2027-01-15T11:00Z', '2027-01-15T11:00:00.000Z'],
  ])('that names its zone is kept to the millisecond: %s', (text, kept) => {
    expect(keptDate(text, defaultSettings)).toBe(kept);
  });

  it.each([
    ['2027-01-15', '2027-01-15T05:00:00.000Z'],
    ['2027-01-15T11:00:00', '2027-01-15T16:00:00.000Z'],
    ['2027-01-15 11:00', '2027-01-15T16:00:00.000Z'],
  ])('that names none shifts: %s', (text, kept) => {
    expect(keptDate(text, defaultSettings)).toBe(kept);
  });

  it('shifts as far as a test says', () => {
    expect(keptDate('2027-01-15', { ...defaultSettings, unzonedShiftMinutes: -60 })).toBe(
      '2027-01-14T23:00:00.000Z',
    );
  });

  it('that is empty is kept as nonsense', () => {
    expect(keptDate('', defaultSettings)).toBe(INVALID_DATE);
  });

  it.each([
    'null',
    'demain',
    '15/01/2027',
    '2027-13-01',
    '2027-1-5',
    '1768474800000',
    '2027-01-15T25:00:00Z',
  ])('is not %s', (text) => {
    expect(keptDate(text, defaultSettings)).toBeUndefined();
  });
});
