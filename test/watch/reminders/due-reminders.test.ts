import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { isFrenchHoliday } from '#src/config/holidays.ts';
import { workingDays } from '#src/plan/working-days.ts';
import { dueReminders } from '#src/watch/reminders/due-reminders.ts';
import { type Reminder, type Subject, USUAL_RULES } from '#src/watch/reminders/rules.ts';

const days = workingDays(isFrenchHoliday);

function task(due: string, key = 'a/1'): Subject {
  return { kind: 'task', key, title: key, due };
}

function told(subjects: readonly Subject[], today: string, toldUntil: string | null = null) {
  return dueReminders({ subjects, rules: USUAL_RULES, toldUntil, today, days });
}

/** Each day of a span, as a service that never sleeps lives it. */
function livedThrough(subject: Subject, from: string, to: string): readonly Reminder[] {
  const all: Reminder[] = [];
  let toldUntil: string | null = null;
  for (let day = Temporal.PlainDate.from(from); day.toString() <= to; day = day.add({ days: 1 })) {
    all.push(...told([subject], day.toString(), toldUntil));
    toldUntil = day.toString();
  }
  return all;
}

describe('a reminder', () => {
  it('comes 90, 30, 14, 7 and 1 days before, on the day, and each week after', () => {
    // A Wednesday.
    const all = livedThrough(task('2027-09-01'), '2026-11-23', '2027-09-20');

    expect(all.map(({ on, daysLeft }) => `${on} ${daysLeft}`)).toEqual([
      '2027-06-03 90',
      '2027-08-02 30',
      '2027-08-18 14',
      '2027-08-25 7',
      '2027-08-31 1',
      '2027-09-01 0',
      '2027-09-08 -7',
      '2027-09-15 -14',
    ]);
    expect(all.some(({ late }) => late)).toBe(false);
  });

  it('comes on the Friday when it falls on a week-end, and before a public holiday', () => {
    // Monday 17 May 2027 is Whit Monday; the days before it are a week-end.
    const all = livedThrough(task('2027-05-17'), '2027-05-01', '2027-05-17');

    expect(all.map(({ on }) => on)).toEqual(['2027-05-03', '2027-05-10', '2027-05-14']);
  });

  it('is told once when several were missed, late, with the days that are left by then', () => {
    const [only, ...more] = told([task('2027-09-01')], '2027-08-26', '2027-05-01');

    expect(only).toMatchObject({ on: '2027-08-25', daysLeft: 6, late: true });
    expect(more).toEqual([]);
  });

  it('is not told again on the same day', () => {
    expect(told([task('2027-09-01')], '2027-08-25', '2027-08-25')).toEqual([]);
  });

  it('of what fell due before the first day is left to the weeks to come', () => {
    expect(told([task('2026-10-05')], '2026-11-24')).toEqual([]);
    expect(told([task('2026-10-05')], '2026-11-30')).toHaveLength(1);
  });

  it('of the most urgent comes first', () => {
    const all = told([task('2027-09-01', 'b'), task('2027-08-25', 'a')], '2027-08-25', '2027-08-24');

    expect(all.map(({ subject }) => subject.key)).toEqual(['a', 'b']);
  });
});

describe('reminders, whenever the machine sleeps', () => {
  const day = fc
    .integer({ min: 0, max: 120 })
    .map((count) => Temporal.PlainDate.from('2026-11-23').add({ days: count }).toString());

  it('are told for each span between two wakings at most once a subject, and none is forgotten', () => {
    fc.assert(
      fc.property(day, fc.array(day, { minLength: 1, maxLength: 20 }), (due, some) => {
        const wakings = [...new Set(some)].sort();
        const awake = livedThrough(task(due), '2026-11-23', wakings.at(-1) ?? due).map(({ on }) => on);
        let toldUntil: string | null = '2026-11-22';
        for (const waking of wakings) {
          const since: string = toldUntil;
          const meant = awake.filter((on) => on > since && on <= waking);
          const found = told([task(due)], waking, toldUntil);
          expect(found.map(({ on }) => on)).toEqual(meant.slice(-1));
          expect(found.every(({ on, late }) => late === on < waking)).toBe(true);
          toldUntil = waking;
        }
      }),
      { numRuns: 40 },
    );
  });
});
