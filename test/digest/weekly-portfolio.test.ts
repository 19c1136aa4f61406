import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderEmail } from '#src/digest/send/render-email.ts';
import {
  type CompanyStanding,
  type Portfolio,
  portfolioMessage,
  worstFirst,
} from '#src/digest/weekly/portfolio.ts';
import { type DigestWay, sharedReaders } from '#src/digest/weekly/shared-readers.ts';
import { VERDICTS } from '#src/metrics/verdict.ts';
import { USUAL_MOMENT } from '#src/plan/digest-moment.ts';
import { runCycle } from '#src/service/cycle.ts';
import { createDigestRound } from '#src/service/digest-round.ts';
import { tellPortfolio } from '#src/service/portfolio.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { aDelivery } from './messages.ts';
import { CompanyWithDigests } from './weekly-company.ts';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

function aStanding(slug: string, more: Partial<CompanyStanding> = {}): CompanyStanding {
  return {
    ...{ slug, company: slug, verdict: 'on-track', reason: '', progress: 0.5, overdue: 0, url: undefined },
    unmet: undefined,
    next: { date: '2027-09-01', daysLeft: 282, title: 'Émettre ses factures', sure: true, others: 0 },
    ...more,
  };
}

/** Thirty companies, from the worst to the best. */
function thirty(): readonly CompanyStanding[] {
  const numbers = Array.from({ length: 10 }, (_, index) => index);
  const named = (verdict: CompanyStanding['verdict'], index: number) =>
    `${verdict}-${String(index).padStart(2, '0')}`;
  return [
    ...numbers.map((n) => aStanding(named('late', n), { verdict: 'late', overdue: 20 - n })),
    ...numbers.map((n) => aStanding(named('at-risk', n), { verdict: 'at-risk', progress: n / 20 })),
    ...numbers.slice(0, 5).map((n) => aStanding(named('on-track', n), { company: `Entreprise ${n + 6}` })),
    ...numbers.slice(5).map((n) => aStanding(named('ahead', n), { verdict: 'ahead' })),
  ];
}

describe('a portfolio', () => {
  it('has the worst of thirty companies first, in whichever order they come', () => {
    const inOrder = thirty();
    fc.assert(
      fc.property(fc.shuffledSubarray([...inOrder], { minLength: 30 }), (companies) => {
        expect(worstFirst(companies, 'fr')).toEqual(inOrder);
      }),
    );
  });

  it('has one line for each of thirty companies, below what they have in common', () => {
    const portfolio: Portfolio = {
      ...{ week: '2026-W48', locale: 'fr', companies: thirty(), without: [] },
      ...{ dashboard: undefined, late: undefined },
    };

    const { blocks, subject, key } = portfolioMessage(portfolio);

    const headings = blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []));
    const lines = blocks.flatMap((block) => (block.kind === 'list' ? block.lines : []));
    expect(key).toBe('portfolio:2026-W48');
    expect(plain(subject)).toBe('30 entreprises : 10 en retard, 10 à surveiller – semaine 48');
    expect(headings).toEqual(['En retard (10)', 'À surveiller (10)', 'Dans les temps (5)', 'En avance (5)']);
    expect(lines.map(({ text }) => text.split(' – ')[0])).toEqual(thirty().map(({ company }) => company));
  });

  it('is read at a glance', () => {
    const unmet = {
      ...{ id: 'receive', date: '2026-09-01', daysLeft: -83, title: 'Recevoir ses factures' },
      ...{ sure: true, others: 0, ready: 0.33 },
    };
    const portfolio: Portfolio = {
      week: '2026-W48',
      locale: 'fr',
      companies: [
        aStanding('a', { company: 'Café Zoë', verdict: 'late', overdue: 3, url: 'https://www.notion.so/a' }),
        aStanding('c', { company: 'Hôtel du Pont', verdict: 'late' }),
        aStanding('d', { company: 'Librairie Ormeau', verdict: 'at-risk', unmet }),
        aStanding('b', { company: 'Boulangerie Martin', progress: 0, next: undefined }),
      ],
      without: ['Garage Durand', 'Fleurs Petit'],
      dashboard: 'https://jalon.example.org/',
      late: '2026-11-23',
    };
    const textOf = (locale: 'fr' | 'en') => {
      const { subject, text } = renderEmail(portfolioMessage({ ...portfolio, locale }), '');
      return plain(`${subject}\n\n${text}`);
    };

    expect(textOf('fr')).toMatchInlineSnapshot(`
      "4 entreprises : 2 en retard, 1 à surveiller – semaine 48

      En retard (2)
      -------------

      - Café Zoë – 3 tâches en retard, avancement 50 %, Émettre ses factures dans 282 jours
        https://www.notion.so/a
      - Hôtel du Pont – à ce rythme, prêt après la date, avancement 50 %, Émettre ses factures dans 282 jours

      À surveiller (1)
      ----------------

      - Librairie Ormeau – à ce rythme, prêt de justesse, avancement 50 %, Recevoir ses factures en vigueur depuis 83 jours (prêt à 33 %), Émettre ses factures dans 282 jours

      Dans les temps (1)
      ------------------

      - Boulangerie Martin – avancement 0 %

      Le plan n’est encore posé nulle part pour : Garage Durand, Fleurs Petit.

      Ouvrir le tableau de bord
      https://jalon.example.org/

      Ce point était prévu le lundi 23 novembre. Il arrive en retard.
      "
    `);
    expect(textOf('en')).toMatchInlineSnapshot(`
      "4 companies: 2 late, 1 to be watched – week 48

      Late (2)
      --------

      - Café Zoë – 3 tasks overdue, progress 50%, Émettre ses factures in 282 days
        https://www.notion.so/a
      - Hôtel du Pont – at this pace, ready after the date, progress 50%, Émettre ses factures in 282 days

      To be watched (1)
      -----------------

      - Librairie Ormeau – at this pace, ready only just, progress 50%, Recevoir ses factures in force for 83 days (33% ready), Émettre ses factures in 282 days

      On track (1)
      ------------

      - Boulangerie Martin – progress 0%

      There is no plan yet for: Garage Durand, Fleurs Petit.

      Open the dashboard
      https://jalon.example.org/

      This digest was meant for Monday 23 November. It comes late.
      "
    `);
  });

  it('keeps each verdict that there is', () => {
    const companies = VERDICTS.map((verdict) => aStanding(verdict, { verdict }));

    expect(worstFirst(companies, 'en').map(({ verdict }) => verdict)).toEqual(VERDICTS.toReversed());
  });
});

