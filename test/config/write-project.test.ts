import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProject } from '#src/config/project.ts';
import { type ProjectDraft, projectText, writeProject } from '#src/config/write-project.ts';
import { refusal } from './refusal.ts';
import { temporaryFolder } from './temporary-folder.ts';

const PROJECT: ProjectDraft = {
  company: {
    name: 'Boulangerie « L’Épi » : pain & Cie',
    siren: '552100554',
    size: 'micro',
    vat: 'franchise',
    facts: { accountant: true, 'foreign-purchases': false },
  },
  start: '2026-11-23',
  template: 'facturation-electronique',
  profile: 'essentiel',
  locale: 'fr',
  people: { 'office-manager': { name: 'Claire' } },
  workspaces: [{ kind: 'excel', file: 'boulangerie-martin.xlsx' }],
};

describe('a project that is written', () => {
  it('is commented for the team that opens it', () => {
    expect(
      projectText(PROJECT).replace(/[\u00a0\u202f]/g, ' '),
    ).toBe(`# Un projet suivi par Jalon. Ce fichier est à vous : modifiez-le, il est relu à chaque commande.

company:
  name: "Boulangerie « L’Épi » : pain & Cie"
  siren: "552100554"  # neuf chiffres, entre guillemets
  size: micro  # micro, pme, eti ou ge
  vat: franchise  # franchise, simplifie, reel-trimestriel, reel-mensuel ou exonere
  # les réponses aux questions du modèle
  facts:
    accountant: true
    foreign-purchases: false

# Le premier jour du projet. Les dates du plan en dépendent.
start: 2026-11-23

template: facturation-electronique

# L’étendue du plan, et la langue de l’équipe (« fr » ou « en »).
profile: essentiel
locale: fr

# Qui tient chaque rôle. On peut y ajouter notion, trello et email.
people:
  office-manager:
    name: Claire

# Où l’équipe suit le plan.
workspaces:
  - kind: excel
    file: boulangerie-martin.xlsx
`);
  });

  it('is commented in English for a team that speaks it', () => {
    expect(projectText({ ...PROJECT, locale: 'en' })).toContain(
      '# Where the team follows the plan.\nworkspaces:',
    );
  });

  it('reads back as it was, whatever the names', { timeout: 60_000 }, () => {
    const line = fc
      .oneof(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.constantFrom('# x', ': ', '- a', '~', 'null', '012', "'", '"', '\\', '{', '&a', '*a', 'é\u2028à'),
      )
      .map((text) => text.replace(/\p{Cc}/gu, '').trim())
      .filter((text) => text !== '');

    fc.assert(
      fc.property(line, line, fc.constantFrom('fr' as const, 'en' as const), (name, person, locale) => {
        const project = {
          ...PROJECT,
          locale,
          company: { ...PROJECT.company, name },
          people: { direction: { name: person } },
        };

        const back = parseProject(projectText(project), 'a.yaml', '2026-11-23');

        expect(back).toEqual({ ...project, sources: [], automations: [] });
      }),
      { numRuns: 150 },
    );
  });

  it('makes its folder, and leaves nothing else there', async () => {
    const folder = join(temporaryFolder(), 'projects');

    await writeProject(join(folder, 'a.yaml'), PROJECT);

    expect(readdirSync(folder)).toEqual(['a.yaml']);
    expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe(projectText(PROJECT));
  });

  it('does not take the place of another unless told', async () => {
    const folder = temporaryFolder({ 'a.yaml': 'mine' });
    const file = join(folder, 'a.yaml');

    const words = await refusal(() => writeProject(file, PROJECT));

    expect(words).toBe(
      `Le fichier « ${shortened(file)} » existe déjà. Choisissez un autre nom, ou demandez à le remplacer.`,
    );
    expect(readFileSync(file, 'utf8')).toBe('mine');
    await writeProject(file, PROJECT, { replace: true });
    expect(readFileSync(file, 'utf8')).toBe(projectText(PROJECT));
    expect(readdirSync(folder)).toEqual(['a.yaml']);
  });

  it('is written once when two write it at the same moment', async () => {
    const file = join(temporaryFolder(), 'a.yaml');

    const outcomes = await Promise.allSettled([
      writeProject(file, PROJECT),
      writeProject(file, { ...PROJECT, locale: 'en' }),
    ]);

    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect([projectText(PROJECT), projectText({ ...PROJECT, locale: 'en' })]).toContain(
      readFileSync(file, 'utf8'),
    );
  });

  it('is not written where it could not be read back', async () => {
    const folder = temporaryFolder();
    const project = { ...PROJECT, company: { ...PROJECT.company, siren: '552100555' } };

    expect(await refusal(() => writeProject(join(folder, 'a.yaml'), project))).toContain(
      'attendu un numéro SIREN',
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says so when its folder cannot be made', async () => {
    const folder = temporaryFolder({ projects: 'a file' });

    expect(await refusal(() => writeProject(join(folder, 'projects', 'a.yaml'), PROJECT))).toContain(
      'ne peut pas être écrit',
    );
  });

  it.runIf(process.platform === 'linux')('says so on a disk that refuses folders', async () => {
    expect(await refusal(() => writeProject('/proc/jalon/a.yaml', PROJECT))).toContain(
      'ne peut pas être écrit',
    );
  });
});

/** Long names are cut in what a reader is shown. */
function shortened(text: string): string {
  return text.length > 48 ? `${text.slice(0, 47)}…` : text;
}
