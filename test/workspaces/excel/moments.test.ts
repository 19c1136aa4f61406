import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitMoment, momentOf, momentSerial, parseMoment } from '#src/workspaces/excel/moments.ts';

const PARIS = 'Europe/Paris';

describe('moments', () => {
  it.each([
    ['12/01/2027 14:30', '2027-01-12T13:30:00.000Z'],
    ['12/07/2027 14:30:05', '2027-07-12T12:30:05.000Z'],
    ['12 janvier 2027 à 14h30', '2027-01-12T13:30:00.000Z'],
    ['12/01/27 9h', '2027-01-12T08:00:00.000Z'],
    ['3 February 2027 at 08:05', '2027-02-03T07:05:00.000Z'],
    ['2027-01-12 08:00', '2027-01-12T07:00:00.000Z'],
    ['2027-01-12T08:00', '2027-01-12T07:00:00.000Z'],
    ['2027-01-12T08:00:00Z', '2027-01-12T08:00:00.000Z'],
    ['2027-01-12T08:00:00+03:00', '2027-01-12T05:00:00.000Z'],
    ['12\u00a0janvier 2027', '2027-01-11T23:00:00.000Z'],
    ['12/01/2027', '2027-01-11T23:00:00.000Z'],
  ])('typed as %s are read on the clock of the team', (typed, instant) => {
    expect(parseMoment(typed, PARIS)).toBe(instant);
  });

  it.each([
    '',
    'hier',
    '14:30',
    '12/01/2027 25:00',
    '12/01/2027 14:61',
    '31/02/2027 10:00',
    `12/01/2027${' à'.repeat(40)} 10:00`,
  ])('typed as %j are none', (typed) => {
    expect(parseMoment(typed, PARIS)).toBeUndefined();
  });

  it('are the numbers in which workbooks count, in both of their calendars', () => {
    expect(momentSerial('2027-01-12T11:00:00Z', PARIS, false)).toBe(46_399.5);
    expect(momentSerial('2027-01-12T11:00:00Z', PARIS, true)).toBe(44_937.5);
    expect(momentOf(46_399.5, PARIS, false)).toBe('2027-01-12T11:00:00.000Z');
    expect(momentOf(44_937.5, PARIS, true)).toBe('2027-01-12T11:00:00.000Z');
  });

  it('of the hour that a clock shows twice are read as the first', () => {
    expect(fitMoment('2027-10-31T00:30:00Z', PARIS)).toBe('2027-10-31T00:30:00.000Z');
    expect(fitMoment('2027-10-31T01:30:00Z', PARIS)).toBe('2027-10-31T00:30:00.000Z');
  });

  it.each(['', 'jamais', '1789-07-14T00:00:00Z', '99999'])('are blank for %j', (text) => {
    expect(fitMoment(text, PARIS)).toBe('');
    expect(momentSerial(text, PARIS, false)).toBeUndefined();
  });

  it('read as they were made to fit, in any zone and calendar, whatever digits a program keeps', () => {
    const instant = fc
      .date({ min: new Date('1950-01-01'), max: new Date('2150-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString());
    const zone = fc.constantFrom(PARIS, 'UTC', 'America/St_Johns', 'Pacific/Apia', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(instant, zone, fc.boolean(), (at, timeZone, date1904) => {
        const fitted = fitMoment(at, timeZone);
        const serial = momentSerial(at, timeZone, date1904) ?? Number.NaN;

        expect(momentOf(serial, timeZone, date1904)).toBe(fitted);
        expect(momentOf(Number(serial.toPrecision(12)), timeZone, date1904)).toBe(fitted);
        expect(fitMoment(fitted, timeZone)).toBe(fitted);
      }),
    );
  });
});
