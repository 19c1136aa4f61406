import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { WatchSource } from '#src/plan/watch-source.ts';
import { serviceJobs } from '#src/service/jobs.ts';
import { foreseeNotices, lookAtSources, postNotices, sourcesOf } from '#src/service/watch.ts';
import { watchHealth } from '#src/watch/health.ts';
import { words } from '../builders/template.ts';
import { anRss, aPlatformList } from '../watch/documents.ts';
import { aFetcher } from '../watch/guest.ts';
import type { OfficialSite } from '../watch/official-site.ts';
import { rowOf, type } from '../workspaces/excel/person.ts';
import { WatchfulCompany } from './watching.ts';

const NEVER = new AbortController().signal;

const page = (site: OfficialSite, touches?: WatchSource['touches']): WatchSource => ({
  id: 'page',
  kind: 'html',
  title: { fr: 'La page', en: 'The page' },
  url: site.url('/page'),
  page: 'https://official.example/page',
  everyHours: 24,
  ...(touches && { touches }),
});
const feed = (site: OfficialSite): WatchSource => ({
  id: 'feed',
  kind: 'rss',
  title: words('Feed'),
  url: site.url('/feed'),
  everyHours: 6,
  keywords: ['facturation électronique'],
});
const lists = (site: OfficialSite): WatchSource[] =>
  (['registered', 'waiting'] as const).map((status) => ({
    id: status,
    kind: 'file',
    title: words(status),
    url: site.url(`/${status}.xlsx`),
    everyHours: 12,
    list: { status, firstRow: 3, name: 1 },
  }));

