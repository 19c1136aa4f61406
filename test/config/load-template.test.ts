import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTemplate, templateNames } from '#src/config/load-template.ts';
import { refusal } from './refusal.ts';
import { temporaryFolder } from './temporary-folder.ts';

const SMALL = 'demenagement-de-bureaux';

/** A projects folder with its own copy of the small template that ships with Jalon. */
function projectsWithTemplate(name = SMALL): string {
  const projects = temporaryFolder();
  cpSync(join('templates', SMALL), join(projects, 'templates', name), { recursive: true });
  return projects;
}

describe('a template on disk', () => {
  it('is one of those that ship with Jalon', async () => {
    const template = await loadTemplate(SMALL, { projects: 'nowhere' });

    expect(template.key).toBe(SMALL);
    expect(template.steps).toHaveLength(5);
  });

  it('is that of the projects’ own folder first', async () => {
    const projects = projectsWithTemplate();
    const file = join(projects, 'templates', SMALL, 'template.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/version: .*/, 'version: 99.0.0'));

    const template = await loadTemplate(SMALL, { projects });

    expect(template.version).toBe('99.0.0');
  });

  it('may have notes beside its files', async () => {
    const projects = projectsWithTemplate();
    writeFileSync(join(projects, 'templates', SMALL, 'README.md'), '# Notes');

    expect((await loadTemplate(SMALL, { projects })).key).toBe(SMALL);
  });

  it.each([
    ['demenagement-de-bureau', 'Vouliez-vous écrire « demenagement-de-bureaux » ?'],
    ['schema', 'Attendu : « demenagement-de-bureaux » ou « facturation-electronique ».'],
    [
      '../templates/facturation-electronique',
      'Attendu : « demenagement-de-bureaux » ou « facturation-electronique ».',
    ],
  ])('is refused by an unknown name: %s', async (name, advice) => {
    expect(await refusal(() => loadTemplate(name, { projects: 'nowhere' }))).toBe(
      `Le modèle « ${name} » est inconnu. ${advice}`,
    );
  });

  it('is found by name', async () => {
    const projects = projectsWithTemplate('a-nous');

    expect(await templateNames({ projects })).toEqual(['a-nous', SMALL, 'facturation-electronique']);
  });

  it('is refused when its files say otherwise than its folder', async () => {
    const projects = projectsWithTemplate('a-nous');

    expect(await refusal(() => loadTemplate('a-nous', { projects }))).toContain(
      'trouvé « demenagement-de-bureaux », attendu le nom du dossier, « a-nous ». Donnez le même nom aux deux.',
    );
  });

  it.each([
    [
      'a link that goes round in circles',
      (folder: string) => symlinkSync('loop.yaml', join(folder, 'loop.yaml')),
      'ce lien tourne en rond.',
    ],
    [
      'a folder in the place of a file',
      (folder: string) => mkdirSync(join(folder, 'more.yaml')),
      'un fichier était attendu, c’est un dossier.',
    ],
    [
      'a file of ten megabytes',
      (folder: string) => writeFileSync(join(folder, 'steps/9-huge.yaml'), 'x'.repeat(1e7)),
      'le fichier dépasse 1 Mo.',
    ],
    [
      'a file that is not expected',
      (folder: string) => writeFileSync(join(folder, 'steps/extra.yaml'), 'a: 1'),
      'ce fichier n’est pas attendu ici.',
    ],
  ])('is refused with %s', async (_name, spoil, words) => {
    const projects = projectsWithTemplate();
    spoil(join(projects, 'templates', SMALL));

    expect(await refusal(() => loadTemplate(SMALL, { projects }))).toContain(words);
  });

  it('does not follow a link back to its own folder', async () => {
    const projects = projectsWithTemplate();
    symlinkSync('..', join(projects, 'templates', SMALL, 'steps', 'again'));

    expect((await loadTemplate(SMALL, { projects })).steps).toHaveLength(5);
  });
});

describe('what is kept of a template from one run to the next', () => {
  it('is nothing before Jalon has a home', async () => {
    const home = join(temporaryFolder(), 'home');

    await loadTemplate(SMALL, { projects: 'nowhere', home });

    expect(existsSync(home)).toBe(false);
  });

  it('gives the same template, and follows every change of its files', async () => {
    const home = temporaryFolder();
    const projects = projectsWithTemplate();
    const first = await loadTemplate(SMALL, { projects, home });

    const again = await loadTemplate(SMALL, { projects, home });
    const file = join(projects, 'templates', SMALL, 'template.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/version: .*/, 'version: 99.0.0'));
    const changed = await loadTemplate(SMALL, { projects, home });

    expect(again).toEqual(first);
    expect(changed).toEqual({ ...first, version: '99.0.0' });
  });

  it.each(['', '{', 'null', '[]', '{"a":1}'])('may be damaged: %j', async (content) => {
    const home = temporaryFolder();
    const first = await loadTemplate(SMALL, { projects: 'nowhere', home });
    const [kept = ''] = readdirSync(join(home, 'cache'));
    writeFileSync(join(home, 'cache', kept), content);

    expect(await loadTemplate(SMALL, { projects: 'nowhere', home })).toEqual(first);
  });
});
