import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type InitDeps, runInit } from '#src/cli/init.ts';
import type { InitOptions } from '#src/cli/init-flags.ts';
import { Cancelled, type Prompts } from '#src/cli/prompts.ts';
import type { CompanyHint } from '#src/config/company-api.ts';
import { parseProject } from '#src/config/project.ts';
import { type ProjectDraft, writeProject } from '#src/config/write-project.ts';
import { BadInput } from '#src/errors.ts';
import type { Locale } from '#src/i18n/message.ts';

const TEMPLATE = {
  key: 'facturation-electronique',
  profiles: ['essentiel', 'complet'].map((key) => ({
    key,
    title: { fr: key, en: key },
    summary: { fr: key, en: key },
  })),
  facts: [
    { key: 'accountant', question: { fr: 'Un expert-comptable ?', en: 'An accountant?' }, default: true },
    { key: 'it-person', question: { fr: 'Un informaticien ?', en: 'An IT person?' }, default: false },
  ],
};
const PAGE = 'https://www.notion.so/Plan-0123456789abcdef0123456789abcdef';
const ENTER = Symbol('Enter: keeps what is proposed');
const CTRL_C = Symbol('Ctrl-C');
type Reply = string | boolean | typeof ENTER | typeof CTRL_C;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jalon-init-'));
});

/** A person whose replies are known beforehand; keeps what was asked of them and told to them. */
function person(...replies: Reply[]) {
  const seen: string[] = [];
  const reply = (question: string) => {
    seen.push(question);
    const next = replies.shift();
    if (next === undefined) throw new Error(`Nobody expected the question: ${question}`);
    if (next === CTRL_C) throw new Cancelled();
    return next;
  };
  const prompts: Prompts = {
    open: (title) => seen.push(title),
    close: (words) => seen.push(words),
    tell: (words) => seen.push(words),
    async ask({ question, initial, read }) {
      for (;;) {
        const typed = reply(question);
        const answer = read(typed === ENTER ? (initial ?? '') : String(typed));
        if ('value' in answer) return answer.value;
        seen.push(answer.problem('fr'));
      }
    },
    async choose({ question, options, initial }) {
      const typed = reply(question);
      const chosen = options.find(({ value }) => value === (typed === ENTER ? initial : typed));
      if (chosen === undefined) throw new Error(`${String(typed)} is not on the list`);
      return chosen.value;
    },
    async confirm(question, initial) {
      const typed = reply(question);
      return typed === ENTER ? initial : typed === true;
    },
  };
  return { prompts, seen, left: replies };
}

interface Scene {
  prompts?: Prompts;
  hint?: CompanyHint;
  locale?: Locale;
}

/** One run of `init` with a register that answers `hint`; nothing is asked unless there are prompts. */
async function init(options: InitOptions, { prompts, hint, locale = 'fr' }: Scene = {}) {
  const written: { file: string; project: ProjectDraft; replace: boolean }[] = [];
  const told: string[] = [];
  const asked: string[] = [];
  const deps: InitDeps = {
    folder,
    today: '2026-11-23',
    locale,
    command: 'jalon',
    prompts,
    template: async () => TEMPLATE,
    lookUp: async (siren) => {
      asked.push(siren);
      return hint ?? { outcome: 'notFound' };
    },
    write: async (file, project, { replace }) => {
      written.push({ file, project, replace });
    },
    tell: (words) => told.push(words),
  };
  const outcome = await runInit(options, deps).catch((error: unknown) => error);
  return { outcome, written, told, asked, project: written[0]?.project };
}

/** What a person reads of a failure. */
function words(outcome: unknown, locale: Locale = 'fr'): string {
  expect(outcome).toBeInstanceOf(BadInput);
  return outcome instanceof BadInput ? outcome.said(locale) : '';
}

async function existing(slug: string, company: Record<string, unknown>) {
  await writeFile(join(folder, `${slug}.yaml`), `company: ${JSON.stringify(company)}\n`);
}

const FOUND: CompanyHint = {
  outcome: 'found',
  name: 'ATELIER DU PARC',
  sizeHint: 'pme',
  state: 'active',
  vatNumbers: [],
};

