import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import { commentText, fitComment, isCommentCut, readComment } from '#src/workspaces/trello/comment-text.ts';
import { COMMENT_LIMIT } from '#src/workspaces/trello/limits.ts';
import { markerOf } from '#src/workspaces/trello/marker.ts';

const CONTEXT = { locale: 'fr', timeZone: 'Europe/Paris' } as const;
const KEY = 'first/two@notion-1a2b';

function comment(fields: Item['fields'] = {}, key = KEY): Item {
  return {
    key,
    kind: 'comment',
    parent: key.slice(0, key.indexOf('@')),
    fields: {
      text: 'Vu avec la banque',
      author: 'Claire',
      origin: 'notion',
      at: '2026-11-12T22:30:00.000Z',
      archived: false,
      ...fields,
    },
  };
}

function written(fields: Item['fields'] = {}, locale: 'fr' | 'en' = 'fr'): string {
  return commentText(comment(fields), { ...CONTEXT, locale });
}

describe('a comment from elsewhere', () => {
  it('tells of whom it is, where and when it was written, and bears its key', () => {
    const lines = written().split('\n\n');

    expect(lines.slice(0, 2)).toEqual([
      '**Claire (Notion), 12\u00a0novembre\u00a02026**',
      'Vu avec la banque',
    ]);
    expect(lines[2]).toMatch(/^`jalon-ref:first\/two%40notion-1a2b%20\w+%20notion`$/);
    expect(written({}, 'en')).toContain('**Claire (Notion), 12\u00a0November\u00a02026**');
  });

  it('is dated in the time zone of the team', () => {
    expect(written({ at: '2026-11-12T23:30:00.000Z' })).toContain('13\u00a0novembre');
  });

  it('of Jalon itself is its text with a signature', () => {
    const lines = written({ origin: 'jalon', author: 'Jalon', text: 'En retard de trois jours.' }).split(
      '\n\n',
    );

    expect(lines.slice(0, 2)).toEqual(['En retard de trois jours.', '– Jalon']);
    expect(lines).toHaveLength(3);
  });

  it.each([
    ['nobody’s name', { author: '' }, '**Quelqu’un (Notion), 12'],
    ['no date', { at: 'hier' }, '**Claire (Notion)**'],
    ['a tool that is not ours', { origin: 'Asana' }, '**Claire (Asana), 12'],
  ])('is shown with %s all the same', (_what, fields, expected) => {
    expect(written(fields)).toContain(expected);
  });

  it('calls nobody: neither in its text, nor by the name of its author', () => {
    const whole = written({ text: '@marc regarde, et (@claire) : a@b.fr', author: '@claire' });

    expect(whole).not.toMatch(/@(?:marc|claire)/);
    expect(whole).toContain('a@b.fr');
    expect(readComment(whole)).toMatchObject({
      text: '@marc regarde, et (@claire) : a@b.fr',
      author: '@claire',
    });
  });

  it('is read as what it was, whatever people wrote and are called', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('@', '\\', '*', '`', '\n', ' ', 'a', '#', ':', '–', 'J', '%', '(') }),
      fc.constantFrom(
        '– Jalon',
        '**gras**',
        '**Claire (Notion), hier**\n\nx',
        markerOf('first/one'),
        markerOf(KEY),
      ),
    );
    const names = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((name) => name.trim() !== '');
    const origins = fc.constantFrom('notion', 'excel', 'trello', 'jalon');

    fc.assert(
      fc.property(
        texts,
        names,
        origins,
        fc.date({ min: new Date(1), noInvalidDate: true }),
        (text, author, origin, at) => {
          const item = comment({ text, author, origin, at: at.toISOString() });
          const read = readComment(commentText(item, CONTEXT));

          expect(read.key).toBe(KEY);
          expect(read.origin).toBe(origin);
          expect(read.at).toBe(at.toISOString());
          expect(sameValue(read.text, fitComment(KEY, text, 'fr'))).toBe(true);
          expect(sameValue(read.author, origin === 'jalon' ? 'Jalon' : author)).toBe(true);
        },
      ),
    );
  });

  it('fits once it has been fitted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const fitted = fitComment(KEY, text, 'fr');

        expect(fitComment(KEY, fitted, 'fr')).toBe(fitted);
      }),
    );
  });
});

describe('a comment that is too long', () => {
  const long = `${'Mot à mot, @marc. '.repeat(2_000)}fin`;

  it('fits into Trello, and says where the whole of it is', () => {
    const whole = written({ text: long, author: 'n'.repeat(1_000) });

    expect(whole.length).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(whole.length).toBeGreaterThan(COMMENT_LIMIT - 500);
    expect(whole).toContain('Le texte entier est là où il a été écrit.');
    expect(isCommentCut(KEY, long, 'fr')).toBe(true);
    expect(fitComment(KEY, long, 'fr')).toMatch(/^Mot à mot, @marc\.[\s\S]*écrit\.\)$/);
  });

  it.each(['fr', 'en'] as const)(
    'says nothing of its text, in %s or after the language has changed',
    (locale) => {
      expect(readComment(written({ text: long }, locale))).toMatchObject({ key: KEY, text: undefined });
      expect(readComment(written({ text: long, origin: 'jalon' }, locale))).toMatchObject({
        text: undefined,
      });
    },
  );

  it('that has just room is whole', () => {
    const room = fitComment(KEY, 'x'.repeat(COMMENT_LIMIT), 'fr').length;
    const text = 'x'.repeat(room);

    expect(isCommentCut(KEY, text, 'fr')).toBe(false);
    expect(written({ text, author: 'n'.repeat(1_000) }).length).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(readComment(written({ text })).text).toBe(text);
  });
});

describe('what a person writes', () => {
  it('has no key, also when they have pasted that of a card', () => {
    const pasted = `Voir\n\n${markerOf('first/one')}`;

    expect(readComment('Vu \\*enfin\\*')).toEqual({ key: undefined, text: 'Vu *enfin*' });
    expect(readComment(pasted)).toEqual({ key: undefined, text: 'Voir' });
  });

  it('below our comment leaves its key, its author and its text', () => {
    const edited = written()
      .replace('Vu avec la banque', 'Vu avec la banque,\nenfin')
      .replace('`jalon', '\n\n**jalon');

    expect(readComment(edited)).toMatchObject({
      key: KEY,
      author: 'Claire',
      text: 'Vu avec la banque,\nenfin',
    });
  });

  it('may take away the line that told of the author', () => {
    const [, ...rest] = written({ text: '**Important**\nsuite' }).split('\n\n');

    expect(readComment(rest.join('\n\n'))).toMatchObject({ key: KEY, text: '**Important**\nsuite' });
  });
});
