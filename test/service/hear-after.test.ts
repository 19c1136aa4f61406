import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields } from '#src/plan/item.ts';
import { reconcile } from '#src/reconcile/reconcile.ts';
import { type Outcome, type Replica, voice } from '#src/reconcile/replica.ts';
import { hearAfter } from '#src/service/automate.ts';
import { changesOf, Place, task, World } from '../reconcile/world.ts';

const KEYS = ['a/1', 'a/2', 'a/3'];
const fields = fc.record(
  { status: fc.constantFrom('todo', 'doing', 'done'), notes: fc.constantFrom('', 'x', 'y') },
  { requiredKeys: [] },
);
const key = fc.constantFrom(...KEYS);
const act = fc.oneof(
  fc.record({ place: fc.nat(1), key, edit: fields }),
  fc.record({ place: fc.nat(1), key, remove: fc.constant(true) }),
  fc.record({ offer: fc.subarray(KEYS) }),
);
const story = fc.record({
  acts: fc.array(act, { maxLength: 6 }),
  said: fc.array(fc.tuple(key, fields), { maxLength: 4 }),
});

/** Two places that agree on the plan; then people and the template do as told. */
function world(acts: readonly Act[]): World {
  const places = [new Place('notion'), new Place('excel')] as const;
  const team = new World(...places).offer(...KEYS.map((one) => task(one, { notes: '' })));
  team.cycle();
  for (const one of acts) {
    if ('offer' in one) team.offer(...one.offer.map((item) => task(item, { notes: 'new' })));
    else {
      const place = places[one.place === 0 ? 0 : 1];
      if (!place.shows.has(one.key)) continue;
      if ('remove' in one) place.delete(one.key);
      else place.edit(one.key, one.edit);
    }
  }
  return team;
}

type Act =
  | { readonly place: number; readonly key: string; readonly edit: Fields }
  | { readonly place: number; readonly key: string; readonly remove: true }
  | { readonly offer: readonly string[] };

function absorb(team: World, outcome: Outcome): void {
  team.agreed = outcome.agreed;
  for (const { replica, key: of, fields: seen } of outcome.seen) {
    const known = replica === 'template' ? team.templateSeen : team.place(replica).seen;
    if (seen === null) known.delete(of);
    else known.set(of, seen);
  }
  for (const [id, changes] of outcome.writes) for (const change of changes) team.place(id).apply(change);
}

const stateOf = ({ agreed, places }: World) => [
  [...agreed],
  places.map(({ shows }) => [...shows].map(([of, item]) => [of, item.fields]).sort()),
];

describe('what is heard after a reconcile', () => {
  it('comes out as if the next cycle had heard it, in one set of writes, and leaves nothing to do', () => {
    fc.assert(
      fc.property(story, ({ acts, said }) => {
        const voices: Replica[] = said.map(([of, given], n) =>
          voice(`rule:${n}`, [{ ...task(of), fields: given }]),
        );
        const atOnce = world(acts);
        const replicas = atOnce.replicas();
        absorb(atOnce, hearAfter(reconcile(atOnce.agreed, replicas), replicas, voices));
        const inTwo = world(acts);
        inTwo.cycle(0);
        inTwo.hear(...voices);

        expect(stateOf(atOnce)).toEqual(stateOf(inTwo));
        expect(changesOf(atOnce.cycle())).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  it('tells each happening once', () => {
    const team = world([{ place: 0, key: 'a/1', edit: { status: 'done' } }]);
    const replicas = team.replicas();

    const { happenings, changed } = hearAfter(reconcile(team.agreed, replicas), replicas, [
      voice('rule:x', [{ ...task('a/2'), fields: { status: 'doing' } }]),
    ]);

    expect(happenings.map(({ actor, key: of }) => `${actor} ${of}`)).toEqual(['notion a/1', 'rule:x a/2']);
    expect(changed.map((item) => item.key)).toEqual(['a/1', 'a/2']);
  });
});
