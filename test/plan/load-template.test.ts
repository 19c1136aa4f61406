import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadInput, explain } from '#src/errors.ts';
import { parseTemplate, readTemplate, type TemplateText } from '#src/plan/load-template.ts';

const FILES: Readonly<Record<string, string>> = {
  'template.yaml': `key: petit-plan
version: 1.0.0
title: { fr: Petit plan, en: Small plan }
summary: { fr: Un plan, en: A plan }
roles:
  - { key: assistante, title: { fr: Assistante, en: Assistant } }
  - { key: direction, title: { fr: Direction, en: Management } }
profiles:
  - { key: essentiel, title: { fr: Essentiel, en: Essential }, summary: { fr: a, en: b } }
  - { key: complet, title: { fr: Complet, en: Full }, summary: { fr: a, en: b } }
facts:
  - { key: comptable, question: { fr: Un comptable ?, en: An accountant? }, default: true }
schedule:
  weeks: 40
  target: emission
  catchUpWeeks: 4
  freeze: { from: "07-14", to: "08-31" }
`,
  'calendar.yaml': `obligations:
  - id: emission
    title: { fr: Émettre, en: Issue }
    dates: [{ date: 2027-09-01 }]
    kind: deadline
    confidence: sure
    source: loi
    verifiedOn: 2026-11-01
`,
  'sources.yaml': `sources:
  - id: loi
    title: { fr: Loi, en: Law }
    url: https://example.org/loi
    confidence: sure
    verifiedOn: 2026-11-01
`,
  'registers.yaml': `registers:
  - key: outils
    title: { fr: Outils, en: Tools }
    summary: { fr: a, en: b }
    step: cadrer
    columns:
      - { key: nom, title: { fr: Nom, en: Name }, type: text }
      - { key: cout, title: { fr: Coût, en: Cost }, type: amount }
      - { key: vu, title: { fr: Vu, en: Seen }, type: checkbox }
      - { key: le, title: { fr: Le, en: On }, type: date }
      - { key: lien, title: { fr: Lien, en: Link }, type: url }
      - { key: etat, title: { fr: État, en: State }, type: select, options: [{ key: bon, title: { fr: Bon, en: Good } }] }
    rows:
      - key: caisse
        values: { nom: { fr: Caisse, en: Till }, cout: 12.5, vu: true, le: 2026-11-02, lien: "https://example.org", etat: bon }
`,
  'steps/1-cadrer.yaml': `key: cadrer
title: { fr: Cadrer, en: Frame }
summary: { fr: a, en: b }
color: "#2f6f9f"
tasks:
  - key: but
    title: { fr: Dire le but, en: Say the aim }
    role: direction
    with: [assistante]
    profile: essentiel
    required: true
    when: { facts: { comptable: true } }
    due: { anchor: start, weeks: 1 }
    checklist: [{ key: dit, title: { fr: Dit, en: Said } }]
    deliverable: { fr: a, en: b }
    proof: { fr: a, en: b }
    sources: [loi]
`,
  'steps/2-agir.yaml': `key: agir
title: { fr: Agir, en: Act }
summary: { fr: a, en: b }
color: "#9f6f2f"
tasks:
  - key: faire
    title: { fr: Faire, en: Do }
    role: assistante
    profile: essentiel
    due: { anchor: emission, weeks: -4 }
    dependsOn: [cadrer/but]
    replaces: [agir/ancien]
    deliverable: { fr: a, en: b }
    proof: { fr: a, en: b }
`,
};

/** The files of a small template, with one text replaced by another in one of them, or a file left out or added. */
function files(
  ...changes: readonly (readonly [path: string, before: string, after: string])[]
): TemplateText[] {
  const texts = { ...FILES };
  for (const [path, before, after] of changes) {
    expect(texts[path]).toContain(before);
    texts[path] = (texts[path] ?? '').replace(before, () => after);
  }
  return Object.entries(texts).map(([path, text]) => ({ path, text }));
}

