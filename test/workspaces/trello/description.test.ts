import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import { type CardText, describeTask, readTask } from '#src/workspaces/trello/description.ts';
import { fitField } from '#src/workspaces/trello/fit.ts';
import { DESCRIPTION_LIMIT } from '#src/workspaces/trello/limits.ts';
import { splitNames } from '#src/workspaces/trello/markdown.ts';
import { markerOf, readMarker } from '#src/workspaces/trello/marker.ts';
import { BLUEPRINT, CONTEXT, SOURCES, TASK_KEYS } from './plan.ts';
import { aKey, anyText } from './texts.ts';

const RUNS = 300;
const KEY = 'choisir/plateforme';
const ITEM = { key: KEY, kind: 'task', parent: 'plan' } as const;
const FIELDS: Fields = {
  description: 'Trois offres à comparer.\n\n- prix\n- formats',
  deliverable: 'Un comparatif',
  proof: 'Le comparatif signé',
  repeat: 'Tous les trois mois',
  with: ['accountant'],
  dependsOn: ['comprendre/lire', 'choisir/code'],
  sources: ['faq', 'faq-2', 'bracket'],
  required: true,
  notes: 'Appeler Paul.',
};

const write = (text: Partial<CardText>) =>
  describeTask({ fields: FIELDS, others: [], ...text }, KEY, CONTEXT).text;
const read = (description: string) => readTask(description, CONTEXT);
const readFields = (description: string) => read(description).fields;
/** What is read of all fields: `required` is only said. */
const { required: _, ...READ } = FIELDS;

