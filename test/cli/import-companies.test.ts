import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import {
  type ImportDeps,
  type ImportOptions,
  importCompanies,
  showImport,
} from '#src/cli/import-companies.ts';
import { type Progress, progressReporter } from '#src/cli/progress.ts';
import { type ProjectDraft, writeProject } from '#src/config/write-project.ts';
import { BadInput, NotNow } from '#src/errors.ts';

const text = (word: string) => ({ fr: word, en: word });
const TEMPLATE: ImportDeps['template'] = {
  key: 'facturation-electronique',
  roles: [
    { key: 'office-manager', title: text('Office manager') },
    { key: 'assistant', title: { fr: 'Assistant ou assistante', en: 'Assistant' } },
  ],
  profiles: ['essentiel', 'complet'].map((key) => ({ key, title: text(key), summary: text(key) })),
  facts: [
    { key: 'accountant', question: { fr: 'Un expert-comptable ?', en: 'An accountant?' }, default: true },
    { key: 'foreign-purchases', question: text('Foreign purchases?'), default: false },
  ],
};
const PAGE = 'https://www.notion.so/Plan-0123456789abcdef0123456789abcdef';
const SILENT: Progress = { start() {}, tick() {}, done() {} };

let home: string;
let folder: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'jalon-import-'));
  folder = join(home, 'projects');
});

interface Scene {
  options?: ImportOptions;
  write?: ImportDeps['write'];
  progress?: Progress;
}

/** Imports a table given as text or as bytes; keeps what would have been written. */
async function importing(
  content: string | Uint8Array,
  { options = {}, write, progress = SILENT }: Scene = {},
) {
  const table = join(home, 'companies.csv');
  await writeFile(table, content);
  const projects = new Map<string, ProjectDraft>();
  const report = await importCompanies(table, options, {
    folder,
    today: '2026-11-23',
    locale: 'fr',
    template: TEMPLATE,
    progress,
    write: write ?? (async (file, project) => void projects.set(file.slice(folder.length + 1), project)),
  });
  return { report, projects, shown: showImport(report, 'fr') };
}

/** What a person reads of a table that cannot be used at all. */
async function refusal(content: string | Uint8Array): Promise<string> {
  const error = await importing(content).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BadInput);
  return error instanceof BadInput ? error.said('fr') : '';
}

