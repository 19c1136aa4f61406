import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProject } from '#src/config/project.ts';
import { lastMoment } from '#src/digest/weekly/moment.ts';
import { daysOfWeek, weekOf } from '#src/digest/weekly/week.ts';
import { BadInput } from '#src/errors.ts';
import { USUAL_MOMENT, WEEKDAYS } from '#src/plan/digest-moment.ts';

const aDay = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the week of a day', () => {
  it.each([
    ['2026-11-23', '2026-W48'],
    ['2026-11-29', '2026-W48'],
    ['2026-11-30', '2026-W49'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-01', '2026-W53'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2024-12-30', '2025-W01'],
    ['2021-01-03', '2020-W53'],
  ])('of %s is %s', (day, week) => {
    expect(weekOf(day)).toBe(week);
  });

  it('has that day between its Monday and its Sunday', () => {
    fc.assert(
      fc.property(aDay, (day) => {
        const { monday, sunday } = daysOfWeek(weekOf(day));

        expect(monday <= day && day <= sunday).toBe(true);
        expect([weekOf(monday), weekOf(sunday)]).toEqual([weekOf(day), weekOf(day)]);
        expect(new Date(monday).getUTCDay()).toBe(1);
      }),
    );
  });
});

describe('the moment in a project’s file', () => {
  const file = (more: string) =>
    [
      'company: { name: Boulangerie Martin, size: micro, vat: franchise }',
      'start: 2026-11-23',
      'template: facturation-electronique',
      'profile: essentiel',
      'workspaces: [{ kind: excel, file: martin.xlsx }]',
      more,
      '',
    ].join('\n');
  const parse = (more: string) => parseProject(file(more), 'martin.yaml', '2026-11-23').digest;

  it('is a day and an hour, either of which may be left out', () => {
    expect(parse('digest: { day: friday, hour: 16 }')).toEqual({ day: 'friday', hour: 16 });
    expect(parse('digest: { hour: 7 }')).toEqual({ hour: 7 });
    expect(parse('')).toBeUndefined();
  });

  it.each(['{ day: vendredi }', '{ hour: 24 }', '{ hour: 8.5 }', '{ cron: "0 8 * * 1" }'])(
    'is not %s',
    (wrong) => {
      expect(() => parse(`digest: ${wrong}`)).toThrow(BadInput);
    },
  );
});

describe('the last moment of a digest', () => {
  const paris = (now: string, moment = USUAL_MOMENT) =>
    lastMoment(new Date(now), moment, 'Europe/Paris').toISOString();

  it.each([
    ['on the stroke', '2026-11-23T07:00:00Z', '2026-11-23T07:00:00.000Z'],
    ['a second before, is a week ago', '2026-11-23T06:59:59Z', '2026-11-16T07:00:00.000Z'],
    ['on a Sunday, is six days ago', '2026-11-29T20:00:00Z', '2026-11-23T07:00:00.000Z'],
    ['over New Year', '2027-01-03T12:00:00Z', '2026-12-28T07:00:00.000Z'],
    ['in summer, is an hour earlier in UTC', '2027-07-05T06:00:00Z', '2027-07-05T06:00:00.000Z'],
    ['the Monday after the clocks went back', '2026-10-26T07:00:00Z', '2026-10-26T07:00:00.000Z'],
  ])('%s', (_when, now, expected) => {
    expect(paris(now)).toBe(expected);
  });

  it('keeps to an hour that the clocks skip, an hour later', () => {
    // On 28 March 2027, Paris has no 02:00.
    const found = paris('2027-03-28T12:00:00Z', { day: 'sunday', hour: 2 });

    expect(found).toBe('2027-03-28T01:00:00.000Z');
  });

  it('is never to come, and never more than a week and an hour ago', () => {
    const aMoment = fc.record({ day: fc.constantFrom(...WEEKDAYS), hour: fc.integer({ min: 0, max: 23 }) });
    const anInstant = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2030-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(anInstant, aMoment, (now, moment) => {
        const passed = now.getTime() - lastMoment(now, moment, 'Europe/Paris').getTime();

        expect(passed).toBeGreaterThanOrEqual(0);
        expect(passed).toBeLessThanOrEqual((7 * 24 + 1) * 3_600_000);
      }),
    );
  });
});
