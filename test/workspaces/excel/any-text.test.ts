import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import { type Item, PRIORITIES, STATUSES } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import { partsOf, sheetPart, textOf } from './parts.ts';
import { personEdits } from './person.ts';
import { comment, DATES, desk, deskIn, fieldOf, line, point, TILL, task } from './project.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '=1+1',
    '+33 6',
    '-',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '_x0041_',
    ']]>',
    '<b>&amp;</b>',
    "'apostrophe",
    '12/01/2027',
    'VRAI',
    '0012',
    'é\u0301',
    '\u{1f600}',
    ' a ',
    '\n\n',
    'jalon:plan',
  ),
);
const title = anyText.filter((text) => /[a-z]/i.test(text));
const day = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2150-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const anyTask = fc.record({
  title,
  step: fc.constantFrom('comprendre', 'choisir'),
  status: fc.constantFrom(...STATUSES),
  priority: fc.constantFrom(...PRIORITIES),
  role: fc.constantFrom('office-manager', 'direction', 'expert-comptable'),
  with: fc.uniqueArray(fc.constantFrom('direction', 'expert-comptable', 'office-manager')),
  people: fc.array(anyText, { maxLength: 3 }),
  start: fc.option(day),
  due: fc.option(day),
  description: anyText,
  notes: anyText,
});
const anyRow = fc.record({
  nom: title,
  usage: anyText,
  factures: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  cout: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  part: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  depuis: fc.option(day),
  etat: fc.constantFrom('pret', 'a-voir', ''),
  teste: fc.boolean(),
  site: anyText,
  contact: anyText,
  qui: anyText,
});

describe('whatever is agreed', () => {
  it('is what the workbook shows, once it has been made to fit', async () => {
    const { folder } = desk();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyTask, { maxLength: 4 }),
        fc.array(anyRow, { maxLength: 4 }),
        fc.array(title, { maxLength: 3 }),
        async (tasks, rows, points) => {
          run += 1;
          const own = deskIn(folder, `essai-${run}.xlsx`);
          const items: Item[] = [
            ...tasks.map((fields, index) => task(`comprendre/t${index}`, fields)),
            ...(tasks.length > 0
              ? points.map((text, index) =>
                  point(`comprendre/t0#p${index}`, { title: text, done: index % 2 === 0 }),
                )
              : []),
            ...rows.map((fields, index) => line(`outils:r${index}`, fields)),
          ];

          await own.write(items);
          const reading = await own.read();

          expect(reading.complete).toBe(true);
          expect(reading.remarks).toEqual([]);
          expect(reading.items.map(({ key }) => key).sort()).toEqual(items.map(({ key }) => key).sort());
          for (const item of items) {
            const { key } = item;
            for (const [field, value] of Object.entries(item.fields)) {
              if (!own.workspace.holds(item, field)) continue;
              const [shown, fitted] = [fieldOf(reading, key, field), own.workspace.fit(item, field, value)];
              expect(
                sameValue(shown, fitted),
                `${key} ${field}: ${JSON.stringify(shown)} for ${JSON.stringify(value)}`,
              ).toBe(true);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  it('is what its sheet of comments shows, whatever is said, when and by whom', async () => {
    const { folder } = desk();
    const instant = fc
      .date({ min: new Date('1950-01-01'), max: new Date('2150-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString());
    const anyComment = fc.record({
      text: title,
      author: anyText.filter((text) => text.trim() !== ''),
      origin: fc.constantFrom('notion', 'trello', 'excel', 'jalon'),
      at: instant,
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyComment, { maxLength: 5 }), title, async (comments, name) => {
        run += 1;
        const own = deskIn(folder, `dits-${run}.xlsx`);
        const about = [{ ...DATES, fields: { ...DATES.fields, title: name } }, TILL];
        const said = comments.map((fields, index) =>
          comment(`${about[index % 2]?.key}@notion-${index}`, fields),
        );
        await own.write([...about, ...said]);
        const keys = (items: readonly Item[]) => items.map(({ key }) => key).sort();

        const reading = await own.read();
        await personEdits(own.file, ({ grid }) => {
          if (said.length === 0) return;
          for (const row of grid('comments').dataRows()) grid('comments').setKey(row, '');
        });
        const again = await own.read();

        expect(reading).toMatchObject({ complete: true, remarks: [] });
        expect(keys(reading.items)).toEqual(keys([...about, ...said]));
        for (const one of said) {
          for (const [field, value] of Object.entries(one.fields)) {
            const [shown, fitted] = [fieldOf(reading, one.key, field), own.workspace.fit(one, field, value)];
            expect(sameValue(shown, fitted), `${field}: ${JSON.stringify(shown)}`).toBe(true);
          }
        }
        expect(keys(again.items)).toEqual(keys(reading.items));
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('can never become a formula', async () => {
    const own = desk();
    const dangers = [
      '=cmd|"/c calc"!A1',
      '+1+1',
      '-2+3',
      '@SUM(A1:A9)',
      '\t=1',
      '=HYPERLINK("http://example.org","clic")',
    ];
    const items = dangers.map((text, index) =>
      task(`comprendre/t${index}`, { title: text, notes: text, people: [text] }),
    );

    await own.write(items);

    const parts = await partsOf(own.file);
    const plan = textOf(parts, sheetPart(parts, 'Plan'));
    const cells = [...plan.matchAll(/<c r="C\d+"( s="\d+")?[^>]*>(.*?)<\/c>/gs)].filter(([cell]) =>
      dangers.some((text) => cell.includes(text.slice(1, 5))),
    );
    const styles = [
      ...(/<cellXfs[^>]*>(.*?)<\/cellXfs>/s.exec(textOf(parts, 'xl/styles.xml'))?.[1] ?? '').matchAll(
        /<xf\b[^>]*>/g,
      ),
    ].map(([xf]) => xf);
    expect(cells).toHaveLength(dangers.length);
    for (const [cell] of cells) {
      const style = Number(/ s="(\d+)"/.exec(cell)?.[1]);
      expect(cell).toContain('t="inlineStr"');
      expect(cell).not.toContain('<f>');
      expect(styles[style]).toContain('quotePrefix="1"');
    }
  });

  it('reads the same in another program’s library', async () => {
    const own = desk();
    await own.write([task('comprendre/t', { title: 'Écrire <à> & « tous » _x0041_', due: '2027-01-12' })]);

    const workbook = await readXlsx(readFileSync(own.file));

    const plan = workbook.sheets.find(({ name }) => name === 'Plan');
    expect(workbook.sheets.map(({ name }) => name)).toEqual([
      'Tableau de bord',
      'Plan',
      'Points à vérifier',
      'Outils et flux',
      'Listes',
    ]);
    expect(plan?.rows[0]?.[0]).toBe('jalon:plan');
    expect(plan?.rows[2]?.slice(1, 5)).toEqual([
      'Comprendre les obligations',
      'Écrire <à> & « tous » _x0041_',
      'À faire',
      'Normale',
    ]);
    expect(plan?.rows[2]?.[9]).toEqual(new Date('2027-01-12T00:00:00Z'));
  });
});