describe('a notice', () => {
  it('is a row of the log, with what it may touch, given to who does the watch, for a decision', async () => {
    const company = await WatchfulCompany.found((site) => [page(site, { sources: ['law'] })]);
    company.site.put('/page', '<main><p>Le 1er septembre 2027.</p><p>Fin</p></main>');
    expect(await company.watch()).toBe(0);

    company.today = '2026-11-24';
    company.site.put('/page', '<main><p>Le 1er décembre 2027.</p><p>Fin</p></main>');
    expect(await company.watch()).toBe(1);

    const [row] = await company.log();
    expect(row?.fields).toEqual({
      title: 'Texte modifié\u00a0: La page',
      date: '2026-11-24',
      source: 'La page',
      link: 'https://official.example/page',
      excerpt: 'Modifié\u00a0: «\u00a0Le 1er septembre 2027.\u00a0» → «\u00a0Le 1er décembre 2027.\u00a0»',
      touches:
        'Échéance légale à revérifier\u00a0: issue (1er\u00a0septembre\u00a02027), lue pour la dernière fois le 10\u00a0octobre\u00a02026. ' +
        'Relisez sa source, puis mettez à jour verifiedOn\u00a0; le calendrier ne change jamais de lui-même.\n' +
        'Tâches à revoir\u00a0: one.',
      'assigned-to': 'Claire',
      decision: 'to-decide',
      archived: false,
    });
  });

  it('marks the very tasks that rest on the text, and no other', async () => {
    const company = await WatchfulCompany.found((site) => [page(site, { sources: ['law'] })]);
    company.site.put('/page', '<p>Un texte assez long pour compter.</p>');
    await company.watch();
    company.site.put('/page', '<p>Un texte assez long pour compter !</p>');
    await company.watch();

    const remarks = [...(await company.agreed()).values()].filter(({ kind }) => kind === 'comment');

    expect(remarks.map(({ parent }) => parent)).toEqual(['first/one']);
    expect(remarks[0]?.fields).toMatchObject({ author: 'Jalon', origin: 'jalon' });
  });

  it('is said once, however often one looks, and over nobody’s decision', async () => {
    const company = await WatchfulCompany.found((site) => [page(site)]);
    company.site.put('/page', '<p>Avant, un texte.</p>');
    await company.watch();
    company.site.put('/page', '<p>Après, un texte.</p>');
    await company.watch();
    const [row] = await company.log();
    await company.edit(({ grid }) =>
      type(grid('register:log'), rowOf(grid('register:log'), row?.key ?? ''), 'decision', 'No effect'),
    );
    await company.cycle('sync');

    const store = await company.store();
    const memory = await store.memory('martin', 'watch');
    memory.delete('told-up-to');
    await memory.flush();
    expect(await company.watch()).toBe(0);

    expect((await company.log()).map(({ fields }) => fields.decision)).toEqual(['no-effect']);
  });

  it('that people delete stays deleted', async () => {
    const company = await WatchfulCompany.found((site) => [page(site)]);
    company.site.put('/page', '<p>Avant, un texte.</p>');
    await company.watch();
    company.site.put('/page', '<p>Après, un texte.</p>');
    await company.watch();
    const [row] = await company.log();
    await company.edit(({ grid }) => {
      const log = grid('register:log');
      const at = rowOf(log, row?.key ?? '');
      for (const column of log.sheet.columnsOf(at)) log.sheet.set(at, column, { type: 'blank' });
    });
    await company.cycle('sync');

    expect(await company.watch()).toBe(0);
    await company.cycle('apply');

    expect((await company.log()).map(({ fields }) => fields.archived)).toEqual([true]);
  });

  it('is stored before it is told: what was found by a run that died is told by the next one', async () => {
    const company = await WatchfulCompany.found((site) => [feed(site)]);
    company.site.put('/feed', anRss({ title: 'Vieux', link: 'https://x.example/0' }));
    await company.watch();
    company.site.put(
      '/feed',
      anRss({ title: 'La facturation électronique change', link: 'https://x.example/1' }),
    );
    await company.look();

    company.site.put('/feed', { status: 500 });
    expect(await company.watch()).toBe(1);
    expect(await company.watch()).toBe(0);
    expect((await company.log()).map(({ fields }) => fields.title)).toEqual([
      'La facturation électronique change',
    ]);
  });

  it('is written again until the place shows it', async () => {
    const company = await WatchfulCompany.found((site) => [page(site)]);
    company.site.put('/page', '<p>Avant, un texte.</p>');
    await company.watch();
    const whole = company.bytes();
    writeFileSync(company.file(), 'no workbook just now');
    company.site.put('/page', '<p>Après, un texte.</p>');
    expect(await company.watch()).toBe(1);

    writeFileSync(company.file(), whole);
    await company.post();

    const [row] = await company.log();
    await company.edit(({ grid }) => {
      expect(rowOf(grid('register:log'), row?.key ?? '')).toBeGreaterThan(0);
    });
    expect((await company.post()).report).toBeUndefined();
  });

  it('is told once by two runs at the same time', async () => {
    const company = await WatchfulCompany.found((site) => [page(site)]);
    company.site.put('/page', '<p>Avant, un texte.</p>');
    await company.watch();
    company.site.put('/page', '<p>Après, un texte.</p>');
    await Promise.all([company.look(), company.look()]);

    const posted = await Promise.all([company.post(), company.post(), company.post()]);

    expect(posted.map(({ rows }) => rows).toSorted()).toEqual([0, 0, 1]);
    expect(await company.log()).toHaveLength(1);
  });

  it('of which nothing bears a keyword is none', async () => {
    const company = await WatchfulCompany.found((site) => [feed(site)]);
    company.site.put('/feed', anRss());
    await company.watch();
    company.site.put('/feed', anRss({ title: 'Les douanes recrutent', link: 'https://x.example/1' }));

    expect(await company.watch()).toBe(0);
  });

  it('does not come to a company that it touches nothing of', async () => {
    const company = await WatchfulCompany.found((site) => [page(site, { sources: ['list'] })]);
    company.site.put('/page', '<p>Avant, un texte.</p>');
    await company.watch();
    company.site.put('/page', '<p>Après, un texte.</p>');

    expect(await company.watch()).toBe(0);
  });

  it('found before a company came is not told to it', async () => {
    const company = await WatchfulCompany.found((site) => [page(site)]);
    company.site.put('/page', '<p>Avant, un texte.</p>');
    await company.watch();
    company.site.put('/page', '<p>Après, un texte.</p>');
    await company.watch();

    company.slug = 'dupont';
    company.workbooks = ['dupont.xlsx'];
    company.today = '2026-12-10';
    await company.cycle('apply');

    expect(await company.watch()).toBe(0);
  });

  it('comes to every company of the template, from one look', async () => {
    const company = await WatchfulCompany.found((site) => [page(site)]);
    company.site.put('/page', '<p>Avant, un texte.</p>');
    await company.watch();
    company.slug = 'dupont';
    company.workbooks = ['dupont.xlsx'];
    await company.cycle('apply');
    await company.watch();
    const before = company.site.count('/page');

    company.site.put('/page', '<p>Après, un texte.</p>');
    await company.look();
    expect((await company.post()).rows).toBe(1);
    company.slug = 'martin';
    company.workbooks = ['plan.xlsx'];
    expect((await company.post()).rows).toBe(1);

    expect(company.site.count('/page') - before).toBe(1);
  });

  it('costs the workbook nothing where there is none', async () => {
    const company = await WatchfulCompany.found((site) => [page(site)]);
    company.site.put('/page', '<p>Un texte.</p>');
    await company.watch();
    const bytes = company.bytes();

    company.site.put('/page', '<main class="neuf"><p id="x">Un   <em>texte</em>.</p></main>');
    expect(await company.watch()).toBe(0);

    expect(company.bytes().equals(bytes)).toBe(true);
  });

  it('waits for a plan that was never applied', async () => {
    const company = await WatchfulCompany.found((site) => [page(site)]);
    company.site.put('/page', '<p>Un texte.</p>');
    company.slug = 'nobody';
    company.workbooks = ['nobody.xlsx'];

    expect(await company.post()).toEqual({ rows: 0, report: undefined });
  });
});