const SERVER = 'smtp://mail.example.org';

function aWay(slug: string, more: Partial<DigestWay['delivery']> = {}, digest = USUAL_MOMENT): DigestWay {
  const delivery = aDelivery({ smtpUrl: SERVER, slackWebhookUrl: 'https://hooks.slack.com/services/x' });
  return { slug, digest, delivery: { ...delivery, project: slug, channels: ['email'], ...more } };
}

function toReaders(slug: string, ...digestTo: string[]): DigestWay {
  const { settings } = aDelivery({ smtpUrl: SERVER, digestTo });
  return aWay(slug, { settings });
}

describe('readers that companies share', () => {
  it('get one portfolio from the fourth company on', () => {
    const ways = ['d', 'b', 'a', 'c'].map((slug) => aWay(slug));

    const three = sharedReaders(ways.slice(1), 4);
    const four = sharedReaders(ways, 4);

    expect(three).toEqual({
      portfolios: [],
      alone: new Map(['b', 'a', 'c'].map((slug) => [slug, ['email']])),
    });
    expect(four.portfolios).toEqual([{ channels: ['email'], members: ['a', 'b', 'c', 'd'] }]);
    expect([...four.alone.values()]).toEqual([[], [], [], []]);
  });

  it('are the same whatever the order and the capitals of their addresses', () => {
    const { portfolios } = sharedReaders(
      [toReaders('a', 'x@example.org', 'Y@example.org'), toReaders('b', 'y@example.org', 'X@example.org')],
      2,
    );

    expect(portfolios).toEqual([{ channels: ['email'], members: ['a', 'b'] }]);
  });

  it.each([
    ['others read too', [toReaders('a', 'x@example.org'), toReaders('b', 'x@example.org', 'y@example.org')]],
    ['nobody reads', [toReaders('a'), toReaders('b')]],
    ['they read on another day', [aWay('a'), aWay('b', {}, { day: 'friday', hour: 8 })]],
  ])('share nothing where %s', (_why, ways) => {
    expect(sharedReaders(ways, 2).portfolios).toEqual([]);
  });

  it('are found on each channel by itself', () => {
    const both = ['email', 'slack'] as const;
    const ways = [
      aWay('a', { channels: both }),
      aWay('b', { channels: both }),
      aWay('c', { channels: ['slack'] }),
    ];

    const { portfolios, alone } = sharedReaders(ways, 3);
    const sameOnBoth = sharedReaders(ways.slice(0, 2), 2);

    expect(portfolios).toEqual([{ channels: ['slack'], members: ['a', 'b', 'c'] }]);
    expect([...alone]).toEqual([
      ['a', ['email']],
      ['b', ['email']],
      ['c', []],
    ]);
    expect(sameOnBoth.portfolios).toEqual([{ channels: ['email', 'slack'], members: ['a', 'b'] }]);
  });

  it('make no portfolio of one company', () => {
    expect(sharedReaders([aWay('a')], 1).portfolios).toEqual([]);
  });
});