describe('cli/init, with flags', () => {
  it('needs only a name, and takes today, a workbook and prudent values for the rest', async () => {
    const { outcome, project, asked } = await init({ name: 'Boulangerie Martin', yes: true });

    expect(outcome).toEqual({ file: join(folder, 'boulangerie-martin.yaml'), slug: 'boulangerie-martin' });
    expect(project).toEqual({
      company: {
        name: 'Boulangerie Martin',
        size: 'micro',
        vat: 'reel-mensuel',
        facts: { accountant: true, 'it-person': false },
      },
      start: '2026-11-23',
      template: 'facturation-electronique',
      profile: 'essentiel',
      locale: 'fr',
      people: {},
      workspaces: [{ kind: 'excel', file: 'boulangerie-martin.xlsx' }],
    });
    expect(asked).toEqual([]);
  });

  it('says what it took for granted', async () => {
    const { told } = await init({ name: 'Boulangerie Martin', yes: true });

    expect(told.join('\n')).toMatch(/--size n’est pas donné.*micro/);
    expect(told.join('\n')).toMatch(/--vat n’est pas donné.*reel-mensuel/);
  });

  it('takes every value from its flag', async () => {
    const { project } = await init({
      name: '  Atelier   du Parc ',
      siren: '812 809 234',
      size: 'PME',
      vat: 'franchise',
      start: '01/12/2026',
      file: 'plan.xlsx',
      profile: 'complet',
      fact: ['accountant=non', 'it-person=yes'],
      yes: true,
    });

    expect(project).toMatchObject({
      company: {
        name: 'Atelier du Parc',
        siren: '812809234',
        size: 'pme',
        vat: 'franchise',
        facts: { accountant: false, 'it-person': true },
      },
      start: '2026-12-01',
      profile: 'complet',
      workspaces: [{ kind: 'excel', file: 'plan.xlsx' }],
    });
  });

  it.each([
    [
      { workspace: 'notion', parent: PAGE },
      { kind: 'notion', parent: PAGE },
    ],
    [{ parent: PAGE }, { kind: 'notion', parent: PAGE }],
    [
      { workspace: 'trello', organization: 'equipe' },
      { kind: 'trello', organization: 'equipe' },
    ],
    [{ board: 'aBcD1234' }, { kind: 'trello', board: 'aBcD1234' }],
  ])('writes the workspace of %j', async (flags, workspace) => {
    const { project } = await init({ name: 'Martin', yes: true, ...flags });

    expect(project?.workspaces).toEqual([workspace]);
  });

  it.each<[InitOptions, RegExp]>([
    [{ name: undefined }, /Il manque --name/],
    [{ name: '  ' }, /--name.*vide/],
    [{ name: 'x'.repeat(201) }, /--name.*200/],
    [{ siren: '552100555' }, /--siren.*clé de contrôle/],
    [{ siren: '73282932000074' }, /SIRET.*732\u00a0829\u00a0320/],
    [{ siren: '5520135' }, /attendu 9.*zéros/],
    [{ siren: 'FR83404833048' }, /attendu 9/],
    [{ size: 'grande' }, /--size.*grande.*micro, pme, eti ou ge/],
    [{ vat: 'constructor' }, /--vat.*attendu franchise/],
    [{ start: '2026-02-30' }, /--start.*date qui existe/],
    [{ start: 'demain' }, /--start.*date qui existe/],
    [{ start: '2062-11-23' }, /--start.*entre le 2020-01-01 et le 2028-11-23/],
    [{ start: '1926-11-23' }, /--start.*entre le/],
    [{ workspace: 'slack' }, /--workspace.*excel, notion ou trello/],
    [{ workspace: 'notion' }, /Il manque --parent/],
    [{ workspace: 'trello' }, /Il manque --organization/],
    [{ workspace: 'notion', parent: 'ma page' }, /--parent.*32/],
    [{ organization: 'mon équipe' }, /--organization.*trello\.com\/w/],
    [{ board: 'mon plan' }, /--board.*trello\.com\/b/],
    [{ workspace: 'excel', parent: PAGE }, /--parent.*--workspace excel/],
    [{ board: 'a', organization: 'b' }, /--board.*--organization/],
    [{ file: 'plan.xls' }, /--file.*\.xlsx/],
    [{ profile: 'luxe' }, /--profile.*essentiel ou complet/],
    [{ fact: ['accountant'] }, /--fact.*clé=yes/],
    [{ fact: ['accountant=perhaps'] }, /--fact accountant.*perhaps/],
    [{ fact: ['boss=yes'] }, /--fact.*boss.*accountant, it-person/],
  ])('refuses %j in one clear sentence and writes nothing', async (flags, sentence) => {
    const { outcome, written } = await init({ name: 'Martin', yes: true, ...flags });

    expect(words(outcome)).toMatch(sentence);
    expect(words(outcome, 'en')).not.toBe('');
    expect(written).toEqual([]);
  });

  it('asks nothing without a terminal, even without --yes', async () => {
    const { project } = await init({ name: 'Martin' });

    expect(project?.company.name).toBe('Martin');
  });

  it('looks a SIREN up and goes on, whatever the register answers', async () => {
    const answers: CompanyHint[] = [
      FOUND,
      { outcome: 'masked', vatNumbers: [] },
      { outcome: 'notFound' },
      { outcome: 'unreachable', reason: 'busy', status: 429 },
    ];

    for (const hint of answers) {
      const { project, asked } = await init({ name: 'Martin', siren: '812809234', yes: true }, { hint });

      expect(asked).toEqual(['812809234']);
      expect(project?.company.siren).toBe('812809234');
    }
  });

  it('says why the register is of no help', async () => {
    const hint: CompanyHint = { outcome: 'unreachable', reason: 'timeout' };

    const { told } = await init({ name: 'Martin', siren: '812809234', yes: true }, { hint });

    expect(told.join('\n')).toContain('délai dépassé');
  });

  it('warns of a company that has ceased', async () => {
    const hint: CompanyHint = { ...FOUND, state: 'ceased' };

    const { told } = await init({ name: 'Martin', siren: '812809234', yes: true }, { hint });

    expect(told.join('\n')).toContain('a cessé son activité');
  });

  it('assumes the size of the register only where it is not the smallest, and says so', async () => {
    const large = await init(
      { name: 'A', siren: '812809234', yes: true },
      { hint: { ...FOUND, sizeHint: 'ge' } },
    );
    const small = await init({ name: 'A', siren: '812809234', yes: true }, { hint: FOUND });

    expect(large.project?.company.size).toBe('ge');
    expect(large.told.join('\n')).toMatch(/--size n’est pas donné.*ge/);
    expect(small.project?.company.size).toBe('micro');
  });
});

