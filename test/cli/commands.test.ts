import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { personEdits, rowOf, type } from '../workspaces/excel/person.ts';
import { Desk, madeOnce } from './jalon.ts';

const MARTIN = ['--name', 'Boulangerie Martin', '--siren', '552100554', '--vat', 'franchise', '--yes'];

interface CycleDocument {
  readonly projects: readonly {
    readonly slug: string;
    readonly workspaces: readonly Record<string, unknown>[];
    readonly conflicts: readonly unknown[];
    readonly errors: readonly { message: string }[];
  }[];
}

interface StatusDocument {
  readonly projects: readonly {
    readonly slug: string;
    readonly progress: { overall: number; steps: { key: string; done: number; total: number }[] };
    readonly items: { key: string; title: string; status: string; due: string | null; late: boolean }[];
    readonly obligations: { id: string; date: string; daysLeft: number; progress: number }[];
    readonly verdict: string;
    readonly forecast: readonly { id: string; p50: string | null; p85: string | null; enough: boolean }[];
  }[];
}

const withPlan = madeOnce(async (desk) => {
  desk.found();
  await desk.jalon('apply');
});

describe('from a company’s name to a living workbook', () => {
  it('starts with nothing: an example, a workbook, and where it stands, in French', {
    timeout: 60_000,
  }, async () => {
    const desk = new Desk({}, { isNew: true });

    const { code, out } = await desk.jalon('start', '--once');

    expect(code).toBe(0);
    expect(existsSync(desk.path('projects', 'boulangerie-martin.xlsx'))).toBe(true);
    expect(out).toContain(desk.path('projects', 'boulangerie-martin.xlsx'));
    expect(out.replaceAll('\u00a0', ' ')).toMatch(/Avancement {2}0/);
    expect(out).toContain('Échéances légales');
    expect(out).toContain('01/09/2027');
  });

  it('plans, applies, follows an edit and says so, by the contract', { timeout: 60_000 }, async () => {
    const desk = new Desk();
    expect((await desk.jalon('init', ...MARTIN)).code).toBe(0);

    const pending = await desk.jalon('plan');
    expect(pending.code).toBe(10);
    expect(pending.out).toContain('+ ');
    expect(existsSync(desk.path('projects', 'boulangerie-martin.xlsx'))).toBe(false);

    const first = await desk.json<CycleDocument>('apply');
    const [workspace] = first.document.projects[0]?.workspaces ?? [];
    expect(first.code).toBe(0);
    expect(Object.keys(workspace ?? {}).sort()).toEqual(
      [
        'adopted',
        'archived',
        'created',
        'durationMs',
        'edits',
        'kind',
        'removed',
        'requests',
        'unchanged',
        'updated',
        'url',
      ].sort(),
    );
    expect(workspace).toMatchObject({ kind: 'excel', updated: 0, archived: 0, requests: 0 });

    const second = await desk.json<CycleDocument>('apply');
    expect(second.document.projects[0]?.workspaces[0]).toMatchObject({
      created: 0,
      updated: 0,
      archived: 0,
      adopted: 0,
    });
    expect((await desk.jalon('plan')).code).toBe(0);

    await personEdits(desk.path('projects', 'boulangerie-martin.xlsx'), ({ grid }) =>
      type(grid('plan'), rowOf(grid('plan'), 'comprendre/outil-de-suivi'), 'status', 'Fait'),
    );
    const told = (await desk.jalon('plan')).out.replaceAll('\u00a0', ' ');
    expect(told).toContain('état : « À faire » → « Fait »');
    expect((await desk.json<CycleDocument>('sync')).code).toBe(0);
    const { document } = await desk.json<StatusDocument>('status');
    const [project] = document.projects;
    expect(project).toMatchObject({ slug: 'boulangerie-martin' });
    // On its first day a team has no pace yet.
    expect(project?.forecast).toContainEqual({ id: 'emission', p50: null, p85: null, enough: false });
    expect(project?.progress.steps.find((step) => step.key === 'comprendre')?.done).toBe(1);
    expect(project?.items.find((item) => item.key === 'comprendre/outil-de-suivi')?.status).toBe('done');
    expect(project?.obligations.find((one) => one.id === 'emission')).toMatchObject({
      date: '2027-09-01',
      daysLeft: 282,
    });
  });

  it('names what the team took out of the plan, and what of it the law requires', {
    timeout: 60_000,
  }, async () => {
    const desk = new Desk();
    await withPlan(desk);
    await personEdits(desk.path('projects', 'boulangerie-martin.xlsx'), ({ grid }) => {
      const plan = grid('plan');
      for (const key of ['comprendre/outil-de-suivi', 'comprendre/constat-annuaire']) {
        const row = rowOf(plan, key);
        for (const column of plan.sheet.columnsOf(row)) plan.sheet.set(row, column, { type: 'blank' });
      }
    });

    const { code, out } = await desk.jalon('sync');

    expect(code).toBe(0);
    expect(out.replaceAll('\u00a0', ' ')).toContain(
      'Retiré du plan par l’équipe : « Ouvrir le plan partagé et y donner accès », ' +
        '« Consulter l’annuaire : l’entreprise peut-elle recevoir ? ». La loi exige 1 de ces tâches.',
    );
  });

  it('names a register’s columns and choices as its sheet does', { timeout: 60_000 }, async () => {
    const desk = new Desk();
    await withPlan(desk);
    await personEdits(desk.path('projects', 'boulangerie-martin.xlsx'), ({ grid }) => {
      const checks = grid('register:software-checks');
      const [row = 0] = checks.dataRows();
      type(checks, row, 'evidence', 'Attestation');
      type(checks, row, 'status', 'Vérifié');
    });

    const { out } = await desk.jalon('plan');

    expect(out.replaceAll('\u00a0', ' ')).toContain('État : « À vérifier » → « Vérifié »');
    expect(out.replaceAll('\u00a0', ' ')).toContain('Preuve : rien → « Attestation »');
  });

  it('says once why a workbook cannot be read, with its own exit code', { timeout: 60_000 }, async () => {
    const desk = new Desk();
    desk.found();
    mkdirSync(desk.path('projects', 'boulangerie-martin.xlsx'));

    const { code, out, err } = await desk.jalon('plan');

    expect(code).toBe(2);
    expect(out.match(/n’est pas un fichier/g)).toHaveLength(1);
    expect(err).not.toContain('n’est pas un fichier');
  });

  it('speaks English when asked to', async () => {
    const desk = new Desk({ JALON_LOCALE: 'en' });

    const { code, err } = await desk.jalon('status', '--nope');

    expect(code).toBe(2);
    expect(err).toContain('This command has no option “--nope”.');
  });
});