/** Companies of one installation, in one store, which tell people by e-mail and in no tool. */
async function installation(...slugs: string[]) {
  const home = await CompanyWithDigests.founded();
  const opened = await home.running();
  const projects = slugs.map((slug): RunningProject => {
    const blueprint = { ...opened.blueprint, project: slug, company: `Entreprise ${slug}` };
    const delivery = { ...opened.delivery, project: slug, settings: aDelivery({ smtpUrl: SERVER }).settings };
    return { ...opened, slug, blueprint, delivery, workspaces: [] };
  });
  const deps = await home.deps();
  for (const project of projects) await runCycle(project, 'apply', deps);
  const sent = async () => {
    const all = await Promise.all(
      slugs.map(async (slug) => {
        const entries = await deps.store.outbox.entries(slug);
        return entries.map(({ key }) => `${slug} ${key}`);
      }),
    );
    return all.flat();
  };
  return { home, projects, deps, sent };
}

describe('the round of an installation', () => {
  it('sends one portfolio in the place of many digests, and writes each company’s row all the same', async () => {
    const { home, projects, deps, sent } = await installation('a', 'b', 'c', 'd');
    const everybody = { projects: async () => projects, portfolioFrom: 4 };
    const round = createDigestRound(everybody);
    for (const project of projects) await round.tell(project, deps);
    home.move('2026-11-23T07:00:00Z');
    for (const project of projects) await round.tell(project, deps);
    for (const project of projects) await createDigestRound(everybody).tell(project, deps);

    const [queued] = await deps.store.outbox.due('a', new Date('2030-01-01'));
    const rows = await Promise.all(
      projects.map(async ({ slug }) => (await deps.store.load(slug)).agreed.has('weekly-digests:2026-W48')),
    );
    expect(await sent()).toEqual(['a portfolio:2026-W48']);
    expect(plain(queued?.message.subject ?? '')).toBe('4 entreprises : rien ne bloque – semaine 48');
    expect(rows).toEqual([true, true, true, true]);
  });

  it('keeps single digests for fewer companies', async () => {
    const { home, projects, deps, sent } = await installation('a', 'b');
    const round = createDigestRound({ projects: async () => projects, portfolioFrom: 4 });
    for (const project of projects) await round.tell(project, deps);
    home.move('2026-11-23T07:00:00Z');
    for (const project of projects) await round.tell(project, deps);

    expect(await sent()).toEqual(['a digest:2026-W48', 'b digest:2026-W48']);
  });

  it('sends it also where this process works on some of its companies only, by one of those', async () => {
    const { home, projects, deps, sent } = await installation('a', 'b');
    const [, b] = projects as [RunningProject, RunningProject];
    const round = createDigestRound({ projects: async () => projects, portfolioFrom: 2 });
    await round.tell(b, deps);
    home.move('2026-11-23T07:00:00Z');

    await round.tell(b, deps);

    expect(await sent()).toEqual(['b portfolio:2026-W48']);
  });

  it('leaves it to the next company when it cannot be told with the first', async () => {
    const { home, projects, deps, sent } = await installation('a', 'b');
    const [a, b] = projects as [RunningProject, RunningProject];
    const round = createDigestRound({ projects: async () => projects, portfolioFrom: 2 });
    for (const project of projects) await round.tell(project, deps);
    home.move('2026-11-23T07:00:00Z');
    const broken = {
      ...deps,
      store: { ...deps.store, commit: () => Promise.reject(new Error('full disk')) },
    };

    await expect(round.tell(a, broken)).rejects.toThrow('full disk');
    await round.tell(b, deps);
    await round.tell(a, deps);

    expect(await sent()).toEqual(['b portfolio:2026-W48']);
  });

  it('sends no second portfolio when a company joins that comes first', async () => {
    const { home, projects, deps, sent } = await installation('a', 'b', 'c');
    const [a, b] = projects as [RunningProject, RunningProject];
    home.move('2026-11-23T07:00:00Z');

    await tellPortfolio({ channels: ['email'], members: ['b', 'c'] }, projects, deps, { host: b });
    await tellPortfolio({ channels: ['email'], members: ['a', 'b', 'c'] }, projects, deps, { host: a });

    expect(await sent()).toEqual(['b portfolio:2026-W48']);
  });

  it('names the companies that have no plan yet, and sends nothing when none has', async () => {
    const { home, projects, deps, sent } = await installation('a', 'b');
    home.move('2026-11-23T07:00:00Z');
    const fresh = projects.map((project): RunningProject => ({ ...project, slug: `new-${project.slug}` }));
    const members = [...projects, ...fresh].map(({ slug }) => slug);

    const [host] = projects as [RunningProject];
    const group = { channels: ['email'], members } as const;
    const told = await tellPortfolio(group, [...projects, ...fresh], deps, { host });
    const none = await tellPortfolio(group, fresh, deps, { host });

    expect(told.without).toEqual(['Entreprise a', 'Entreprise b']);
    expect(told.companies).toHaveLength(2);
    expect(none.companies).toEqual([]);
    expect(await sent()).toEqual(['a portfolio:2026-W48']);
  });
});
