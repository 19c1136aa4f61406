import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields, Value } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import { reconcile } from '#src/reconcile/reconcile.ts';
import { changesOf, Place, point, task, World } from './world.ts';

const KEYS = ['a/1', 'a/2', 'b/1'];
const words = fc.constantFrom(
  'Été',
  'E\u0301te\u0301',
  "l'an",
  'l’an',
  'x',
  'y',
  '',
  ' x ',
  '✅ x',
  'x\u00a0y',
  'x y',
);
const fields = fc.record(
  { title: words, status: fc.constantFrom('todo', 'doing', 'done'), people: fc.subarray(['Ana', 'Bo']) },
  { requiredKeys: [] },
);
const place = fc.nat({ max: 2 });
const at = fc.constantFrom('2026-12-01T09:00:00Z', '2026-12-01T10:00:00Z', '');

type Step =
  | { do: 'edit'; place: number; key: string; fields: Fields; at: string }
  | { do: 'add'; place: number; name: string; title: string }
  | { do: 'tick'; place: number; key: string; done: boolean }
  | { do: 'delete'; place: number; key: string }
  | { do: 'blind'; place: number; blind: boolean }
  | { do: 'template'; fields: readonly Fields[] }
  | { do: 'cycle'; dieAfter: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('edit' as const), place, key: fc.constantFrom(...KEYS), fields, at }),
  fc.record({ do: fc.constant('add' as const), place, name: fc.constantFrom('p', 'q'), title: words }),
  fc.record({ do: fc.constant('tick' as const), place, key: fc.constantFrom(...KEYS), done: fc.boolean() }),
  fc.record({ do: fc.constant('delete' as const), place, key: fc.constantFrom(...KEYS) }),
  fc.record({ do: fc.constant('blind' as const), place, blind: fc.boolean() }),
  fc.record({ do: fc.constant('template' as const), fields: fc.array(fields, { maxLength: 3 }) }),
  fc.record({ do: fc.constant('cycle' as const), dieAfter: fc.oneof(fc.nat({ max: 6 }), fc.constant(1000)) }),
);

/** Every value that a person typed, to be found again at the end. */
interface Typed {
  readonly key: string;
  readonly field: string;
  readonly value: Value;
}

function run(world: World, steps: readonly Step[]): Typed[] {
  const typed: Typed[] = [];
  for (const one of steps) typed.push(...carryOut(world, one));
  return typed;
}

function carryOut(world: World, one: Step): Typed[] {
  if (one.do === 'cycle') world.cycle(one.dieAfter);
  if (one.do === 'template') {
    world.offer(...one.fields.flatMap((f, i) => [task(KEYS[i] ?? '', f), point(KEYS[i] ?? '', 'x')]));
  }
  if (!('place' in one)) return [];
  const there = world.places[one.place % world.places.length];
  return there ? act(there, one) : [];
}

function act(there: Place, one: Step): Typed[] {
  switch (one.do) {
    case 'blind':
      there.complete = !one.blind;
      return [];
    case 'add':
      there.add(task(`own/${there.id}-${one.name}`, { title: one.title }));
      return [{ key: `own/${there.id}-${one.name}`, field: 'title', value: one.title }];
    case 'delete':
      there.delete(one.key);
      return [];
    case 'tick':
      if (!there.shows.has(`${one.key}#x`)) return [];
      there.edit(`${one.key}#x`, { done: one.done });
      return [{ key: `${one.key}#x`, field: 'done', value: one.done }];
    case 'edit': {
      if (!there.shows.has(one.key)) return [];
      there.edit(one.key, one.fields, one.at);
      return Object.entries(one.fields).map(([field, value]) => ({ key: one.key, field, value }));
    }
    default:
      return [];
  }
}

function calm(world: World): void {
  for (const there of world.places) there.complete = true;
  world.cycle();
  world.cycle();
}

function newWorld(): World {
  return new World(new Place('notion'), new Place('excel'), new Place('trello'));
}