async function existing(slug: string, project: unknown) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${slug}.yaml`), stringify(project));
}

describe('cli/import-companies, good tables', () => {
  it('makes a project of each line', async () => {
    const { report, projects } = await importing(
      [
        'name,siren,size,vat,start,workspace,file,locale,profile,accountant,office-manager',
        'Boulangerie Martin,552 100 554,micro,franchise,2026-11-23,excel,martin.xlsx,fr,essentiel,no,Claire',
        'Atelier du Parc,,pme,reel-mensuel,,,,en,complet,,',
      ].join('\n'),
    );

    expect(report).toMatchObject({ lines: 2, problems: [], exitCode: 0 });
    expect(report.written.map(({ slug }) => slug)).toEqual(['boulangerie-martin', 'atelier-du-parc']);
    expect(projects.get('boulangerie-martin.yaml')).toEqual({
      company: {
        name: 'Boulangerie Martin',
        siren: '552100554',
        size: 'micro',
        vat: 'franchise',
        facts: { accountant: false, 'foreign-purchases': false },
      },
      start: '2026-11-23',
      template: 'facturation-electronique',
      profile: 'essentiel',
      locale: 'fr',
      people: { 'office-manager': { name: 'Claire' } },
      workspaces: [{ kind: 'excel', file: 'martin.xlsx' }],
    });
    expect(projects.get('atelier-du-parc.yaml')).toMatchObject({
      company: { facts: { accountant: true } },
      locale: 'en',
      profile: 'complet',
      people: {},
      workspaces: [{ kind: 'excel', file: 'atelier-du-parc.xlsx' }],
    });
    expect(projects.get('atelier-du-parc.yaml')?.company).not.toHaveProperty('siren');
  });

  it('reads French headings and French answers, whatever their case and accents', async () => {
    const { report, projects } = await importing(
      [
        'RAISON SOCIALE;N° Siren;Taille;Régime de TVA;Début;Un expert-comptable ?;Assistant ou assistante',
        'Pâtisserie de l’Œuvre;552.100.554;Microentreprise;Franchise en base;01/12/2026;Non;Zoé',
      ].join('\r\n'),
    );

    expect(report.problems).toEqual([]);
    expect(projects.get('patisserie-de-l-oeuvre.yaml')).toMatchObject({
      company: { size: 'micro', vat: 'franchise', facts: { accountant: false } },
      start: '2026-12-01',
      people: { assistant: { name: 'Zoé' } },
    });
  });

  it.each([
    ['commas', 'nom,taille\nMartin,pme\n'],
    ['semicolons', 'nom;taille\nMartin;pme\n'],
    ['tabs', 'nom\ttaille\nMartin\tpme\n'],
    ['a separator announced by Excel', 'sep=|\r\nnom|taille\r\nMartin|pme\r\n'],
    ['commas within quotes, semicolons between', '"nom";"taille";"a,b,c,d"\nMartin;pme;\n'],
    ['blank lines around', '\n\nnom,taille\n\nMartin,pme\n\n'],
  ])('reads a table separated by %s', async (_, content) => {
    const { projects } = await importing(content);

    expect(projects.get('martin.yaml')?.company).toMatchObject({ name: 'Martin', size: 'pme' });
  });

  it.each([
    ['UTF-8', Buffer.from('nom;taille\nCafé Zoé;pme\n')],
    ['UTF-8 with a mark', Buffer.from('\ufeffnom;taille\nCafé Zoé;pme\n')],
    ['Windows-1252', Buffer.from('nom;taille\nCafé Zoé;pme\n', 'latin1')],
    ['UTF-16 with a mark', Buffer.from('\ufeffnom;taille\nCafé Zoé;pme\n', 'utf16le')],
  ])('reads a table saved as %s', async (_, bytes) => {
    const { projects } = await importing(bytes);

    expect(projects.get('cafe-zoe.yaml')?.company.name).toBe('Café Zoé');
  });

  it('keeps names that look like formulas or hold quotes, as text', async () => {
    const { projects } = await importing(
      'nom\n=cmd|calc\n"+33 ""Services"""\nLe "Petit" Bar\n@import\n-1 Café\n\'= SOMME\n',
    );

    expect([...projects.values()].map(({ company }) => company.name)).toEqual([
      '=cmd|calc',
      '+33 "Services"',
      'Le "Petit" Bar',
      '@import',
      '-1 Café',
      "'= SOMME",
    ]);
  });

  it('knows the workspace by the place that is filled in', async () => {
    const { projects } = await importing(
      `nom,parent,organization,board,file\nA,${PAGE},,,\nB,,equipe,,\nC,,,aBcD1234,\nD,,,,d.xlsx\nE,,,,\n`,
    );

    expect([...projects.values()].map(({ workspaces }) => workspaces[0])).toEqual([
      { kind: 'notion', parent: PAGE },
      { kind: 'trello', organization: 'equipe' },
      { kind: 'trello', board: 'aBcD1234' },
      { kind: 'excel', file: 'd.xlsx' },
      { kind: 'excel', file: 'e.xlsx' },
    ]);
  });

  it('says what it took for granted and which columns it left aside', async () => {
    const { shown } = await importing('nom;taille;Téléphone\nA;pme;01\nB;;02\n');

    expect(shown).toMatch(/Colonnes ignorées.*Téléphone/);
    expect(shown).toMatch(/Taille sans réponse sur 1\u00a0ligne.*micro/);
    expect(shown).toMatch(/Régime de TVA sans réponse sur 2\u00a0lignes.*reel-mensuel/);
  });

  it('keeps apart names that give one slug', async () => {
    const { report } = await importing('nom\nA & B\nA+B\n');

    expect(report.written.map(({ slug }) => slug)).toEqual(['a-b', 'a-b-2']);
  });
});

describe('cli/import-companies, bad lines', () => {
  it('reports each bad line with its number, its column, and how to mend it, and writes the good ones', async () => {
    const { report, projects, shown } = await importing(
      'Nom;SIREN;Taille\nA;552100555;micro\nB;;énorme\nC;732829320;pme\n;;micro\n',
    );

    expect(report.exitCode).toBe(3);
    expect([...projects.keys()]).toEqual(['c.yaml']);
    expect(report.problems.map(({ line, column, found }) => [line, column, found])).toEqual([
      [2, 'SIREN', '552100555'],
      [3, 'Taille', 'énorme'],
      [5, 'Nom', ''],
    ]);
    expect(shown).toMatch(/ligne\u00a02, colonne «\u00a0SIREN\u00a0»\u00a0: .*clé de contrôle/);
    expect(shown).toMatch(/ligne\u00a03, .*trouvé «\u00a0énorme\u00a0», attendu micro, pme, eti ou ge/);
  });

  it.each([
    ['an unknown VAT regime', 'nom,tva\nA,rapide', 'tva', /attendu franchise/],
    ['a date that does not exist', 'nom,start\nA,31/02/2027', 'start', /date qui existe/],
    ['a date of another century', 'nom,start\nA,1926-11-23', 'start', /de propos/],
    ['an unknown workspace', 'nom,workspace\nA,slack', 'workspace', /excel, notion ou trello/],
    ['a Notion workspace without page', 'nom,workspace\nA,notion', 'workspace', /parent/],
    [
      'a Trello workspace with two places',
      'nom,organization,board\nA,equipe,aBcD1234',
      '',
      /organization ou board/,
    ],
    ['a place of another workspace', `nom,workspace,parent\nA,excel,${PAGE}`, 'parent', /ne va pas avec/],
    ['a Notion page that is none', 'nom,parent\nA,ici', 'parent', /32/],
    ['a Trello workspace that is none', 'nom,organization\nA,Mon equipe', 'organization', /trello\.com\/w/],
    ['a Trello board that is none', 'nom,board\nA,Mon plan', 'board', /trello\.com\/b/],
    ['a workbook of another kind', 'nom,file\nA,plan.xls', 'file', /\.xlsx/],
    ['neither yes nor no', 'nom,accountant\nA,parfois', 'accountant', /parfois/],
    ['an unknown language', 'nom,langue\nA,breton', 'langue', /fr ou en/],
    ['an unknown profile', 'nom,profil\nA,luxe', 'profil', /essentiel ou complet/],
    ['a SIRET', 'nom,siren\nA,73282932000074', 'siren', /732\u00a0829\u00a0320/],
    ['a SIREN that lost its zeros', 'nom,siren\nA,5520135', 'siren', /zéros/],
    ['cells in excess', 'nom,taille\nA, SARL,pme', '', /3\u00a0cellules.*2 attendues/],
  ])('refuses %s', async (_, content, column, words) => {
    const { report, projects, shown } = await importing(content);

    expect(report.exitCode).toBe(2);
    expect(report.problems).toHaveLength(1);
    expect(report.problems[0]).toMatchObject({ line: 2, column });
    expect(shown).toMatch(words);
    expect(showImport(report, 'en')).not.toMatch(/[éèà]/);
    expect(projects.size).toBe(0);
  });

  it('refuses a SIREN, a name or a workbook that a line above has, and names that line', async () => {
    const { report, projects, shown } = await importing(
      'nom,siren,file\nA,552100554,a.xlsx\nB,552 100 554,\nà,732829320,\nC,,A.XLSX\n',
    );

    expect([...projects.keys()]).toEqual(['a.yaml']);
    expect(report.problems.map(({ line, column }) => [line, column])).toEqual([
      [3, 'siren'],
      [4, 'nom'],
      [5, 'file'],
    ]);
    expect(shown).toMatch(/déjà à la ligne\u00a02/);
  });

  it('refuses a SIREN or a name that has its project already, and leaves that file alone', async () => {
    await existing('martin', {
      company: { name: 'Martin', siren: '552100554' },
      workspaces: [{ kind: 'excel', file: 'plan.xlsx' }],
    });

    const { report, projects, shown } = await importing(
      'nom,siren,file\nMARTIN,,\nAutre,552100554,\nEncore,,plan.xlsx\nNeuf,,\n',
    );

    expect([...projects.keys()]).toEqual(['neuf.yaml']);
    expect(report.problems.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(shown).toContain(join(folder, 'martin.yaml'));
  });

  it('makes nothing twice when a table is imported again', async () => {
    const table = 'nom,siren\nA,\nB,552100554\n';
    await importing(table, { write: writeProject });

    const { report } = await importing(table, { write: writeProject });

    expect(report).toMatchObject({ written: [], exitCode: 2 });
    expect(report.problems.map(({ line, column }) => [line, column])).toEqual([
      [2, 'nom'],
      [3, 'siren'],
      [3, 'nom'],
    ]);
    expect(await readdir(folder)).toEqual(['a.yaml', 'b.yaml']);
  });

  it('never writes over a project file that it cannot read', async () => {
    await existing('martin', {});
    await writeFile(join(folder, 'martin.yaml'), '{{{');

    const { report } = await importing('nom\nMartin\n');

    expect(report.written.map(({ slug }) => slug)).toEqual(['martin-2']);
  });

  it('counts lines as an editor does, across blank lines and names on two lines', async () => {
    const { report } = await importing('nom,taille\n\n"Chez\nZoé",pme\n\nB,grand\n');

    expect(report.problems.map(({ line }) => line)).toEqual([6]);
    expect(report.written.map(({ line }) => line)).toEqual([3]);
  });

  it('keeps the lines above a quote that is never closed', async () => {
    const { report, projects } = await importing('nom,taille\nA,pme\n"B,pme\nC,pme\n');

    expect(report.exitCode).toBe(3);
    expect([...projects.keys()]).toEqual(['a.yaml']);
    expect(report.problems.map(({ line }) => line)).toEqual([3]);
  });

  it('writes nothing with --strict unless every line is good', async () => {
    const bad = await importing('nom,taille\nA,pme\nB,grand\n', { options: { strict: true } });
    const good = await importing('nom,taille\nA,pme\n', { options: { strict: true } });

    expect(bad.report).toMatchObject({ exitCode: 2, written: [] });
    expect(bad.projects.size).toBe(0);
    expect(bad.shown).toContain('--strict');
    expect(good.report).toMatchObject({ exitCode: 0 });
    expect(good.projects.size).toBe(1);
  });

  it('writes nothing with --dry-run, and tells what it would write', async () => {
    const { report, projects, shown } = await importing('nom,taille\nA,pme\nB,grand\n', {
      options: { dryRun: true },
    });

    expect(projects.size).toBe(0);
    expect(report.exitCode).toBe(3);
    expect(report.written.map(({ slug }) => slug)).toEqual(['a']);
    expect(shown).toContain('--dry-run');
  });

  it('stops when a project cannot be written, and says which are done and how many are left', async () => {
    const done: string[] = [];
    const write = async (file: string) => {
      if (file.endsWith('b.yaml')) throw new NotNow(() => 'Le disque est plein.');
      done.push(file);
    };

    const { report, shown } = await importing('nom\nA\nB\nC\nD\n', { write });

    expect(report).toMatchObject({ exitCode: 3, problems: [{ line: 3 }] });
    expect(report.written.map(({ file }) => file)).toEqual(done);
    expect(report.written.map(({ slug }) => slug)).toEqual(['a']);
    expect(shown).toContain('Le disque est plein.');
    expect(shown).toContain('il reste 2\u00a0lignes à écrire');
  });
});

describe('cli/import-companies, unusable tables', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['empty', '', /est vide/],
    ['only blank lines', '\n \n;;\n', /est vide/],
    ['only a mark', '\ufeff', /est vide/],
    ['only the header', 'nom;siren\n', /ligne de titres/],
    ['no column for the name', 'siren;taille\n552100554;pme\n', /aucune colonne «\u00a0nom\u00a0».*siren/],
    [
      'two columns for one thing',
      'nom;Raison sociale\nA;B\n',
      /«\u00a0nom\u00a0» et «\u00a0Raison sociale\u00a0»/,
    ],
    ['a workbook under another name', Buffer.from('PK\u0003\u0004\u0014\u0000'), /format CSV/],
    ['binary', Buffer.from([1, 2, 0, 3]), /format CSV/],
    ['10 MB', Buffer.alloc(10_000_000, 'a,b\n'), /10\u00a0Mo trouvés, 5\u00a0Mo au plus/],
  ])('refuses a table that is %s', async (_, content, words) => {
    expect(await refusal(content)).toMatch(words);
    expect(await readdir(home)).toEqual(['companies.csv']);
  });

  it('never fails otherwise than with a word for the reader, whatever the bytes', async () => {
    const cell = fc.constantFrom(
      'nom',
      'siren',
      '"',
      '""',
      ';',
      ',',
      '\t',
      '\n',
      '\r\n',
      'é',
      '=1',
      '552100554',
    );
    const table = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(cell, { maxLength: 40 }).map((parts) => Buffer.from(`nom;siren\n${parts.join('')}`)),
    );

    await fc.assert(
      fc.asyncProperty(table, async (bytes) => {
        const outcome = await importing(bytes).catch((error: unknown) => error);

        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(BadInput);
        else expect(outcome).toHaveProperty('shown');
      }),
    );
  });

  it('names a file that is not there', async () => {
    const missing = importCompanies(
      join(home, 'missing.csv'),
      {},
      {
        folder,
        today: '2026-11-23',
        locale: 'fr',
        template: TEMPLATE,
        progress: SILENT,
        write: async () => {},
      },
    );

    await expect(missing).rejects.toThrow(/missing\.csv.*ENOENT/);
  });
});

describe('cli/import-companies, a large table', () => {
  it('imports 1,000 companies in little time, and shows how far it is', { timeout: 60_000 }, async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `Société n°${i};micro;franchise`);
    const written: string[] = [];
    const progress = progressReporter({
      stream: { write: (line: string) => written.push(line) },
      isTTY: false,
      quiet: false,
      locale: 'fr',
      now: () => 0,
    });
    const startedAt = performance.now();

    const { report } = await importing(`nom;taille;tva\n${names.join('\n')}\n`, {
      progress,
      write: writeProject,
    });

    expect(report).toMatchObject({ exitCode: 0, problems: [] });
    expect(await readdir(folder)).toHaveLength(1000);
    expect(await readFile(join(folder, 'societe-n-999.yaml'), 'utf8')).toContain('Société n°999');
    expect(written).toHaveLength(11);
    expect(performance.now() - startedAt).toBeLessThan(30_000);
  });
});
