import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Circumstances, commentsDue, PAGES_IN_TURN } from '#src/workspaces/notion/comment-rounds.ts';
import type { Line } from '#src/workspaces/notion/identify.ts';

function lines(keys: readonly string[]): readonly Line[] {
  return keys.map((key) => ({ key, page: {}, stamped: true }) as unknown as Line);
}

function due(changes: Partial<Circumstances>): { readonly keys: readonly string[]; readonly last: string } {
  const usual = { lines: lines(['a', 'b', 'c']), changed: new Set<string>(), isFull: false, last: 'a' };
  const found = commentsDue({ ...usual, ...changes });
  return { keys: found.lines.map(({ key }) => key), last: found.last };
}

describe('the pages that are asked for their comments', () => {
  it('are all of them, as long as that was never done', () => {
    expect(due({ last: undefined })).toEqual({ keys: ['a', 'b', 'c'], last: '' });
  });

  it('are none in a cycle in which nothing has happened', () => {
    expect(due({})).toEqual({ keys: [], last: 'a' });
  });

  it('are those that have changed', () => {
    expect(due({ changed: new Set(['c']) })).toEqual({ keys: ['c'], last: 'a' });
  });

  it('are in a full read a fixed number, and each comes as often as the others', () => {
    const keys = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 150 });
    fc.assert(
      fc.property(keys, (all) => {
        const rounds = Math.ceil(all.length / PAGES_IN_TURN);
        const asked: string[] = [];
        let last = '';
        for (let round = 0; round < rounds; round += 1) {
          const found = due({ lines: lines(all), isFull: true, last });
          expect(found.keys.length).toBeLessThanOrEqual(PAGES_IN_TURN);
          asked.push(...found.keys);
          last = found.last;
        }

        expect(new Set(asked)).toEqual(new Set(all));
      }),
    );
  });

  it('go on in turn where a line has gone, or a new one has come', () => {
    const found = due({ lines: lines(['a', 'c', 'd']), isFull: true, last: 'b' });

    expect(found.keys.toSorted()).toEqual(['a', 'c', 'd']);
  });
});
