import { describe, expect, it } from 'vitest';
import type { Grid } from '#src/workspaces/excel/grid.ts';
import { cutAndPaste, partsEdited, personEdits, replaceIn, rowOf, type } from './person.ts';
import {
  ASK,
  DATES,
  type Desk,
  desk,
  FLOWS,
  fieldOf,
  ITEMS,
  PLATFORM,
  READ_LAW,
  TILL,
  task,
  update,
} from './project.ts';

async function written(items = ITEMS): Promise<Desk> {
  const own = desk();
  await own.write(items);
  return own;
}

describe('what people type', () => {
  it('is understood whatever its case, accents, spaces and emoji', async () => {
    const own = await written();
    await personEdits(own.file, ({ grid }) => {
      const plan = grid('plan');
      type(plan, rowOf(plan, FLOWS.key), 'status', '  EN  COURS ');
      type(plan, rowOf(plan, FLOWS.key), 'priority', 'urgente 🔥');
      type(
        plan,
        rowOf(plan, FLOWS.key),
        'with',
        'direction ; expert comptable, cabinet, Expert‑comptable, cabinet'
          .replace('expert comptable, cabinet, ', '')
          .replace('‑', '-'),
      );
      type(plan, rowOf(plan, FLOWS.key), 'people', 'Paul Martin,  Claire Durand , ');
      type(grid('register:outils'), rowOf(grid('register:outils'), TILL.key), 'etat', 'a voir');
    });

    const reading = await own.read();

    expect(reading.remarks.map((remark) => remark('fr'))).toEqual([]);
    expect(fieldOf(reading, FLOWS.key, 'status')).toBe('doing');
    expect(fieldOf(reading, FLOWS.key, 'priority')).toBe('urgent');
    expect(fieldOf(reading, FLOWS.key, 'with')).toEqual(['direction', 'expert-comptable']);
    expect(fieldOf(reading, FLOWS.key, 'people')).toEqual(['Paul Martin', 'Claire Durand']);
    expect(fieldOf(reading, TILL.key, 'etat')).toBe('a-voir');
  });

  it.each(['x', 'Oui', 'yes', 'VRAI', 'true', '1', '✓', '☑', '☑️'])('counts %s as a tick', async (tick) => {
    const own = await written();
    await personEdits(own.file, ({ grid }) =>
      type(grid('checks'), rowOf(grid('checks'), ASK.key), 'done', tick),
    );

    const reading = await own.read();

    expect(fieldOf(reading, ASK.key, 'done')).toBe(true);
  });

  it('is read as a date when it is typed as text, and as what a formula gives', async () => {
    const own = await written();
    await personEdits(own.file, ({ grid }) => {
      const plan = grid('plan');
      type(plan, rowOf(plan, FLOWS.key), 'due', '12/01/2027');
      plan.set(rowOf(plan, PLATFORM.key), 'due', {
        type: 'formula',
        formula: 'DATE(2027,3,15)',
        value: 46_461,
      });
      plan.set(rowOf(plan, PLATFORM.key), 'notes', { type: 'formula', formula: '1+1', value: 2 });
    });

    const reading = await own.read();

    expect(fieldOf(reading, FLOWS.key, 'due')).toBe('2027-01-12');
    expect(fieldOf(reading, PLATFORM.key, 'due')).toBe('2027-03-15');
    expect(fieldOf(reading, PLATFORM.key, 'notes')).toBe('2');
  });

  it('is left alone and told when it cannot be understood', async () => {
    const own = await written();
    await personEdits(own.file, ({ grid }) => {
      const plan = grid('plan');
      type(plan, rowOf(plan, FLOWS.key), 'status', 'En attente du devis');
      type(plan, rowOf(plan, FLOWS.key), 'due', 'bientôt');
      type(grid('register:outils'), rowOf(grid('register:outils'), TILL.key), 'cout', 'cher');
    });

    const reading = await own.read();
    const remarks = reading.remarks.map((remark) => remark('fr'));
    const edit = update(FLOWS, { notes: 'Relancé' });
    await own.write([...ITEMS.filter((one) => one !== FLOWS), edit.item], [edit.change]);
    let left = '';
    await personEdits(own.file, ({ grid }) => {
      left = grid('plan').fieldText(rowOf(grid('plan'), FLOWS.key), 'status');
    });

    const flows = reading.items.find(({ key }) => key === FLOWS.key)?.fields;
    expect(reading.complete).toBe(true);
    expect(flows).not.toHaveProperty('status');
    expect(flows).not.toHaveProperty('due');
    expect(remarks[0]).toContain('Plan');
    expect(remarks[0]).toContain('ligne 4');
    expect(remarks[0]).toContain('En attente du devis');
    expect(remarks[0]).toContain('Bloqué');
    expect(remarks).toHaveLength(3);
    expect(left).toBe('En attente du devis');
  });

  it('keeps the known title of a task whose title has been emptied', async () => {
    const own = await written();
    await personEdits(own.file, ({ grid }) =>
      type(grid('plan'), rowOf(grid('plan'), FLOWS.key), 'title', ''),
    );

    const reading = await own.read();

    expect(reading.items.find(({ key }) => key === FLOWS.key)?.fields).not.toHaveProperty('title');
    expect(reading.remarks).toHaveLength(1);
  });
});

