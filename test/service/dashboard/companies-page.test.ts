import { describe, expect, it } from 'vitest';
import { BadInput } from '#src/errors.ts';
import { Lobby } from './lobby.ts';

const THREE = { durand: 'Pharmacie Durand', leroy: 'Œuvre & Leroy', martin: 'Boulangerie Martin' };

async function three(): Promise<Lobby> {
  const lobby = await Lobby.open(THREE);
  await lobby.found('durand', 'leroy', 'martin');
  lobby.move('2026-12-07T08:00:00.000Z');
  return lobby;
}

describe('the page of all companies', () => {
  it('has a line for each, the worst first, that leads to its own page', async () => {
    const lobby = await three();
    for (const key of ['first/one', 'first/two', 'second/three'])
      await lobby.company('durand').setStatus(key, 'Fait');
    await lobby.company('durand').cycle('sync');
    await lobby.company('martin').setStatus('first/one', 'Fait');
    await lobby.company('martin').cycle('sync');

    const page = await lobby.page('/');

    const lines = page.table('Entreprise');
    expect(page.one('header')).toBe('Vos entreprises 3\u00a0entreprises\u00a0: 2 à surveiller');
    expect(lines.map((line) => [line.Entreprise, line.Avancement, line['En retard']])).toEqual([
      ['Œuvre & Leroy', '0\u00a0%', '3'],
      ['Boulangerie Martin', '33\u00a0%', '2'],
      ['Pharmacie Durand', '100\u00a0%', '0'],
    ]);
    expect(lines[1]?.Situation).toContain('◆ À surveiller\u00a0: 2\u00a0tâches sont en retard');
    expect(lines[2]?.['Échéance légale']).toBe('01/09/2027, dans 268\u00a0jours issue');
    expect(page.attributes('tbody a', 'href')).toEqual([
      'projects/leroy',
      'projects/martin',
      'projects/durand',
    ]);
  });

  it('shows what is in force and not met, and how ready one is for it', async () => {
    const lobby = await three();
    for (const key of ['first/one', 'first/two', 'second/three'])
      await lobby.company('durand').setStatus(key, 'Fait');
    await lobby.company('durand').cycle('sync');
    lobby.move('2027-10-01T08:00:00.000Z');

    const lines = (await lobby.page('/')).table('Entreprise');

    const dates = new Map(lines.map((line) => [line.Entreprise, line['Échéance légale']]));
    expect(dates.get('Boulangerie Martin')).toBe(
      '01/09/2027, en vigueur depuis 30\u00a0jours (prêt à 0\u00a0%) issue',
    );
    expect(dates.get('Pharmacie Durand')).toBe('');
  });

  it('leads to pages that lead back', async () => {
    const lobby = await three();

    const page = await lobby.page('/projects/martin');

    expect(page.one('h1')).toBe('Boulangerie Martin');
    expect(page.attributes('nav a', 'href')).toEqual(['../']);
    expect(page.attributes('link[rel=stylesheet]', 'href')).toEqual(['../style.css']);
    expect(page.attributes('img', 'src')[0]).toMatch(
      /^\.\.\/projects\/martin\/charts\/progress\.svg\?v=[0-9a-f]{16}$/,
    );
  });

  it('shows those that are looked for, by a part of the name however it is spelt, and by how they stand', async () => {
    const lobby = await three();
    for (const key of ['first/one', 'first/two', 'second/three'])
      await lobby.company('durand').setStatus(key, 'Fait');
    await lobby.company('durand').cycle('sync');
    const shown = async (query: string) => {
      const page = await lobby.page(`/?${new URLSearchParams(query)}`);
      return page.all('tbody a');
    };

    expect(await shown('name=oeuvre')).toEqual(['Œuvre & Leroy']);
    expect(await shown('verdict=on-track')).toEqual(['Pharmacie Durand']);
    expect(await shown('name=MART&verdict=at-risk')).toEqual(['Boulangerie Martin']);
    expect(await shown('name=nobody')).toEqual([]);
    expect(await shown('verdict=unheard-of')).toHaveLength(3);
  });

  it('shows what has moved at the next look', async () => {
    const lobby = await three();
    const before = await lobby.page('/?name=martin');
    await lobby.company('martin').setStatus('first/one', 'Fait');
    await lobby.company('martin').cycle('sync');

    const after = await lobby.page('/?name=martin');

    expect(before.table('Entreprise')[0]?.Avancement).toBe('0\u00a0%');
    expect(after.table('Entreprise')[0]?.Avancement).toBe('33\u00a0%');
  });

  it('names those that have no plan yet, and says what is wrong with those that do not open', async () => {
    const lobby = await Lobby.open(THREE);
    await lobby.found('martin');
    lobby.broken.set('sick', new BadInput(() => 'projects/sick.yaml, ligne 1\u00a0: taille inconnue'));
    lobby.broken.set('worse', new Error('the password is hunter2'));

    const page = await lobby.page('/');
    const sick = await lobby.page('/projects/sick');

    expect(page.all('tbody a')).toEqual(['Boulangerie Martin']);
    expect(page.all('main ul a')).toEqual(['Pharmacie Durand', 'Œuvre & Leroy']);
    expect(page.all('dt')).toEqual(['sick', 'worse']);
    expect(page.one('dd')).toBe('projects/sick.yaml, ligne 1\u00a0: taille inconnue');
    expect(page.html).not.toContain('hunter2');
    expect(sick.status).toBe(503);
    expect(sick.text).toContain('taille inconnue');
    expect(sick.attributes('nav a', 'href')).toEqual(['../']);
  });

  it('marks those of which a place could not be reached', async () => {
    const lobby = await three();
    const report = await lobby.company('martin').cycle('sync');
    lobby.failures.note({ ...report, failures: [{ workspace: null, error: new BadInput(() => 'x') }] });

    const page = await lobby.page('/');

    const marked = page.table('Entreprise').filter((line) => line.Entreprise?.includes('⚠'));
    expect(marked.map((line) => line.Entreprise)).toEqual([
      'Boulangerie Martin ⚠ un espace est hors d’atteinte',
    ]);
  });

  it('says what there is to do while there is no project', async () => {
    const page = await (await Lobby.open({})).page('/');

    expect(page.status).toBe(200);
    expect(page.text).toContain('Aucun projet pour l’instant.');
  });

  it('says that there is no such project, nor page', async () => {
    const lobby = await three();

    const project = await lobby.page('/projects/nobody');
    const page = await lobby.page('/nowhere');

    expect([project.status, page.status]).toEqual([404, 404]);
    expect(project.text).toContain('Aucun projet ne s’appelle «\u00a0nobody\u00a0».');
    expect(page.text).toContain('Cette page n’existe pas.');
  });
});
