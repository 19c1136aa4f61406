import { describe, expect, it } from 'vitest';
import { isFrenchHoliday } from '#src/config/holidays.ts';
import type { Fields, Item } from '#src/plan/item.ts';
import { comingBack, type RecurringTask, recurringTasks } from '#src/plan/recurring.ts';
import { aStep, aTask, aTemplate } from '../builders/template.ts';

const WEEKLY: RecurringTask = {
  key: 'first/watch',
  repeat: { every: 1, unit: 'week' },
  planned: '2026-11-27',
  until: undefined,
};

function plan(fields: Fields, ...points: Item[]): ReadonlyMap<string, Item> {
  const task: Item = {
    key: 'first/watch',
    kind: 'task',
    parent: 'plan',
    fields: { status: 'done', start: '2026-11-25', due: '2026-11-27', ...fields },
  };
  return new Map([task, ...points].map((item) => [item.key, item]));
}

function point(name: string, done: boolean): Item {
  return { key: `first/watch#${name}`, kind: 'check', parent: 'first/watch', fields: { title: name, done } };
}

function back(agreed: ReadonlyMap<string, Item>, today: string, task = WEEKLY) {
  return comingBack([task], agreed, today, isFrenchHoliday);
}

describe('a duty that comes back', () => {
  it('is to do again once its day has passed, for the next date, with its points unticked', () => {
    const items = back(plan({}, point('a', true), point('b', false)), '2026-11-28');

    expect(items.map(({ key, fields }) => [key, fields])).toEqual([
      ['first/watch', { status: 'todo', due: '2026-12-04', start: '2026-12-02' }],
      ['first/watch#a', { done: false }],
    ]);
  });

  it('waits for its day when it was done early', () => {
    expect(back(plan({}), '2026-11-27')).toEqual([]);
  });

  it('leaves out the times that nobody was there for', () => {
    expect(back(plan({}), '2026-12-20')[0]?.fields.due).toBe('2026-12-24');
  });

  it('stays overdue until it is done, and away once it is dropped', () => {
    expect(back(plan({ status: 'doing' }), '2026-12-20')).toEqual([]);
    expect(back(plan({ status: 'dropped' }), '2026-12-20')).toEqual([]);
    expect(back(plan({ archived: true }), '2026-12-20')).toEqual([]);
  });

  it('comes on the working day before a holiday, and then in its old rhythm again', () => {
    // Friday 25 December 2026 and Friday 1 January 2027 are holidays.
    const thursday = back(plan({}), '2026-12-19')[0]?.fields.due;
    const friday = back(plan({ due: '2026-12-31' }), '2027-01-01')[0]?.fields.due;

    expect([thursday, friday]).toEqual(['2026-12-24', '2027-01-08']);
  });

  it('follows the day to which people have moved it', () => {
    expect(back(plan({ due: '2026-11-30' }), '2026-12-01')[0]?.fields.due).toBe('2026-12-07');
  });

  it('ends when the plan says so', () => {
    const task = { ...WEEKLY, until: '2026-12-04' };

    expect(back(plan({}), '2026-11-28', task)).toHaveLength(1);
    expect(back(plan({ due: '2026-12-04' }), '2026-12-05', task)).toEqual([]);
  });

  it('of a month keeps to its day of the month', () => {
    const task: RecurringTask = { ...WEEKLY, repeat: { every: 1, unit: 'month' }, planned: '2026-11-30' };

    expect(back(plan({ due: '2026-11-30' }), '2026-12-01', task)[0]?.fields.due).toBe('2026-12-30');
    expect(back(plan({ due: '2027-02-26' }), '2027-02-27', task)[0]?.fields.due).toBe('2027-03-30');
  });
});

describe('the duties of a plan', () => {
  it('are those of the template that apply, with their first date and their end', () => {
    const template = aTemplate({
      steps: [
        aStep(
          'first',
          aTask('once'),
          aTask('watch', { repeat: { every: 1, unit: 'week', until: { anchor: 'start', weeks: 10 } } }),
        ),
      ],
    });

    const tasks = recurringTasks({
      template,
      company: { name: 'A', size: 'micro', vat: 'franchise', facts: {} },
      profile: 'full',
      start: '2026-11-23',
      locale: 'fr',
      people: {},
      isHoliday: isFrenchHoliday,
    });

    expect(tasks).toMatchObject([{ key: 'first/watch', repeat: { every: 1 }, until: '2027-02-01' }]);
  });
});