describe('a round', () => {
  it('keeps each source’s own rhythm', async () => {
    const company = await WatchfulCompany.found((site) => [page(site), feed(site)]);
    company.site.put('/page', '<p>Un texte.</p>').put('/feed', anRss());
    await company.look(false);
    const now = company.now();
    const asked = async (hours: number) => {
      company.now = () => new Date(now.getTime() + hours * 3_600_000);
      return (await company.look(false)).map(({ outcome }) => outcome);
    };

    expect(await asked(1)).toEqual(['not-due', 'not-due']);
    expect(await asked(6)).toEqual(['not-due', 'same']);
    expect(await asked(24)).toEqual(['same', 'same']);
  });

  it('leaves a site alone that does not answer, after two tries', async () => {
    const pages = Array.from({ length: 5 }, (_, n) => `page-${n}`);
    const company = await WatchfulCompany.found((site) =>
      pages.map((id) => ({ ...page(site), id, url: `https://down.example/${id}` })),
    );

    expect(await company.outcomes()).toEqual(['sick', 'sick', 'left-out', 'left-out', 'left-out']);
  });

  it('in vain keeps nothing', async () => {
    const company = await WatchfulCompany.found((site) => [page(site)]);
    company.site.put('/page', '<p>Avant, un texte.</p>');
    await company.watch();
    company.site.put('/page', '<p>Après, un texte.</p>');
    const project = await company.running();
    const deps = await company.deps();
    const watch = { fetcher: aFetcher({ allowHosts: [company.site.host] }) };

    const looks = await lookAtSources({ sources: sourcesOf(project), all: true, dryRun: true }, watch, deps);
    const notices = looks.flatMap((look) => look.notices);

    expect(await foreseeNotices(project, notices, deps)).toBe(1);
    expect((await postNotices(project, deps)).rows).toBe(0);
    expect(await company.outcomes()).toEqual(['changed']);
  });

  it('is the job of the service, which looks for all its companies at once', async () => {
    const company = await WatchfulCompany.found((site) => [page(site)]);
    company.site.put('/page', '<p>Un texte.</p>');
    const project = await company.running();
    const jobs = serviceJobs({
      open: async () => project,
      cycle: await company.deps(),
      watch: async () => ({ fetcher: aFetcher({ allowHosts: [company.site.host] }) }),
    });
    const job = jobs.find(({ name }) => name === 'watch');

    await Promise.all(['martin', 'martin', 'martin'].map((slug) => job?.run(slug, '', NEVER)));

    expect(job).toMatchObject({ remembered: true });
    expect(company.site.count('/page')).toBe(1);
  });
});

describe('a sick source', () => {
  it('is no change, is told after three days, and only when it was found so twice', async () => {
    const company = await WatchfulCompany.found((site) => [page(site)]);
    const { sources } = company.template.watch;
    const told = async () =>
      (await watchHealth(sources, (await company.store()).watch, company.now())).sick.length;
    company.site.put('/page', '<p>Un texte.</p>');
    await company.watch();

    company.site.put('/page', { status: 403, body: 'x' });
    expect(await company.watch()).toBe(0);
    company.today = '2026-11-27';
    expect(await told()).toBe(0);

    expect(await company.outcomes()).toEqual(['sick']);
    expect(await told()).toBe(1);

    company.site.put('/page', '<p>Un texte.</p>');
    expect(await company.outcomes()).toEqual(['same']);
    expect(await told()).toBe(0);
  });

  it('that asks to be left alone is, also by whoever looks at all', async () => {
    const company = await WatchfulCompany.found((site) => [page(site)]);
    company.site.put('/page', { status: 429, headers: { 'retry-after': '7200' } });
    expect(await company.outcomes()).toEqual(['sick']);
    expect(await company.outcomes()).toEqual(['not-due']);

    const later = company.now().getTime() + 2 * 3_600_000;
    company.now = () => new Date(later);
    company.site.put('/page', '<p>Un texte.</p>');
    expect(await company.outcomes()).toEqual(['first']);
  });

  it('that recovers tells what has changed meanwhile', async () => {
    const company = await WatchfulCompany.found((site) => [page(site)]);
    company.site.put('/page', '<p>Avant, un texte.</p>');
    await company.watch();
    company.site.put('/page', '<p>Site en maintenance</p>');
    await company.watch();
    company.site.put('/page', '<p>Après, un texte.</p>');

    expect(await company.watch()).toBe(1);
  });
});

