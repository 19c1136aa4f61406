import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { watchedTemplate } from '../service/watching.ts';
import { anRss, aPdf, aPlatformList } from '../watch/documents.ts';
import { OfficialSite } from '../watch/official-site.ts';
import { personEdits } from '../workspaces/excel/person.ts';
import { Desk, ended, madeOnce } from './jalon.ts';
import { writeTemplate } from './small-template.ts';

interface WatchDocument {
  readonly sources: readonly {
    id: string;
    outcome: string;
    illness: { message: string } | null;
    notices: object[];
  }[];
  readonly projects: readonly { slug: string; notices: number; errors: readonly unknown[] }[];
}

/** As often as one likes in the soak test. */
const KILLS = Number(process.env.JALON_KILLS ?? 3);

const PROJECT = ['projects', 'martin.yaml'] as const;
/** Where the project’s own page is, until its site has an address. */
const ELSEWHERE = 'https://site.example';

const withPlan = madeOnce(async (desk) => {
  mkdirSync(desk.path('projects'), { recursive: true });
  writeTemplate(
    desk.path('projects'),
    watchedTemplate([
      {
        id: 'article',
        kind: 'json',
        title: { fr: 'Un article', en: 'An article' },
        url: 'https://api.piste.example/article',
        everyHours: 24,
        access: 'piste',
        fields: { id: 'id', text: ['etat'] },
      },
    ]),
  );
  writeFileSync(
    desk.path(...PROJECT),
    `company: { name: Boulangerie Martin, size: micro, vat: franchise }
start: 2026-11-23
template: small-project
profile: full
people: { lead: { name: Claire } }
workspaces: [{ kind: excel, file: plan.xlsx }]
sources:
  - id: page
    kind: html
    title: { fr: "Ma page", en: "My page" }
    url: ${ELSEWHERE}/page
    everyHours: 24
    touches: { sources: [law] }
`,
  );
  expect((await desk.jalon('apply')).code).toBe(0);
});

/** A desk whose one project watches one page of a site on loopback, besides an article through PISTE. */
async function aWatchfulDesk() {
  const site = await OfficialSite.open();
  site.put('/page', '<p>Avant, un texte.</p>');
  const desk = new Desk({ JALON_WATCH: 'on', WATCH_ALLOW_HOSTS: site.host });
  await withPlan(desk);
  writeFileSync(desk.path(...PROJECT), desk.read(...PROJECT).replace(ELSEWHERE, site.url('')));
  return { site, desk };
}

