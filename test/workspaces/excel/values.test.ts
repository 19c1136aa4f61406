import { describe, expect, it } from 'vitest';
import { fromSerial, parseDate, toSerial } from '#src/workspaces/excel/dates.ts';
import { shiftFormula } from '#src/workspaces/excel/formula.ts';
import { cellText, decodeEscapes, encodeEscapes, fitValue } from '#src/workspaces/excel/text.ts';
import { Vocabulary } from '#src/workspaces/excel/vocabulary.ts';

describe('dates', () => {
  it.each([
    ['2027-01-12', '2027-01-12'],
    ['2027-01-12T08:00:00Z', '2027-01-12'],
    ['12/01/2027', '2027-01-12'],
    ['12/1/27', '2027-01-12'],
    [' 12.01.2027 ', '2027-01-12'],
    ['12-01-2027', '2027-01-12'],
    ['mar. 12/01/2027', '2027-01-12'],
    ['12 janvier 2027', '2027-01-12'],
    ['Mardi 12 janv. 2027', '2027-01-12'],
    ['1er mars 2027', '2027-03-01'],
    ['1\u00a0août 2027', '2027-08-01'],
    ['3 February 2027', '2027-02-03'],
    ['29/02/2028', '2028-02-29'],
  ])('typed as %s are read', (typed, iso) => {
    expect(parseDate(typed)).toBe(iso);
  });

  it.each([
    '',
    'bientôt',
    '31/02/2027',
    '29/02/2027',
    '13/13/2027',
    '2027',
    '12/2027',
    '0/1/2027',
    '12 lundi 2027',
  ])('typed as %j are none', (typed) => {
    expect(parseDate(typed)).toBeUndefined();
  });

  it('are the numbers that Excel counts in, in both of its calendars', () => {
    expect(toSerial('2027-01-12', false)).toBe(46_399);
    expect(toSerial('2027-01-12', true)).toBe(44_937);
    expect(fromSerial(46_399.75, false)).toBe('2027-01-12');
    expect(fromSerial(44_937, true)).toBe('2027-01-12');
  });

  it('stay text where Excel and the calendar disagree', () => {
    expect(toSerial('1900-02-28', false)).toBeUndefined();
    expect(toSerial('1789-07-14', false)).toBeUndefined();
    expect(fromSerial(0, false)).toBeUndefined();
    expect(fromSerial(Number.NaN, false)).toBeUndefined();
  });
});

describe('texts', () => {
  it('are cut where a cell ends, never in the middle of a character', () => {
    const long = `${'a'.repeat(32_766)}😀`;

    expect(cellText(long)).toBe('a'.repeat(32_766));
    expect(cellText('a'.repeat(40_000))).toHaveLength(32_767);
  });

  it('lose what XML cannot hold, and keep all else', () => {
    expect(cellText('a\u0000b\u0008c\ufffed')).toBe('abcd');
    expect(cellText('un\r\ndeux\rtrois\tquatre')).toBe('un\ndeux\ntrois\tquatre');
    expect(cellText('\ud83d seul')).toBe('\ufffd seul');
    expect(cellText('é̂ \u202f« ok »')).toBe('é̂ \u202f« ok »');
  });

  it('that look like the escapes of a workbook stay what they are', () => {
    for (const text of ['_x0041_', '_x0041_x0042_', '_x005F_x0041_', 'a_xZZZZ_', '__x000D__']) {
      expect(decodeEscapes(encodeEscapes(text))).toBe(text);
    }
    expect(decodeEscapes('a_x000D_b')).toBe('a\rb');
  });

  it('in lists are names: without blanks, commas or doubles', () => {
    expect(fitValue([' Claire ', 'Paul, Inès', 'Claire', ''])).toEqual(['Claire', 'Paul', 'Inès']);
    expect(fitValue(Number.NaN)).toBeNull();
    expect(fitValue(false)).toBe(false);
  });
});

describe('labels', () => {
  it('are found again whatever a program or a person does to their form', () => {
    const labels = new Vocabulary([
      { key: 'a-voir', title: 'À voir ✅' },
      { key: 'l-ete', title: 'L’été' },
    ]);

    expect(labels.keyOf('a voir')).toBe('a-voir');
    expect(labels.keyOf("  L'ÉTÉ ")).toBe('l-ete');
    expect(labels.keyOf('a-voir')).toBe('a-voir');
    expect(labels.keyOf('autre')).toBeUndefined();
  });

  it('that read the same are told apart, and so are those of emoji alone', () => {
    const labels = new Vocabulary([
      { key: 'oui', title: 'Oui' },
      { key: 'yes', title: 'OUI' },
      { key: 'red', title: '🔴' },
      { key: 'green', title: '🟢' },
    ]);

    for (const { key } of labels.entries) expect(labels.keyOf(labels.labelOf(key))).toBe(key);
  });

  it('of before a rewording are still known', () => {
    const labels = new Vocabulary([{ key: 'done', title: 'Terminé' }], [{ key: 'done', title: 'Fait' }]);

    expect(labels.keyOf('fait')).toBe('done');
    expect(labels.labelOf('done')).toBe('Terminé');
  });
});

describe('a shared formula', () => {
  it.each([
    ['A1+$B2+C$3+$D$4', 2, 1, 'B3+$B4+D$3+$D$4'],
    ['\'A1 et B2\'!C3&"D4"&E5', 1, 0, '\'A1 et B2\'!C4&"D4"&E6'],
    ['SUM(A:A)+SUM($3:4)', 1, 1, 'SUM(B:B)+SUM($3:5)'],
    ['LOG10(A1)+Taux_2027+Plan!B7', 1, 0, 'LOG10(A2)+Taux_2027+Plan!B8'],
    ['IF(AA9="x",Z9,AZ9)', 0, 1, 'IF(AB9="x",AA9,BA9)'],
  ])('%s is written out %i down and %i right', (formula, rows, columns, expected) => {
    expect(shiftFormula(formula, rows, columns)).toBe(expected);
  });
});