function told(texts: readonly TemplateText[], folder = '', locale: 'fr' | 'en' = 'fr'): string {
  try {
    parseTemplate(texts, folder);
  } catch (error) {
    expect(error).toBeInstanceOf(BadInput);
    return explain(error)(locale).replace(/[\u00a0\u202f]/g, ' ');
  }
  return 'nothing wrong';
}

/** The only problem, as `file: what is wrong`. */
function only(texts: readonly TemplateText[], folder?: string): string {
  const [heading, , file, problem, ...others] = told(texts, folder).split('\n');
  expect([heading, ...others]).toEqual(['1 erreur à corriger :']);
  return `${file}: ${problem?.trim()}`;
}

describe('a template', () => {
  it('is assembled from its files, with the steps in the order of their numbers', () => {
    const extra = {
      path: 'steps/10-finir.yaml',
      text: (FILES['steps/2-agir.yaml'] ?? '').replace('key: agir', 'key: finir'),
    };

    const template = parseTemplate([extra, ...files().toReversed()], 'projects/templates/petit-plan');

    expect(template.steps.map(({ key }) => key)).toEqual(['cadrer', 'agir', 'finir']);
    expect(template.registers[0]?.rows?.[0]?.values.cout).toBe(12.5);
    expect(template.obligations).toHaveLength(1);
    expect(template.sources).toHaveLength(1);
  });

  it('may make a task of a small profile wait for one of a larger profile', () => {
    const texts = files(
      ['steps/1-cadrer.yaml', 'profile: essentiel', 'profile: complet'],
      ['steps/1-cadrer.yaml', '    required: true\n', ''],
    );

    expect(told(texts)).toBe('nothing wrong');
  });

  it('is the same when what its files hold is known from before', () => {
    const first = readTemplate(files());

    const again = readTemplate(files().map((file) => ({ ...file, text: '', raw: first.raw.get(file.path) })));

    expect(again.template).toEqual(first.template);
  });

  it('tells the lines of its problems even when what its files hold is known from before', () => {
    const first = readTemplate(files());
    const known = files().map((file) => ({ ...file, raw: first.raw.get(file.path) }));

    const texts = known.filter(({ path }) => path !== 'steps/1-cadrer.yaml');

    expect(told(texts)).toContain('ligne 11, colonne 17 : la tâche « cadrer/but » n’existe pas.');
  });
});

describe('the files of a template', () => {
  it('are all there', () => {
    const texts = files().filter(({ path }) => path !== 'sources.yaml' && !path.startsWith('steps/'));

    expect(told(texts, 'templates/petit-plan')).toBe(`3 erreurs à corriger :

templates/petit-plan/steps
  aucune étape. Créez au moins un fichier steps/1-<clé>.yaml.

templates/petit-plan/sources.yaml
  ce fichier manque. Créez-le.

templates/petit-plan/registers.yaml
  ligne 5, colonne 11 : aucune étape n’a la clé « cadrer ».`);
  });

  it('are no others', () => {
    const texts = [...files(), { path: 'steps/agir.yml', text: '' }];

    expect(only(texts)).toBe(
      'steps/agir.yml: ce fichier n’est pas attendu ici. Attendu : template.yaml, calendar.yaml, sources.yaml, registers.yaml, watch.yaml, automations.yaml, steps/1-….yaml. Renommez-le ou retirez-le.',
    );
  });

  it('bear the names of what they hold', () => {
    expect(only(files(), 'templates/grand-plan')).toBe(
      'templates/grand-plan/template.yaml: ligne 1, colonne 6 : trouvé « petit-plan », attendu le nom du dossier, « grand-plan ». Donnez le même nom aux deux.',
    );
    expect(only(files(['steps/2-agir.yaml', 'key: agir', 'key: jouer']))).toBe(
      'steps/2-agir.yaml: ligne 1, colonne 6 : la clé « jouer » ne va pas avec le nom du fichier. Renommez le fichier en « 2-jouer.yaml », ou changez la clé.',
    );
  });

  it('tell their own problems and those between them all at once', () => {
    const texts = files(
      ['sources.yaml', 'https', 'http'],
      ['steps/1-cadrer.yaml', 'role: direction', 'role: directeur'],
      ['steps/2-agir.yaml', '[cadrer/but]', '[cadrer/buts]'],
    );

    expect(told(texts)).toBe(`3 erreurs à corriger :

sources.yaml
  ligne 4, colonne 10 : trouvé « http://example.org/loi », attendu une adresse qui commence par https://.

steps/1-cadrer.yaml
  ligne 8, colonne 11 : le rôle « directeur » n’est pas défini dans template.yaml. Attendu : « assistante » ou « direction ».

steps/2-agir.yaml
  ligne 11, colonne 17 : la tâche « cadrer/buts » n’existe pas. Vouliez-vous écrire « cadrer/but » ?`);
  });
});

