import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Book } from '#src/workspaces/excel/book.ts';
import { findGrids } from '#src/workspaces/excel/grid.ts';
import { personEdits, rowOf, type } from '../workspaces/excel/person.ts';
import { Desk, ended } from './jalon.ts';

/** More in the soak test: each kill costs two runs of the real command. */
const KILLS = Number(process.env.JALON_KILLS ?? 2);
const BOOK = 'boulangerie-martin.xlsx';

/** Every row of every sheet of ours, by key, as a person reads it. */
async function contents(file: string): Promise<Record<string, string[]>> {
  const book = await Book.open(readFileSync(file));
  const rows: Record<string, string[]> = {};
  for (const [marker, grids] of await findGrids(book)) {
    for (const grid of grids) {
      for (const row of grid.dataRows()) {
        const key = grid.keyOf(row);
        if (key === '') continue;
        const texts = grid.sheet.columnsOf(row).map((column) => grid.text(row, column));
        expect(rows, `${key} stands twice`).not.toHaveProperty([`${marker} ${key}`]);
        rows[`${marker} ${key}`] = texts;
      }
    }
  }
  return rows;
}

describe('kill -9 during apply', () => {
  it(`leaves nothing twice, nothing lost, in ${KILLS} random moments`, { timeout: 600_000 }, async () => {
    const calm = new Desk();
    calm.found();
    const begun = performance.now();
    await calm.jalon('apply');
    const usualMs = performance.now() - begun;
    const expected = await contents(calm.path('projects', BOOK));

    for (let round = 0; round < KILLS; round++) {
      const desk = new Desk();
      desk.found();
      const moment = usualMs * ((round + Math.random()) / KILLS);

      const child = desk.spawn('apply');
      const timer = setTimeout(() => child.kill('SIGKILL'), moment);
      await ended(child);
      clearTimeout(timer);
      const again = await desk.jalon('apply');

      const after = `killed after ${moment.toFixed(0)} ms of ${usualMs.toFixed(0)}`;
      expect(again.code, `${after}: ${again.err}`).toBe(0);
      expect(await contents(desk.path('projects', BOOK)), after).toEqual(expected);
      expect(
        (await desk.json<{ projects: { workspaces: object[] }[] }>('apply')).document.projects[0]
          ?.workspaces[0],
        after,
      ).toMatchObject({
        created: 0,
        updated: 0,
        archived: 0,
      });
    }
  });

  it('loses no edit that a person has saved', { timeout: 600_000 }, async () => {
    const desk = new Desk();
    desk.found();
    await desk.jalon('apply');

    for (let round = 0; round < Math.ceil(KILLS / 2); round++) {
      const note = `Note ${round}`;
      await personEdits(desk.path('projects', BOOK), ({ grid }) => {
        type(grid('plan'), rowOf(grid('plan'), 'comprendre/outil-de-suivi'), 'notes', note);
        type(grid('plan'), 100 + round, 'title', `Notre tâche ${round}`);
      });

      const child = desk.spawn('sync');
      const timer = setTimeout(() => child.kill('SIGKILL'), 200 + Math.random() * 1200);
      await ended(child);
      clearTimeout(timer);
      expect((await desk.jalon('sync')).code).toBe(0);

      const rows = await contents(desk.path('projects', BOOK));
      expect(rows['jalon:plan comprendre/outil-de-suivi']).toContain(note);
      expect(Object.keys(rows).filter((key) => key.includes('own/'))).toHaveLength(round + 1);
    }
  });
});
