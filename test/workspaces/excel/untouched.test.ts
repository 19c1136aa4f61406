import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { savedByExcel } from './excel-like.ts';
import { changedCells, differing, partsOf, sheetPart, textOf } from './parts.ts';
import { partsEdited, personEdits, replaceIn } from './person.ts';
import {
  ASK,
  blueprint,
  comment,
  creations,
  DATES,
  type Desk,
  desk,
  FLOWS,
  fieldOf,
  ITEMS,
  line,
  PLATFORM,
  task,
  update,
} from './project.ts';

const FIXTURE = join(import.meta.dirname, '../../fixtures/workbooks/libreoffice.xlsx');

/** As the fixture shows them: someone has put an x beside that point. */
const AGREED = ITEMS.map((one) => (one === ASK ? update(ASK, { done: true }).item : one));

/** What the spreadsheet programs may recompute: told to, since cells that formulas look at have changed. */
const recalculated = (workbook: string) => workbook.replace(/ fullCalcOnLoad="1"/, '');
/** A row's height follows its texts, unless someone has set it. */
const withoutHeights = (rest: string) => rest.replace(/ ht="[^"]*"/g, '');

/** The dashboard of the fixture is of another week: it alone is written anew. */
async function showThisWeek(own: Desk): Promise<void> {
  const before = await partsOf(own.file);
  await own.read();
  await own.write(AGREED, []);
  const after = await partsOf(own.file);
  expect(differing(before, after)).toEqual(['xl/workbook.xml', sheetPart(after, 'Tableau de bord')]);
  expect(recalculated(textOf(after, 'xl/workbook.xml'))).toBe(textOf(before, 'xl/workbook.xml'));
}

describe('a workbook that a team has rearranged in LibreOffice', () => {
  let own: Desk;
  beforeEach(() => {
    own = desk();
    copyFileSync(FIXTURE, own.file);
  });

  it('is read by its markers: sorted, renamed, with columns inserted and hidden and rows added', async () => {
    const reading = await own.read();

    expect(reading.complete).toBe(true);
    expect(reading.remarks).toEqual([]);
    expect(fieldOf(reading, DATES.key, 'with')).toEqual(['direction', 'expert-comptable']);
    expect(fieldOf(reading, 'comprendre/dates#demander', 'done')).toBe(true);
    expect(fieldOf(reading, 'outils:caisse', 'usage')).toBe('Tickets et factures\ndes clients');
    const added = reading.items.filter(({ key }) => key.includes('own'));
    expect(added.map(({ fields }) => fields)).toMatchObject([
      { title: 'Prévenir nos fournisseurs', step: 'choisir', status: 'todo', due: '2027-03-15' },
      { nom: 'Tableur des devis', etat: 'a-voir', depuis: '2025-01-12' },
    ]);
  });

  it('keeps everything but the cell that we write, part by part', async () => {
    await showThisWeek(own);
    const before = await partsOf(own.file);
    const edit = update(FLOWS, { status: 'doing' });

    await own.write(
      AGREED.map((one) => (one === FLOWS ? edit.item : one)),
      [edit.change],
    );

    const after = await partsOf(own.file);
    const plan = sheetPart(after, 'Notre plan');
    expect(differing(before, after)).toEqual([plan]);
    const changed = changedCells(textOf(before, plan), textOf(after, plan), withoutHeights);
    expect(changed).toEqual(['D4']);
  });

  it('gets new rows below those of the team, and every chart, comment, rule and name stays', async () => {
    await showThisWeek(own);
    const before = await partsOf(own.file);
    const fresh = [
      task('choisir/signer', { title: 'Signer le contrat' }),
      line('outils:devis', { nom: 'Devis' }),
    ];

    await own.write(
      [...AGREED, ...fresh],
      fresh.map((item) => ({ kind: 'create', key: item.key, item })),
    );

    const after = await partsOf(own.file);
    const [plan, register] = [sheetPart(after, 'Notre plan'), sheetPart(after, 'Outils et flux')];
    expect(differing(before, after)).toEqual(['xl/workbook.xml', plan, register].sort());
    const untouched = (xml: string) =>
      withoutHeights(xml)
        .replace(/<row r="(?:4|7)"[^>]*>\s*<\/row>/g, '')
        .replace(/<(autoFilter|dimension) ref="[^"]*"/g, '');
    const changed = changedCells(textOf(before, plan), textOf(after, plan), untouched);
    expect(changed.every((cell) => cell.endsWith('7'))).toBe(true);
    const names = (parts: typeof before) =>
      [...textOf(parts, 'xl/workbook.xml').matchAll(/<definedName [^>]*name="([^"]*)"/g)].map(
        ([, name]) => name,
      );
    expect(names(after)).toEqual(names(before));
  });

  it('is not touched when there is nothing to write', async () => {
    await own.read();
    await own.write(AGREED, []);
    const before = await partsOf(own.file);

    await own.write(AGREED, []);

    expect(differing(before, await partsOf(own.file))).toEqual([]);
  });

  it('stamps the keys of the rows that the team has added once they are agreed', async () => {
    const reading = await own.read();
    const added = reading.items.filter(({ key }) => key.includes('own'));

    await own.write([...AGREED, ...added], []);
    await personEdits(own.file, ({ grid }) => {
      const plan = grid('plan');
      const row = plan.dataRows().find((one) => plan.fieldText(one, 'title').startsWith('Prévenir')) ?? 0;
      plan.set(row, 'title', { type: 'text', text: 'Avertir nos fournisseurs' });
    });
    const again = await own.read();

    const key = added.find((one) => one.kind === 'task')?.key ?? '';
    expect(fieldOf(again, key, 'title')).toBe('Avertir nos fournisseurs');
    expect(again.items).toHaveLength(reading.items.length);
  });
});