describe('jalon watch', () => {
  it('looks, tries without keeping, notes once, and says how each source fares', {
    timeout: 60_000,
  }, async () => {
    const { site, desk } = await aWatchfulDesk();

    const first = await desk.json<WatchDocument>('watch');
    expect(first.code).toBe(0);
    expect(first.document.sources.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['article', 'no-credentials'],
      ['page', 'first'],
    ]);
    expect(site.visits[0]?.headers['user-agent']).toMatch(/^Jalon\/\d/);

    site.put('/page', '<p>Après, un texte.</p>');
    const tried = await desk.jalon('watch', '--dry-run');
    expect(tried.out.replaceAll('\u00a0', ' ')).toContain('martin : 1 ligne serait notée.');

    const noted = await desk.json<WatchDocument>('watch');
    expect(noted.document.projects).toEqual([{ slug: 'martin', notices: 1, errors: [] }]);
    const again = await desk.json<WatchDocument>('watch');
    expect(again.document.projects).toEqual([{ slug: 'martin', notices: 0, errors: [] }]);

    const health = (await desk.jalon('doctor')).out.replaceAll('\u00a0', ' ');
    expect(health).toContain('1 source officielle suivie.');
    expect(health).toContain('PISTE_CLIENT_ID');
  });

  it('tells an illness at once, doctor after three days, and takes what it is told to accept', {
    timeout: 60_000,
  }, async () => {
    const { site, desk } = await aWatchfulDesk();
    const long = (n: number) => `<p>${'Une phrase assez longue. '.repeat(n)}</p>`;
    site.put('/page', long(40));
    await desk.jalon('watch');
    site.put('/page', long(4));

    const { document } = await desk.json<WatchDocument>('watch');
    expect(document.sources[1]).toMatchObject({ outcome: 'sick', notices: [] });
    const later = desk.with({ JALON_NOW: '2026-11-27T09:00:00+01:00' });
    expect((await later.jalon('watch')).out).toContain('--accept');
    expect((await later.jalon('doctor')).out).toContain('La source page ne se lit plus depuis le');

    const accepted = await later.jalon('watch', '--accept', 'page', '--json');
    expect(JSON.parse(accepted.out).sources[1]).toMatchObject({ outcome: 'first', illness: null });
    expect((await later.jalon('doctor')).out).not.toContain('ne se lit plus');
    expect((await later.jalon('watch', '--accept', 'nothing')).code).toBe(2);
  });

  it('reads every kind of source as it is published, in one bundle', { timeout: 60_000 }, async () => {
    const { site, desk } = await aWatchfulDesk();
    const source = (id: string, kind: string, more = '') =>
      `  - { id: ${id}, kind: ${kind}, title: { fr: ${id}, en: ${id} }, url: "${site.url(`/${id}`)}", everyHours: 24${more} }\n`;
    writeFileSync(
      desk.path(...PROJECT),
      desk.read(...PROJECT) +
        source('feed', 'rss') +
        source('guide', 'file') +
        source('records', 'json', ', fields: { id: id, text: [id] }') +
        source('list', 'file', ', list: { status: registered, firstRow: 3, name: 1 }'),
    );
    site.put('/feed', anRss({ title: 'Un', link: 'https://x.example/1' }));
    site.put('/guide', { body: aPdf(['Question 1', 'Oui.']) }).put('/records', '[{"id":"a"}]');
    site.put('/list', { body: await aPlatformList(['Alpha']) });
    const outcomes = async () =>
      (await desk.json<WatchDocument>('watch')).document.sources.slice(1).map(({ outcome }) => outcome);

    expect(await outcomes()).toEqual(['first', 'first', 'first', 'first', 'first']);
    site.put('/guide', { body: aPdf(['Question 1', 'Non.']) });
    expect(await outcomes()).toEqual(['same', 'same', 'changed', 'same', 'same']);
  });

  it('notes each change once, whenever it is killed', { timeout: 120_000 }, async () => {
    const { site, desk } = await aWatchfulDesk();
    await desk.jalon('watch');
    site.put('/page', '<p>Après, un texte.</p>');

    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = desk.spawn('watch');
      // From before the first request to after the last write.
      const timer = setTimeout(() => child.kill('SIGKILL'), 150 + (kill * 900) / KILLS);
      await ended(child);
      clearTimeout(timer);
    }
    expect((await desk.jalon('watch')).code).toBe(0);

    let rows = 0;
    await personEdits(desk.path('projects', 'plan.xlsx'), ({ grid }) => {
      const log = grid('register:log');
      rows = log.dataRows().filter((row) => log.keyOf(row) !== '').length;
    });
    expect(rows).toBe(1);
  });

  it('asks nobody where it is off', { timeout: 60_000 }, async () => {
    const { site, desk } = await aWatchfulDesk();

    const { code, out } = await desk.with({ JALON_WATCH: 'off' }).jalon('watch');

    expect(code).toBe(0);
    expect(out).toContain('JALON_WATCH=off');
    expect(site.visits).toEqual([]);
  });

  it('refuses a project’s own source that points to Légifrance, and says where', {
    timeout: 60_000,
  }, async () => {
    const { desk } = await aWatchfulDesk();
    const project = desk.read(...PROJECT);
    writeFileSync(
      desk.path(...PROJECT),
      project.replace(/url: http.*/, 'url: https://www.legifrance.gouv.fr/jorf'),
    );

    const { code, err } = await desk.jalon('watch');

    expect(code).toBe(2);
    expect(err).toContain('www.legifrance.gouv.fr');
    expect(err).toContain('martin.yaml');
  });
});