describe('the names of a template', () => {
  it.each([
    [
      'steps/1-cadrer.yaml',
      '[assistante]',
      '[stagiaire]',
      'ligne 9, colonne 12 : le rôle « stagiaire » n’est pas défini dans template.yaml. Attendu : « assistante » ou « direction ».',
    ],
    [
      'steps/1-cadrer.yaml',
      'profile: essentiel',
      'profile: esentiel',
      'ligne 10, colonne 14 : le profil « esentiel » n’est pas défini dans template.yaml. Vouliez-vous écrire « essentiel » ?',
    ],
    [
      'steps/1-cadrer.yaml',
      '{ comptable: true }',
      '{ contable: true }',
      'ligne 12, colonne 22 : la question « contable » n’est pas définie dans template.yaml (« facts »). Vouliez-vous écrire « comptable » ?',
    ],
    [
      'steps/1-cadrer.yaml',
      '{ facts: { comptable: true } }',
      '{ not: { any: [{ facts: { x: true } }] } }',
      'ligne 12, colonne 37 : la question « x » n’est pas définie dans template.yaml (« facts »). Attendu : « comptable ».',
    ],
    [
      'steps/1-cadrer.yaml',
      'en: Said }',
      'en: Said }, when: { facts: { y: true } }',
      'ligne 14, colonne 76 : la question « y » n’est pas définie dans template.yaml (« facts »). Attendu : « comptable ».',
    ],
    [
      'steps/1-cadrer.yaml',
      '[loi]',
      '[loi, lois]',
      'ligne 17, colonne 20 : la source « lois » n’est pas définie dans sources.yaml. Vouliez-vous écrire « loi » ?',
    ],
    [
      'steps/1-cadrer.yaml',
      'anchor: start',
      'anchor: debut',
      'ligne 13, colonne 20 : la date de référence « debut » n’est ni « start » ni une échéance de calendar.yaml. Attendu : « start » ou « emission ».',
    ],
    [
      'steps/2-agir.yaml',
      'anchor: emission, weeks: -4 }',
      'anchor: start, weeks: 1 }\n    repeat: { every: 1, unit: week, until: { anchor: emision, weeks: 0 } }',
      'ligne 11, colonne 54 : la date de référence « emision » n’est ni « start » ni une échéance de calendar.yaml. Vouliez-vous écrire « emission » ?',
    ],
    [
      'template.yaml',
      'target: emission',
      'target: reception',
      'ligne 15, colonne 11 : l’échéance « reception » n’est pas définie dans calendar.yaml. Attendu : « emission ».',
    ],
    [
      'calendar.yaml',
      'source: loi',
      'source: decret',
      'ligne 7, colonne 13 : la source « decret » n’est pas définie dans sources.yaml. Attendu : « loi ».',
    ],
    [
      'calendar.yaml',
      '[{ date:',
      '[{ when: { facts: { z: true } }, date:',
      'ligne 4, colonne 32 : la question « z » n’est pas définie dans template.yaml (« facts »). Attendu : « comptable ».',
    ],
    [
      'registers.yaml',
      'step: cadrer',
      'step: agri',
      'ligne 5, colonne 11 : aucune étape n’a la clé « agri ». Vouliez-vous écrire « agir » ?',
    ],
    [
      'registers.yaml',
      'cout: 12.5',
      'prix: 12.5',
      'ligne 15, colonne 50 : le registre n’a pas de colonne « prix ». Attendu : « nom », « cout », « vu », « le », « lien » ou « etat ».',
    ],
    [
      'registers.yaml',
      'etat: bon }',
      'etat: bien }',
      'ligne 15, colonne 123 : la colonne n’a pas d’option « bien ». Attendu : « bon ».',
    ],
  ])('lead somewhere: in %s, %s -> %s', (path, before, after, problem) => {
    expect(only(files([path, before, after]))).toBe(`${path}: ${problem}`);
  });

  it.each([
    [
      'template.yaml',
      'key: direction',
      'key: assistante',
      'ligne 7, colonne 12 : la clé « assistante » est déjà prise (template.yaml, ligne 6).',
    ],
    [
      'template.yaml',
      'key: complet',
      'key: essentiel',
      'ligne 10, colonne 12 : la clé « essentiel » est déjà prise (template.yaml, ligne 9).',
    ],
    [
      'registers.yaml',
      'key: vu',
      'key: nom',
      'ligne 9, colonne 16 : la clé « nom » est déjà prise (registers.yaml, ligne 7).',
    ],
    [
      'registers.yaml',
      '[{ key: bon',
      '[{ key: bon, title: { fr: a, en: b } }, { key: bon',
      'ligne 12, colonne 124 : la clé « bon » est déjà prise (registers.yaml, ligne 12).',
    ],
    [
      'registers.yaml',
      'rows:',
      'rows:\n      - { key: caisse, values: { nom: a } }',
      'ligne 15, colonne 14 : la clé « caisse » est déjà prise (registers.yaml, ligne 14).',
    ],
    [
      'steps/1-cadrer.yaml',
      '[{ key: dit,',
      '[{ key: dit, title: { fr: a, en: b } }, { key: dit,',
      'ligne 14, colonne 63 : la clé « dit » est déjà prise (steps/1-cadrer.yaml, ligne 14).',
    ],
  ])('are given once: in %s, %s -> %s', (path, before, after, problem) => {
    expect(told(files([path, before, after]))).toContain(`${problem} Choisissez-en une autre.`);
  });

  it('are given once, in whole files too', () => {
    const twice = (path: string, list: string) => {
      const text = FILES[path] ?? '';
      return files().map((file) =>
        file.path === path ? { path, text: text + text.replace(list, '') } : file,
      );
    };

    expect(only(twice('sources.yaml', 'sources:\n'))).toContain(
      'la clé « loi » est déjà prise (sources.yaml, ligne 2).',
    );
    expect(only(twice('calendar.yaml', 'obligations:\n'))).toContain('la clé « emission » est déjà prise');
    const step = { path: 'steps/3-agir.yaml', text: FILES['steps/2-agir.yaml'] ?? '' };
    expect(only([...files(), step])).toBe(
      'steps/3-agir.yaml: ligne 1, colonne 6 : la clé « agir » est déjà prise (steps/2-agir.yaml, ligne 1). Choisissez-en une autre.',
    );
  });

  it('do not take that of the first day', () => {
    expect(told(files(['calendar.yaml', 'id: emission', 'id: start']))).toContain(
      'ligne 2, colonne 9 : la clé « start » désigne déjà le premier jour du projet. Choisissez-en une autre.',
    );
  });
});

