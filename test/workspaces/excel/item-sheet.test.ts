import { describe, expect, it } from 'vitest';
import { partsOf, sheetPart, textOf } from './parts.ts';
import { personEdits, rowOf } from './person.ts';
import { blueprint, creations, desk, ITEMS, line, PLATFORM, task, update } from './project.ts';

describe('a sheet of items', () => {
  it('gives each row the height of its texts, whatever column they are in', async () => {
    const own = desk();
    const wordy = update(PLATFORM, { description: 'Comparer, puis choisir. '.repeat(20).trim() });

    await own.write(
      ITEMS.map((one) => (one === PLATFORM ? wordy.item : one)),
      [...creations(ITEMS.filter((one) => one !== PLATFORM)), ...creations([wordy.item])],
    );

    const xml = textOf(await partsOf(own.file), 'xl/worksheets/sheet2.xml');
    const heights = [...xml.matchAll(/<row r="[345]" ht="([^"]*)"/g)].map(([, height]) => Number(height));
    expect(heights).toEqual([38, 23, 68]);
  });

  it('prints a register that is too wide for one page on several, its first column on each', async () => {
    const own = desk();
    const [register] = blueprint().registers;
    if (!register) throw new Error('no register');
    const more = ['a', 'b'].map(
      (key) => ({ key, title: key, type: 'long-text', help: '', options: [] }) as const,
    );
    const shape = blueprint({ registers: [{ ...register, columns: [...register.columns, ...more] }] });

    await own.write(ITEMS, creations(), { blueprint: shape });

    const parts = await partsOf(own.file);
    expect(textOf(parts, sheetPart(parts, 'Outils et flux'))).toContain('fitToWidth="2"');
    expect(textOf(parts, 'xl/workbook.xml')).toContain("'Outils et flux'!$B:$B,'Outils et flux'!$2:$2<");
  });

  it('shows what a task waits for in a few lines, and how much more there is', async () => {
    const own = desk();
    const many = Array.from({ length: 12 }, (_, index) =>
      task(`comprendre/t${index}`, { title: `Une tâche au titre assez long pour compter, numéro ${index}` }),
    );
    const last = task('choisir/fin', { dependsOn: many.map(({ key }) => key) });

    await own.write([...many, last]);

    await personEdits(own.file, ({ grid }) => {
      const shown = grid('plan').fieldText(rowOf(grid('plan'), last.key), 'dependsOn');
      expect(shown).toMatch(/^Une tâche .*numéro 0 · Une tâche .* et 7\u00a0autres$/);
      expect(shown.length).toBeLessThan(320);
    });
  });

  it('has drop-downs and formats on its empty rows, a filter and a header on every page', async () => {
    const own = desk();

    await own.write();

    const parts = await partsOf(own.file);
    const register = textOf(parts, sheetPart(parts, 'Outils et flux'));
    const workbook = textOf(parts, 'xl/workbook.xml');
    expect(register).toMatch(
      /<dataValidation type="list"[^>]*sqref="H3:H3000"[^>]*><formula1>jalon_outils_etat<\/formula1>/,
    );
    expect(register).toMatch(/<col min="7" max="7" width="14" style="\d+" customWidth="1"\/>/);
    expect(register).toContain('<autoFilter ref="B2:L3"/>');
    expect(register).toContain('state="frozen"');
    expect(workbook).toMatch(/_xlnm\.Print_Titles" localSheetId="3">'Outils et flux'!\$2:\$2</);
    expect(workbook).toMatch(/name="jalon_outils_etat">'Listes'!\$/);
  });

  it('links the addresses that are safe to open, and only those', async () => {
    const own = desk();
    const rows = [
      line('outils:a', { site: 'https://example.org/été' }),
      line('outils:b', { site: 'javascript:alert(1)' }),
      line('outils:c', { site: 'file:///etc/passwd' }),
      line('outils:d', { site: 'voir avec Paul' }),
    ];

    await own.write(rows);

    const rels = textOf(await partsOf(own.file), 'xl/worksheets/_rels/sheet4.xml.rels');
    expect([...rels.matchAll(/Target="([^"]*)"/g)].map(([, target]) => target)).toEqual([
      'https://example.org/%C3%A9t%C3%A9',
    ]);
  });

  it('takes a column that a new version of the template brings, without a word or a doubt of loss', async () => {
    const own = desk();
    await own.write();
    const [register] = blueprint().registers;
    if (!register) throw new Error('no register');
    const extra = { key: 'budget', title: 'Budget', type: 'amount', help: '', options: [] } as const;
    const shape = blueprint({ registers: [{ ...register, columns: [...register.columns, extra] }] });
    const [row] = ITEMS.filter(({ kind }) => kind === 'row');
    if (!row) throw new Error('no row');
    const item = { ...row, fields: { ...row.fields, budget: 40 } };

    const before = await own.read(null, shape);
    await own.write(
      [...ITEMS.filter((one) => one !== row), item],
      [{ kind: 'update', key: row.key, item, fields: { budget: 40 } }],
      { blueprint: shape },
    );
    const after = await own.read(null, shape);

    expect(before.remarks).toEqual([]);
    expect(before.complete).toBe(true);
    expect(after.complete).toBe(true);
    expect(after.items.find(({ key }) => key === row.key)?.fields.budget).toBe(40);
  });
});
