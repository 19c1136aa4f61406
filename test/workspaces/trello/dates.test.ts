import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, instantOf, plainDay } from '#src/workspaces/trello/dates.ts';

const aDay = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('a day', () => {
  it.each([
    ['2026-11-23', '2026-11-23T17:00:00.000Z'],
    ['2027-07-14', '2027-07-14T16:00:00.000Z'],
    // The clocks go forward at two in the morning, and back at three.
    ['2027-03-27', '2027-03-27T17:00:00.000Z'],
    ['2027-03-28', '2027-03-28T16:00:00.000Z'],
    ['2027-10-30', '2027-10-30T16:00:00.000Z'],
    ['2027-10-31', '2027-10-31T17:00:00.000Z'],
  ])('%s ends at six in the evening in Paris', (day, instant) => {
    expect(instantOf(day)).toBe(instant);
    expect(dayOf(instant)).toBe(day);
  });

  it('is read again from the instant that was written for it, in any zone', () => {
    const zone = fc.constantFrom(
      'Europe/Paris',
      'Indian/Reunion',
      'America/Cayenne',
      'Pacific/Noumea',
      'Pacific/Kiritimati',
    );
    fc.assert(
      fc.property(aDay, zone, (day, where) => {
        const instant = instantOf(day, where);

        expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:[03]0:00\.000Z$/);
        expect(dayOf(instant ?? '', where)).toBe(day);
      }),
    );
  });

  it('is the same at any time of day that people may have set, in Paris', () => {
    expect(dayOf('2027-01-11T23:00:00.000Z')).toBe('2027-01-12');
    expect(dayOf('2027-01-12T22:59:59.999Z')).toBe('2027-01-12');
    expect(dayOf('2027-07-11T22:00:00.000Z')).toBe('2027-07-12');
    expect(dayOf('2027-07-12T21:59:00.000Z')).toBe('2027-07-12');
  });

  it.each([
    '',
    '2027-02-29',
    '2027-13-01',
    '2027-1-1',
    '12/01/2027',
    '2027-01-12x',
    'tomorrow',
    '+002027-01-12',
  ])('is not made of %j', (text) => {
    expect(instantOf(text)).toBeUndefined();
    expect(plainDay(text)).toBeUndefined();
  });

  it('keeps nothing of a time', () => {
    expect(plainDay('2027-01-12T09:30:00Z')).toBe('2027-01-12');
    expect(instantOf('2027-01-12T09:30:00Z')).toBe('2027-01-12T17:00:00.000Z');
  });

  it('is never thrown over, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.date().map((date) => (Number.isNaN(+date) ? '' : date.toISOString())),
        ),
        (text) => {
          instantOf(text);
          plainDay(text);
          expect(dayOf(text) ?? '2027-01-12').toMatch(/^\d{4}-\d\d-\d\d$/);
        },
      ),
    );
    expect(dayOf('Invalid date')).toBeUndefined();
    expect(dayOf('+275760-09-13T00:00:00.000Z')).toBeUndefined();
  });
});