describe('rows of the team', () => {
  it('are adopted under the same key at every reading', async () => {
    const own = await written();
    await personEdits(own.file, ({ grid }) => {
      type(grid('plan'), 9, 'title', 'Appeler la banque');
      type(grid('checks'), 9, 'title', 'Poser la question');
      type(grid('checks'), 9, 'task', 'choisir une plateforme AGRÉÉE');
      type(grid('checks'), 10, 'title', 'Sans tâche');
      type(grid('checks'), 10, 'task', 'Inconnue');
    });

    const [first, second] = [await own.read(), await own.read()];

    const added = first.items.filter(({ key }) => key.includes('own'));
    expect(added.map(({ key }) => key)).toEqual(
      second.items.map(({ key }) => key).filter((key) => key.includes('own')),
    );
    expect(added).toMatchObject([
      {
        kind: 'task',
        parent: 'plan',
        fields: { title: 'Appeler la banque', status: 'todo', step: 'comprendre' },
      },
      { kind: 'check', parent: PLATFORM.key, fields: { title: 'Poser la question', done: false } },
    ]);
    expect(added[0]?.key).toMatch(/^own\/appeler-la-banque-[0-9a-f]{8}$/);
    expect(added[1]?.key).toMatch(/^choisir\/plateforme#own-poser-la-question-[0-9a-f]{8}$/);
    expect(first.remarks.map((remark) => remark('fr'))[0]).toContain('Inconnue');
  });

  it('stay in the place where people have put them, with a key and a status', async () => {
    const own = await written();
    await personEdits(own.file, ({ grid }) => type(grid('plan'), 9, 'title', 'Appeler la banque'));
    const added = (await own.read()).items.filter(({ key }) => key.startsWith('own/'));

    await own.write([...ITEMS, ...added], []);

    await personEdits(own.file, ({ grid }) => {
      expect(grid('plan').keyOf(9)).toBe(added[0]?.key);
      expect(grid('plan').fieldText(9, 'status')).toBe('À faire');
      expect(grid('plan').fieldText(9, 'step')).toBe('Comprendre les obligations');
    });
  });

  it('are new when copied from another row, which keeps its key', async () => {
    const own = await written();
    await personEdits(own.file, ({ grid }) => {
      const plan = grid('plan');
      for (const column of plan.sheet.columnsOf(3)) plan.sheet.set(8, column, plan.sheet.copyOf(3, column));
    });

    const reading = await own.read();

    const twins = reading.items.filter(({ fields }) => fields.title === DATES.fields.title);
    expect(twins.map(({ key }) => key)).toEqual([DATES.key, expect.stringMatching(/^own\//)]);
    expect(reading.items).toHaveLength(ITEMS.length + 1);
  });

  it('are known again by their title when their key has been emptied', async () => {
    const own = await written();
    await personEdits(own.file, ({ grid }) => {
      grid('plan').setKey(rowOf(grid('plan'), FLOWS.key), '');
      grid('register:outils').setKey(rowOf(grid('register:outils'), TILL.key), '');
      grid('checks').setKey(rowOf(grid('checks'), READ_LAW.key), '');
    });

    const reading = await own.read();

    expect(reading.items.map(({ key }) => key).sort()).toEqual(ITEMS.map(({ key }) => key).sort());
  });

  it('may be sorted without any item changing', async () => {
    const own = await written();
    const before = await own.read();
    await personEdits(own.file, ({ grid }) => {
      const plan = grid('plan');
      cutAndPaste(plan, 3, plan, 30);
      cutAndPaste(plan, 5, plan, 3);
      cutAndPaste(plan, 30, plan, 5);
    });

    const after = await own.read();

    const values = (items: typeof after.items) => new Map(items.map(({ key, fields }) => [key, fields]));
    expect(values(after.items)).toEqual(values(before.items));
  });
});

describe('what people remove', () => {
  it('is missing from a complete reading when its row has been deleted', async () => {
    const own = await written();
    await personEdits(own.file, ({ grid }) => {
      for (const column of grid('plan').sheet.columnsOf(4))
        grid('plan').sheet.set(4, column, { type: 'blank' });
    });

    const reading = await own.read();

    expect(reading.complete).toBe(true);
    expect(reading.items.map(({ key }) => key)).not.toContain(FLOWS.key);
  });

  it('counts as removed when all visible cells of its row have been emptied', async () => {
    const own = await written();
    await personEdits(own.file, ({ grid }) => {
      const plan = grid('plan');
      for (const column of plan.sheet.columnsOf(4))
        if (column !== plan.keyColumn) plan.sheet.set(4, column, { type: 'blank' });
    });

    const reading = await own.read();

    expect(reading.removed).toEqual([FLOWS.key]);
  });

  it('is filled again in the row that has been emptied, when it comes back', async () => {
    const own = await written();
    await personEdits(own.file, ({ grid }) => {
      const plan = grid('plan');
      for (const column of plan.sheet.columnsOf(4))
        if (column !== plan.keyColumn) plan.sheet.set(4, column, { type: 'blank' });
    });
    await own.read();

    await own.write(ITEMS);

    await personEdits(own.file, ({ grid }) => {
      const plan = grid('plan');
      expect(plan.dataRows().filter((row) => plan.keyOf(row) === FLOWS.key)).toEqual([4]);
      expect(plan.fieldText(4, 'title')).toBe(FLOWS.fields.title);
    });
  });

  it.each(['jalon:plan', 'jalon:checks', 'jalon:register:outils'])(
    'is no deletion when the marker %s is gone',
    async (marker) => {
      const own = await written();
      await personEdits(own.file, ({ grid }) => {
        const found = grid(marker.slice('jalon:'.length));
        found.sheet.set(found.markerRow, found.keyColumn, { type: 'blank' });
      });

      const reading = await own.read();

      expect(reading.complete).toBe(false);
      expect(reading.remarks.map((remark) => remark('en')).join()).toContain('known again by its titles');
    },
  );

  it('comes back when a whole sheet has been lost, beside the sheets of the team', async () => {
    const own = await written();
    await personEdits(own.file, ({ grid }) => {
      const plan = grid('plan');
      plan.sheet.set(plan.markerRow, plan.keyColumn, { type: 'blank' });
    });
    await partsEdited(own.file, (parts) =>
      replaceIn(parts, 'xl/workbook.xml', (text) => text.replace('name="Plan"', 'name="Ancien plan"')),
    );
    const lost = await own.read();
    expect(lost.remarks.map((remark) => remark('en')).join()).toContain('is gone from the workbook');

    await own.write(ITEMS, []);
    const reading = await own.read();

    expect(reading.complete).toBe(true);
    expect(fieldOf(reading, DATES.key, 'status')).toBe('doing');
    expect(reading.items).toHaveLength(ITEMS.length);
  });

  it.each([
    ['key column', (grid: Grid) => grid.sheet.rows().map((row) => [row, grid.keyColumn] as const)],
    [
      'marker row',
      (grid: Grid) => grid.sheet.columnsOf(grid.markerRow).map((column) => [grid.markerRow, column] as const),
    ],
  ])('is known again by its titles when its hidden %s has been deleted', async (_what, cellsOf) => {
    const own = await written();
    await personEdits(own.file, ({ grid }) => {
      const plan = grid('plan');
      type(plan, rowOf(plan, FLOWS.key), 'status', 'Fait');
      for (const [row, column] of cellsOf(plan)) plan.sheet.set(row, column, { type: 'blank' });
    });

    const lost = await own.read();
    await own.write(ITEMS, []);
    await personEdits(own.file, async ({ book, sheets }) => {
      expect(sheets.filter(({ name }) => name.startsWith('Plan'))).toHaveLength(1);
      const sheet = await book.sheet(sheets.find(({ name }) => name === 'Plan') as (typeof sheets)[number]);
      const cells = sheet
        .rows()
        .flatMap((row) => sheet.columnsOf(row).map((column) => [row, column] as const));
      const [row, column] = cells.find(([at, one]) => sheet.textOf(at, one, false) === 'En cours') ?? [0, 0];
      sheet.set(row, column, { type: 'text', text: 'Bloqué' });
    });
    const found = await own.read();

    expect(lost.remarks.map((remark) => remark('fr')).join()).toContain('a été reconnue à ses titres');
    expect(fieldOf(lost, FLOWS.key, 'status')).toBe('done');
    expect(lost.items.map(({ key }) => key).sort()).toEqual(ITEMS.map(({ key }) => key).sort());
    expect(found).toMatchObject({ complete: true, remarks: [] });
    expect(fieldOf(found, DATES.key, 'status')).toBe('blocked');
    expect(found.items).toHaveLength(ITEMS.length);
  });

  it('comes back when a column has been lost, and is told', async () => {
    const own = await written();
    await personEdits(own.file, ({ grid }) => {
      const plan = grid('plan');
      const column = plan.columnOf('proof') ?? 0;
      for (const row of plan.sheet.rows()) plan.sheet.set(row, column, { type: 'blank' });
    });

    const lost = await own.read();
    await own.write(ITEMS, []);
    const found = await own.read();

    expect(lost.complete).toBe(false);
    expect(lost.remarks.map((remark) => remark('fr')).join()).toContain('Preuve à garder');
    expect(lost.items[0]?.fields).not.toHaveProperty('proof');
    expect(found.complete).toBe(true);
    expect(fieldOf(found, DATES.key, 'proof')).toBe('Le fichier daté');
  });
});

describe('the archive', () => {
  const retired = update(FLOWS, { archived: true });
  const others = ITEMS.filter((one) => one !== FLOWS);

  it('takes the rows of archived items, with the cells of the team', async () => {
    const own = await written();
    await personEdits(own.file, ({ grid }) =>
      grid('plan').sheet.set(4, 30, { type: 'text', text: 'À nous' }),
    );
    await own.read();

    const done = await own.write([...others, retired.item], [retired.change]);
    const reading = await own.read();

    expect(done).toMatchObject([{ key: FLOWS.key, done: 'archived', shows: { archived: true } }]);
    expect(fieldOf(reading, FLOWS.key, 'archived')).toBe(true);
    expect(reading.complete).toBe(true);
    await personEdits(own.file, ({ grid }) => {
      const archive = grid('archive');
      const row = rowOf(archive, FLOWS.key);
      expect(archive.text(row, 30)).toBe('À nous');
      expect(archive.text(row, 3)).toBe('Lister les factures reçues');
      expect(grid('plan').sheet.isHidden(4)).toBe(true);
      expect(grid('plan').text(4, 30)).toBe('');
    });
  });

  it('gives a row back to whoever moves it to its sheet again', async () => {
    const own = await written();
    await own.write([...others, retired.item], [retired.change]);
    await personEdits(own.file, ({ grid }) =>
      cutAndPaste(grid('archive'), rowOf(grid('archive'), FLOWS.key), grid('plan'), 9),
    );

    const reading = await own.read();

    expect(fieldOf(reading, FLOWS.key, 'archived')).toBe(false);
    expect(fieldOf(reading, FLOWS.key, 'title')).toBe('Lister les factures reçues');
    expect(fieldOf(reading, FLOWS.key, 'due')).toBe('2026-12-04');
  });

  it('gives a row back when it is taken out of the archive elsewhere', async () => {
    const own = await written();
    await personEdits(own.file, ({ grid }) =>
      grid('plan').sheet.set(4, 30, { type: 'text', text: 'À nous' }),
    );
    await own.read();
    await own.write([...others, retired.item], [retired.change]);
    const back = update(retired.item, { archived: false });

    await own.write([...others, back.item], [back.change]);
    const reading = await own.read();

    expect(fieldOf(reading, FLOWS.key, 'archived')).toBe(false);
    await personEdits(own.file, ({ grid }) => {
      expect(grid('plan').text(rowOf(grid('plan'), FLOWS.key), 30)).toBe('À nous');
      expect(
        grid('archive')
          .dataRows()
          .filter((row) => grid('archive').keyOf(row) !== ''),
      ).toEqual([]);
    });
  });

  it('is not made before it is needed', async () => {
    const own = await written([
      ...ITEMS,
      { ...task('choisir/ancien'), fields: { ...task('choisir/ancien').fields, archived: true } },
    ]);

    await personEdits(own.file, ({ sheets }) => {
      expect(sheets.map(({ name }) => name)).toEqual([
        'Tableau de bord',
        'Plan',
        'Points à vérifier',
        'Outils et flux',
        'Listes',
      ]);
    });
  });
});