describe('bad input ends with 2 and writes nothing', () => {
  it('a language that Jalon does not speak', async () => {
    const { code, err } = await new Desk().jalon('status', '--locale', 'de');

    expect(code).toBe(2);
    expect(err.replaceAll('\u00a0', ' ')).toContain('--locale : trouvé « de », attendu fr ou en.');
  });

  it('a project asked of the service that is not there, not even an example', async () => {
    const desk = new Desk({}, { isNew: true });

    const { code } = await desk.jalon('start', '--once', '--project', 'nope');

    expect(code).toBe(2);
    expect(readdirSync(desk.folder)).toEqual([]);
  });

  function deskWith(project: string): Desk {
    const desk = new Desk();
    mkdirSync(desk.path('projects'));
    writeFileSync(desk.path('projects', 'martin.yaml'), project);
    return desk;
  }

  const good = `company: { name: Martin, siren: "552100554", size: micro, vat: franchise }
start: 2026-11-23
template: facturation-electronique
profile: essentiel
workspaces:
  - { kind: excel, file: martin.xlsx }
`;

  it.each([
    ['an unknown key', good.replace('start:', 'strat:'), /ligne 2, colonne 1.*strat.*start/s],
    [
      'a SIREN with a bad key',
      good.replace('552100554', '552100555'),
      /ligne 1, colonne \d+.*552.?100.?555/s,
    ],
    ['an absurd date', good.replace('2026-11-23', '1926-11-23'), /ligne 2, colonne 8.*1926-11-23/s],
    [
      'a date that does not exist',
      good.replace('2026-11-23', '2026-02-30'),
      /ligne 2, colonne 8.*2026-02-30/s,
    ],
    [
      'an unknown template',
      good.replace('facturation-electronique', 'facturation'),
      /ligne 3, colonne 11.*facturation-electronique/s,
    ],
    ['an unknown workspace', good.replace('excel', 'exel'), /ligne 6, colonne 13.*exel.*excel/s],
    ['an empty file', '', /martin\.yaml/],
    ['an alias bomb', 'a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n', /ligne 2, colonne 8/],
    [
      'a board of Trello that is none',
      good.replace('{ kind: excel, file: martin.xlsx }', '{ kind: trello, board: Mon plan }'),
      /ligne 6, colonne 28.*Mon plan.*trello\.com\/b\//s,
    ],
  ])('%s', async (_what, project, expected) => {
    const desk = deskWith(project);

    const { code, err, out } = await desk.jalon('apply');

    expect(code).toBe(2);
    expect(err.replaceAll('\u00a0', ' ')).toMatch(expected);
    expect(err).toContain('martin');
    expect(err.split('\n').length).toBeLessThan(24);
    expect(err).not.toMatch(/\bat .*\.ts:\d+/);
    expect(out).toBe('');
    expect(readdirSync(desk.folder)).toEqual(['.jalon', 'projects']);
    expect(readdirSync(desk.path('.jalon'))).toEqual(['cache']);
    expect(readdirSync(desk.path('projects'))).toEqual(['martin.yaml']);
  });

  it('a folder that may not be written, which a superuser may anyway', async () => {
    const desk = deskWith(good.replace('martin.xlsx', 'frozen/martin.xlsx'));
    mkdirSync(desk.path('projects', 'frozen'));
    chmodSync(desk.path('projects', 'frozen'), 0o500);

    const { code, err } = await desk.jalon('apply');

    if (process.getuid?.() === 0) return expect(code).toBe(0);
    expect(code).toBe(2);
    expect(err).toContain('frozen');
  });

  it('one bad project among good ones ends with 3, the others are done', { timeout: 60_000 }, async () => {
    const desk = deskWith(good);
    writeFileSync(desk.path('projects', 'bad.yaml'), 'company: 3\n');

    const { code, document } = await desk.json<CycleDocument>('apply');

    expect(code).toBe(3);
    expect(document.projects.map((project) => [project.slug, project.errors.length])).toEqual([
      ['martin', 0],
      ['bad', 1],
    ]);
  });
});

