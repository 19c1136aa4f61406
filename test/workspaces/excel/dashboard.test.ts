import { readFileSync, writeFileSync } from 'node:fs';
import { readXlsx } from 'hucre';
import { describe, expect, it } from 'vitest';
import { digestOf } from '#src/workspaces/excel/dashboard.ts';
import { partsOf, textOf } from './parts.ts';
import { partsEdited, personEdits, replaceIn } from './person.ts';
import { blueprint, creations, desk, ITEMS, obligation, overview, PIXEL } from './project.ts';

async function dashboardRows(file: string): Promise<readonly (readonly unknown[])[]> {
  const workbook = await readXlsx(readFileSync(file));
  return workbook.sheets[0]?.rows ?? [];
}

/** The cells of the dates that are shown, from left to right, without those of rows kept for later. */
async function shownDates(file: string): Promise<readonly (readonly unknown[])[]> {
  const rows = await dashboardRows(file);
  return rows.filter(([key, title]) => String(key).startsWith('date-') && title).map(([, ...cells]) => cells);
}

async function dateHeights(file: string): Promise<readonly number[]> {
  const xml = textOf(await partsOf(file), 'xl/worksheets/sheet1.xml');
  return [22, 23].map((row) => Number(new RegExp(`<row r="${row}" ht="([^"]*)"`).exec(xml)?.[1]));
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
      'CGI, art. 289 bis',
      'À confirmer\u202f; peut être reporté jusqu’au 01/12/2027',
      new Date('2026-10-10T00:00:00Z'),
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
    expect(formulas).toContain('IF(C22&lt;=TODAY(),"en vigueur",C22-TODAY())');
    expect(formulas).toContain('HYPERLINK("https://www.legifrance.gouv.fr/","CGI, art. 289 bis")');
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

describe('the legal dates of the dashboard', () => {
  it('begin with the deadlines that came into force within the last twelve months', async () => {
    const own = desk();
    const obligations = [
      obligation({ title: 'Émettre', date: '2027-09-01', daysLeft: 282 }),
      obligation({ title: 'Recevoir', date: '2026-09-01', daysLeft: -83 }),
      obligation({ title: 'Fin d’un régime', date: '2026-10-01', daysLeft: -53, kind: 'event' }),
      obligation({ title: 'Il y a plus d’un an', date: '2025-11-22', daysLeft: -366 }),
    ];

    await own.write(ITEMS, creations(), { overview: overview({ obligations }) });

    const dates = await shownDates(own.file);
    expect(dates.map(([title, , days]) => [title, days])).toEqual([
      ['Recevoir', 'en vigueur'],
      ['Émettre', 282],
    ]);
    const rows = await dashboardRows(own.file);
    expect(rows.find(([first]) => first === 'cards')?.[4]).toEqual(new Date('2027-09-01T00:00:00Z'));
  });

  it('say how sure they are, whether they may still move, and what is noted about them', async () => {
    const own = desk();
    const note = 'C’est la date de la facture qui compte. '.repeat(8).trim();
    const moves = { postponableUntil: '2027-12-01', note };
    const obligations = [
      obligation({ confidence: 'sure', ...moves, date: '2026-11-23', daysLeft: 0 }),
      obligation({ confidence: 'likely', postponableUntil: null, note }),
      obligation({ confidence: 'likely', ...moves }),
      obligation({ confidence: 'sure', postponableUntil: null, note: '' }),
      obligation({ confidence: 'sure', ...moves, note: 'Au plus tard au 1er décembre 2027.' }),
    ];

    await own.write(ITEMS, creations(), { overview: overview({ obligations }) });

    const dates = await shownDates(own.file);
    expect(dates.map((cells) => cells[4] ?? '')).toEqual([
      note,
      `Lecture probable. ${note}`,
      `Lecture probable\u202f; peut être reporté jusqu’au 01/12/2027. ${note}`,
      '',
      'Au plus tard au 1er décembre 2027.',
    ]);
  });

  it('stand in rows as high as their notes, until someone sets a height by hand', async () => {
    const own = desk();
    const obligations = [obligation({ note: '' }), obligation({ note: 'mot '.repeat(150) })];
    await own.write(ITEMS, creations(), { overview: overview({ obligations }) });
    const [short = 0, long = 0] = await dateHeights(own.file);
    await partsEdited(own.file, (parts) =>
      replaceIn(parts, 'xl/worksheets/sheet1.xml', (xml) =>
        xml.replace(/<row r="23" ht="[^"]*"/, '<row r="23" ht="99" customHeight="1"'),
      ),
    );
    await own.read();

    await own.write(ITEMS, [], { overview: overview({ obligations, progress: 0.5 }) });

    expect(long).toBeGreaterThan(short);
    expect(await dateHeights(own.file)).toEqual([short, 99]);
  });

  it('are not written again while only days go by, but are once one of them passes or its note changes', () => {
    const on = (daysLeft: number, note = '') =>
      digestOf(
        overview({
          obligations: [
            obligation({ daysLeft, note }),
            obligation({ daysLeft: daysLeft + 90, date: '2027-11-30' }),
          ],
        }),
        blueprint(),
      );

    expect(on(281)).toBe(on(282));
    expect(on(0)).not.toBe(on(1));
    expect(on(-80)).toBe(on(-1));
    expect(on(-366)).not.toBe(on(-365));
    expect(on(281, 'Nouveau décret')).not.toBe(on(281));
  });

  it('link no source that is not safe to open', async () => {
    const own = desk();
    const source = { title: 'Notre "note" = interne', url: 'javascript:alert(1)' };

    await own.write(ITEMS, creations(), { overview: overview({ obligations: [obligation({ source })] }) });

    const xml = textOf(await partsOf(own.file), 'xl/worksheets/sheet1.xml');
    expect((await shownDates(own.file))[0]?.[3]).toBe('Notre "note" = interne');
    expect(xml).not.toContain('HYPERLINK');
  });
});

describe('the dashboard on paper', () => {
  it('is one page, in the way in which its language writes percentages', async () => {
    const [own, english] = [desk(), desk()];

    await own.write();
    await english.write(ITEMS, creations(), { blueprint: blueprint({ locale: 'en' }) });

    const parts = await partsOf(own.file);
    const formats = (all: typeof parts) => textOf(all, 'xl/styles.xml');
    expect(textOf(parts, 'xl/worksheets/sheet1.xml')).toContain('fitToWidth="1" fitToHeight="1"');
    expect(formats(parts)).toContain('formatCode="0\\ %"');
    expect(formats(await partsOf(english.file))).toContain('formatCode="0%"');
  });
});

describe('the picture', () => {
  it('has room enough for its text to be read', async () => {
    const own = desk();
    const png = new Uint8Array(PIXEL);
    new DataView(png.buffer).setUint32(16, 1680);
    new DataView(png.buffer).setUint32(20, 1178);

    await own.write(ITEMS, creations(), { picture: async () => png });

    const drawing = textOf(await partsOf(own.file), 'xl/drawings/drawing1.xml');
    const [, width, height] = /<xdr:ext cx="(\d+)" cy="(\d+)"\/>/.exec(drawing) ?? [];
    expect(Number(width) / 9525).toBeGreaterThan(590);
    expect(Number(height) / Number(width)).toBeCloseTo(1178 / 1680, 2);
  });

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