describe('cli/init, on the disk', () => {
  it('writes a file that reads back as it was answered', async () => {
    const deps: InitDeps = {
      folder: join(folder, 'projects'),
      today: '2026-11-23',
      locale: 'fr',
      command: 'jalon',
      template: async () => TEMPLATE,
      lookUp: async () => ({ outcome: 'notFound' }),
      write: writeProject,
      tell: () => undefined,
    };
    const flags = { name: '=L’Œuvre: "n°1" #1', siren: '812 809 234', parent: PAGE, fact: ['it-person=yes'] };

    const { file } = await runInit(flags, deps);

    expect(parseProject(await readFile(file, 'utf8'), file, '2026-11-23')).toMatchObject({
      company: {
        name: '=L’Œuvre: "n°1" #1',
        siren: '812809234',
        facts: { accountant: true, 'it-person': true },
      },
      start: '2026-11-23',
      profile: 'essentiel',
      workspaces: [{ kind: 'notion', parent: PAGE }],
    });
    await expect(runInit(flags, deps)).rejects.toThrow(/already has its project/);
    expect(await readdir(deps.folder)).toHaveLength(1);
  });
});

describe('cli/init, among other projects', () => {
  it('numbers a second company of the same name and leaves the first alone', async () => {
    await existing('boulangerie-martin', { name: 'Boulangerie Martin' });

    const { outcome, written, told } = await init({ name: 'Boulangerie Martin', yes: true });

    expect(outcome).toMatchObject({ slug: 'boulangerie-martin-2' });
    expect(written[0]).toMatchObject({ replace: false });
    expect(written[0]?.project.workspaces).toEqual([{ kind: 'excel', file: 'boulangerie-martin-2.xlsx' }]);
    expect(told.join('\n')).toContain('existe déjà');
  });

  it('refuses a second project for a SIREN, and names the first', async () => {
    await existing('martin', { name: 'Martin', siren: '552100554' });

    const { outcome } = await init({ name: 'Autre nom', siren: '552 100 554', yes: true });

    expect(words(outcome)).toMatch(/martin\.yaml.*--force/s);
  });

  it('replaces with --force the project of the same SIREN, else of the same name', async () => {
    await existing('martin', { name: 'Martin', siren: '552100554' });

    const bySiren = await init({ name: 'Autre nom', siren: '552100554', yes: true, force: true });
    const byName = await init({ name: 'Martin', yes: true, force: true });

    expect(bySiren.written[0]).toMatchObject({ file: join(folder, 'martin.yaml'), replace: true });
    expect(byName.written[0]).toMatchObject({ file: join(folder, 'martin.yaml'), replace: true });
  });

  it('never takes the name of a project file that it cannot read', async () => {
    await writeFile(join(folder, 'martin.yaml'), '{{{ \u0000 not yaml');
    await writeFile(join(folder, 'Martin-2.YML'), '');
    await mkdir(join(folder, 'martin-3.yaml'));

    const { outcome } = await init({ name: 'Martin', yes: true });

    expect(outcome).toMatchObject({ slug: 'martin-4' });
  });

  it('starts in a folder that does not exist yet', async () => {
    folder = join(folder, 'projects');

    const { outcome } = await init({ name: 'Martin', yes: true });

    expect(outcome).toMatchObject({ file: join(folder, 'martin.yaml') });
  });

  it('says so when the folder of projects is a file', async () => {
    folder = join(folder, 'projects');
    await writeFile(folder, '');

    const { outcome } = await init({ name: 'Martin', yes: true });

    expect(words(outcome)).toContain(folder);
  });
});

