import { readFileSync, statSync, utimesSync } from 'node:fs';
import { readXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import type { Item } from '#src/plan/item.ts';
import type { Grid } from '#src/workspaces/excel/grid.ts';
import { partsOf, sheetPart, textOf } from './parts.ts';
import { personEdits, rowOf, type } from './person.ts';
import {
  blueprint,
  comment,
  creations,
  DATES,
  type Desk,
  desk,
  FLOWS,
  fieldOf,
  ITEMS,
  PLATFORM,
  TILL,
  update,
} from './project.ts';

const ASKED = comment('comprendre/dates@notion-1', { text: 'Qui vérifie ?\nMoi.' });
const SOLD = comment('outils:caisse@trello-2', {
  text: 'La caisse change en mars.',
  author: 'Paul Martin',
  origin: 'trello',
  at: '2026-11-25T16:05:30.000Z',
});
const SAID = [...ITEMS, ASKED, SOLD];
const SAVED_AT = '2026-11-26T09:15:00.000Z';

async function written(items: readonly Item[] = SAID): Promise<Desk> {
  const own = desk();
  await own.write(items);
  return own;
}

/** Someone edits the workbook and saves it at a known time. */
async function edited(own: Desk, edit: Parameters<typeof personEdits>[1]): Promise<void> {
  await personEdits(own.file, edit);
  utimesSync(own.file, new Date(SAVED_AT), new Date(SAVED_AT));
}

function say(grid: Grid, row: number, about: string, text: string): void {
  type(grid, row, 'about', about);
  type(grid, row, 'text', text);
}

const commentsIn = ({ items }: { items: readonly Item[] }) => items.filter(({ kind }) => kind === 'comment');
const frenchRemarks = ({ remarks }: { remarks: readonly ((locale: 'fr') => string)[] }) =>
  remarks.map((remark) => remark('fr'));

describe('the sheet of comments', () => {
  it('comes with the first comment, behind the checklists, and not before', async () => {
    const own = await written(ITEMS);
    const names = async () => (await readXlsx(readFileSync(own.file))).sheets.map(({ name }) => name);
    const before = await names();

    await own.write(SAID, creations([ASKED]));

    expect(before).toEqual(['Tableau de bord', 'Plan', 'Points à vérifier', 'Outils et flux', 'Listes']);
    expect(await names()).toEqual([
      'Tableau de bord',
      'Plan',
      'Points à vérifier',
      'Échanges',
      'Outils et flux',
      'Listes',
    ]);
  });

  it('shows when, about what, who, where and what, the newest last, in another program’s library', async () => {
    const own = await written([...ITEMS, SOLD, ASKED]);

    const workbook = await readXlsx(readFileSync(own.file));

    const sheet = workbook.sheets.find(({ name }) => name === 'Échanges');
    expect(sheet?.rows[1]?.slice(1)).toEqual(['Date', 'À propos de', 'Auteur', 'Écrit dans', 'Message']);
    expect(sheet?.rows.slice(2)).toEqual([
      [
        ASKED.key,
        new Date('2026-11-24T09:30:00Z'),
        'Relever les dates qui s’appliquent',
        'Claire Durand',
        'Notion',
        'Qui vérifie ?\nMoi.',
      ],
      [
        SOLD.key,
        new Date('2026-11-25T17:05:30Z'),
        'Caisse (Outils et flux)',
        'Paul Martin',
        'Trello',
        'La caisse change en mars.',
      ],
    ]);
  });

  it('is called Comments in an English workbook', async () => {
    const own = desk();

    await own.write(SAID, creations(SAID), { blueprint: blueprint({ locale: 'en' }) });

    const workbook = await readXlsx(readFileSync(own.file));
    const sheet = workbook.sheets.find(({ name }) => name === 'Comments');
    expect(sheet?.rows[1]?.slice(1)).toEqual(['Date', 'About', 'Author', 'Written in', 'Comment']);
  });

  it('reads back as it was written, in whatever zone the team lives', async () => {
    const own = await written();

    const reading = await own.read();

    expect(reading).toMatchObject({ complete: true, remarks: [] });
    const [asked, sold] = commentsIn(reading);
    expect(asked).toMatchObject({ key: ASKED.key, parent: DATES.key, fields: ASKED.fields });
    expect(sold).toMatchObject({ key: SOLD.key, parent: TILL.key, fields: SOLD.fields });
  });

  it('offers all that a comment may be about, and follows when it is called something else', async () => {
    const own = await written();
    const renamed = update(FLOWS, { title: 'Trier les factures' });

    await own.write(
      SAID.map((one) => (one === FLOWS ? renamed.item : one)),
      [renamed.change],
    );

    await personEdits(own.file, ({ grid }) => {
      const lists = grid('lists');
      const offered = lists.dataRows().map((row) => lists.fieldText(row, 'about:label'));
      expect(offered.filter((label) => label !== '')).toEqual([
        'Relever les dates qui s’appliquent',
        'Trier les factures',
        'Choisir une plateforme agréée',
        'Caisse (Outils et flux)',
      ]);
    });
    const parts = await partsOf(own.file);
    expect(textOf(parts, 'xl/workbook.xml')).toMatch(/name="jalon_about">'Listes'!\$[A-Z]+\$3:\$[A-Z]+\$6</);
    expect(textOf(parts, sheetPart(parts, 'Échanges'))).toMatch(
      /sqref="C3:C3000"[^>]*><formula1>jalon_about<\/formula1>/,
    );
  });

  it('touches nothing when nothing has changed, even after the memory has been lost', async () => {
    const own = await written();
    const saved = () => statSync(own.file, { bigint: true }).mtimeNs;
    const before = saved();

    await own.write(SAID, []);
    own.memory.values.clear();
    await own.write(SAID);

    expect(saved()).toBe(before);
  });

  it('cuts a text where a cell ends, and does not take that for an edit', async () => {
    const long = comment('comprendre/dates@notion-9', { text: 'é'.repeat(40_000) });
    const own = await written([...ITEMS, long]);

    const shown = fieldOf(await own.read(), long.key, 'text');

    expect(shown).toBe(own.workspace.fit(long, 'text', long.fields.text ?? null));
    expect(String(shown)).toHaveLength(32_767);
  });

  it('does not show what is said of a task that is put away, when it is made anew', async () => {
    const away = { ...FLOWS, fields: { ...FLOWS.fields, archived: true } };
    const items = [...ITEMS.filter((one) => one !== FLOWS), away, ASKED];
    const own = desk();

    await own.write([...items, comment(`${FLOWS.key}@notion-3`)], creations(items));

    expect(commentsIn(await own.read()).map(({ key }) => key)).toEqual([ASKED.key]);
  });

  it('lets go of a comment that is archived elsewhere, with the cells of the team', async () => {
    const own = await written();
    const retired = update(ASKED, { archived: true });

    await own.write([...ITEMS, SOLD, retired.item], [retired.change]);

    expect(commentsIn(await own.read()).map(({ key }) => key)).toEqual([SOLD.key]);
    await personEdits(own.file, ({ grid }) => expect(rowOf(grid('archive'), ASKED.key)).toBe(3));
  });
});

describe('a comment that someone writes in the workbook', () => {
  it('is taken up under a key of its own, with the time at which the file was saved', async () => {
    const own = await written();
    await edited(own, ({ grid }) => {
      say(grid('comments'), 5, 'choisir une plateforme AGRÉÉE', 'Devis reçu.');
      say(grid('comments'), 6, 'Caisse', 'Voir la facture.');
    });

    const reading = await own.read(null, blueprint(), SAID);

    const [first, second] = commentsIn(reading).filter(({ key }) => key.includes('@excel-'));
    expect(first?.key).toMatch(/^choisir\/plateforme@excel-[0-9a-f]{16}$/);
    expect(first).toMatchObject({
      parent: PLATFORM.key,
      fields: { text: 'Devis reçu.', author: '', origin: 'excel', at: SAVED_AT, archived: false },
    });
    expect(second).toMatchObject({ parent: TILL.key, fields: { text: 'Voir la facture.' } });
    expect(await own.read(null, blueprint(), SAID)).toEqual(reading);
  });

  it('keeps the author and the date that were typed', async () => {
    const own = await written();
    await edited(own, ({ grid }) => {
      say(grid('comments'), 5, 'Caisse (Outils et flux)', 'Vu au téléphone.');
      type(grid('comments'), 5, 'author', 'Paul Martin');
      type(grid('comments'), 5, 'at', '23/11/2026 à 14h30');
    });

    const [added] = commentsIn(await own.read(null, blueprint(), SAID)).slice(2);

    expect(added?.fields).toMatchObject({ author: 'Paul Martin', at: '2026-11-23T13:30:00.000Z' });
  });

  it('stays where it was written, and gets its key, its date and its place', async () => {
    const own = await written();
    await edited(own, ({ grid }) => say(grid('comments'), 8, 'choisir une plateforme agréée', 'Devis reçu.'));
    const [added] = commentsIn(await own.read(null, blueprint(), SAID)).slice(2);
    if (!added) throw new Error('nothing was added');

    await own.write([...SAID, added], []);
    const again = await own.read(null, blueprint(), [...SAID, added]);

    const { author: _blank, ...fields } = added.fields;
    expect(commentsIn(again).at(-1)).toMatchObject({ key: added.key, fields });
    await personEdits(own.file, ({ grid }) => {
      const sheet = grid('comments');
      expect(sheet.keyOf(8)).toBe(added.key);
      expect(sheet.fieldText(8, 'about')).toBe('Choisir une plateforme agréée');
      expect(sheet.fieldText(8, 'origin')).toBe('Excel');
      expect(sheet.fieldText(8, 'at')).toBe('26/11/2026');
    });
  });

  it('is told of and left alone while it does not say what it is about', async () => {
    const own = await written();
    await edited(own, ({ grid }) => {
      say(grid('comments'), 5, '', 'Sans objet');
      say(grid('comments'), 6, 'Inconnue', 'Perdue');
      type(grid('comments'), 7, 'about', 'Caisse');
    });

    const reading = await own.read(null, blueprint(), SAID);

    expect(commentsIn(reading)).toHaveLength(2);
    expect(frenchRemarks(reading)).toEqual([
      expect.stringContaining('ligne 5\u00a0: ce message ne dit pas de quoi il parle'),
      expect.stringContaining('ligne 6\u00a0: rien dans le plan ne s’appelle «\u00a0Inconnue\u00a0»'),
    ]);
  });

  it('is the same one while its author goes on writing it in an open workbook', async () => {
    const own = await written();
    await edited(own, ({ grid }) => say(grid('comments'), 5, 'Caisse', 'Voir la factu'));
    const [draft] = commentsIn(await own.read(null, blueprint(), SAID)).slice(2);
    if (!draft) throw new Error('nothing was added');
    await edited(own, ({ grid }) => {
      type(grid('comments'), 5, 'text', 'Voir la facture.');
      say(grid('comments'), 6, 'Caisse', 'Voir la factu');
    });

    const reading = await own.read(null, blueprint(), [...SAID, draft]);

    const [first, second] = commentsIn(reading).slice(2);
    expect(second?.key).toBe(draft.key);
    expect(first?.key).not.toBe(draft.key);
    await edited(own, ({ grid }) => type(grid('comments'), 6, 'text', 'Voir la facture de mars.'));
    const later = await own.read(null, blueprint(), [...SAID, draft, ...(first ? [first] : [])]);
    expect(fieldOf(later, draft.key, 'text')).toBe('Voir la facture de mars.');
    expect(later.items.find(({ key }) => key === draft.key)?.fields).not.toHaveProperty('at');
  });

  it('is a new one when the same was said before, and taken away since', async () => {
    const own = await written();
    await edited(own, ({ grid }) => say(grid('comments'), 5, 'Caisse', 'OK'));
    const [first] = commentsIn(await own.read(null, blueprint(), SAID)).slice(2);
    if (!first) throw new Error('nothing was added');
    const known = [...SAID, first];
    await own.write(known, []);
    await edited(own, ({ grid }) => {
      for (const column of grid('comments').sheet.columnsOf(5))
        grid('comments').sheet.set(5, column, { type: 'blank' });
    });
    await own.read(null, blueprint(), known);

    await edited(own, ({ grid }) => say(grid('comments'), 6, 'Caisse', 'OK'));
    const [second] = commentsIn(await own.read(null, blueprint(), known)).slice(2);

    expect(second?.fields.text).toBe('OK');
    expect(second?.key).not.toBe(first.key);
  });

  it('is new when copied from another row, and was then said here', async () => {
    const own = await written();
    await edited(own, ({ grid }) => {
      const { sheet } = grid('comments');
      for (const column of sheet.columnsOf(3)) sheet.set(7, column, sheet.copyOf(3, column));
    });

    const reading = await own.read(null, blueprint(), SAID);
    const [copy] = commentsIn(reading).slice(2);
    await own.write([...SAID, ...(copy ? [copy] : [])], []);

    expect(copy).toMatchObject({ parent: DATES.key, fields: { text: ASKED.fields.text, origin: 'excel' } });
    await personEdits(own.file, ({ grid }) => expect(grid('comments').fieldText(7, 'origin')).toBe('Excel'));
  });

  it('finds the one that the drop-down means where two are called the same', async () => {
    const twin = { ...FLOWS, fields: { ...FLOWS.fields, title: String(DATES.fields.title) } };
    const items = SAID.map((one) => (one === FLOWS ? twin : one));
    const own = await written(items);
    await edited(own, ({ grid }) => {
      const lists = grid('lists');
      const row = lists.dataRows().find((one) => lists.fieldText(one, 'about') === twin.key) ?? 0;
      say(grid('comments'), 5, lists.fieldText(row, 'about:label'), 'Du second');
      say(grid('comments'), 6, String(DATES.fields.title), 'Du premier');
    });

    const [first, second] = commentsIn(await own.read(null, blueprint(), items)).slice(2);

    expect(first).toMatchObject({ parent: twin.key, fields: { text: 'Du second' } });
    expect(second).toMatchObject({ parent: DATES.key, fields: { text: 'Du premier' } });
  });
});

describe('what people do to a comment that is known', () => {
  it('counts when they change its text, and says nothing when they blank its date or its author', async () => {
    const own = await written();
    await edited(own, ({ grid }) => {
      const row = rowOf(grid('comments'), ASKED.key);
      type(grid('comments'), row, 'text', 'Paul vérifie.');
      type(grid('comments'), row, 'at', '');
      type(grid('comments'), row, 'author', '');
      type(grid('comments'), row, 'origin', '');
    });

    const reading = await own.read(null, blueprint(), SAID);

    expect(reading.items.find(({ key }) => key === ASKED.key)?.fields).toEqual({
      text: 'Paul vérifie.',
      archived: false,
    });
    expect(reading.remarks).toEqual([]);
  });

  it('changes nothing of what it is about: the next write says it again', async () => {
    const own = await written();
    await edited(own, ({ grid }) =>
      type(grid('comments'), rowOf(grid('comments'), ASKED.key), 'about', 'Caisse'),
    );

    const reading = await own.read(null, blueprint(), SAID);
    await own.write(SAID, []);

    expect(commentsIn(reading)[0]).toMatchObject({ key: ASKED.key, parent: DATES.key });
    await personEdits(own.file, ({ grid }) =>
      expect(grid('comments').fieldText(3, 'about')).toBe(DATES.fields.title),
    );
  });

  it.each([
    ['delete its row', (grid: Grid, column: number) => column >= grid.keyColumn],
    ['empty its text', (grid: Grid, column: number) => column === grid.columnOf('text')],
  ])('takes it off the sheet alone when they %s', async (_what, isCleared) => {
    const own = await written();
    await edited(own, ({ grid }) => {
      const sheet = grid('comments');
      for (const column of sheet.sheet.columnsOf(3))
        if (isCleared(sheet, column)) sheet.sheet.set(3, column, { type: 'blank' });
    });

    const reading = await own.read(null, blueprint(), SAID);
    await own.write(SAID, []);

    expect(reading.complete).toBe(true);
    expect(commentsIn(reading).map(({ key }) => key)).toEqual([SOLD.key]);
    expect(commentsIn(await own.read(null, blueprint(), SAID)).map(({ key }) => key)).toEqual([SOLD.key]);
  });

  it('brings it back, in its row, once it says something else elsewhere', async () => {
    const own = await written();
    await edited(own, ({ grid }) => type(grid('comments'), 3, 'text', ''));
    await own.read(null, blueprint(), SAID);
    const reworded = update(ASKED, { text: 'Qui vérifie enfin ?' });

    await own.write([...ITEMS, SOLD, reworded.item], [reworded.change]);

    await personEdits(own.file, ({ grid }) => {
      expect(rowOf(grid('comments'), ASKED.key)).toBe(3);
      expect(grid('comments').fieldText(3, 'text')).toBe('Qui vérifie enfin ?');
    });
  });

  it('is known again by its text when its key has been emptied', async () => {
    const own = await written();
    await edited(own, ({ grid }) => {
      for (const row of [3, 4]) grid('comments').setKey(row, '');
      type(grid('comments'), 4, 'about', 'Une tâche disparue');
    });

    const reading = await own.read(null, blueprint(), SAID);

    expect(commentsIn(reading).map(({ key }) => key)).toEqual([ASKED.key, SOLD.key]);
    expect(reading.remarks).toEqual([]);
  });
});

describe('a workbook that has lost its sheet of comments', () => {
  const emptySheet = (grid: Grid) => {
    for (const row of grid.sheet.rows())
      for (const column of grid.sheet.columnsOf(row)) grid.sheet.set(row, column, { type: 'blank' });
  };

  it('gets it back with all that was said', async () => {
    const own = await written();
    await edited(own, ({ grid }) => emptySheet(grid('comments')));

    const lost = await own.read(null, blueprint(), SAID);
    await own.write(SAID, []);
    const found = await own.read(null, blueprint(), SAID);

    expect(commentsIn(lost)).toEqual([]);
    expect(lost.removed).toEqual([]);
    expect(frenchRemarks(lost).join()).toContain('Échanges');
    expect(commentsIn(found).map(({ key }) => key)).toEqual([ASKED.key, SOLD.key]);
    expect(found.complete).toBe(true);
  });

  it.each([
    ['key column', (grid: Grid) => grid.sheet.rows().map((row) => [row, grid.keyColumn] as const)],
    [
      'marker row',
      (grid: Grid) => grid.sheet.columnsOf(grid.markerRow).map((column) => [grid.markerRow, column] as const),
    ],
  ])('knows it again by its titles when its hidden %s has been deleted', async (_what, cellsOf) => {
    const own = await written();
    await edited(own, ({ grid }) => {
      const comments = grid('comments');
      for (const [row, column] of cellsOf(comments)) comments.sheet.set(row, column, { type: 'blank' });
    });

    const lost = await own.read(null, blueprint(), SAID);
    await own.write(SAID, []);
    const found = await own.read(null, blueprint(), SAID);

    expect(frenchRemarks(lost).join()).toContain('a été reconnue à ses titres');
    expect(commentsIn(lost).map(({ key }) => key)).toEqual([ASKED.key, SOLD.key]);
    expect(found).toMatchObject({ complete: true, remarks: [] });
    expect(commentsIn(found).map(({ key }) => key)).toEqual([ASKED.key, SOLD.key]);
  });

  it('gets back a column that has been deleted', async () => {
    const own = await written();
    await edited(own, ({ grid }) => {
      const comments = grid('comments');
      const column = comments.columnOf('text') ?? 0;
      for (const row of comments.sheet.rows()) comments.sheet.set(row, column, { type: 'blank' });
    });

    const lost = await own.read(null, blueprint(), SAID);
    await own.write(SAID, []);
    const found = await own.read(null, blueprint(), SAID);

    expect(frenchRemarks(lost).join()).toContain('Message');
    expect(fieldOf(lost, ASKED.key, 'text')).toBeUndefined();
    expect(fieldOf(found, ASKED.key, 'text')).toBe(ASKED.fields.text);
  });

  it('says nothing, and certifies all, where there never was one and nothing is remembered', async () => {
    const own = await written(ITEMS);
    own.memory.values.clear();

    const reading = await own.read();

    expect(reading).toMatchObject({ complete: true, remarks: [] });
  });
});
