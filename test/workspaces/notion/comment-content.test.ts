import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields, Item } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import {
  commentPieces,
  fitCommentText,
  isNative,
  nativeId,
  nativeKey,
  readOwnComment,
} from '#src/workspaces/notion/comment-content.ts';

const PARIS = { locale: 'fr', timeZone: 'Europe/Paris' } as const;

function comment(fields: Fields, key = 'comprendre/date@trello-64f0'): Item {
  const usual = { author: 'Claire', origin: 'trello', at: '2026-11-12T23:30:00.000Z', archived: false };
  return { key, kind: 'comment', parent: key.split('@')[0] ?? '', fields: { ...usual, ...fields } };
}

function shown(item: Item, style: Parameters<typeof commentPieces>[1] = PARIS): string {
  return commentPieces(item, style)
    .map((piece) => piece.text.content)
    .join('');
}

describe('a comment that is carried to Notion', () => {
  it('tells by whom, where and when it was said, in the language and the time zone of the team', () => {
    const item = comment({ text: 'On attend le devis.' });

    expect(shown(item)).toMatch(/^Claire \(Trello\), 13\u00a0novembre\u00a02026\nOn attend le devis\.\n/);
    expect(shown(item, { locale: 'en', timeZone: 'America/New_York' })).toMatch(
      /^Claire \(Trello\), 12\u00a0November\u00a02026\n/,
    );
  });

  it('has its first line in bold, and the marker below the text as code', () => {
    const [head, ...rest] = commentPieces(comment({ text: 'Vu' }), PARIS);

    expect(head?.annotations).toEqual({ bold: true });
    expect(rest.at(-1)).toMatchObject({
      text: { content: expect.stringContaining('comprendre/date@trello-64f0') },
      annotations: { code: true },
    });
  });

  it('names no tool for what Jalon says itself', () => {
    const item = comment({ text: 'Relance', author: 'Jalon', origin: 'jalon' });

    expect(shown(item)).toMatch(/^Jalon, 13\u00a0novembre/);
    expect(readOwnComment(shown(item))?.told).toMatchObject({ author: 'Jalon', origin: 'jalon' });
  });

  it('gives back its key, its text, its author, its origin and its instant', () => {
    const word = fc.stringMatching(/^[A-Za-zÀ-ÿ'’.() -]{1,30}$/).filter((name) => name.trim() === name);
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        word,
        fc.constantFrom('trello', 'excel', 'notion'),
        fc.date({ noInvalidDate: true, min: new Date(0) }),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((id) => !id.includes('@')),
        (text, author, origin, at, id) => {
          const item = comment({ text, author, origin, at: at.toISOString() }, `a/b@${id.toWellFormed()}`);

          const read = readOwnComment(shown(item));

          const name = author.replace(/\s+/g, ' ');
          expect(read).toEqual({
            key: item.key,
            text: fitCommentText(text),
            told: { author: name, origin, at: at.toISOString() },
          });
        },
      ),
    );
  });

  it('is still known when Notion changes blanks at its ends', () => {
    const whole = shown(comment({ text: 'Vu' }));

    expect(readOwnComment(`${whole} \n`)).toMatchObject({ key: 'comprendre/date@trello-64f0', text: 'Vu' });
  });

  it('keeps within what Notion takes, however long it is', () => {
    const item = comment({ text: '€'.repeat(300_000), author: 'x'.repeat(5_000) });

    const pieces = commentPieces(item, PARIS);

    expect(pieces.length).toBeLessThanOrEqual(100);
    expect(Math.max(...pieces.map((piece) => piece.text.content.length))).toBeLessThanOrEqual(2_000);
    expect(Buffer.byteLength(JSON.stringify(pieces))).toBeLessThan(500_000);
    expect(sameValue(readOwnComment(shown(item))?.text, fitCommentText('€'.repeat(300_000)))).toBe(true);
  });
});

describe('a comment of a person', () => {
  it('is none of ours', () => {
    expect(readOwnComment('Claire (Trello), 12 novembre 2026\nVu')).toBeUndefined();
    expect(readOwnComment('Que veut dire jalon-ref: dans le commentaire ?')).toBeUndefined();
    expect(readOwnComment('')).toBeUndefined();
  });

  it('never makes the reading fail, whatever it says', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        readOwnComment(`${before}jalon-ref:${after}`);
      }),
    );
  });

  it('has a key that tells in which plan in Notion it was written', () => {
    const home = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
    const key = nativeKey('tools:till', '11111111-2222-3333-4444-555555555555', home);

    expect(key).toBe('tools:till@notion-eeeeeeeeeeee-11111111222233334444555555555555');
    expect(nativeId(key)).toBe('11111111222233334444555555555555');
    expect(isNative(key, home)).toBe(true);
    expect(isNative(key, 'aaaaaaaa-bbbb-cccc-dddd-ffffffffffff')).toBe(false);
    expect(isNative(key, undefined)).toBe(false);
    expect(isNative('tools:till@trello-1', home)).toBe(false);
    expect(isNative('a/notion-eeeeeeeeeeee-1@x', home)).toBe(false);
  });
});
