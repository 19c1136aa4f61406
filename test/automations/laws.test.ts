import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Act, type ActiveRule, Rule, type When } from '#src/plan/automation.ts';
import { type Fields, type Item, PRIORITIES, STATUSES } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import { anItem, aPoint } from '../builders/items.ts';
import { Office } from './office.ts';

const TASKS = ['a/1', 'a/2', 'a/3', 'a/4', 'a/5'];
const statuses = fc.uniqueArray(fc.constantFrom(...STATUSES), { minLength: 1, maxLength: 2 });
const day = fc.constantFrom('2027-01-29', '2027-02-01', '2027-02-03', '2027-02-08', '2027-03-01');
const words = fc.constantFrom({ fr: 'a {title}', en: 'a' }, { fr: 'b', en: 'b' });

const when: fc.Arbitrary<When> = fc.oneof(
  fc.record({ 'status-changed': fc.record({ from: statuses, to: statuses }, { requiredKeys: [] }) }),
  fc.constantFrom<When>(
    { assigned: true },
    { 'checklist-complete': true },
    { 'dependency-done': 'all' },
    { 'dependency-done': 'any' },
    { 'item-created': {} },
    { 'due-in': { days: 3 } },
    { 'overdue-by': { days: 1 } },
    { 'overdue-by': { days: 5 } },
  ),
);
const date = fc.record({ days: fc.integer({ min: -3, max: 5 }), from: fc.constantFrom('today', 'due') });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ 'set-status': fc.constantFrom(...STATUSES) }),
  fc.record({ 'set-priority': fc.constantFrom(...PRIORITIES) }),
  fc.record({ 'set-due': date }),
  fc.record({ 'set-start': date }),
  fc.constantFrom<Act>(
    { 'set-people': ['helper'] },
    { 'set-people': ['lead', 'helper'] },
    { 'shift-dependents': true },
  ),
  fc.record({ comment: words }),
  fc.record({ 'create-task': fc.record({ title: words, due: fc.constant({ days: 1 }) }) }),
  fc.record({ notify: fc.record({ to: fc.constant(['owner']), text: words }) }),
) as fc.Arbitrary<Act>;

const someRules: fc.Arbitrary<readonly ActiveRule[]> = fc
  .array(
    fc.record({
      when,
      // biome-ignore lint/suspicious/noThenProperty: a list, which nobody takes for a promise
      then: fc.array(act, { minLength: 1, maxLength: 3 }),
      if: fc.option(fc.record({ status: statuses }), { nil: undefined }),
    }),
    { maxLength: 6 },
  )
  .map((list) =>
    list.map((one, index) => {
      const rule = Rule.parse({ id: `r${index}`, title: { fr: 'r', en: 'r' }, ...one });
      return { ...rule, from: 'project' };
    }),
  );

const task = (key: string): fc.Arbitrary<Item> =>
  fc
    .record({
      status: fc.constantFrom(...STATUSES),
      priority: fc.constantFrom(...PRIORITIES),
      due: day,
      people: fc.constantFrom([], ['Claire']),
      // Also circles: people may draw them in a tool.
      dependsOn: fc.subarray(TASKS),
      archived: fc.boolean(),
    })
    .map((fields) => anItem(key, fields));

const edit = fc.oneof(
  fc.record({ key: fc.constantFrom(...TASKS), fields: fc.record({ status: fc.constantFrom(...STATUSES) }) }),
  fc.record({ key: fc.constantFrom(...TASKS), fields: fc.record({ due: day }) }),
  fc.record({ key: fc.constantFrom(...TASKS), fields: fc.record({ people: fc.constant(['Paul']) }) }),
  fc.record({ key: fc.constant('a/1#x'), fields: fc.constant<Fields>({ done: true }) }),
);

const story = fc.record({
  rules: someRules,
  items: fc.tuple(...TASKS.map(task)),
  edits: fc.array(edit, { maxLength: 6 }),
  later: day,
});
type Story = typeof story extends fc.Arbitrary<infer S> ? S : never;

/** People have acted; the cycle that reacts is yet to come. */
function officeOf({ rules, items, edits, later }: Story): Office {
  const office = new Office(rules, ...items, aPoint('a/1', 'x'), aPoint('a/1', 'y', { done: true }));
  office.cycle('2027-01-28');
  for (const { key, fields } of edits) {
    const changes = Object.entries(fields).filter(
      ([name, value]) => !sameValue(office.fields(key)[name], value),
    );
    office.does(key, Object.fromEntries(changes));
  }
  office.today = later;
  return office;
}

const check = (law: (story: Story) => void) => fc.assert(fc.property(story, law), { numRuns: 300 });

describe('whatever the rules, and whatever people do', () => {
  it('rules come to an end, each once for each cause, and each field once', () => {
    check((one) => {
      const { firings } = officeOf(one).cycle();

      const causes = firings.map(({ rule, cause }) => JSON.stringify([rule.id, cause]));
      expect(new Set(causes).size).toBe(causes.length);
      const sets = firings.flatMap(({ effects }) =>
        effects.flatMap((effect) => (effect.kind === 'set' ? [`${effect.item.key} ${effect.field}`] : [])),
      );
      expect(new Set(sets).size).toBe(sets.length);
    });
  });

  it('a cycle in which nobody does anything sets nothing off, on the same day or a later one without dates', () => {
    check((one) => {
      const office = officeOf(one);
      office.cycle();

      expect(office.cycle()).toMatchObject({ firings: [], messages: [], marks: [] });
    });
  });

  it('the same story twice comes out the same', () => {
    check((one) => {
      const reactions = [officeOf(one), officeOf(one)].map((office) => {
        const { said, messages, marks } = office.cycle();
        return { said, messages, marks };
      });

      expect(reactions[0]).toEqual(reactions[1]);
    });
  });

  it('what a person said in this cycle stands, and what is archived is left alone', () => {
    check((one) => {
      const office = officeOf(one);
      const said = office.situation().happenings;
      const archived = [...office.agreed.values()].filter((item) => item.fields.archived === true);

      office.cycle();

      const last = new Map(
        said.map(({ key, field, new: value }) => [`${key} ${field}`, { key, field, value }]),
      );
      for (const { key, field, value } of last.values())
        expect(office.fields(key)[field ?? '']).toEqual(value);
      for (const item of archived) expect(office.item(item.key)).toEqual(item);
    });
  });

  it('the order of rules that have no field in common does not matter', () => {
    check((one) => {
      const apart = one.rules.map((rule, index) => ({
        ...rule,
        // biome-ignore lint/suspicious/noThenProperty: a list, which nobody takes for a promise
        then: [{ comment: { fr: `${index}`, en: `${index}` } }],
      }));
      const outcomes = [apart, apart.toReversed()].map((rules) => {
        const office = officeOf({ ...one, rules });
        office.cycle();
        return [...office.agreed.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
      });

      expect(outcomes[0]).toEqual(outcomes[1]);
    });
  });
});
