import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import { pointsInOrder, shownBefore } from '#src/workspaces/match-points.ts';
import { matchChecklist, pointFields, toDoBlock } from '#src/workspaces/notion/checklist.ts';
import { fitText } from '#src/workspaces/notion/fit.ts';
import { Block } from '#src/workspaces/notion/schema.ts';

const TASK = 'choisir/comparer';

function point(name: string, title: string, changes: Record<string, boolean | number> = {}): Item {
  return {
    key: `${TASK}#${name}`,
    kind: 'check',
    parent: TASK,
    fields: { title, done: false, archived: false, ...changes },
  };
}

/** The n-th block of a page, as Notion would show it. */
function toDo(n: number, title: string, checked = false) {
  return shown(n, toDoBlock({ title, done: checked }));
}

function shown(n: number, { to_do }: ReturnType<typeof toDoBlock>) {
  const rich_text = to_do.rich_text.map((piece) => ({
    plain_text: 'text' in piece ? piece.text.content : '',
  }));
  return Block.parse({
    object: 'block',
    id: idOf(n),
    type: 'to_do',
    in_trash: false,
    to_do: { ...to_do, rich_text },
  });
}

function idOf(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

function paragraph(n: number): Block {
  return Block.parse({ object: 'block', id: idOf(n), type: 'paragraph', in_trash: false });
}

const forgotten = () => undefined;

function remembered(ids: Record<string, number>) {
  return (key: string) => {
    const n = ids[key.replace(`${TASK}#`, '')];
    return n === undefined ? undefined : idOf(n);
  };
}

function matched(match: ReturnType<typeof matchChecklist>): Record<string, string> {
  return Object.fromEntries([...match.found].map(([key, { id }]) => [key.replace(`${TASK}#`, ''), id]));
}

const three = [
  point('a', 'Lister les offres', { rank: 0 }),
  point('b', 'Demander trois devis', { rank: 1 }),
  point('c', 'Vérifier la liste officielle', { rank: 2 }),
];

describe('a point written as a block', () => {
  it('is read again as Notion fits it', () => {
    const title = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }).map((unit) => unit.repeat(2_500)),
    );
    fc.assert(
      fc.property(title, fc.boolean(), (words, done) => {
        const fields = pointFields(toDoOf(shown(1, toDoBlock({ title: words, done }))));

        expect(sameValue(fields.title, fitText(words))).toBe(true);
        expect(fields).toMatchObject({ done, archived: false });
      }),
    );
  });

  it('keeps its words where someone has emptied it', () => {
    expect(pointFields(toDoOf(toDo(1, ' ')))).toEqual({ done: false, archived: false });
  });
});

function toDoOf(block: Block) {
  const { to_do } = block;
  if (!to_do) throw new Error('It is no to-do.');
  return { ...block, to_do };
}