describe('a sheet of comments as Excel saves it', () => {
  const asked = comment('comprendre/dates@notion-1', { text: 'Qui vérifie ?' });
  let own: Desk;
  let part: string;
  beforeEach(async () => {
    own = desk();
    await own.write([...ITEMS, asked]);
    part = sheetPart(await partsOf(own.file), 'Échanges');
    await savedByExcel(own.file, part);
  });

  it('keeps all but the cell that we write, to the byte', async () => {
    const reading = await own.read(null, blueprint(), [...ITEMS, asked]);
    const before = await partsOf(own.file);
    const edit = update(asked, { text: 'Qui vérifie, et quand ?' });

    await own.write([...ITEMS, edit.item], [edit.change]);

    const after = await partsOf(own.file);
    expect(reading).toMatchObject({ complete: true, remarks: [] });
    expect(differing(before, after)).toEqual([part]);
    expect(changedCells(textOf(before, part), textOf(after, part), withoutHeights)).toEqual(['F3']);
  });

  it('takes further comments below, and nothing else changes', async () => {
    await own.read(null, blueprint(), [...ITEMS, asked]);
    const before = await partsOf(own.file);
    const more = comment('outils:caisse@trello-2', { origin: 'trello' });

    await own.write([...ITEMS, asked, more], creations([more]));

    const after = await partsOf(own.file);
    expect(differing(before, after)).toEqual(['xl/workbook.xml', part]);
    const untouched = (xml: string) =>
      withoutHeights(xml)
        .replace(/<row r="43"[^>]*>\s*<\/row>/g, '')
        .replace(/<(autoFilter|dimension) ref="[^"]*"/g, '');
    expect(changedCells(textOf(before, part), textOf(after, part), untouched)).toEqual([
      'A43',
      'B43',
      'C43',
      'D43',
      'E43',
      'F43',
    ]);
  });
});

