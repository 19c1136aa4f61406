import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countBlocks, inRequests } from '#src/workspaces/notion/children.ts';
import { BLOCKS_LIMIT, CHILDREN_BYTES_LIMIT, CHILDREN_LIMIT } from '#src/workspaces/notion/limits.ts';

function aBlock(text: string, children: object[] = []): object {
  return { toggle: { rich_text: [{ text: { content: text } }], children } };
}

const blocks = fc.array(
  fc
    .record({ length: fc.integer({ min: 0, max: 20_000 }), nested: fc.integer({ min: 0, max: 60 }) })
    .map(({ length, nested }) => aBlock('é'.repeat(length), new Array(nested).fill(aBlock('x')))),
  { maxLength: 150 },
);

describe('blocks in requests', () => {
  it('are all there once, in order, and within every limit', () =>
    fc.assert(
      fc.property(blocks, (all) => {
        const requests = inRequests(all);

        expect(requests.flat()).toEqual(all);
        for (const request of requests) {
          expect(request.length).toBeLessThanOrEqual(CHILDREN_LIMIT);
          expect(request.reduce((sum, block) => sum + countBlocks(block), 0)).toBeLessThanOrEqual(
            BLOCKS_LIMIT,
          );
          expect(Buffer.byteLength(JSON.stringify(request))).toBeLessThanOrEqual(CHILDREN_BYTES_LIMIT + 2);
        }
      }),
      { numRuns: 30 },
    ));

  it('are as few requests as the number of blocks allows', () => {
    const requests = inRequests(new Array(201).fill(aBlock('x')));

    expect(requests.map(({ length }) => length)).toEqual([100, 100, 1]);
  });

  it('go alone when they are too large, for Notion to judge', () => {
    const large = aBlock('x'.repeat(CHILDREN_BYTES_LIMIT));

    const requests = inRequests([aBlock('a'), large, aBlock('b')]);

    expect(requests.map(({ length }) => length)).toEqual([1, 1, 1]);
  });

  it('of none are no request', () => {
    expect(inRequests([])).toEqual([]);
  });
});

describe('the count of blocks', () => {
  it('has every nested one in it', () => {
    const nested = aBlock('a', [aBlock('b', [aBlock('c')]), { divider: {} }]);

    expect(countBlocks(nested)).toBe(4);
  });
});
