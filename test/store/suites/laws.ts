import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields, Item, Value } from '#src/plan/item.ts';
import type { ProjectCommit, ProjectState } from '#src/store/store.ts';
import { type DatabaseKind, open } from '../databases.ts';
import { aCommit } from '../samples.ts';

const words = fc.string({ unit: 'grapheme', maxLength: 12 });
const value: fc.Arbitrary<Value> = fc.oneof(
  words,
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (n === 0 ? 0 : n)),
  fc.boolean(),
  fc.constant(null),
  fc.array(words, { maxLength: 3 }),
);
const fields: fc.Arbitrary<Fields> = fc.dictionary(words, value, { maxKeys: 4, noNullPrototype: true });
const key = fc.constantFrom('a', 'b', 'choisir/été', 'registre:ligne 1', 'a#point', "o'brien; --", '%_');
const replica = fc.constantFrom('template', 'excel:plan.xlsx', 'notion:1');
const item: fc.Arbitrary<Item> = fc.record({
  key,
  kind: fc.constantFrom('task', 'check', 'row'),
  parent: key,
  fields,
});
const change: fc.Arbitrary<ProjectCommit> = fc
  .record({
    agreed: fc.array(item, { maxLength: 5 }),
    seen: fc.array(fc.record({ replica, key, fields: fc.option(fields) }), { maxLength: 6 }),
    cursors: fc.array(fc.record({ replica, cursor: fc.option(words.filter(isStorable)) }), { maxLength: 2 }),
  })
  .map((over) => aCommit(over));

/** PostgreSQL keeps no NUL in a text; what may hold one is stored as JSON. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

export function lawsSuite(kind: DatabaseKind): void {
  describe('the laws of the store', () => {
    it('a load returns what all commits before it add up to', { timeout: 120_000 }, async () => {
      const store = await open(await kind.create());
      let run = 0;

      await fc.assert(
        fc.asyncProperty(fc.array(change, { maxLength: 4 }), async (changes) => {
          const project = `p${run++}`;
          for (const one of changes) await store.commit(project, one);

          const state = await store.load(project);

          expect(state).toEqual(sumOf(changes));
          expect([...state.agreed.keys()]).toEqual([...sumOf(changes).agreed.keys()]);
        }),
        { numRuns: 60 },
      );
      await store.close();
    });
  });
}

function sumOf(changes: readonly ProjectCommit[]): ProjectState {
  const agreed = new Map<string, Item>();
  const seen = new Map<string, Map<string, Fields>>();
  const cursors = new Map<string, string>();
  for (const change of changes) {
    for (const one of change.agreed) agreed.set(one.key, one);
    for (const { replica, key, fields } of change.seen) {
      const place = seen.get(replica) ?? new Map<string, Fields>();
      if (fields) place.set(key, fields);
      else place.delete(key);
      if (place.size > 0) seen.set(replica, place);
      else seen.delete(replica);
    }
    for (const { replica, cursor } of change.cursors) {
      if (cursor === null) cursors.delete(replica);
      else cursors.set(replica, cursor);
    }
  }
  return { agreed, seen, cursors, templateVersion: null };
}
