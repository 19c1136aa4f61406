import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotNow } from '#src/errors.ts';
import { collect } from '#src/workspaces/notion/paging.ts';
import { listOf, type NotionList, Touched } from '#src/workspaces/notion/schema.ts';
import { ABOUT } from './connection.ts';

function aList<T>(rows: T[], changes: Partial<NotionList<T>> = {}): NotionList<T> {
  return { rows, unreadable: 0, hasMore: false, nextCursor: null, incomplete: false, ...changes };
}

/** Answers page after page, whatever the cursor, and notes the cursors. */
function answering<T>(...lists: NotionList<T>[]) {
  const cursors: (string | undefined)[] = [];
  const ask = async (cursor: string | undefined) => {
    cursors.push(cursor);
    const list = lists[cursors.length - 1];
    if (!list) throw new Error('asked once too often');
    return list;
  };
  return { cursors, ask };
}

describe('a list in pages', () => {
  it('is read to its end, by the cursors that Notion gives', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.integer()), { minLength: 1, maxLength: 8 }), async (pages) => {
        const lists = pages.map((rows, i) =>
          i === pages.length - 1 ? aList(rows) : aList(rows, { hasMore: true, nextCursor: `cursor ${i}` }),
        );
        const { cursors, ask } = answering(...lists);

        const { rows, complete } = await collect(ABOUT, ask);

        expect(rows).toEqual(pages.flat());
        expect(complete).toBe(true);
        expect(cursors).toEqual([undefined, ...lists.slice(0, -1).map(({ nextCursor }) => nextCursor)]);
      }),
    ));

  it.each([
    ['stops at the 10,000th row', { incomplete: true }],
    ['has a row that cannot be read', { unreadable: 1 }],
  ])('is not complete when Notion %s, even on its first page', async (_name, changes) => {
    const { ask } = answering(aList([1], { hasMore: true, nextCursor: 'a', ...changes }), aList([2]));

    const collected = await collect(ABOUT, ask);

    expect(collected).toEqual({ rows: [1, 2], complete: false });
  });

  it.each([
    ['is missing', null],
    ['is empty', ''],
  ])('is refused when the cursor %s though more is said to follow', async (_name, nextCursor) => {
    const { ask } = answering(aList([1], { hasMore: true, nextCursor }));

    await expect(collect(ABOUT, ask)).rejects.toThrow(NotNow);
  });

  it('is refused when the cursors lead in a circle', async () => {
    const more = (nextCursor: string) => aList([1], { hasMore: true, nextCursor });
    const { ask } = answering(more('a'), more('b'), more('a'));

    await expect(collect(ABOUT, ask)).rejects.toThrow(/repeats itself/);
  });
});

describe('a list of Notion', () => {
  const id = '11111111-2222-3333-4444-555555555555';

  it('counts the rows that cannot be read', () => {
    const list = listOf(Touched).parse({
      results: [{ id }, { id: 'no id' }, null],
      has_more: false,
      next_cursor: null,
    });

    expect(list).toEqual({
      rows: [{ id }],
      unreadable: 2,
      hasMore: false,
      nextCursor: null,
      incomplete: false,
    });
  });

  it('tells that Notion stopped before the end', () => {
    const status = { type: 'incomplete', incomplete_reason: 'query_result_limit_reached' };

    const list = listOf(Touched).parse({ results: [], has_more: false, request_status: status });

    expect(list.incomplete).toBe(true);
  });

  it.each([{ results: [] }, { results: {}, has_more: false }, { has_more: false }])(
    'is none when it does not say whether more follows: %j',
    (raw) => {
      expect(listOf(Touched).safeParse(raw).success).toBe(false);
    },
  );
});
