import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DESCRIPTION_LIMIT } from '#src/workspaces/trello/limits.ts';
import { markerOf, readMarker, roomBeside, withMarker } from '#src/workspaces/trello/marker.ts';
import { aKey, anyText } from './texts.ts';

const KEY = 'comprendre/date-entree-en-vigueur';

describe('a marker', () => {
  it('is the last line, as code, and shows the key', () => {
    expect(withMarker('Lire la loi.', KEY)).toBe(`Lire la loi.\n\n\`jalon-ref:${KEY}\``);
    expect(withMarker('', 'a/b#c')).toBe('`jalon-ref:a/b#c`');
  });

  it('of any key is read again beside any text, and takes nothing from the text', () => {
    fc.assert(
      fc.property(aKey, anyText, (key, text) => {
        const read = readMarker(withMarker(text, key));

        expect(read.key).toBe(key);
        expect(read.text).toBe(text.replace(/\r\n?/g, '\n').trim());
      }),
    );
  });

  it('has room beside the longest text that fits, and is never cut', () => {
    const longest = 'x'.repeat(roomBeside(KEY));

    expect(withMarker(longest, KEY)).toHaveLength(DESCRIPTION_LIMIT);
    expect(readMarker(withMarker(longest, KEY)).key).toBe(KEY);
    expect(() => withMarker(`${longest}x`, KEY)).toThrow(RangeError);
  });
});

describe('people', () => {
  const marker = markerOf(KEY);

  it.each([
    ['write below it', `Lire.\n\n${marker}\nPuis appeler Paul.`, 'Lire.\nPuis appeler Paul.'],
    ['write before and behind it on its line', `Voir ${marker} et Paul.`, 'Voir\net Paul.'],
    ['take off its quotes', `Lire.\n\njalon-ref:${KEY}`, 'Lire.'],
    ['put it in bold', `Lire.\n\n**jalon-ref:${KEY}**`, 'Lire.'],
    ['begin it with a capital, with blanks', `Lire.\n\nJalon-ref\u00a0: ${KEY}`, 'Lire.'],
    ['make a link of it', `Lire.\n\n[jalon-ref:${KEY}](jalon-ref:${KEY} "x")`, 'Lire.'],
    ['end it like a sentence', `Lire.\n\njalon-ref:${KEY}.`, 'Lire.\n.'],
    [
      'let an editor escape it',
      `Lire.\n\njalon\\-ref:${KEY.replace('/', '\\/').replaceAll('-', '\\-')}`,
      'Lire.',
    ],
    ['move it to the top', `${marker}\n\nLire.`, 'Lire.'],
    ['use other line ends', `Lire.\r\n\r\n${marker}\r\n`, 'Lire.'],
  ])('who %s keep the card known, and their words', (_what, description, text) => {
    expect(readMarker(description)).toEqual({ key: KEY, text });
  });

  it('who paste another description into one do not change whose it is', () => {
    const both = `Lire.\n\n${markerOf('autre/tache')}\nMerci.\n\n${marker}`;

    const read = readMarker(both);

    expect(read.key).toBe(KEY);
    expect(read.text).toContain('autre/tache');
  });

  it.each([
    'Jalon : signature du contrat',
    'jalon: comprendre/date',
    'le-jalon-reference:x',
    'unjalon-ref:x',
    'jalon-ref:',
    'jalon-ref: %',
    'jalon-ref:%ZZ',
    '',
  ])('who write %j name no card', (text) => {
    expect(readMarker(text)).toEqual({ key: undefined, text });
  });

  it('may write anything at all', () => {
    fc.assert(fc.property(anyText, (text) => void readMarker(text)));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readMarker(text)));
  });
});

describe('the time it takes to look for a marker', () => {
  it.each(['`', '*', 'jalon-ref:', 'jalon-ref:a](', '\\', '%', '[jalon-ref:a/'])(
    'stays short in a description full of %j',
    (piece) => {
      const text = piece.repeat(Math.ceil(DESCRIPTION_LIMIT / piece.length));
      const start = performance.now();

      readMarker(text);

      expect(performance.now() - start).toBeLessThan(500);
    },
  );
});
