import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadTemplate } from '#src/config/load-template.ts';
import { selectTasks } from '#src/plan/select-tasks.ts';
import { isClosedToRobots } from '#src/plan/watch-source.ts';
import { concernOf } from '#src/watch/concern.ts';
import { sourceKey } from '#src/watch/source-key.ts';
import { aCompany } from '../builders/template.ts';

const templates = readdirSync('templates', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'schema')
  .map(({ name }) => name);
const load = (name: string) => loadTemplate(name, { projects: 'none' });
const invoicing = await load('facturation-electronique');
const { sources } = invoicing.watch;

describe('the sources that ship', () => {
  it.each(templates)('never point to a site that keeps robots out, and are https: %s', async (name) => {
    const { watch } = await load(name);
    for (const { url } of watch.sources) {
      expect(isClosedToRobots(new URL(url).hostname), url).toBe(false);
      expect(url).toMatch(/^https:/);
    }
  });

  it.each([
    'https://www.legifrance.gouv.fr/x',
    'https://LEGIFRANCE.gouv.fr./',
    'https://facturation.chorus-pro.gouv.fr/annuaire/',
  ])('could not point to %s', (url) => {
    expect(isClosedToRobots(new URL(url).hostname)).toBe(true);
  });

  it('leave everybody else open', () => {
    expect(
      ['bofip.impots.gouv.fr', 'portail.chorus-pro.gouv.fr', 'notlegifrance.gouv.fr'].some(isClosedToRobots),
    ).toBe(false);
  });

  it('cover what is attested: BOFiP, the ministry, Service-Public, FNFE, the DGFiP, both lists, Légifrance', () => {
    const hosts = new Set(sources.map(({ url }) => new URL(url).host));
    const of = (kind: string) => sources.filter((source) => source.kind === kind).length;

    for (const host of [
      'bofip.impots.gouv.fr',
      'data.economie.gouv.fr',
      'www.economie.gouv.fr',
      'www.service-public.gouv.fr',
      'fnfe-mpe.org',
      'www.impots.gouv.fr',
      'api.piste.gouv.fr',
    ])
      expect(hosts).toContain(host);
    expect(sources.flatMap((one) => (one.kind === 'file' && one.list ? [one.list.status] : []))).toEqual([
      'registered',
      'waiting',
    ]);
    expect([of('rss') > 4, of('html') > 8, of('file') > 8, of('json') > 8]).toEqual([true, true, true, true]);
  });

  it('ask PISTE only with a token', () => {
    for (const source of sources.filter(({ url }) => new URL(url).host === 'api.piste.gouv.fr'))
      expect(source).toMatchObject({ kind: 'json', access: 'piste' });
  });

  it('each touch something of a plan, as far as they say what they touch', () => {
    const company = aCompany({ vat: 'reel-mensuel', facts: { accountant: true, 'foreign-purchases': true } });
    const watched = { template: invoicing, sources, company, profile: 'complet' };
    for (const source of sources.filter(({ touches }) => touches !== undefined)) {
      const notice = {
        id: 'x',
        sources: [sourceKey(source)],
        entry: null,
        added: [],
        removed: [],
        changed: [],
      };
      const concern = concernOf(notice, watched);
      expect((concern?.tasks.length ?? 0) + (concern?.obligations.length ?? 0), source.id).toBeGreaterThan(0);
    }
  });

  it('a new version of the doctrine marks the tasks that rest on it, and no other', () => {
    const feed = sources.find(({ id }) => id === 'bofip-actualites');
    const company = aCompany({ vat: 'reel-mensuel' });
    const entry = {
      title: 'TVA',
      link: 'https://bofip.impots.gouv.fr/bofip/13901-PGP.html/identifiant=BOI-TVA-DECLA-20-30-60-20261120',
      date: null,
    };
    const notice = {
      id: 'x',
      sources: feed ? [sourceKey(feed)] : [],
      entry,
      added: [],
      removed: [],
      changed: [],
    };

    const concern = concernOf(notice, { template: invoicing, sources, company, profile: 'complet' });

    const resting = selectTasks(invoicing, company, 'complet').filter(({ task }) =>
      task.sources?.includes('bofip-tva-decla-20-30-60'),
    );
    expect(resting.length).toBeGreaterThan(0);
    expect(concern?.tasks.map(({ key }) => key).toSorted()).toEqual(resting.map(({ key }) => key).toSorted());
  });

  it('have names of their own, and one key each', () => {
    expect(new Set(sources.map(sourceKey)).size).toBe(sources.length);
  });
});
