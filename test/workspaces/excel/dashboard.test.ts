import { readFileSync, writeFileSync } from 'node:fs';
import { readXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import { partsOf, sheetPart, textOf } from './parts.ts';
import { partsEdited, personEdits, replaceIn } from './person.ts';
import { blueprint, creations, desk, ITEMS, line, overview, PIXEL } from './project.ts';

async function dashboardRows(file: string): Promise<readonly (readonly unknown[])[]> {
  const workbook = await readXlsx(readFileSync(file));
  return workbook.sheets[0]?.rows ?? [];
}

describe('the dashboard', () => {
  it('comes first and says where the project stands', async () => {
    const own = desk();

    await own.write();

    const rows = await dashboardRows(own.file);
    const shown = (key: string) => rows.find(([first]) => first === key)?.slice(1);
    expect(shown('company')?.[0]).toBe('Boulangerie Martin');
    expect(shown('cards')?.slice(0, 3)).toEqual([0.25, '0 / 3', 0]);
    expect(shown('step-1')?.slice(0, 4)).toEqual(['Comprendre les obligations', 0, 2, 0.25]);
    expect(shown('date-1')).toEqual([
      'Émettre ses factures par une plateforme agréée',
      new Date('2027-09-01T00:00:00Z'),
      282,
      new Date('2026-10-10T00:00:00Z'),
      'À confirmer\u00a0; peut être reporté jusqu’au 01/12/2027',
      'CGI, art. 289 bis',
    ]);
    expect(shown('notice')?.[0]).toContain('conseil');
  });

  it('counts by itself, with formulas over the plan and the lists', async () => {
    const own = desk();

    await own.write();

    const xml = textOf(await partsOf(own.file), 'xl/worksheets/sheet1.xml');
    const formulas = [...xml.matchAll(/<f>(.*?)<\/f>/g)].map(([, formula]) => formula);
    expect(formulas).toContain("COUNTIFS('Plan'!$B:$B,B10,'Plan'!$D:$D,jalon_status.done)");
    expect(formulas).toContain("IFERROR(AVERAGEIFS('Plan'!$T:$T,'Plan'!$B:$B,B10),0)");
    expect(formulas).toContain('C22-TODAY()');
    expect(xml).toContain('<hyperlink ref="G22" r:id=');
  });

  it('says so when no legal date is ahead', async () => {
    const own = desk();

    await own.write(ITEMS, creations(), { overview: overview({ obligations: [] }) });

    const rows = await dashboardRows(own.file);
    expect(rows.find(([first]) => first === 'no-dates')?.[1]).toBe('Aucune échéance légale à venir.');
  });

  it('keeps what people have written on it', async () => {
    const own = desk();
    await own.write();
    await personEdits(own.file, ({ grid }) =>
      grid('dashboard').sheet.set(12, 9, { type: 'text', text: 'Réunion mardi' }),
    );
    await own.read();

    await own.write(ITEMS, [], { overview: overview({ progress: 0.75 }) });

    await personEdits(own.file, ({ grid }) => {
      expect(grid('dashboard').text(12, 9)).toBe('Réunion mardi');
      expect(grid('dashboard').text(6, 2)).toBe('0.75');
    });
  });

  it('is written again when an older copy of the file has been put back', async () => {
    const own = desk();
    await own.write();
    const old = readFileSync(own.file);
    const news = overview({ progress: 0.75 });
    await own.write(ITEMS, [], { overview: news });
    writeFileSync(own.file, old);
    await own.read();

    await own.write(ITEMS, [], { overview: news });

    await personEdits(own.file, ({ grid }) => expect(grid('dashboard').text(6, 2)).toBe('0.75'));
  });
});

describe('the picture', () => {
  it('carries words for those who cannot see it', async () => {
    const own = desk();

    await own.write();

    const drawing = textOf(await partsOf(own.file), 'xl/drawings/drawing1.xml');
    expect(drawing).toContain(
      'descr="Graphique de l’avancement du plan de Boulangerie Martin\u00a0: 25\u00a0% au total.',
    );
  });

  it('is replaced in its place, and a copy of it elsewhere stays as it was', async () => {
    const own = desk();
    await own.write();
    await partsEdited(own.file, async (parts) => {
      parts.set(
        'xl/drawings/_rels/drawing9.xml.rels',
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="../media/jalon1.png"/></Relationships>',
      );
    });
    await own.read();
    const other = new Uint8Array([...PIXEL, 1]);

    await own.write(ITEMS, [], { overview: overview({ progress: 0.5 }), picture: async () => other });

    const parts = await partsOf(own.file);
    expect(Buffer.from(parts.get('xl/media/jalon1.png') ?? [])).toEqual(Buffer.from(PIXEL));
    expect(Buffer.from(parts.get('xl/media/jalon2.png') ?? [])).toEqual(Buffer.from(other));
    expect(textOf(parts, 'xl/drawings/_rels/drawing1.xml.rels')).toContain('/xl/media/jalon2.png');
    expect(textOf(parts, 'xl/drawings/drawing1.xml')).toContain('50\u00a0%');
  });

  it('does not come back once the team has deleted it', async () => {
    const own = desk();
    await own.write();
    await partsEdited(own.file, (parts) =>
      replaceIn(parts, 'xl/drawings/drawing1.xml', (xml) =>
        xml.replace(/<xdr:oneCellAnchor>.*<\/xdr:oneCellAnchor>/s, ''),
      ),
    );
    await own.read();

    await own.write(ITEMS, [], { overview: overview({ progress: 0.5 }) });

    expect(textOf(await partsOf(own.file), 'xl/drawings/drawing1.xml')).not.toContain('pic');
  });
});

describe('a sheet of items', () => {
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
