import { describe, expect, it } from 'vitest';
import { NotNow } from '#src/errors.ts';
import { tellDigest } from '#src/service/digest.ts';
import { digestFigures } from '#src/service/digest-figures.ts';
import { shippedTemplate } from '../../builders/shipped-template.ts';
import { Lobby } from './lobby.ts';

const MONDAY = '2026-11-30T08:00:00.000Z';

async function bakery(): Promise<Lobby> {
  const lobby = await Lobby.open({ martin: 'Boulangerie Martin' });
  await lobby.found('martin');
  return lobby;
}

describe('the page of a company', () => {
  it('is the dashboard itself where there is but one', async () => {
    const lobby = await bakery();

    const page = await lobby.page('/');

    expect(page.status).toBe(200);
    expect(page.one('h1')).toBe('Boulangerie Martin');
    expect(page.all('nav')).toEqual([]);
    expect(page.one('.lead')).toBe('● Dans les temps\u00a0: aucune tâche n’est en retard.');
    expect(page.text).toContain('Chiffres du 16\u00a0novembre\u00a02026 à 9\u00a0h\u00a000.');
  });

  it('shows the figures of the digest and of status, as soon as the plan has moved', async () => {
    const lobby = await bakery();
    const company = lobby.company('martin');
    lobby.move('2026-12-07T08:00:00.000Z');
    await company.setStatus('first/one', 'Fait');
    await company.setStatus('first/two', 'Bloqué');
    await company.cycle('sync');

    const page = await lobby.page('/');

    const figures = await digestFigures(await company.running(), await company.deps());
    expect(page.one('.lead')).toContain(figures?.digest.reason);
    expect(page.one('.readiness')).toBe('Avancement (1 sur 3\u00a0tâches) 33\u00a0%');
    expect(page.table('Étape')).toEqual([
      { Étape: 'first', Avancement: '50\u00a0%', 'Tâches faites': '1 / 2', 'En retard': '1', Bloquées: '1' },
      { Étape: 'second', Avancement: '0\u00a0%', 'Tâches faites': '0 / 1', 'En retard': '1', Bloquées: '0' },
    ]);
    expect(page.table('Personne')[0]).toMatchObject({ Personne: 'Claire', 'Tâches faites': '1 / 3' });
    expect(page.one('.cards')).toContain('Ce qui bloque two – en retard de');
    expect(page.one('.cards')).toContain('Fait depuis le lundi 30\u00a0novembre one');
  });

  it('tells what was done since the digest that was told last', async () => {
    const lobby = await bakery();
    const company = lobby.company('martin');
    await company.setStatus('first/one', 'Fait');
    await company.cycle('sync');
    lobby.move(MONDAY);
    await tellDigest(await company.running(), await company.deps(), { channels: [] });
    lobby.move('2026-12-02T08:00:00.000Z');

    const wednesday = await lobby.page('/');
    await company.setStatus('first/two', 'Fait');
    await company.cycle('sync');
    const later = await lobby.page('/');

    expect(wednesday.text).not.toContain('Fait depuis');
    expect(later.one('.cards')).toContain('Fait depuis le lundi 30\u00a0novembre two');
    expect(later.one('.cards')).not.toContain('one');
  });

  it('shows each legal date with how ready one is, when one will be, and what leads there', async () => {
    const lobby = await bakery();

    const [date] = (await lobby.page('/')).table('Ce qui s’applique');

    expect(date).toEqual({
      'Ce qui s’applique': 'issue',
      Date: '01/09/2027 dans 289\u00a0jours',
      Prêt: '0\u00a0%',
      'À ce rythme': 'pas encore de prévision',
      'Chemin critique': '2\u00a0tâches à la suite, marge de 280\u00a0jours one two',
      Source: 'The law vérifiée le 10\u00a0octobre\u00a02026',
    });
  });

  it('shows no data as no data, not as nought', async () => {
    const lobby = await Lobby.open({ martin: 'Boulangerie Martin' });
    const company = lobby.company('martin');
    const invoices = (await shippedTemplate()).registers.filter(({ key }) => key === 'test-invoices');
    const registers = invoices.map((one) => ({ ...one, step: 'second' }));
    company.template = { ...company.template, registers: [...company.template.registers, ...registers] };
    await lobby.found('martin');

    const kpis = (await lobby.page('/')).table('Indicateur');

    expect(kpis).toContainEqual({
      Indicateur: 'Factures rejetées',
      Valeur: 'pas encore de données',
      Objectif: 'au plus 2\u00a0%',
      'Au dernier point': '',
    });
    expect(kpis.map(({ Indicateur }) => Indicateur)).not.toContain('Clients dont le SIREN est connu');
    expect((await (await bakery()).page('/')).all('#indicators')).toEqual([]);
  });

  it('shows the tasks that are asked for, and opens their list then', async () => {
    const lobby = await bakery();
    await lobby.company('martin').setStatus('first/two', 'Bloqué');
    await lobby.company('martin').cycle('sync');

    const all = await lobby.page('/');
    const blocked = await lobby.page('/?status=blocked');
    const late = await lobby.page('/?status=late');
    const hers = await lobby.page('/?who=Claire&status=todo');

    expect(all.table('Tâche')).toHaveLength(3);
    expect(all.all('#tasks[open]')).toEqual([]);
    expect(blocked.table('Tâche').map((row) => row.Tâche)).toEqual(['two']);
    expect(blocked.all('#tasks[open]')).toHaveLength(1);
    expect(blocked.one('#tasks summary')).toBe('1\u00a0tâche sur 3');
    expect(late.one('#tasks p')).toBe('Aucune tâche ne correspond.');
    expect(hers.table('Tâche').map((row) => row.Tâche)).toEqual(['one', 'three']);
  });

  it('tells what kept a place from being reached, until it is reached again', async () => {
    const lobby = await bakery();
    const report = await lobby.company('martin').cycle('sync');
    const error = new NotNow(() => 'le classeur est ouvert ailleurs');
    lobby.failures.note({ ...report, failures: [{ workspace: 'excel:plan.xlsx', error }] });

    const before = await lobby.page('/');
    lobby.failures.note(report);
    const after = await lobby.page('/');

    expect(before.one('[role=alert]')).toContain('le classeur est ouvert ailleurs');
    expect(after.all('[role=alert]')).toEqual([]);
  });

  it('says that the plan is not there yet', async () => {
    const lobby = await Lobby.open({ martin: 'Boulangerie Martin' });

    const page = await lobby.page('/');

    expect(page.status).toBe(200);
    expect(page.text).toContain('Le plan n’est encore posé nulle part.');
  });

  it('shows words for what they are, whatever people have called things', async () => {
    const name = '<script>alert(1)</script> & "Fils"';
    const lobby = await Lobby.open({ martin: name });
    await lobby.found('martin');

    const page = await lobby.page('/?who=%22%3E%3Cscript%3E&status=%3Cimg%3E');

    expect(page.one('h1')).toBe(name);
    expect(page.all('script, img:not([src^="projects/"])')).toEqual([]);
    expect(page.html).not.toContain('<script');
  });
});

