import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedFonts } from '#src/config/fonts.ts';
import { percent } from '#src/i18n/metrics.ts';
import { standingOutFrom } from '#src/metrics/color.ts';
import { estimateWidth, printable, shorten, wrap } from '#src/metrics/fit-text.ts';

describe('a percentage', () => {
  it.each([
    [0, '0\u202f%', '0%'],
    [0.001, '1\u202f%', '1%'],
    [0.42, '42\u202f%', '42%'],
    [0.425, '43\u202f%', '43%'],
    [0.999, '99\u202f%', '99%'],
    [1, '100\u202f%', '100%'],
  ])('of %d is said as %s and %s', (share, french, english) => {
    expect(percent('fr', share).replace('\u00a0', '\u202f')).toBe(french);
    expect(percent('en', share)).toBe(english);
  });
});

describe('wrapping', () => {
  const text = fc.string({ unit: fc.constantFrom(...'abcéŒWil’ \u00a0-') });

  it('never exceeds the width, and loses no letter', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 400 }), (words, width) => {
        const lines = wrap(words, width, 18);

        for (const line of lines) expect(estimateWidth(line, 18)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(printable(words).replaceAll(' ', ''));
      }),
    );
  });

  it('breaks between words, never at a no-break space', () => {
    expect(wrap('Choisir : la plateforme', 100, 18)).toEqual(['Choisir : la', 'plateforme']);
    expect(wrap('Choisir la\u00a0plateforme', 130, 18)).toEqual(['Choisir', 'la\u00a0plateforme']);
  });

  it('gives an empty text one empty line', () => {
    expect(wrap('', 100, 18)).toEqual(['']);
  });
});

describe('shortening', () => {
  it('leaves a text that fits as it is, and ends another after a word', () => {
    expect(shorten('Émettre ses factures', 300, 15)).toBe('Émettre ses factures');
    expect(shorten('Émettre ses factures, puis les garder', 170, 15)).toBe('Émettre ses factures…');
  });
});

describe('the estimate of a width', () => {
  it.each([
    'Choisir sa plateforme agréée ou sa solution compatible',
    'ÉMETTRE SES FACTURES PAR UNE PLATEFORME AGRÉÉE',
    'Œuvrer à l’œil : « ça va », 1 234,56 € (100 %) — ‘fin’ …',
    'wwwwwmmmmmWWWWWMMMMM@@@@@%%%%%',
    'illi.il,il;il:l’îïjt ffrrtt',
  ])('is at least what the font takes, and not a third more: %s', (text) => {
    const real = widthInFont(text);

    expect(estimateWidth(text, 100)).toBeGreaterThanOrEqual(real);
    expect(estimateWidth(text, 100)).toBeLessThan(real * 1.33);
  });
});

/** The width of the semi-bold text at 100 px, as it is drawn. */
function widthInFont(text: string): number {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const { files, family } = shippedFonts();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="200"><text y="100" font-size="100" font-weight="600" font-family="${family}">${escaped}</text></svg>`;
  const font = { loadSystemFonts: false, fontFiles: [...files] };
  return new Resvg(svg, { font }).innerBBox()?.width ?? Number.NaN;
}

describe('a printable text', () => {
  it('keeps letters of every language, and loses control characters, emoji and lost halves', () => {
    expect(printable('Été\u0007 🚀 prêt\ud800\n ✓ «\u00a0été\u00a0» 👩‍🔧 fin')).toBe(
      'Été prêt� ✓ «\u00a0été\u00a0» fin',
    );
  });
});

describe('a colour', () => {
  it('stays as its author chose it where it stands out', () => {
    expect(standingOutFrom('#eef1f4', '#2f6f9f')).toBe('#2f6f9f');
    expect(standingOutFrom('#eef1f4', '#000000')).toBe('#000000');
  });

  it('is darkened where it would vanish, and keeps its hue', () => {
    expect(standingOutFrom('#eef1f4', '#eef1f4')).not.toBe('#eef1f4');
    expect(standingOutFrom('#eef1f4', '#ffff00')).toMatch(/^#([0-9a-f]{2})\1[0]{2}$/);
  });
});
