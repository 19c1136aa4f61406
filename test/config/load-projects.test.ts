import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProjects } from '#src/config/load-projects.ts';
import { refusal, wordsOf } from './refusal.ts';
import { temporaryFolder } from './temporary-folder.ts';

const TODAY = '2026-11-23';

function project(workbook: string): string {
  return `company: { name: A, size: micro, vat: franchise }
start: 2026-11-23
template: petit-plan
profile: essentiel
workspaces: [{ kind: excel, file: ${workbook} }]
`;
}

describe('the projects of a folder', () => {
  it('are all read, in the order of their names, leaving other files and templates aside', async () => {
    const folder = temporaryFolder({
      'beta.yaml': project('beta.xlsx'),
      'alpha.yaml': project('alpha.xlsx'),
      'alpha.xlsx': 'PK',
      '.hidden.yaml': '{',
      'templates/mine/template.yaml': '{',
    });

    const { projects, problems } = await loadProjects({ folder, today: TODAY });

    expect(projects.map(({ slug }) => slug)).toEqual(['alpha', 'beta']);
    expect(problems).toEqual([]);
  });

  it('are only those that are named', async () => {
    const folder = temporaryFolder({ 'beta.yaml': project('b.xlsx'), 'alpha.yaml': 'wrong' });

    const { projects, problems } = await loadProjects({ folder, today: TODAY, slugs: ['beta', 'beta'] });

    expect(projects.map(({ slug }) => slug)).toEqual(['beta']);
    expect(problems).toEqual([]);
  });

  it('are read in spite of those that are wrong', async () => {
    const folder = temporaryFolder({
      'alpha.yaml': project('a.xlsx'),
      'empty.yaml': '',
      'huge.yaml': 'x'.repeat(10 * 1024 * 1024),
      'latin.yaml': Uint8Array.from([0x6b, 0x3a, 0x20, 0xe9, 0x0a]),
      'Not Kebab.yaml': project('n.xlsx'),
      'short.yml': project('s.xlsx'),
      'folder.yaml/x': '',
    });
    symlinkSync('loop.yaml', join(folder, 'loop.yaml'));

    const { projects, problems } = await loadProjects({ folder, today: TODAY });

    expect(projects.map(({ slug }) => slug)).toEqual(['alpha']);
    const told = problems.map(({ slug, error }) => [slug, wordsOf(error).split('\n').at(-1)?.trim()]);
    const fileName =
      'le nom du fichier doit s’écrire en minuscules sans accent, chiffres et tirets, et finir par .yaml. Renommez-le.';
    expect(told).toEqual([
      ['Not Kebab', fileName],
      ['empty', 'le fichier est vide. Partez d’un exemple, puis complétez-le.'],
      ['folder', 'un fichier était attendu, c’est un dossier. Renommez-le ou retirez-le.'],
      ['huge', 'le fichier dépasse 1 Mo. Retirez ce qui n’a rien à y faire.'],
      ['latin', 'le fichier n’est pas un texte en UTF-8. Enregistrez-le avec l’encodage UTF-8.'],
      ['loop', 'ce lien tourne en rond. Remplacez-le par le fichier lui-même.'],
      ['short', fileName],
    ]);
  });

  it('do not share a workbook', async () => {
    const folder = temporaryFolder({
      'alpha.yaml': project('plan.xlsx'),
      'beta.yaml': project('./Plan.xlsx'),
    });

    const { projects, problems } = await loadProjects({ folder, today: TODAY });

    expect(projects.map(({ slug }) => slug)).toEqual(['alpha']);
    expect(problems.map(({ error }) => wordsOf(error).split('\n').at(-1)?.trim())).toEqual([
      'le classeur « ./Plan.xlsx » est déjà celui du projet « alpha ». Donnez-lui un autre nom.',
    ]);
  });

  it.each([
    ['alpah', 'Vouliez-vous écrire « alpha » ?'],
    ['../secret', 'Attendu : « alpha ».'],
  ])('do not hold %s', async (slug, advice) => {
    const folder = temporaryFolder({ 'alpha.yaml': project('a.xlsx') });

    const { projects, problems } = await loadProjects({ folder, today: TODAY, slugs: [slug, 'alpha'] });

    expect(projects).toHaveLength(1);
    expect(problems.map(({ error }) => wordsOf(error))).toEqual([expect.stringContaining(advice)]);
  });

  it.skipIf(process.platform === 'win32')('do not wait for a named pipe to be written to', async () => {
    const folder = temporaryFolder({ 'alpha.yaml': project('a.xlsx') });
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);

    const { projects, problems } = await loadProjects({ folder, today: TODAY });

    expect(projects.map(({ slug }) => slug)).toEqual(['alpha']);
    expect(problems.map(({ slug }) => slug)).toEqual(['pipe']);
  });

  it('need the folder to be there', async () => {
    expect(await refusal(() => loadProjects({ folder: 'nowhere', today: TODAY }))).toBe(
      'Le dossier des projets, « nowhere », n’existe pas. Créez un premier projet avec la commande init.',
    );
  });
});