describe('reconcile, whatever people, crashes and new templates do', () => {
  const steps = fc.array(step, { maxLength: 30 });

  it('converges: every place shows the same, and a further run changes nothing', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const world = newWorld();
        run(world, all);

        calm(world);

        const further = world.cycle();
        expect(changesOf(further)).toBe(0);
        expect(further.changed).toEqual([]);
        expect(further.happenings).toEqual([]);
        for (const there of world.places) expectToShow(world, there);
      }),
      { numRuns: 300 },
    );
  });

  it('loses no human edit: it stands, was overwritten by a person, or is told in the log', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const world = newWorld();
        const typed: (Typed & { step: number })[] = [];
        // A cycle after each act: what two people do between two cycles is the business of conflicts, tested above.
        all.forEach((one, index) => {
          typed.push(...carryOut(world, one).map((each) => ({ ...each, step: index })));
          if (one.do !== 'blind') world.cycle();
        });

        calm(world);

        for (const { key, field, value } of typed) {
          const told = world.log.some(
            (entry) =>
              entry.key === key &&
              ((entry.field === field && (sameValue(entry.old, value) || sameValue(entry.new, value))) ||
                (entry.kind === 'created' && field === 'title' && sameValue(entry.new, value))),
          );
          const stands = sameValue(world.agreed.get(key)?.fields[field], value);
          expect(stands || told, `${key}.${field} = ${JSON.stringify(value)}`).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('loses no edit made in two places between two runs', () => {
    fc.assert(
      fc.property(fields, fields, at, at, (one, other, atOne, atOther) => {
        const world = newWorld();
        world.offer(task('a/1', { title: 'from the template', people: ['Zoe'] })).cycle();
        world.place('notion').edit('a/1', one, atOne);
        world.place('excel').edit('a/1', other, atOther);

        world.cycle();

        for (const [field, value] of [...Object.entries(one), ...Object.entries(other)]) {
          const stands = sameValue(world.agreed.get('a/1')?.fields[field], value);
          const told = world.log.some((entry) => entry.field === field && sameValue(entry.old, value));
          expect(stands || told).toBe(true);
        }
      }),
    );
  });

  it('does not depend on the order of the replicas', () => {
    fc.assert(
      fc.property(steps, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (all, order) => {
        const world = newWorld();
        run(world, all);
        const replicas = world.replicas();

        const straight = reconcile(world.agreed, replicas);
        const shuffled = reconcile(
          world.agreed,
          order.map((index) => replicas[index]).filter((one) => one !== undefined),
        );

        expect([...shuffled.agreed]).toEqual([...straight.agreed]);
        expect(shuffled.writes).toEqual(straight.writes);
        expect(shuffled.happenings).toEqual(straight.happenings);
      }),
      { numRuns: 200 },
    );
  });

  it('never archives anything when no read was complete and nothing was removed for certain', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.constantFrom(...KEYS)), { maxLength: 9 }), (hidden) => {
        const world = newWorld();
        world.offer(...KEYS.map((key) => task(key))).cycle();
        for (const there of world.places) there.complete = false;
        for (const [index, key] of hidden) world.places[index]?.delete(key);

        const outcome = world.cycle();

        expect(changesOf(outcome)).toBe(0);
        expect([...outcome.agreed.values()].every((item) => item.fields.archived !== true)).toBe(true);
      }),
    );
  });
});

function expectToShow(world: World, there: Place): void {
  for (const [key, item] of world.agreed) {
    const shown = there.shows.get(key);
    const owner = item.kind === 'check' ? world.agreed.get(item.parent) : undefined;
    if (item.fields.archived === true || owner?.fields.archived === true) {
      expect(shown, `${key} is archived and yet in ${there.id}`).toBeUndefined();
      continue;
    }
    for (const [name, value] of Object.entries(item.fields)) {
      expect(sameValue(shown?.fields[name], value), `${there.id} ${key}.${name}`).toBe(true);
    }
  }
}