describe('a workbook as Excel saves it', () => {
  let own: Desk;
  let plan: string;
  beforeEach(async () => {
    own = desk();
    await own.write();
    plan = sheetPart(await partsOf(own.file), 'Plan');
    await savedByExcel(own.file, plan);
  });

  it('is read as if nothing had happened', async () => {
    const reading = await own.read();

    expect(reading.complete).toBe(true);
    expect(reading.remarks).toEqual([]);
    expect(reading.items.map(({ key }) => key).sort()).toEqual(ITEMS.map(({ key }) => key).sort());
    expect(fieldOf(reading, DATES.key, 'due')).toBe('2026-11-27');
  });

  it('keeps macros, pivots, comments, extensions, shared strings and sorting, to the byte', async () => {
    await own.read();
    const before = await partsOf(own.file);
    const edit = update(DATES, { status: 'done' });

    await own.write(
      ITEMS.map((one) => (one === DATES ? edit.item : one)),
      [edit.change],
    );

    const after = await partsOf(own.file);
    expect(differing(before, after)).toEqual([plan]);
    expect(changedCells(textOf(before, plan), textOf(after, plan), withoutHeights)).toEqual(['D3', 'T3']);
    expect((await own.read()).complete).toBe(true);
  });

  it('takes a formula that we write over off the list of formulas, and only that one', async () => {
    await partsEdited(own.file, (parts) =>
      replaceIn(parts, plan, (xml) =>
        xml
          .replace(/<c r="S3"[^>]*(\/>|>.*?<\/c>)/s, '')
          .replace('<c r="T3"', '<c r="S3"><f>1+1</f><v>2</v></c><c r="T3"'),
      ),
    );
    await partsEdited(own.file, (parts) =>
      replaceIn(parts, 'xl/calcChain.xml', (xml) => xml.replace('r="R3"', 'r="S3"')),
    );
    const reading = await own.read();
    const edit = update(DATES, { notes: 'Vu' });

    await own.write(
      ITEMS.map((one) => (one === DATES ? edit.item : one)),
      [edit.change],
    );

    const chain = textOf(await partsOf(own.file), 'xl/calcChain.xml');
    expect(fieldOf(reading, DATES.key, 'notes')).toBe('2');
    expect(chain).toContain('<c r="W3" i="2" l="1"/><c r="W4"/><c r="X9"/>');
  });

  it('writes out the formulas that took their text from a cell that we write over', async () => {
    await partsEdited(own.file, (parts) =>
      replaceIn(parts, plan, (xml) =>
        xml
          .replace(/<c r="S3"[^>]*\/>/, '')
          .replace(
            '<c r="T3"',
            '<c r="S3"><f t="shared" ref="S3:S5" si="7">$B3&amp;" B3 "&amp;C$2&amp;D3</f><v>a</v></c><c r="T3"',
          )
          .replace('<c r="T4"', '<c r="S4" t="str"><f t="shared" si="7"/><v>b</v></c><c r="T4"'),
      ),
    );
    await own.read();
    const edit = update(DATES, { notes: 'Vu' });

    await own.write(
      ITEMS.map((one) => (one === DATES ? edit.item : one)),
      [edit.change],
    );

    const xml = textOf(await partsOf(own.file), plan);
    expect(xml).toContain('<c r="S4" t="str"><f>$B4&amp;" B3 "&amp;C$2&amp;D4</f><v>b</v></c>');
  });

  it('never changes what a style number means', async () => {
    await own.read();
    const before = textOf(await partsOf(own.file), 'xl/styles.xml');
    const edit = update(PLATFORM, { notes: '=HYPERLINK("http://example.org")' });

    await own.write(
      ITEMS.map((one) => (one === PLATFORM ? edit.item : one)),
      [edit.change],
    );

    const after = textOf(await partsOf(own.file), 'xl/styles.xml');
    const formats = (xml: string) => /<cellXfs[^>]*>(.*)<\/cellXfs>/s.exec(xml)?.[1] ?? '';
    expect(formats(after).startsWith(formats(before))).toBe(true);
    expect(formats(after)).toContain('quotePrefix="1"');
  });
});
