import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSiren, isSiren, isSiret, parseSiren, parseSiret, vatNumber } from '#src/plan/siren.ts';

/** Nine digits with the check digit that Luhn asks for, worked out by trying all ten. */
const anySiren = fc
  .integer({ min: 1, max: 99_999_999 })
  .map((n) => String(n).padStart(8, '0'))
  .map((head) => head + [...'0123456789'].find((last) => luhnHolds(head + last)));

/** Luhn written another way than in the source: a table of the doubles. */
function luhnHolds(digits: string): boolean {
  const doubles = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
  const sum = [...digits].reverse().reduce((total, d, i) => total + ((i % 2 ? doubles[+d] : +d) ?? 0), 0);
  return sum % 10 === 0;
}

describe('plan/siren', () => {
  it.each(['732829320', '552100554', '404833048', '356000000', '812809234', '443061841'])(
    'accepts the SIREN %s',
    (siren) => {
      expect(isSiren(siren)).toBe(true);
    },
  );

  it.each([
    ['a wrong check digit', '552100555'],
    ['two digits swapped', '551200554'],
    ['eight digits', '55210055'],
    ['ten digits', '5521005540'],
    ['a letter', '55210055A'],
    ['digits of another script', '٥٥٢١٠٠٥٥٤'],
    ['nothing', ''],
    ['spaces only', '   '],
    ['nine zeros, which satisfy every sum', '000000000'],
    ['a SIRET', '35600000000048'],
  ])('refuses as a SIREN: %s', (_, text) => {
    expect(isSiren(text)).toBe(false);
  });

  it.each([
    '552 100 554',
    '552.100.554',
    '552-100-554',
    '552\u00a0100\u00a0554',
    '552\u202f100\u202f554',
    ' 552100554\n',
  ])('reads %j as people type it', (typed) => {
    expect(parseSiren(typed)).toBe('552100554');
  });

  it('accepts a SIRET by Luhn, and those of La Poste by their own rule', () => {
    expect(isSiret('356 000 000 00048')).toBe(true);
    expect(isSiret('35600000009075')).toBe(true);
    expect(isSiret('35600000009093')).toBe(true);
    expect(parseSiret('732 829 320.00074')).toBe('73282932000074');
    expect(isSiret('73282932000075')).toBe(false);
  });

  it('keeps La Poste’s rule for La Poste: another company under 356 must pass Luhn', () => {
    const fivefold = '35600001000014';

    expect([...fivefold].reduce((sum, d) => sum + +d, 0) % 5).toBe(0);
    expect(luhnHolds(fivefold)).toBe(false);
    expect(isSiret(fivefold)).toBe(false);
    expect(isSiret('35600000009076')).toBe(false);
  });

  it.each([
    ['404833048', 'FR83404833048'],
    ['812809234', 'FR04812809234'],
    ['443 061 841', 'FR64443061841'],
  ])('works out the VAT number of %s', (siren, vat) => {
    expect(vatNumber(siren)).toBe(vat);
  });

  it('gives no VAT number for what is not a SIREN', () => {
    expect(vatNumber('552100555')).toBeUndefined();
  });

  it('accepts every number whose check digit is right, and no other check digit', () => {
    fc.assert(
      fc.property(anySiren, fc.integer({ min: 1, max: 9 }), (siren, shift) => {
        const wrong = siren.slice(0, 8) + ((Number(siren[8]) + shift) % 10);

        expect(isSiren(siren)).toBe(true);
        expect(isSiren(wrong)).toBe(false);
      }),
    );
  });

  it('notices any single digit mistyped', () => {
    fc.assert(
      fc.property(anySiren, fc.nat(8), fc.integer({ min: 1, max: 9 }), (siren, at, shift) => {
        const mistyped = siren.slice(0, at) + ((Number(siren[at]) + shift) % 10) + siren.slice(at + 1);

        expect(isSiren(mistyped)).toBe(false);
      }),
    );
  });

  it('writes a SIREN so that it reads back the same', () => {
    fc.assert(
      fc.property(anySiren, (siren) => {
        expect(parseSiren(formatSiren(siren))).toBe(siren);
        expect(vatNumber(siren)).toMatch(new RegExp(`^FR\\d{2}${siren}$`));
      }),
    );
    expect(formatSiren('552100554')).toBe('552\u00a0100\u00a0554');
    expect(formatSiren('not one')).toBe('not one');
  });

  it('answers for any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        expect(isSiren(text) && isSiret(text)).toBe(false);
      }),
    );
  });
});