describe('a description', () => {
  it('leads with its text, has a section for each field, and ends with notes and the marker', () => {
    expect(write({ others: ['Jeanne'] })).toBe(
      [
        '**Exigé par la loi**',
        'Trois offres à comparer.\n\n- prix\n- formats',
        '### Livrable\nUn comparatif',
        '### Preuve à garder\nLe comparatif signé',
        '### Répétition\nTous les trois mois',
        '### Personnes (hors Trello)\n- Jeanne',
        '### Avec\n- Comptable, interne',
        '### Après\n- Lire la loi\n- \\`npm`',
        '### Sources\n- [Foire aux questions (impots.gouv.fr)](https://www.impots.gouv.fr/faq_%282026%29?a=1)\n- [La même page](https://www.impots.gouv.fr/faq_%282026%29?a=1)\n- [Décret \\[brouillon\\]_2*](https://example.org/decret)',
        '### Notes\nAppeler Paul.',
        `\`jalon-ref:${KEY}\``,
      ].join('\n\n'),
    );
  });

  it('says the same when it is read', () => {
    const reading = read(write({ others: ['Jeanne', 'Ada'] }));

    expect(reading).toEqual({ key: KEY, fields: READ, others: ['Jeanne', 'Ada'], kept: {} });
  });

  it('has no section for blank fields, except for notes', () => {
    expect(write({ fields: {} })).toBe(`### Notes\n\n\`jalon-ref:${KEY}\``);
    expect(readFields(write({ fields: {} }))).toEqual({ description: '', notes: '' });
  });

  it('shows keys that have no words, or words that are not theirs alone, as keys', () => {
    const fields = { dependsOn: ['a/un', 'a/deux', 'gone/task'], sources: ['gone'], with: ['gone'] };

    const text = write({ fields });

    expect(text).toContain('- `a/un`\n- `a/deux`\n- `gone/task`');
    expect(readFields(text)).toMatchObject(fields);
  });

  it('is read in the other language, too', () => {
    const english = describeTask({ fields: FIELDS, others: [] }, KEY, { ...CONTEXT, locale: 'en' }).text;

    expect(english).toContain('### Proof to keep');
    expect(readFields(english)).toEqual(READ);
  });

  it('of any fields says them as they fit, beside any key', () => {
    const aText = anyText;
    const someFields = fc.record(
      {
        description: aText,
        deliverable: aText,
        proof: aText,
        repeat: aText,
        notes: aText,
        with: fc.subarray(BLUEPRINT.roles.map(({ key }) => key)),
        dependsOn: fc.subarray(TASK_KEYS),
        sources: fc.subarray([...SOURCES.keys(), 'gone']),
        required: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(someFields, fc.array(anyText, { maxLength: 3 }), aKey, (fields, names, key) => {
        const others = splitNames(names.join(','));
        const { text, cut } = describeTask({ fields, others }, key, CONTEXT);

        const reading = readTask(text, CONTEXT);

        expect(cut).toEqual([]);
        expect(reading.key).toBe(key);
        expect(reading.kept).toEqual({});
        expect(reading.others).toEqual(others);
        for (const [field, value] of Object.entries(fields)) {
          if (field === 'required') continue;
          const fitted = fitField(ITEM, field, value, BLUEPRINT);
          expect([field, sameValue(reading.fields[field], fitted)]).toEqual([field, true]);
        }
        expect(describeTask({ fields: { ...fields, ...reading.fields }, others }, key, CONTEXT).text).toBe(
          text,
        );
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a description that people have edited', () => {
  it('gives their words to the field where they stand', () => {
    const text = write({})
      .replace('Un comparatif', 'Un comparatif daté')
      .replace('Appeler Paul.', 'Appeler Ada.');

    expect(readFields(text)).toEqual({ ...READ, deliverable: 'Un comparatif daté', notes: 'Appeler Ada.' });
  });

  it('is understood with headings of another form', () => {
    const text = write({})
      .replace('### Livrable', '**Livrable\u00a0:**')
      .replace('### Notes', '# notes')
      .replace('### Sources', '## *Sources* ##')
      .replace('### Avec', '__Avec__');

    expect(readFields(text)).toEqual(READ);
  });

  it('is understood when the editor has escaped and linked what it saw', () => {
    const text = write({})
      .replace('Un comparatif', 'Un comparatif \\(daté\\) 1\\. \\*')
      .replace('- Lire la loi', '* Lire la loi')
      .replace(
        /\[Foire[^\n]*/,
        '[https://www.impots.gouv.fr/faq_(2026)?a=1](https://www.impots.gouv.fr/faq_%282026%29?a=1 "smartCard-inline")',
      );

    expect(readFields(text)).toEqual({ ...READ, deliverable: 'Un comparatif (daté) 1. *' });
  });

  it('says nothing of a field whose heading is gone, and a blank where only the text is', () => {
    const text = write({}).replace('### Livrable\nUn comparatif\n\n', '').replace('Le comparatif signé', '');

    const fields = readFields(text);

    expect(fields).not.toHaveProperty('deliverable');
    expect(fields.proof).toBe('');
  });

  it('takes what they write between the entries of a list, or below the marker, for notes', () => {
    const text = write({}).replace('- Lire la loi', 'Voir avec Ada\n- Lire la loi');

    const reading = read(`${text}\nMerci !`);

    expect(reading.fields).toEqual({ ...READ, notes: 'Appeler Paul.\nMerci !\n\nVoir avec Ada' });
    expect(readFields(write({ fields: { ...FIELDS, ...reading.fields } }))).toEqual(reading.fields);
  });

  it('keeps the entries that we do not understand, and says nothing of their field', () => {
    const text = write({})
      .replace('- Lire la loi', '- Lire la loi\n- Appeler la banque')
      .replace('- [La même', '- [Notre note](https://martin.example)\n- [La même');

    const { fields, kept } = read(text);
    const again = read(write({ kept }));

    expect(fields).not.toHaveProperty('dependsOn');
    expect(fields).not.toHaveProperty('sources');
    expect(kept).toEqual({
      dependsOn: ['Appeler la banque'],
      sources: ['[Notre note](https://martin.example)'],
    });
    expect(again.kept).toEqual(kept);
  });

  it('is all text where a person has written it alone', () => {
    expect(read('Acheter du papier\n\n- A4')).toEqual({
      key: undefined,
      fields: { description: 'Acheter du papier\n\n- A4' },
      others: undefined,
      kept: {},
    });
  });

  it('says nothing where it was emptied', () => {
    expect(read('')).toEqual({ key: undefined, fields: {}, others: undefined, kept: {} });
    expect(read(markerOf(KEY)).fields).toEqual({});
  });

  it('never makes us throw, and settles once it was written', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { fields, kept, others = [] } = read(text);

        const settled = read(write({ fields, kept, others }));

        expect(settled.kept).toEqual(kept);
        for (const [field, value] of Object.entries(fields)) {
          expect([field, sameValue(settled.fields[field], value)]).toEqual([field, true]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a description that Trello cannot hold', () => {
  const long = (letter: string, length: number) => `${letter.repeat(9)} `.repeat(length / 10);
  const fields = { ...FIELDS, description: long('d', 12_000), notes: long('n', 12_000) };

  it('has its longest texts cut, and tells which', () => {
    const { text, cut } = describeTask({ fields, others: [] }, KEY, CONTEXT);

    expect(cut).toEqual(['description', 'notes']);
    expect(text.length).toBeLessThanOrEqual(DESCRIPTION_LIMIT);
    expect(text.length).toBeGreaterThan(DESCRIPTION_LIMIT - 100);
    expect(text).toContain('*(La suite est trop longue pour Trello.)*');
    expect(readMarker(text).key).toBe(KEY);
  });

  it('says nothing of them, and all of the others', () => {
    const { description, notes, ...others } = readFields(
      describeTask({ fields, others: [] }, KEY, CONTEXT).text,
    );

    expect([description, notes]).toEqual([undefined, undefined]);
    const { description: _d, notes: _n, ...whole } = READ;
    expect(others).toEqual(whole);
  });

  it('cuts a list between its entries', () => {
    const dependsOn = Array.from({ length: 2_000 }, (_, index) => `gone/task-${index}`);
    const { text, cut } = describeTask({ fields: { dependsOn }, others: [] }, KEY, CONTEXT);

    expect(cut).toEqual(['dependsOn']);
    expect(text).toMatch(/\n- `gone\/task-\d+`\n\*\(La suite/);
    expect(readFields(text)).not.toHaveProperty('dependsOn');
  });

  it('keeps the words that people add to it', () => {
    const { text } = describeTask({ fields, others: [] }, KEY, CONTEXT);
    const edited = text
      .replace('- Lire la loi', 'Voir Ada\n- Lire la loi')
      .replace(/^d{9} .*\n\*\(La suite.*$/m, 'Court.');

    expect(readFields(edited).description).toBe('Court.\n\nVoir Ada');
  });

  it('fits whatever the lengths, with a marker that can be read and no half characters', () => {
    const aLength = fc.nat({ max: 20_000 });
    const aUnit = fc.constantFrom('a', '漢', '👩‍🚒', '\\*', '- x\n', '### Notes\n');
    const aLong = fc
      .tuple(aUnit, aLength)
      .map(([unit, length]) => unit.repeat(Math.ceil(length / unit.length)));
    fc.assert(
      fc.property(
        fc.record({ description: aLong, deliverable: aLong, proof: aLong, notes: aLong }),
        aKey,
        (all, key) => {
          const { text } = describeTask({ fields: all, others: [] }, key, CONTEXT);

          expect(text.length).toBeLessThanOrEqual(DESCRIPTION_LIMIT);
          expect(text.isWellFormed()).toBe(true);
          expect(readTask(text, CONTEXT).key).toBe(key);
          for (const [field, value] of Object.entries(readTask(text, CONTEXT).fields)) {
            const fitted = fitField(ITEM, field, all[field as keyof typeof all] ?? '', BLUEPRINT);
            expect([field, sameValue(value, fitted)]).toEqual([field, true]);
          }
        },
      ),
      { numRuns: RUNS / 5 },
    );
  });
});

describe('the time it takes to read a description', () => {
  it.each(['**', '- [', '](', '### ', '\\', ' ', '[https://a](', '*(', '- x ', ':', '`', '\n'])(
    'stays short when it is full of %j',
    (piece) => {
      const text = `- [${piece.repeat(Math.ceil(DESCRIPTION_LIMIT / piece.length))}x)`;
      const start = performance.now();

      read(`### Sources\n${text}`);

      expect(performance.now() - start).toBeLessThan(500);
    },
  );
});

describe('a text that was cut when it was written', () => {
  const whole = { ...FIELDS, notes: `Début. ${'Une phrase de plus. '.repeat(1000)}Fin.` };
  const shown = write({ fields: whole });

  it('says nothing while it is how the whole begins', () => {
    expect(readTask(shown, CONTEXT, whole).fields).not.toHaveProperty('notes');
  });

  it('says what people have made of it, without the sign', () => {
    const { fields } = readTask(shown.replace('Début.', 'Un autre début.'), CONTEXT, whole);

    expect(fields.notes).toMatch(/^Un autre début\. /);
    expect(fields.notes).not.toContain('trop longue');
  });

  it('says nothing where nobody knows the whole', () => {
    expect(readTask(shown.replace('Début.', 'Un autre début.'), CONTEXT).fields).not.toHaveProperty('notes');
  });
});
