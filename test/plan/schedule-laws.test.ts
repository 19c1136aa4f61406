import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { buildPlan } from '#src/plan/build-plan.ts';
import type { Item } from '#src/plan/item.ts';
import { list, text } from '#src/plan/item.ts';
import type { Task } from '#src/plan/template.ts';
import { aCompany, anObligation, aStep, aTask, aTemplate, isHoliday } from '../builders/template.ts';

const day = fc
  .integer({ min: 0, max: 700 })
  .map((days) => Temporal.PlainDate.from('2026-01-01').add({ days }).toString());

const due = fc.record({
  anchor: fc.constantFrom('start', 'issue', 'other', 'never'),
  weeks: fc.integer({ min: -40, max: 20 }),
});

/** Tasks that depend only on tasks before them, told in any order. */
const tasks: fc.Arbitrary<Task[]> = fc
  .array(
    fc.record({ due, critical: fc.boolean(), required: fc.boolean(), waits: fc.array(fc.nat({ max: 30 })) }),
    {
      minLength: 1,
      maxLength: 25,
    },
  )
  .map((all) =>
    all.map((one, index) => {
      const dependsOn = [...new Set(one.waits.filter((other) => other < index))].map(
        (other) => `first/t${other}`,
      );
      return aTask(`t${index}`, { due: one.due, critical: one.critical, required: one.required, dependsOn });
    }),
  );

function plan(all: readonly Task[], start: string): Item[] {
  const template = aTemplate({
    steps: [aStep('first', ...all)],
    obligations: [anObligation('issue', '2027-09-01'), anObligation('other', '2027-01-01')],
  });
  return [
    ...buildPlan({
      template,
      company: aCompany(),
      profile: 'full',
      start,
      locale: 'fr',
      people: {},
      isHoliday,
    }).items.values(),
  ];
}

describe('whatever the tasks and the first day', () => {
  it('nothing is due before what it depends on, nor on a day off, nor in the past', () => {
    fc.assert(
      fc.property(tasks, day, (all, start) => {
        const items = plan(all, start);
        const dueOf = new Map(items.map((item) => [item.key, text(item, 'due')]));

        for (const item of items) {
          const date = Temporal.PlainDate.from(text(item, 'due'));
          expect(date.dayOfWeek).toBeLessThanOrEqual(5);
          expect(isHoliday(date.toString())).toBe(false);
          expect(text(item, 'due') > start).toBe(true);
          expect(text(item, 'start') <= text(item, 'due')).toBe(true);
          for (const key of list(item, 'dependsOn')) {
            expect(text(item, 'due') >= (dueOf.get(key) ?? '')).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('nothing critical is due in the freeze when the plan has all its time', () => {
    fc.assert(
      fc.property(tasks, (all) => {
        const weeksBefore = all.map((task) => ({
          ...task,
          due: { ...task.due, weeks: Math.min(task.due.weeks, 8) },
        }));

        for (const item of plan(weeksBefore, '2026-11-23')) {
          const held = item.fields.priority === 'high';
          const dueOn = text(item, 'due');
          expect(held && dueOn >= '2027-07-14' && dueOn <= '2027-08-31').toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the same input gives the same plan, in whatever order the tasks are told', () => {
    fc.assert(
      fc.property(tasks, day, fc.infiniteStream(fc.nat()), (all, start, numbers) => {
        const random = numbers[Symbol.iterator]();
        const shuffled = all
          .map((task) => ({ task, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ task }) => task);

        const byKey = (items: Item[]) => new Map(items.map((item) => [item.key, item.fields]));

        expect(byKey(plan(shuffled, start))).toEqual(byKey(plan(all, start)));
        expect(plan(all, start)).toEqual(plan(all, start));
      }),
      { numRuns: 150 },
    );
  });
});
