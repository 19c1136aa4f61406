import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { BadInput, explain } from '#src/errors.ts';
import { RegistersFile, SourcesFile, StepFile, TemplateFile } from '#src/plan/template.ts';
import { parseYaml, readYaml } from '#src/plan/yaml-document.ts';

const STEP = `key: comprendre
title: { fr: Comprendre, en: Understand }
summary: { fr: Voir clair, en: See clearly }
color: "#2f6f9f"
tasks:
  - key: fiche-profil
    title: { fr: Remplir la fiche, en: Fill the sheet in }
    role: office-manager
    profile: essentiel
    due: { anchor: start, weeks: 1 }
    deliverable: { fr: Fiche, en: Sheet }
    proof: { fr: Fiche signée, en: Signed sheet }
`;

/** What the reader is told, with plain spaces for the no-break ones: their places are checked on their own. */
function told(text: string, schema: z.ZodType = StepFile, locale: 'fr' | 'en' = 'fr'): string {
  try {
    parseYaml(text, 'steps/1-comprendre.yaml', schema);
  } catch (error) {
    expect(error).toBeInstanceOf(BadInput);
    return explain(error)(locale).replace(/[\u00a0\u202f]/g, ' ');
  }
  return 'nothing wrong';
}

/** The only problem of a text, without the heading. */
function only(text: string, schema?: z.ZodType): string {
  const lines = told(text, schema).split('\n');
  expect(lines.slice(0, 3)).toEqual(['1 erreur à corriger :', '', 'steps/1-comprendre.yaml']);
  expect(lines).toHaveLength(4);
  return lines[3]?.trim() ?? '';
}

describe('what a YAML text must look like', () => {
  it('is read when nothing is wrong with it', () => {
    const step = parseYaml(STEP, 'steps/1-comprendre.yaml', StepFile);

    expect(step.tasks[0]?.title.fr).toBe('Remplir la fiche');
  });

  it('is read with a byte order mark and the line ends of Windows', () => {
    const step = parseYaml(`\ufeff${STEP.replaceAll('\n', '\r\n')}`, 'a.yaml', StepFile);

    expect(step.key).toBe('comprendre');
  });

  it.each([
    ['nothing', ''],
    ['only a comment', '# à compléter\n'],
    ['only blanks', '  \n\n'],
  ])('is not empty: %s', (_name, text) => {
    expect(only(text)).toBe('le fichier est vide. Partez d’un exemple, puis complétez-le.');
  });

  it('is not over one megabyte', () => {
    const text = `# ${'x'.repeat(10 * 1024 * 1024)}`;

    expect(only(text)).toBe('le fichier dépasse 1 Mo. Retirez ce qui n’a rien à y faire.');
  });

  it('is a text', () => {
    expect(only('PK\u0003\u0004\u0000\u0000')).toBe(
      'le fichier n’est pas un texte en UTF-8. Enregistrez-le avec l’encodage UTF-8.',
    );
  });

  it.each([
    [
      'key: a\n\ttitle: b\n',
      'ligne 2, colonne 1 : une tabulation sert de retrait. Remplacez-la par des espaces.',
    ],
    [
      'tasks:\n  - key: a\n role: b\n',
      'ligne 3, colonne 1 : le retrait de cette ligne ne correspond à aucune ligne au-dessus. Alignez-la avec ses voisines.',
    ],
    [
      'key: a\n---\nkey: b\n',
      'ligne 2, colonne 1 : une ligne « --- » ouvre une seconde partie. Gardez une seule partie par fichier.',
    ],
    [
      'title: { fr: Bonjour, en: Hello: you }\n',
      'ligne 1, colonne 27 : un deux-points suivi d’une espace coupe ce texte en deux. Mettez le texte entre guillemets droits ("…").',
    ],
    [
      'title: Attention: danger\n',
      'ligne 1, colonne 8 : un deux-points suivi d’une espace coupe ce texte en deux. Mettez le texte entre guillemets droits ("…").',
    ],
    [
      'key: a\ntitle\ncolor: b\n',
      'ligne 2, colonne 1 : une clé suivie de deux-points (« clé: valeur ») était attendue. Ajoutez les deux-points, ou mettez le texte entre guillemets droits ("…").',
    ],
    [
      'key: a\ntitle: "b\ncolor: c\n',
      'ligne 2, colonne 8 : le guillemet droit ouvert ici n’est jamais refermé. Refermez-le.',
    ],
    [
      'key: a\ntitle: { fr: b, en: c\ncolor: d\n',
      'ligne 2, colonne 8 : l’accolade ou le crochet ouvert ici n’est pas refermé. Refermez-le.',
    ],
    [
      "title: 'l'étape'\n",
      'ligne 1, colonne 11 : ce texte n’est pas à sa place. Vérifiez le retrait et les guillemets de cette ligne et de celle qui précède.',
    ],
    [
      'title: @marie\n',
      'ligne 1, colonne 8 : un texte ne peut pas commencer par « @ ». Mettez-le entre guillemets droits ("…").',
    ],
    [
      'title: "C:\\qui"\n',
      'ligne 1, colonne 11 : la barre « \\ » introduit ici un caractère qui n’existe pas. Doublez-la (« \\\\ »).',
    ],
    ['title: !secret x\n', 'ligne 1, colonne 8 : l’indication « !secret » n’est pas admise. Retirez-la.'],
    ['[a, b]: c\n', 'ligne 1, colonne 1 : une clé doit être un texte simple, sur une ligne.'],
    [
      'key:\u00a0a\ncolor: b\n',
      'ligne 1, colonne 5 : une espace insécable s’est glissée dans la structure du fichier. Remplacez-la par une espace ordinaire.',
    ],
    ['- a\n- b\n', 'ligne 1, colonne 1 : trouvé une liste, attendu un groupe de clés.'],
    ['bonjour\n', 'ligne 1, colonne 1 : trouvé « bonjour », attendu un groupe de clés.'],
  ])('is well formed: %j', (text, problem) => {
    expect(only(text)).toBe(problem);
  });

  it('has each key once', () => {
    expect(only(`${STEP}color: "#000000"\n`)).toBe(
      'ligne 13, colonne 1 : la clé « color » est écrite deux fois. Gardez-en une.',
    );
  });

  it('has no merge keys', () => {
    expect(only(STEP.replace('role:', '<<: { with: [a] }\n    role:'))).toContain(
      'ligne 8, colonne 5 : la clé « << », qui fusionne deux groupes, n’est pas admise.',
    );
  });
});

