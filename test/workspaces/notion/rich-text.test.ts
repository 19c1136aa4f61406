import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TEXT_LIMIT } from '#src/workspaces/notion/limits.ts';
import { inGroups, richText, type TextPiece } from '#src/workspaces/notion/rich-text.ts';

function textOf(pieces: readonly TextPiece[]): string {
  return pieces.map(({ text }) => text.content).join('');
}

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.constantFrom('👩‍🚀', 'é', ' ', 'facture', '\n', '\u00a0'),
  fc.integer({ min: 1, max: 3_000 }).map((n) => 'x'.repeat(n)),
  fc.integer({ min: 1, max: 1_500 }).map((n) => `https://example.org/${'a/'.repeat(n)}`.slice(0, 1_990)),
);
const texts = fc.array(words, { maxLength: 40 }).map((all) => all.join(' '));

describe('a text in pieces', () => {
  it('is the same text, in pieces that Notion accepts, with no character cut in two', () =>
    fc.assert(
      fc.property(texts, (text) => {
        const pieces = richText(text);

        expect(textOf(pieces)).toBe(text.toWellFormed());
        for (const { text: piece } of pieces) {
          expect(piece.content.length).toBeGreaterThan(0);
          expect(piece.content.length).toBeLessThanOrEqual(TEXT_LIMIT);
          expect(piece.content.isWellFormed()).toBe(true);
        }
      }),
    ));

  it('has no address that fits a piece cut in two', () =>
    fc.assert(
      fc.property(texts, (text) => {
        const addresses = text.match(/https:\/\/example\.org\/\S*/g) ?? [];

        const pieces = richText(text);

        for (const address of addresses.filter(({ length }) => length <= TEXT_LIMIT)) {
          expect(pieces.some((piece) => piece.text.content.includes(address))).toBe(true);
        }
      }),
    ));

  it('is cut after a word where one ends near by', () => {
    const pieces = richText(`${'mot '.repeat(600)}`);

    expect(pieces.map(({ text }) => text.content.length)).toEqual([2_000, 400]);
    expect(pieces[0]?.text.content.endsWith('mot ')).toBe(true);
  });

  it('is not cut inside a character of two halves', () => {
    const pieces = richText(`${'x'.repeat(1_999)}🧾🧾`);

    expect(pieces.map(({ text }) => text.content.length)).toEqual([1_999, 4]);
  });

  it('keeps the words of a link whole, and the link on every part of a long one', () => {
    const link = 'https://www.impots.gouv.fr/';

    const pieces = richText([{ text: 'x'.repeat(1_990) }, { text: 'le texte officiel', link }]);
    const long = richText([{ text: 'y'.repeat(4_500), link }]);

    expect(pieces.map(({ text }) => text.content.length)).toEqual([1_990, 17]);
    expect(pieces[1]?.text.link).toEqual({ url: link });
    expect(long.map(({ text }) => text.link?.url)).toEqual([link, link, link]);
  });

  it('keeps the words of a link that is too long for Notion, without the link', () => {
    const pieces = richText([{ text: 'source', link: `https://example.org/${'a'.repeat(2_000)}` }]);

    expect(pieces).toEqual([{ type: 'text', text: { content: 'source' } }]);
  });

  it('carries its look, and none where it has none', () => {
    const pieces = richText([{ text: 'fait', bold: true, code: false }, { text: ' ici' }]);

    expect(pieces).toEqual([
      { type: 'text', text: { content: 'fait' }, annotations: { bold: true } },
      { type: 'text', text: { content: ' ici' } },
    ]);
  });

  it('of nothing is nothing', () => {
    expect(richText('')).toEqual([]);
  });
});

describe('groups', () => {
  it('hold everything once, in order, and no more than they may', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { maxLength: 350 }),
        fc.integer({ min: 1, max: 100 }),
        (all, size) => {
          const groups = inGroups(all, size);

          expect(groups.flat()).toEqual(all);
          expect(groups.slice(0, -1).every(({ length }) => length === size)).toBe(true);
          expect(groups.every(({ length }) => length > 0 && length <= size)).toBe(true);
        },
      ),
    ));
});