describe('what a template means as a whole', () => {
  it('has obligations that are met by tasks that there are', () => {
    const met = (task: string) =>
      files(['calendar.yaml', '    source: loi', `    fulfilledBy: [${task}]\n    source: loi`]);

    expect(told(met('agir/faire'))).toBe('nothing wrong');
    expect(only(met('agir/fair'))).toMatch(
      /^calendar\.yaml: .*la tâche « agir\/fair » n’existe pas.*agir\/faire/,
    );
  });

  it('has no tasks that wait for each other', () => {
    const texts = files(['steps/1-cadrer.yaml', '    sources:', '    dependsOn: [agir/faire]\n    sources:']);

    expect(only(texts)).toBe(
      'steps/1-cadrer.yaml: ligne 17, colonne 17 : ces tâches s’attendent l’une l’autre : cadrer/but -> agir/faire -> cadrer/but. Retirez l’une des dépendances.',
    );
  });

  it('has no task that waits for itself', () => {
    const texts = files(['steps/2-agir.yaml', '[cadrer/but]', '[cadrer/but, agir/faire]']);

    expect(only(texts)).toContain(
      'ligne 11, colonne 29 : ces tâches s’attendent l’une l’autre : agir/faire -> agir/faire.',
    );
  });

  it('replaces only tasks that are gone', () => {
    expect(only(files(['steps/2-agir.yaml', '[agir/ancien]', '[agir/ancien, cadrer/but]']))).toBe(
      'steps/2-agir.yaml: ligne 12, colonne 29 : la tâche « cadrer/but » existe encore : elle ne peut pas être remplacée. Retirez-la, ou retirez ce remplacement.',
    );
  });

  it('leaves nothing that the law asks for out of a profile', () => {
    expect(only(files(['steps/1-cadrer.yaml', 'profile: essentiel', 'profile: complet']))).toBe(
      'steps/1-cadrer.yaml: ligne 10, colonne 14 : trouvé « complet », attendu « essentiel » : une tâche obligatoire (« required ») figure dans tous les profils.',
    );
  });

  it.each([
    [
      '{ from: "09-14", to: "08-31" }',
      'ligne 17, colonne 19 : le début (09-14) vient après la fin (08-31). Échangez-les.',
    ],
    ['{ from: "07-14", to: "09-31" }', 'ligne 17, colonne 32 : le jour « 09-31 » n’existe pas. Corrigez-le.'],
    [
      '{ from: "07-14", to: 31-08 }',
      'ligne 17, colonne 32 : trouvé « 31-08 », attendu un jour de l’année, mois puis jour, de la forme "07-14".',
    ],
  ])('has a freeze that is one: %s', (freeze, problem) => {
    expect(only(files(['template.yaml', '{ from: "07-14", to: "08-31" }', freeze]))).toBe(
      `template.yaml: ${problem}`,
    );
  });

  it.each([
    ['cout: 12.5', 'cout: cher', 'trouvé « cher », attendu un nombre.'],
    ['vu: true', 'vu: oui', 'trouvé « oui », attendu « true » ou « false ».'],
    [
      'le: 2026-11-02',
      'le: 2026-11-31',
      'trouvé « 2026-11-31 », attendu une date qui existe, de la forme 2027-09-01.',
    ],
    ['nom: { fr: Caisse, en: Till }', 'nom: 12', 'trouvé « 12 », attendu un texte.'],
    [
      'nom: { fr: Caisse, en: Till }, ',
      '',
      'la ligne n’a pas de titre. Donnez une valeur à sa première colonne, « nom ».',
    ],
  ])('has rows that hold what their columns do: %s -> %s', (before, after, problem) => {
    expect(only(files(['registers.yaml', before, after]))).toContain(problem);
  });
});

describe('any change of a template', { timeout: 60_000 }, () => {
  it('is read or refused with a clear word', () => {
    const words =
      Object.values(FILES)
        .join('\n')
        .match(/[\w-]+/g) ?? [];
    const change = fc.record({
      path: fc.constantFrom(...Object.keys(FILES)),
      at: fc.nat(1_500),
      cut: fc.nat(20),
      piece: fc.constantFrom('', '\n', ': ', ...new Set(words)),
    });

    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const texts = { ...FILES };
        for (const { path, at, cut, piece } of changes) {
          const text = texts[path] ?? '';
          texts[path] = text.slice(0, at) + piece + text.slice(at + cut);
        }
        told(Object.entries(texts).map(([path, text]) => ({ path, text })));
      }),
      { numRuns: 120 },
    );
  });
});

describe('the templates that come with Jalon', () => {
  const folders = readdirSync('templates', { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'schema',
  );

  it.each(folders.map(({ name }) => name))('hold together: %s', (name) => {
    const texts = readdirSync(`templates/${name}`, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yaml'))
      .map((path) => ({ path, text: readFileSync(`templates/${name}/${path}`, 'utf8') }));

    expect(told(texts, `templates/${name}`)).toBe('nothing wrong');
  });
});