describe('the pictures of a company', () => {
  it('are drawn with their alternative text, and change their address with what they show', async () => {
    const lobby = await bakery();
    const before = (await lobby.page('/')).attributes('img', 'src');
    await lobby.company('martin').setStatus('first/one', 'Fait');
    await lobby.company('martin').cycle('sync');
    lobby.move('2026-11-17T08:00:00.000Z');
    const page = await lobby.page('/');
    const after = page.attributes('img', 'src');

    const picture = await lobby.fetch(`/${after[0]}`);

    expect(before).toHaveLength(1);
    expect(after).toHaveLength(2);
    expect(after[0]).not.toBe(before[0]);
    expect(page.attributes('img', 'alt')[0]).toContain('1\u00a0tâche faite sur 3');
    expect(page.attributes('img', 'alt')[1]).toContain('Où en sont les tâches du plan');
    expect(picture.status).toBe(200);
    expect(picture.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(picture.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(await picture.text()).toMatch(/^<svg/);
  });

  it('are kept by a browser only under the address that belongs to them', async () => {
    const lobby = await bakery();
    const [before = ''] = (await lobby.page('/')).attributes('img', 'src');
    const kept = async (address: string) => {
      const answer = await lobby.fetch(`/${address}`);
      await answer.text();
      return answer.headers.get('cache-control')?.includes('immutable');
    };

    const asItWas = await kept(before);
    await lobby.company('martin').setStatus('first/one', 'Fait');
    await lobby.company('martin').cycle('sync');
    const hasMoved = await kept(before);
    const unnamed = await kept('projects/martin/charts/progress.svg');

    expect([asItWas, hasMoved, unnamed]).toEqual([true, false, false]);
  });

  it('are not there before the plan is', async () => {
    const lobby = await Lobby.open({ martin: 'Boulangerie Martin' });

    expect(await lobby.status('/projects/martin/charts/progress.svg')).toBe(404);
  });

  it('are not there under another name, nor for another project', async () => {
    const lobby = await bakery();

    const statuses = [];
    for (const path of ['martin/charts/none.svg', 'martin/charts/progress.png', 'nobody/charts/progress.svg'])
      statuses.push(await lobby.status(`/projects/${path}`));

    expect(statuses).toEqual([404, 404, 404]);
  });
});
