import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Desk } from './jalon.ts';

interface RemindDocument {
  readonly projects: readonly {
    readonly slug: string;
    readonly reminders: readonly {
      readonly key: string;
      readonly daysLeft: number;
      readonly late: boolean;
    }[];
    readonly recurring: readonly unknown[];
    readonly errors: readonly unknown[];
  }[];
}

describe('jalon remind', () => {
  it('shows what is due, tells it once, and catches up what a machine that slept has missed', {
    timeout: 60_000,
  }, async () => {
    const desk = new Desk();
    desk.found();
    await desk.jalon('apply');
    // 90 days before 1 September 2027.
    desk.env.JALON_NOW = '2027-06-03T08:00:00+02:00';

    const dry = await desk.json<RemindDocument>('remind', '--dry-run');
    const told = await desk.jalon('remind');
    const again = await desk.jalon('remind');
    desk.env.JALON_NOW = '2027-08-04T08:00:00+02:00';
    const later = await desk.json<RemindDocument>('remind');

    const [project] = dry.document.projects;
    expect(dry.code).toBe(0);
    expect(project?.errors).toEqual([]);
    expect(project?.reminders).toContainEqual(
      expect.objectContaining({ kind: 'obligation', key: 'emission', daysLeft: 90, late: false }),
    );
    expect(told.code).toBe(0);
    expect(told.out).toMatch(/– 1er\u00a0septembre\u00a02027, dans 90\u00a0jours/);
    expect(again.out).toContain('Rien à rappeler aujourd’hui.');
    expect(later.document.projects[0]?.reminders).toContainEqual(
      expect.objectContaining({ key: 'emission', daysLeft: 28, late: true, on: '2027-08-02' }),
    );
  });

  it('says which settings it does not understand', { timeout: 60_000 }, async () => {
    const desk = new Desk();
    desk.found();
    const file = desk.path('projects', 'boulangerie-martin.yaml');
    appendFileSync(file, '\nreminders: { daysBefore: [soon] }\n');

    const { code, err } = await desk.jalon('remind');

    expect(code).toBe(2);
    expect(err).toMatch(/boulangerie-martin\.yaml\n.*soon.*attendu un nombre/);
  });
});