describe('cli/init, with a person', () => {
  it('asks what the plan depends on, and lets Enter accept what is proposed', async () => {
    const someone = person('Martin', '812809234', 'pme', ENTER, ENTER, true, ENTER, ENTER, ENTER);

    const { project } = await init({}, { prompts: someone.prompts, hint: FOUND });

    expect(project).toMatchObject({
      company: {
        name: 'Martin',
        siren: '812809234',
        size: 'pme',
        vat: 'franchise',
        facts: { accountant: true, 'it-person': true },
      },
      start: '2026-11-23',
      workspaces: [{ kind: 'excel', file: 'martin.xlsx' }],
    });
    expect(someone.left).toEqual([]);
    expect(someone.seen.join('\n')).toContain('ATELIER DU PARC');
    expect(someone.seen.join('\n')).toMatch(/à vous de confirmer/);
  });

  it('takes an empty SIREN for none, and then looks nothing up', async () => {
    const someone = person('Martin', '', ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER);

    const { project, asked } = await init({}, { prompts: someone.prompts });

    expect(project?.company).not.toHaveProperty('siren');
    expect(asked).toEqual([]);
  });

  it('asks again, saying why, until an answer can be used', async () => {
    await existing('deja-la', { name: 'Déjà là', siren: '552100554' });
    const someone = person(
      '',
      'Martin',
      '123',
      '552100554',
      '',
      ENTER,
      ENTER,
      ENTER,
      ENTER,
      'hier',
      ENTER,
      ENTER,
      ENTER,
    );

    const { project } = await init({}, { prompts: someone.prompts });

    expect(project?.company.name).toBe('Martin');
    expect(someone.seen.join('\n')).toMatch(/nom est vide.*attendu 9.*deja-la\.yaml.*date qui existe/s);
  });

  it('does not ask what a flag says', async () => {
    const someone = person(ENTER, ENTER, ENTER);
    const flags = {
      name: 'Martin',
      siren: '',
      size: 'micro',
      vat: 'franchise',
      start: '2026-11-23',
      fact: ['it-person=no'],
    };

    await init(flags, { prompts: someone.prompts });

    expect(someone.left).toEqual([]);
  });

  it('asks for the place that the chosen workspace needs', async () => {
    const flags = {
      name: 'M',
      siren: '',
      size: 'micro',
      vat: 'franchise',
      start: '2026-11-23',
      fact: ['it-person=no', 'accountant=no'],
    };

    const notion = await init(flags, { prompts: person('notion', 'n’importe quoi', PAGE).prompts });
    const trello = await init(flags, { prompts: person('trello', 'mon équipe', 'mon_equipe').prompts });

    expect(notion.project?.workspaces).toEqual([{ kind: 'notion', parent: PAGE }]);
    expect(trello.project?.workspaces).toEqual([{ kind: 'trello', organization: 'mon_equipe' }]);
  });

  it('puts the cursor on the category of the register when it is a large one', async () => {
    const someone = person('Martin', '812809234', ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER);

    const { project } = await init({}, { prompts: someone.prompts, hint: { ...FOUND, sizeHint: 'eti' } });

    expect(project?.company.size).toBe('eti');
  });

  it('speaks English to those who ask for it', async () => {
    const someone = person('Martin', '', ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER);

    const { project } = await init({}, { prompts: someone.prompts, locale: 'en' });

    expect(project?.locale).toBe('en');
    expect(someone.seen).toContain('An accountant?');
    expect(someone.seen.join('\n')).not.toMatch(/[éèà«]/);
  });

  it('writes nothing when the person gives up, at whichever question', async () => {
    for (let question = 0; question < 9; question += 1) {
      const replies: Reply[] = ['Martin', '812809234', ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER];
      const someone = person(...replies.slice(0, question), CTRL_C);

      const { outcome, written } = await init({}, { prompts: someone.prompts });

      expect(outcome).toBeInstanceOf(Cancelled);
      expect(outcome).toMatchObject({ exitCode: 0 });
      expect(written).toEqual([]);
    }
    expect(await readdir(folder)).toEqual([]);
  });
});
