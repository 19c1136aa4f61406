import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { personEdits, rowOf, type } from '../workspaces/excel/person.ts';
import { Desk, madeOnce } from './jalon.ts';

interface Fired {
  readonly rule: string;
  readonly item: string | null;
  readonly why: string;
  readonly effects?: readonly object[];
}
interface Document {
  readonly projects: readonly {
    readonly edits?: readonly object[];
    readonly automations: readonly Fired[];
  }[];
}

const rulesIn = ({ projects }: Document) => projects.flatMap((one) => one.automations);

const withPlan = madeOnce(async (desk) => {
  desk.found();
  await desk.jalon('apply');
});

/** A bakery whose profile sheet is done, in its workbook; Jalon does not know yet. */
async function bakery() {
  const desk = new Desk();
  await withPlan(desk);
  await personEdits(desk.path('projects', 'boulangerie-martin.xlsx'), ({ grid }) => {
    const plan = grid('plan');
    type(plan, rowOf(plan, 'comprendre/fiche-profil'), 'status', 'Fait');
  });
  return desk;
}

describe('a dry run', () => {
  it('says which rule will do what, to what and why, and the next sync does just that', {
    timeout: 60_000,
  }, async () => {
    const desk = await bakery();

    const told = await desk.jalon('plan', '--explain');
    const { code, document } = await desk.json<Document>('plan', '--explain');
    const done = await desk.json<Document>('sync');
    const after = await desk.json<Document>('plan', '--explain');

    const out = told.out.replaceAll('\u00a0', ' ');
    expect(told.code).toBe(10);
    expect(out).toContain('Ce que feront les règles :');
    expect(out).toMatch(
      /Règle « Une tâche terminée ouvre la suivante », pour « .+ » : plus rien ne la retient depuis « .+ »\./,
    );
    expect(out).toMatch(/> message à .+ : « “.+” peut commencer/);
    expect(out).toMatch(/\+ \d commentaires/);
    expect(code).toBe(10);
    const planned = rulesIn(document);
    expect(planned.length).toBeGreaterThan(2);
    expect(planned[0]?.effects).toContainEqual(expect.objectContaining({ create: 'comment' }));
    expect(document.projects[0]?.edits).toHaveLength(1);
    expect(rulesIn(done.document)).toEqual(planned.map(({ rule, item, why }) => ({ rule, item, why })));
    expect(rulesIn(after.document)).toEqual([]);
    expect(after.code).toBe(0);
  });

  it('tells what rules do in the report too, and nothing of those that a project has switched off', {
    timeout: 60_000,
  }, async () => {
    const desk = await bakery();
    const file = desk.path('projects', 'boulangerie-martin.yaml');
    expect(readFileSync(file, 'utf8')).not.toContain('automations:');
    const before = readFileSync(file, 'utf8');
    appendFileSync(file, 'automations: [{ id: ouvrir-la-suite, enabled: false }]\n');

    const quiet = await desk.json<Document>('plan');
    expect(rulesIn(quiet.document)).toEqual([]);

    writeFileSync(file, before);
    const { out } = await desk.jalon('sync');
    expect(out.replaceAll('\u00a0', ' ')).toContain('Règle « Une tâche terminée ouvre la suivante »');
  });

  it('is refused a rule that the template does not have, with the nearest one', {
    timeout: 60_000,
  }, async () => {
    const desk = await bakery();
    appendFileSync(
      desk.path('projects', 'boulangerie-martin.yaml'),
      'automations: [{ id: ouvrir-la-suit, enabled: false }]\n',
    );

    const { code, err } = await desk.jalon('plan');

    expect(code).toBe(2);
    expect(err.replace(/[\u00a0\u202f]/g, ' ')).toContain('Vouliez-vous écrire « ouvrir-la-suite » ?');
  });
});
