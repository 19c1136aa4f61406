import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { personEdits, rowOf, type } from '../workspaces/excel/person.ts';
import { Desk, madeOnce } from './jalon.ts';

interface ChartsDocument {
  readonly projects: readonly {
    readonly slug: string;
    readonly files: readonly {
      readonly file: string;
      readonly format: string;
      readonly chart: string;
      readonly alt: string;
    }[];
    readonly withoutData: readonly string[];
  }[];
}

const withPlan = madeOnce(async (desk) => {
  desk.found();
  await desk.jalon('apply');
});

describe('jalon charts', () => {
  it('writes the pictures of a project, says what each of them shows, and which there is nothing to draw of', {
    timeout: 60_000,
  }, async () => {
    const early = new Desk();
    early.found();
    const before = await early.jalon('charts');
    const desk = new Desk();
    await withPlan(desk);
    const first = await desk.json<ChartsDocument>('charts', '--out', 'first', '--format', 'svg');
    await personEdits(desk.path('projects', 'boulangerie-martin.xlsx'), ({ grid }) => {
      type(grid('plan'), rowOf(grid('plan'), 'comprendre/fiche-profil'), 'status', 'Fait');
      const sessions = grid('register:training');
      type(sessions, sessions.newRow(), 'person', 'Claire');
    });
    desk.env.JALON_NOW = '2026-12-01T09:00:00+01:00';
    await desk.jalon('sync');

    const told = await desk.jalon('charts');
    const listed = await desk.json<ChartsDocument>('charts', '--locale', 'en', '--format', 'png');

    expect(before.out).toContain('Le plan n’existe encore nulle part');
    const [young] = first.document.projects;
    expect(young?.files.map(({ file }) => file)).toEqual(['first/boulangerie-martin-progress.svg']);
    expect(told.code).toBe(0);
    expect(readdirSync(desk.path('graphiques')).sort()).toEqual(
      ['progress', 'status', 'training'].flatMap((name) => [
        `boulangerie-martin-${name}.png`,
        `boulangerie-martin-${name}.svg`,
      ]),
    );
    const [project] = listed.document.projects;
    expect(project?.files.map(({ chart, format }) => `${chart} ${format}`)).toEqual([
      'progress png',
      'status png',
      'training png',
    ]);
    expect(project?.files.every(({ file }) => existsSync(desk.path(file)))).toBe(true);
    const alt = project?.files.find(({ chart }) => chart === 'status')?.alt ?? '';
    expect(alt).toMatch(/Faites\u00a0: de 0 à 1\b/);
    expect(told.out).toContain(alt);
    expect(desk.read('graphiques', 'boulangerie-martin-status.svg')).toContain(`<desc>${alt}</desc>`);
    expect(project?.withoutData).toEqual([
      'rejection-rate',
      'refusal-rate',
      'first-time-acceptance',
      'processing-days',
      'exposure',
    ]);
    expect(told.out).toMatch(/Pas encore de données, donc pas d’image\u00a0: factures rejetées/);
  });

  it('says what is wrong with its options, and where it cannot write', { timeout: 60_000 }, async () => {
    const desk = new Desk();
    await withPlan(desk);
    writeFileSync(desk.path('taken'), 'a file');

    const format = await desk.jalon('charts', '--format', 'jpg');
    const folder = await desk.jalon('charts', '--out', 'taken');

    expect([format.code, folder.code]).toEqual([2, 2]);
    expect(format.err).toMatch(/trouvé «\u00a0jpg\u00a0», attendu png, svg ou both/);
    expect(folder.err).toContain('taken/boulangerie-martin-progress.png');
    expect(desk.read('taken')).toBe('a file');
  });
});
