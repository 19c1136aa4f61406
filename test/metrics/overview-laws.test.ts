import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OverviewInput, overviewOf } from '#src/metrics/overview.ts';
import { itemsOf } from '#src/metrics/status.ts';
import { type Item, STATUSES } from '#src/plan/item.ts';
import { agreedOn, anItem, aPoint } from '../builders/items.ts';
import { documentOf as document } from '../builders/status.ts';
import { anObligation } from '../builders/template.ts';

const STEPS = ['first', 'second', 'third'].map((key) => ({ key, title: key, color: '#2f6f9f' }));

const day = fc.constantFrom('2026-10-01', '2026-11-22', '2026-11-23', '2026-12-24', '2027-09-01');

const task = fc.record({
  step: fc.constantFrom('first', 'second', 'third', '', 'unknown'),
  status: fc.constantFrom(...STATUSES, '', 'Fini'),
  due: fc.option(day),
  archived: fc.boolean(),
  required: fc.boolean(),
  priority: fc.constantFrom('urgent', 'high', 'normal'),
  points: fc.array(fc.record({ done: fc.boolean(), archived: fc.boolean() }), { maxLength: 5 }),
});

/** Any plan, as its items in reading order. */
const plan: fc.Arbitrary<Item[]> = fc.array(task, { maxLength: 12 }).map((tasks) =>
  tasks.flatMap(({ points, ...fields }, index) => {
    const key = `${fields.step}/t${index}`;
    return [anItem(key, fields), ...points.map((point, rank) => aPoint(key, `p${rank}`, point))];
  }),
);

function inputOf(items: readonly Item[]): OverviewInput {
  return {
    agreed: agreedOn(...items),
    steps: STEPS,
    obligations: [
      { obligation: anObligation('soon', '2026-12-24'), date: '2026-12-24' },
      { obligation: anObligation('issue', '2027-09-01'), date: '2027-09-01' },
    ],
    sources: [],
    locale: 'fr',
    today: '2026-11-23',
  };
}

function shares(input: OverviewInput): number[] {
  const { progress, steps } = overviewOf(input);
  return [progress, ...steps.map((step) => step.progress)];
}

describe('whatever the plan', () => {
  it('progress is from 0 to 1, and 1 only when all that counts is done', () => {
    fc.assert(
      fc.property(plan, (items) => {
        const { progress, steps } = overviewOf(inputOf(items));

        for (const share of [progress, ...steps.map((step) => step.progress)]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        for (const step of steps) {
          expect(step.progress === 1).toBe(step.total > 0 && step.done === step.total);
        }
      }),
    );
  });

  it('finishing a task lowers no progress', () => {
    fc.assert(
      fc.property(plan, fc.nat(), (items, pick) => {
        const open = items.filter((item) => item.kind === 'task' && item.fields.status !== 'dropped');
        const finished = open[pick % Math.max(1, open.length)]?.key;
        const after = items.map((item) =>
          item.key === finished ? { ...item, fields: { ...item.fields, status: 'done' } } : item,
        );

        const before = shares(inputOf(items));

        shares(inputOf(after)).forEach((share, index) => {
          expect(share).toBeGreaterThanOrEqual(before[index] ?? 0);
        });
      }),
    );
  });

  it('ticking a point lowers no progress', () => {
    fc.assert(
      fc.property(plan, fc.nat(), (items, pick) => {
        const points = items.filter(({ kind }) => kind === 'check');
        const ticked = points[pick % Math.max(1, points.length)]?.key;
        const after = items.map((item) =>
          item.key === ticked ? { ...item, fields: { ...item.fields, done: true } } : item,
        );

        const before = shares(inputOf(items));

        shares(inputOf(after)).forEach((share, index) => {
          expect(share).toBeGreaterThanOrEqual(before[index] ?? 0);
        });
      }),
    );
  });

  it('the totals of the steps and the tasks of no step add up to the tasks that count', () => {
    fc.assert(
      fc.property(plan, (items) => {
        const counting = items.filter(
          ({ kind, fields }) => kind === 'task' && !fields.archived && fields.status !== 'dropped',
        );
        const own = counting.filter(({ fields }) => fields.step === '' || fields.step === 'unknown');
        const { progress, steps } = overviewOf(inputOf(items));

        const total = steps.reduce((sum, step) => sum + step.total, 0);
        const worth = steps.reduce((sum, step) => sum + step.progress * step.total, 0);
        const ownWorth = overviewOf(inputOf(withPoints(own, items))).progress * own.length;

        expect(total + own.length).toBe(counting.length);
        expect(worth + ownWorth).toBeCloseTo(progress * counting.length, 9);
      }),
    );
  });

  it('the order of the items changes nothing, to the last digit', () => {
    const shuffled = plan.chain((items) =>
      fc.record({
        items: fc.constant(items),
        other: fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length }),
      }),
    );

    fc.assert(
      fc.property(shuffled, ({ items, other }) => {
        expect(document(inputOf(other))).toEqual(document(inputOf(items)));
        expect(overviewOf(inputOf(other))).toEqual(overviewOf(inputOf(items)));
      }),
    );
  });

  it('every late task is late in the list of items, and the verdict agrees', () => {
    fc.assert(
      fc.property(plan, (items) => {
        const input = inputOf(items);
        const late = overviewOf(input).late.map(({ key }) => key);

        const shown = itemsOf(input).filter((item) => item.late);

        expect(shown.map(({ key }) => key).toSorted()).toEqual(late.toSorted());
        expect(['on-track', 'ahead'].includes(document(input).verdict)).toBe(late.length === 0);
      }),
    );
  });
});

/** The tasks with their points. */
function withPoints(tasks: readonly Item[], items: readonly Item[]): Item[] {
  const keys = new Set(tasks.map(({ key }) => key));
  return items.filter(({ key, parent }) => keys.has(key) || keys.has(parent));
}