describe('the file .env of the folder', () => {
  it('is read, and what is wrong in it is told with its line', async () => {
    const desk = new Desk();
    writeFileSync(desk.path('.env'), '# Rythme\nNOTION_RATE_PER_MINUTE=vite\n');

    const { code, err } = await desk.jalon('status');

    expect(code).toBe(2);
    expect(err).toContain('NOTION_RATE_PER_MINUTE (.env:2)');
  });
});

describe('doctor', () => {
  it('warns when the legal dates were verified more than 90 days ago', async () => {
    const desk = new Desk({ JALON_NOW: '2027-03-01T09:00:00+01:00' });
    desk.found();

    const { code, out } = await desk.jalon('doctor');

    expect(code).toBe(0);
    expect(out).toContain('Échéances légales à revérifier');
    expect(out).toContain('JALON_NOW');
  });
});

describe('templates', () => {
  it.each(['facturation-electronique', 'demenagement-de-bureaux'])('%s is in order', async (name) => {
    const { code, out } = await new Desk().jalon('template', 'check', name);

    expect(code).toBe(0);
    expect(out).toContain('rien à redire');
  });

  it('print their JSON Schema', async () => {
    const { code, out } = await new Desk().jalon('template', 'schema', 'step');

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ type: 'object' });
  });
});