describe('texts that would cost too much to read', { timeout: 60_000 }, () => {
  it('refuses references, of which a few lines can stand for gigabytes', () => {
    const names = [...'abcdefghij'];
    const bomb = names.map((name, i) => `${name}: &${name} [${`*${names[i - 1] ?? name},`.repeat(9)}]`);

    const text = told(['z: &z x', ...bomb.slice(1)].join('\n'));

    expect(text).toContain(
      'ligne 2, colonne 8 : le renvoi « *a » n’est pas admis. Recopiez la valeur à cet endroit.',
    );
    expect(text.split('\n')).toHaveLength(3 + 12 + 2);
  });

  it('refuses a value that refers to itself', () => {
    expect(only('key: &x [*x]')).toBe(
      'ligne 1, colonne 10 : le renvoi « *x » n’est pas admis. Recopiez la valeur à cet endroit.',
    );
  });

  it.each([
    ['brackets', '['.repeat(20_000)],
    ['closed brackets', `key: ${'['.repeat(400)}${']'.repeat(400)}`],
    ['braces', '{a: '.repeat(5_000)],
    ['dashes', `${'- '.repeat(5_000)}x`],
    ['indentation', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['conditions', `when: ${'{ not: '.repeat(200)}{}${' }'.repeat(200)}`],
  ])('refuses levels without end: %s', (_name, text) => {
    expect(told(text)).toContain('trop de niveaux sont imbriqués les uns dans les autres.');
  });

  it('reads tens of thousands of keys in a moment', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n');

    const start = performance.now();
    told(text);

    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

describe('what the keys of a text must hold', () => {
  it('tells every problem at once, in the order of the lines', () => {
    const text = `key: A B
titel: x
title: { fr: Comprendre }
summary: { fr: "", en: " " }
color: bleu
tasks:
  - key: 3
    due: { anchor: start, weeks: 200 }
    repeat: { every: 1.5, unit: day }
    critical: oui
    checklist: []
`;

    expect(told(text)).toBe(`17 erreurs à corriger :

steps/1-comprendre.yaml
  ligne 1, colonne 6 : trouvé « A B », attendu des minuscules sans accent, des chiffres et des tirets (« fiche-profil »).
  ligne 2, colonne 1 : la clé « titel » est inconnue ici. Vouliez-vous écrire « title » ?
  ligne 3, colonne 8 : la traduction anglaise (« en ») manque. Ajoutez-la.
  ligne 4, colonne 16 : la traduction française est vide. Écrivez-la.
  ligne 4, colonne 24 : la traduction anglaise est vide. Écrivez-la.
  ligne 5, colonne 8 : trouvé « bleu », attendu une couleur de la forme "#2f6f9f", entre guillemets droits.
  ligne 7, colonne 5 : la clé « title » manque. Ajoutez-la.
  ligne 7, colonne 5 : la clé « role » manque. Ajoutez-la.
  ligne 7, colonne 5 : la clé « profile » manque. Ajoutez-la.
  ligne 7, colonne 5 : la clé « deliverable » manque. Ajoutez-la.
  ligne 7, colonne 5 : la clé « proof » manque. Ajoutez-la.
  ligne 7, colonne 10 : trouvé « 3 », attendu un texte. Mettez des guillemets droits : "3".

Et 5 autres erreurs, à voir une fois celles-ci corrigées.`);
  });

  it('says the same in English', () => {
    expect(told(STEP.replace('color:', 'colour:'), StepFile, 'en')).toBe(`2 errors to mend:

steps/1-comprendre.yaml
  line 1, column 1: the key “color” is missing. Add it.
  line 4, column 1: the key “colour” is unknown here. Did you mean “color”?`);
  });

  it.each([
    ['weeks: 1', 'weeks: 200', 'ligne 10, colonne 34 : trouvé « 200 », attendu 104 ou moins.'],
    ['weeks: 1', 'weeks: -200', 'ligne 10, colonne 34 : trouvé « -200 », attendu -104 ou plus.'],
    ['weeks: 1', 'weeks: bientôt', 'ligne 10, colonne 34 : trouvé « bientôt », attendu un nombre.'],
    ['weeks: 1', 'weeks: ', 'ligne 10, colonne 27 : trouvé rien, attendu un nombre.'],
    ['weeks: 1', 'weeks: .inf', 'ligne 10, colonne 34 : trouvé « .inf », attendu un nombre.'],
    [
      'essentiel',
      'essentiel\n    critical: oui',
      'ligne 10, colonne 15 : trouvé « oui », attendu « true » ou « false ».',
    ],
    [
      'essentiel',
      'essentiel\n    checklist: []',
      'ligne 10, colonne 16 : la liste est vide. Donnez au moins un élément, ou retirez la clé.',
    ],
    ['essentiel', 'essentiel\n    with: tous', 'ligne 10, colonne 11 : trouvé « tous », attendu une liste.'],
    [
      'essentiel',
      'essentiel\n    repeat: { every: 1, unit: jour }',
      'ligne 10, colonne 31 : trouvé « jour », attendu « week », « month » ou « year ».',
    ],
    [
      'essentiel',
      'essentiel\n    repeat: { every: 1.5, unit: week }',
      'ligne 10, colonne 22 : trouvé « 1.5 », attendu un nombre entier.',
    ],
    [
      'essentiel',
      'essentiel\n    dependsOn: [autre]',
      'ligne 10, colonne 17 : trouvé « autre », attendu l’étape et la tâche séparées par une barre (« comprendre/fiche-profil »).',
    ],
    [
      'essentiel',
      'essentiel\n    when: { not: { any: [{ size: [petite] }] } }',
      'ligne 10, colonne 35 : trouvé « petite », attendu « micro », « pme », « eti » ou « ge ».',
    ],
    [
      'essentiel',
      'essentiel\n    when: { not: { any: [{ siez: [micro] }] } }',
      'ligne 10, colonne 28 : la clé « siez » est inconnue ici. Vouliez-vous écrire « size » ?',
    ],
    [
      'essentiel',
      'essentiel\n    when: { taille: [micro] }',
      'ligne 10, colonne 13 : la clé « taille » est inconnue ici. Attendu : « size », « vat », « facts », « any » ou « not ».',
    ],
    [
      'key: fiche-profil',
      'key: 012',
      'ligne 6, colonne 10 : trouvé « 012 », attendu un texte. Mettez des guillemets droits : "012".',
    ],
  ])('%s -> %s', (before, after, problem) => {
    expect(only(STEP.replace(before, after))).toBe(problem);
  });

  it.each([
    [
      'date: 2026-02-30',
      'ligne 5, colonne 11 : trouvé « 2026-02-30 », attendu une date qui existe, de la forme 2027-09-01.',
    ],
    [
      'date: 01/09/2027',
      'ligne 5, colonne 11 : trouvé « 01/09/2027 », attendu une date qui existe, de la forme 2027-09-01.',
    ],
    ['reference: ""', 'ligne 5, colonne 16 : le texte est vide. Écrivez-le, ou retirez la clé.'],
  ])('refuses a source with %s', (line, problem) => {
    const source = `sources:\n  - id: cgi-289\n    title: { fr: a, en: b }\n    url: https://example.org\n    ${line}\n    confidence: sure\n    verifiedOn: 2026-11-01\n`;

    expect(only(source, SourcesFile)).toBe(problem);
  });

  it('refuses an address that is not https', () => {
    const source =
      'sources: [{ id: a, title: { fr: a, en: b }, url: "http://x", confidence: sure, verifiedOn: 2026-11-01 }]';

    expect(only(source, SourcesFile)).toContain(
      'trouvé « http://x », attendu une adresse qui commence par https://.',
    );
  });

  it('says which branch of a value is wanted, and what is missing in the one that was meant', () => {
    const registers = `registers:
  - key: outils
    title: { fr: a, en: b }
    summary: { fr: a, en: b }
    step: comprendre
    columns: [{ key: nom, title: { fr: a, en: b }, type: select }]
    rows: [{ key: a, values: { nom: { fr: a }, Type: x, autre: [1] } }]
`;

    expect(told(registers, RegistersFile)).toBe(`4 erreurs à corriger :

steps/1-comprendre.yaml
  ligne 6, colonne 15 : une colonne de type « select » a besoin de la clé « options », et elle seule peut l’avoir.
  ligne 7, colonne 37 : la traduction anglaise (« en ») manque. Ajoutez-la.
  ligne 7, colonne 48 : trouvé « Type », attendu des minuscules sans accent, des chiffres et des tirets (« fiche-profil »).
  ligne 7, colonne 64 : trouvé une liste, attendu un groupe de clés, un texte, un nombre ou « true » ou « false ».`);
  });

  it('never shows more of a value than fits on a line, nor what a terminal would obey', () => {
    const text = STEP.replace('"#2f6f9f"', `"\\e[2J${'long '.repeat(100)}"`);

    const shown = only(text);

    expect(shown).not.toContain('\u001b');
    expect(shown.length).toBeLessThan(160);
  });
});

describe('the typography of French', () => {
  it('keeps colons, question marks and quotes with what they belong to', () => {
    const wrong = STEP.replace('color:', 'colr:').replace('weeks: 1', 'weeks: x');
    const { problems } = readYaml(wrong, 'a.yaml', StepFile);
    const words = problems.map(({ said }) => said('fr')).join(' ');

    expect(words).not.toMatch(/ [:;?!»]|« /);
    expect(words).toContain('Vouliez-vous écrire «\u00a0color\u00a0»\u202f?');
  });
});

describe('a place in a text', () => {
  const document = readYaml(STEP, 'steps/1-comprendre.yaml', StepFile);
  const at = (path: readonly (string | number)[], part?: 'key' | 'value') => {
    const { line, column } = document.problemAt(path, () => '', part);
    return [line, column];
  };

  it('is that of the value, or of its key when asked', () => {
    expect(at(['tasks', 0, 'due', 'weeks'])).toEqual([10, 34]);
    expect(at(['tasks', 0, 'due', 'weeks'], 'key')).toEqual([10, 27]);
  });

  it('is that of what would hold it, where nothing stands', () => {
    expect(at(['tasks', 0, 'with', 3])).toEqual([6, 5]);
    expect(at(['tasks', 7])).toEqual([6, 3]);
    expect(at([])).toEqual([1, 1]);
  });
});

describe('any text', { timeout: 60_000 }, () => {
  const schemas = [StepFile, TemplateFile, RegistersFile, SourcesFile] as const;
  const refusedOrRead = (text: string, schema: z.ZodType) => {
    try {
      parseYaml(text, 'a.yaml', schema);
    } catch (error) {
      expect(error).toBeInstanceOf(BadInput);
      const words = explain(error);
      expect(words('fr')).not.toMatch(/undefined|NaN|\[object|expected|ZodError|YAML/);
      expect(words('en').split('\n').length).toBeLessThanOrEqual(24);
    }
  };

  it('is read or refused with a clear word, whatever one change of a good file', () => {
    const piece = fc.constantFrom(
      ...[
        '',
        ' ',
        '\n',
        '\t',
        ':',
        ': ',
        '- ',
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        '#',
        '&a ',
        '*a',
        '!',
        '|',
        '>',
        '?',
        '%',
        '@',
      ],
      ...[
        '<<: ',
        '---\n',
        '...\n',
        'null',
        '~',
        '.nan',
        '1',
        'true',
        '__proto__: ',
        'constructor: ',
        '\u00a0',
        '\u0000',
        '\ud800',
      ],
    );
    const change = fc.record({ at: fc.nat(STEP.length), cut: fc.nat(12), piece });

    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const text = changes.reduce(
          (before, { at, cut, piece }) => before.slice(0, at) + piece + before.slice(at + cut),
          STEP,
        );
        refusedOrRead(text, StepFile);
      }),
      { numRuns: 150 },
    );
  });

  it('is read or refused with a clear word, whatever values its keys hold', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(...schemas), (json, schema) => refusedOrRead(json, schema)),
      { numRuns: 150 },
    );
  });

  it('is read or refused with a clear word, even when it is no YAML at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => refusedOrRead(text, StepFile)),
      { numRuns: 150 },
    );
  });
});
