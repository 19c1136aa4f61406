import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, freeSlug, slugOf } from '#src/plan/slug.ts';

describe('plan/slug', () => {
  it.each([
    ['Boulangerie Martin', 'boulangerie-martin'],
    ['Pâtisserie de l’Œuvre', 'patisserie-de-l-oeuvre'],
    ['  SARL  «\u00a0Chez Zoé\u00a0» & fils ', 'sarl-chez-zoe-fils'],
    ['=cmd|calc', 'cmd-calc'],
    ['../../etc/passwd', 'etc-passwd'],
    ['株式会社', 'entreprise'],
    ['🥖', 'entreprise'],
    ['', 'entreprise'],
    ['CON', 'entreprise-con'],
  ])('turns %j into %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it('gives one slug to both Unicode forms of a name', () => {
    expect(slugOf('Café Éclair'.normalize('NFD'))).toBe(slugOf('Café Éclair'.normalize('NFC')));
  });

  it('always gives a safe file name of at most 60 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        expect(slugOf(name)).toMatch(/^(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*$/);
      }),
    );
  });

  it('is its own slug, so that a slug can be given as a name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (name) => {
        expect(slugOf(slugOf(name))).toBe(slugOf(name));
      }),
    );
  });

  it('numbers the second and the third company of a name', () => {
    const taken = new Set(['boulangerie-martin', 'boulangerie-martin-2']);

    expect(freeSlug('boulangerie-martin', new Set())).toBe('boulangerie-martin');
    expect(freeSlug('boulangerie-martin', new Set(['boulangerie-martin']))).toBe('boulangerie-martin-2');
    expect(freeSlug('boulangerie-martin', taken)).toBe('boulangerie-martin-3');
  });

  it('folds what two spellings of a column have in common', () => {
    expect(fold('RÉGIME de Tva')).toBe('regime de tva');
  });
});
