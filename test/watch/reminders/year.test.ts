import { describe, expect, it } from 'vitest';
import { isFrenchHoliday } from '#src/config/holidays.ts';
import { buildPlan } from '#src/plan/build-plan.ts';
import { VAT_REGIMES } from '#src/plan/company.ts';
import { workingDays } from '#src/plan/working-days.ts';
import { dueReminders } from '#src/watch/reminders/due-reminders.ts';
import { USUAL_RULES } from '#src/watch/reminders/rules.ts';
import { subjectsOf } from '#src/watch/reminders/subjects.ts';
import { shippedTemplate } from '../../builders/shipped-template.ts';
import { daysFrom, expectedDays, FIRST, LAST } from './year.ts';

const template = await shippedTemplate();
const days = workingDays(isFrenchHoliday);

describe.each(VAT_REGIMES)('a year of reminders under the regime %s', (vat) => {
  it('tells each legal date and each required task once on each of its days', { timeout: 60_000 }, () => {
    const { items, obligations } = buildPlan({
      template,
      company: { name: 'Boulangerie Martin', size: 'micro', vat, facts: {} },
      profile: 'essentiel',
      start: FIRST,
      locale: 'fr',
      people: {},
      isHoliday: isFrenchHoliday,
    });
    const told = new Map<string, string[]>();
    let toldUntil: string | null = null;
    for (const today of daysFrom(FIRST, LAST)) {
      const subjects = subjectsOf(items, obligations, 'fr', today);
      for (const { subject, on, late } of dueReminders({
        subjects,
        rules: USUAL_RULES,
        toldUntil,
        today,
        days,
      })) {
        expect({ on, late }).toEqual({ on: today, late: false });
        told.set(subject.key, [...(told.get(subject.key) ?? []), on]);
      }
      toldUntil = today;
    }

    const all = [FIRST, LAST].flatMap((day) => subjectsOf(items, obligations, 'fr', day));
    const expected = new Map(all.map(({ key, kind, due }) => [key, expectedDays(due, kind)]));
    for (const [key, on] of expected) expect(told.get(key) ?? [], key).toEqual(on);
    expect([...told.keys()].filter((key) => !expected.has(key))).toEqual([]);
    expect(told.size).toBeGreaterThan(8);
  });
});