describe('the official lists', () => {
  async function withLists() {
    const company = await WatchfulCompany.found(lists);
    let hours = 0;
    company.now = () => new Date(Date.parse('2026-11-23T08:00:00Z') + hours * 3_600_000);
    const publish = async (registered: string[], waiting: string[] = ['Attente']) => {
      hours += 1;
      const known = ['Une', 'Deux', 'Trois', 'Quatre'];
      company.site.put('/registered.xlsx', { body: await aPlatformList([...known, ...registered]) });
      company.site.put('/waiting.xlsx', { body: await aPlatformList(waiting) });
      return company.watch();
    };
    const offer = async (key: string) => (await company.agreed()).get(`offers:${key}`)?.fields;
    return { company, publish, offer };
  }

  it('fill in what they say of the platforms that the team compares, by name', async () => {
    const { publish, offer } = await withLists();

    expect(await publish(['ALPHA'], ['Béta'])).toBe(0);

    expect(await offer('a')).toMatchObject({ standing: 'registered', 'read-on': '2026-11-23' });
    expect(await offer('b')).toMatchObject({ standing: 'waiting' });
    expect((await offer('c'))?.standing ?? '').toBe('');
  });

  it('tell who came, left and moved, once', async () => {
    const { company, publish, offer } = await withLists();
    await publish(['Alpha', 'Partante'], ['Beta']);

    expect(await publish(['Alpha', 'Beta', 'Nouvelle'], ['Attente'])).toBe(1);
    expect(await publish(['Alpha', 'Beta', 'Nouvelle'], ['Attente'])).toBe(1);
    expect(await publish(['Alpha', 'Beta', 'Nouvelle'], ['Attente'])).toBe(0);

    expect((await company.log()).map(({ fields }) => fields.excerpt)).toEqual([
      'Désormais immatriculées\u00a0: Beta.\nNouvelles sur les listes\u00a0: Attente\u00a0; Nouvelle.',
      'Retirées des listes\u00a0: Partante.',
    ]);
    expect(await offer('b')).toMatchObject({ standing: 'registered' });
  });

  it('without the company’s own platform are urgent, and a task', async () => {
    const { company, publish, offer } = await withLists();
    await publish(['Alpha']);
    await publish([]);
    await publish([]);

    const [row] = await company.log();
    const task = [...(await company.agreed()).values()].find(({ key }) => key.startsWith('first/watch-'));
    expect(row?.fields.title).toBe('Urgent\u00a0: Alpha SAS ne figure plus sur les listes officielles');
    expect(task?.fields).toMatchObject({
      title: 'Réagir au retrait de la plateforme Alpha SAS',
      priority: 'urgent',
      people: ['Claire'],
      due: '2026-11-30',
    });
    expect(await offer('a')).toMatchObject({ standing: 'absent' });
  });

  it('say nothing while one of them is sick', async () => {
    const { company, publish } = await withLists();
    await publish(['Alpha']);
    company.site.put('/waiting.xlsx', { status: 503 });
    company.site.put('/registered.xlsx', { body: await aPlatformList(['Une', 'Deux', 'Trois', 'Quatre']) });

    expect([await company.watch(), await company.watch(), await company.watch()]).toEqual([0, 0, 0]);
  });

  it('leave alone what the team has written itself', async () => {
    const { company, publish, offer } = await withLists();
    await company.edit(({ grid }) =>
      type(grid('register:offers'), rowOf(grid('register:offers'), 'offers:a'), 'standing', 'waiting'),
    );
    await company.cycle('sync');

    await publish(['Alpha']);
    await publish(['Alpha']);

    expect(await offer('a')).toMatchObject({ standing: 'waiting' });
  });
});
