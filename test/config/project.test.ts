import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkProject, parseProject, templateOf, UnknownTemplate } from '#src/config/project.ts';
import { BadInput } from '#src/errors.ts';
import { aTemplate, words } from '../builders/template.ts';
import { refusal } from './refusal.ts';

const TODAY = '2026-11-23';
const FILE = 'projects/boulangerie-martin.yaml';
const PROJECT = `company: { name: Boulangerie Martin, siren: "552 100 554", size: micro, vat: franchise }
start: 2026-11-23
template: facturation-electronique
profile: essentiel
locale: fr
people:
  office-manager: { name: Claire, notion: claire@example.org, trello: claire }
workspaces:
  - { kind: notion, parent: 0123456789abcdef0123456789abcdef }
  - { kind: trello, organization: martin }
  - { kind: excel, file: boulangerie-martin.xlsx }
credentials: ACME
sources: []
automations: []
`;

function parse(text: string) {
  return parseProject(text, FILE, TODAY);
}

describe('a project file', () => {
  it('says who the company is and where its team works', () => {
    const project = parse(PROJECT);

    expect(project.company).toEqual({
      name: 'Boulangerie Martin',
      siren: '552100554',
      size: 'micro',
      vat: 'franchise',
      facts: {},
    });
    expect(project.workspaces.map(({ kind }) => kind)).toEqual(['notion', 'trello', 'excel']);
  });

  it('may leave out what has a default', () => {
    const project = parse(`company: { name: A, size: pme, vat: simplifie }
start: 2026-11-23
template: petit-plan
profile: essentiel
workspaces: [{ kind: trello, board: aBcD1234 }]
`);

    expect(project).toMatchObject({ locale: 'fr', people: {}, sources: [], automations: [] });
    expect(project.workspaces).toEqual([{ kind: 'trello', board: 'aBcD1234', layout: 'steps', lists: {} }]);
  });

  it('says what the lists of a Trello board stand for, and what those of the team’s own mean', () => {
    const lists = 'layout: status, lists: { En attente: blocked, "À relire 👀": doing }';

    const project = parse(PROJECT.replace('organization: martin', `organization: martin, ${lists}`));

    expect(project.workspaces[1]).toEqual({
      kind: 'trello',
      organization: 'martin',
      layout: 'status',
      lists: { 'En attente': 'blocked', 'À relire 👀': 'doing' },
    });
  });

  it.each([
    [
      'size: micro',
      'size: petite',
      'ligne 1, colonne 66 : trouvé « petite », attendu « micro », « pme », « eti » ou « ge ».',
    ],
    [
      'vat: franchise',
      'tva: franchise, vat: exonere',
      'ligne 1, colonne 73 : la clé « tva » est inconnue ici. Attendu : « name », « siren », « size », « vat » ou « facts ».',
    ],
    [
      '"552 100 554"',
      '"552 100 555"',
      'ligne 1, colonne 45 : trouvé « 552 100 555 », attendu un numéro SIREN : neuf chiffres, dont le dernier est une clé de contrôle.',
    ],
    [
      '"552 100 554"',
      '552100554',
      'ligne 1, colonne 45 : trouvé « 552100554 », attendu un texte. Mettez des guillemets droits : "552100554".',
    ],
    ['Boulangerie Martin', '" "', 'ligne 1, colonne 18 : le texte est vide. Écrivez-le, ou retirez la clé.'],
    [
      'start: 2026-11-23',
      'start: 2026-11-31',
      'ligne 2, colonne 8 : trouvé « 2026-11-31 », attendu une date qui existe, de la forme 2027-09-01.',
    ],
    [
      'start: 2026-11-23',
      'start: 23/11/2026',
      'ligne 2, colonne 8 : trouvé « 23/11/2026 », attendu une date qui existe, de la forme 2027-09-01.',
    ],
    [
      'start: 2026-11-23',
      'start: 1926-11-23',
      'ligne 2, colonne 8 : trouvé « 1926-11-23 », attendu une date de 2020-01-01 à 2028-11-23.',
    ],
    [
      'start: 2026-11-23',
      'start: 2028-11-24',
      'ligne 2, colonne 8 : trouvé « 2028-11-24 », attendu une date de 2020-01-01 à 2028-11-23.',
    ],
    [
      'template: facturation-electronique\n',
      '',
      'ligne 1, colonne 1 : la clé « template » manque. Ajoutez-la.',
    ],
    [
      'template: facturation',
      'template: ../facturation',
      'ligne 3, colonne 11 : trouvé « ../facturation-electronique », attendu des minuscules sans accent, des chiffres et des tirets.',
    ],
    ['locale: fr', 'locale: de', 'ligne 5, colonne 9 : trouvé « de », attendu « fr » ou « en ».'],
    [
      'kind: excel',
      'kind: exel',
      'ligne 11, colonne 13 : trouvé « exel », attendu « excel », « notion » ou « trello ».',
    ],
    ['kind: excel, ', '', 'ligne 11, colonne 5 : la clé « kind » manque. Ajoutez-la.'],
    [
      'martin.xlsx',
      'martin.ods',
      'ligne 11, colonne 26 : trouvé « boulangerie-martin.ods », attendu un nom de classeur qui finit par .xlsx.',
    ],
    ['parent:', 'page:', 'ligne 9, colonne 5 : la clé « parent » manque. Ajoutez-la.'],
    [
      'organization: martin',
      'organization: martin, board: aBcD1234',
      'ligne 10, colonne 5 : il faut soit « organization » (un tableau y sera créé), soit « board » (un tableau existant), mais pas les deux.',
    ],
    [
      'organization: martin',
      'organization: l’équipe de Martin',
      'ligne 10, colonne 35 : trouvé « l’équipe de Martin », attendu l’adresse d’un espace de travail Trello (« https://trello.com/w/… »), son nom court ou son identifiant.',
    ],
    [
      'organization: martin',
      'board: https://trello.com/c/aBcD1234',
      'ligne 10, colonne 28 : trouvé « https://trello.com/c/aBcD1234 », attendu l’adresse d’un tableau Trello (« https://trello.com/b/… ») ou son identifiant.',
    ],
    [
      'organization: martin',
      'organization: martin, layout: kanban',
      'ligne 10, colonne 51 : trouvé « kanban », attendu « steps » ou « status ».',
    ],
    [
      'organization: martin',
      'organization: martin, lists: { En attente: bloqué }',
      'ligne 10, colonne 64 : trouvé « bloqué », attendu « todo », « doing », « blocked », « done » ou « dropped ».',
    ],
    [
      'organization: martin',
      'organization: martin, lists: [En attente]',
      'ligne 10, colonne 50 : trouvé une liste, attendu un groupe de clés.',
    ],
    [
      'organization: martin',
      'organization: martin, lists: { Terminé: done, termine: dropped }',
      'ligne 10, colonne 67 : la liste « termine » figure déjà au-dessus, à la casse et aux accents près. Gardez une seule ligne.',
    ],
    [
      'organization: martin',
      'organization: martin, lists: { " ": done }',
      'ligne 10, colonne 52 : le nom de la liste est vide. Écrivez-le tel qu’il est dans Trello, ou retirez la ligne.',
    ],
    [
      'kind: excel, file: boulangerie-martin.xlsx',
      'kind: trello, organization: https://trello.com/w/Martin/home, layout: status',
      'ligne 11, colonne 5 : cet espace figure déjà dans la liste. Gardez-en un.',
    ],
    [
      'kind: notion, parent: 0123456789abcdef0123456789abcdef',
      'kind: excel, file: Boulangerie-Martin.xlsx',
      'ligne 11, colonne 5 : cet espace figure déjà dans la liste. Gardez-en un.',
    ],
    [
      'credentials: ACME',
      'credentials: acme',
      'ligne 12, colonne 14 : trouvé « acme », attendu des majuscules, des chiffres et des tirets bas (« ACME »).',
    ],
    [
      'automations: []',
      'automations: [{ id: relance, enabeld: false }]',
      'ligne 14, colonne 15 : la clé « enabled » manque. Ajoutez-la.',
    ],
  ])('is refused: %s -> %s', async (before, after, problem) => {
    const problems = (await refusal(() => parse(PROJECT.replace(before, () => after)))).split('\n').slice(3);

    expect(problems[0]?.trim()).toBe(problem);
  });

  it('is told of an absurd start along with its other problems', async () => {
    const text = PROJECT.replace('size: micro', 'size: petite').replace('start: 2026', 'start: 2099');

    expect(await refusal(() => parse(text))).toContain(
      'trouvé « 2099-11-23 », attendu une date de 2020-01-01',
    );
    expect(await refusal(() => parse(text))).toContain('trouvé « petite »');
  });

  it('is refused without a workspace', async () => {
    const text = PROJECT.replace(/workspaces:\n(?: {2}- .*\n)+/, 'workspaces: []\n');

    expect(await refusal(() => parse(text))).toContain(
      'la liste est vide. Donnez au moins un élément, ou retirez la clé.',
    );
  });

  it('says the same in English', async () => {
    const text = PROJECT.replace('2026-11-23', '2036-11-23');

    expect(await refusal(() => parse(text), 'en')).toBe(`1 error to mend:

${FILE}
  line 2, column 8: found “2036-11-23”, expected a date from 2020-01-01 to 2028-11-23.`);
  });

  it('is read or refused with a clear word, whatever one change', { timeout: 60_000 }, () => {
    const piece = fc.constantFrom(
      '',
      ' ',
      '\n',
      ': ',
      '- ',
      '{',
      '}',
      '"',
      '*a',
      'null',
      '12',
      'excel',
      '__proto__: ',
    );
    const change = fc.record({ at: fc.nat(PROJECT.length), cut: fc.nat(15), piece });

    fc.assert(
      fc.property(change, ({ at, cut, piece }) => {
        const text = PROJECT.slice(0, at) + piece + PROJECT.slice(at + cut);
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(BadInput);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('a project and its template', () => {
  const template = aTemplate({
    profiles: ['essentiel', 'complet'].map((key) => ({ key, title: words(key), summary: words(key) })),
    roles: [{ key: 'office-manager', title: words('Office manager') }],
    facts: [{ key: 'accountant', question: words('An accountant?'), default: true }],
  });
  const check = (text: string) => checkProject({ project: parse(text), file: FILE, text }, template);

  it('go together', () => {
    expect(() => check(PROJECT)).not.toThrow();
  });

  it('do not when the project names what the template does not have', async () => {
    const text = PROJECT.replace('vat: franchise', 'vat: franchise, facts: { acountant: true }')
      .replace('profile: essentiel', 'profile: full')
      .replace('office-manager:', 'office-manger:');

    expect(await refusal(() => check(text))).toBe(`3 erreurs à corriger :

${FILE}
  ligne 1, colonne 98 : le modèle ne pose pas la question « acountant ». Vouliez-vous écrire « accountant » ?
  ligne 4, colonne 10 : le modèle n’a pas de profil « full ». Attendu : « essentiel » ou « complet ».
  ligne 7, colonne 3 : le modèle n’a pas de rôle « office-manger ». Vouliez-vous écrire « office-manager » ?`);
  });

  it('are told apart at the line that names a template that does not exist', async () => {
    const source = { project: parse(PROJECT), file: FILE, text: PROJECT };
    const load = () =>
      Promise.reject(new UnknownTemplate('facturation-electronique', ['facturation-electroniqe']));

    expect(await refusal(() => templateOf(source, load))).toBe(`1 erreur à corriger :

${FILE}
  ligne 3, colonne 11 : le modèle « facturation-electronique » est inconnu. Vouliez-vous écrire « facturation-electroniqe » ?`);
  });
});