describe('blocks are known again', () => {
  it('by their id, whatever they say now and wherever they stand', () => {
    const blocks = [toDo(3, 'Lister les offres'), paragraph(9), toDo(1, 'Autre chose'), toDo(2, '')];

    const match = matchChecklist(three, blocks, remembered({ a: 1, b: 2, c: 3 }));

    expect(matched(match)).toEqual({ a: idOf(1), b: idOf(2), c: idOf(3) });
    expect(match).toMatchObject({ added: [], gone: [], absent: [] });
  });

  it('by their words when nothing is remembered', () => {
    const blocks = [
      toDo(1, 'Vérifier la liste officielle'),
      toDo(2, 'LISTER les offres '),
      toDo(3, 'demander trois devis'),
    ];

    const match = matchChecklist(three, blocks, forgotten);

    expect(matched(match)).toEqual({ a: idOf(2), b: idOf(3), c: idOf(1) });
  });

  it('by most of their words when nothing is remembered and someone has reworded them', () => {
    const blocks = [
      toDo(1, 'Lister les offres'),
      toDo(2, 'Demander quatre devis'),
      toDo(3, 'Déjeuner avec Paul'),
    ];

    const match = matchChecklist(three, blocks, forgotten);

    expect(matched(match)).toEqual({ a: idOf(1), b: idOf(2) });
    expect(match.absent).toEqual([`${TASK}#c`]);
    expect(match.added.map(({ shown: block }) => block.id)).toEqual([idOf(3)]);
  });

  it('but never by likeness while others are remembered', () => {
    const blocks = [toDo(1, 'Lister les offres'), toDo(2, 'Demander quatre devis')];

    const match = matchChecklist(three, blocks, remembered({ a: 1 }));

    expect(match.absent).toEqual([`${TASK}#b`, `${TASK}#c`]);
    expect(match.added).toMatchObject([{ shown: { id: idOf(2) } }]);
  });

  it('in their order, where several say the same', () => {
    const twins = [point('a', 'Relire', { rank: 0 }), point('b', 'Relire', { rank: 1 })];

    const match = matchChecklist(twins, [toDo(1, 'Relire', true), toDo(2, 'Relire')], forgotten);

    expect(matched(match)).toEqual({ a: idOf(1), b: idOf(2) });
  });

  it('when someone has cut and pasted them, which gives them another id', () => {
    const match = matchChecklist(three, [toDo(7, 'Demander trois devis')], remembered({ a: 1, b: 2, c: 3 }));

    expect(matched(match)).toEqual({ b: idOf(7) });
    expect(match.gone).toEqual([`${TASK}#a`, `${TASK}#c`]);
  });

  it('every one of them, in any order, after the store is lost', () => {
    const titles = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), {
      selector: (title) => fitText(title).trim().toLowerCase(),
      maxLength: 12,
    });
    fc.assert(
      fc.property(titles, fc.infiniteStream(fc.nat()), (all, order) => {
        const points = all.map((title, rank) => point(`p${rank}`, title, { rank }));
        const blocks = points
          .map(({ fields }, n) => toDo(n, String(fields.title)))
          .toSorted(() => ((order.next().value ?? 0) % 2) - 0.5);

        const match = matchChecklist(points, blocks, forgotten);

        expect(match.found.size).toBe(points.length);
        expect(match).toMatchObject({ added: [], gone: [], absent: [] });
      }),
    );
  });
});

describe('points that people have added', () => {
  it('stand elsewhere where they stand here', () => {
    const blocks = [
      toDo(8, 'Avant tout'),
      toDo(1, 'Lister les offres'),
      toDo(4, 'Appeler Paul'),
      toDo(5, 'Appeler Inès'),
      toDo(2, 'Demander trois devis'),
      toDo(6, '   '),
      toDo(3, 'Vérifier la liste officielle'),
      toDo(7, 'Fêter'),
    ];

    const { added } = matchChecklist(three, blocks, forgotten);

    const ranked = [
      ...three.map(({ fields }) => [fields.rank, fields.title]),
      ...added.map(({ shown: block, rank }) => [rank, block.to_do.rich_text[0]?.plain_text]),
    ];
    expect(ranked.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, title]) => title)).toEqual([
      'Avant tout',
      'Lister les offres',
      'Appeler Paul',
      'Appeler Inès',
      'Demander trois devis',
      'Vérifier la liste officielle',
      'Fêter',
    ]);
  });
});

describe('a new point', () => {
  it('goes behind the one before it, archived ones left out', () => {
    const points = [
      ...three,
      point('d', 'Signer', { rank: 1.5 }),
      point('x', 'Vieux', { rank: 1.2, archived: true }),
    ];
    const { found: blocks, absent } = matchChecklist(
      points,
      [toDo(1, 'Lister les offres'), toDo(2, 'Demander trois devis')],
      forgotten,
    );

    expect(pointsInOrder(points).map(({ key }) => key.at(-1))).toEqual(['a', 'b', 'd', 'c']);
    expect(absent.map((key) => key.at(-1))).toEqual(['d', 'c']);
    expect(shownBefore(`${TASK}#d`, points, blocks)?.id).toBe(idOf(2));
    expect(shownBefore(`${TASK}#a`, points, blocks)).toBeUndefined();
  });
});
