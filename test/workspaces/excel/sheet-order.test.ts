import { readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { Book, type SheetEntry } from '#src/workspaces/excel/book.ts';
import { differing, partsOf, textOf } from './parts.ts';
import { partsEdited, replaceIn } from './person.ts';
import { type Desk, desk } from './project.ts';

const SHEET =
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>';

describe('a sheet that is added between two others', () => {
  let own: Desk;
  let book: Book;
  beforeEach(async () => {
    own = desk();
    await own.write();
    await partsEdited(own.file, (parts) =>
      replaceIn(parts, 'xl/workbook.xml', (text) =>
        text
          .replace('<workbookView ', '<workbookView firstSheet="1" activeTab="3" ')
          .replace(
            '</definedNames>',
            '<definedName name="Marge" localSheetId="1">0.2</definedName></definedNames>',
          ),
      ),
    );
    book = await Book.open(readFileSync(own.file));
  });

  function entry(name: string): SheetEntry {
    const found = book.sheets.find((one) => one.name === name);
    if (!found) throw new Error(`no sheet ${name}`);
    return found;
  }

  async function saved(): Promise<string> {
    writeFileSync(own.file, await book.toBytes());
    return textOf(await partsOf(own.file), 'xl/workbook.xml');
  }

  const namesOf = (xml: string, name: string) =>
    [...xml.matchAll(/<definedName ([^>]*)>([^<]*)</g)]
      .filter(([, flags = '']) => flags.includes(`name="${name}"`))
      .map(([, flags = '', formula]) => [/localSheetId="(\d+)"/.exec(flags)?.[1], formula]);

  it('stands there, and what pointed at a sheet by its place goes on pointing at that sheet', async () => {
    await book.addSheet('Entre deux', SHEET, { after: entry('Points à vérifier') });
    const xml = await saved();

    expect([...xml.matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name)).toEqual([
      'Tableau de bord',
      'Plan',
      'Points à vérifier',
      'Entre deux',
      'Outils et flux',
      'Listes',
    ]);
    expect(new Set([...xml.matchAll(/sheetId="(\d+)"/g)].map(([, id]) => id)).size).toBe(6);
    expect(xml).toContain('firstSheet="1"');
    expect(xml).toContain('activeTab="4"');
    expect(namesOf(xml, 'Marge')).toEqual([['1', '0.2']]);
    expect(namesOf(xml, '_xlnm.Print_Titles')).toContainEqual(['4', "'Outils et flux'!$2:$2"]);
  });

  it('may have names of its own, and so may the sheets behind it', async () => {
    const added = await book.addSheet('Entre deux', SHEET, { after: entry('Plan') });
    book.define('_xlnm.Print_Titles', "'Entre deux'!$2:$2", added);
    book.define('_xlnm.Print_Titles', "'Outils et flux'!$1:$2", entry('Outils et flux'));
    const xml = await saved();

    const titles = namesOf(xml, '_xlnm.Print_Titles');
    expect(titles).toContainEqual(['2', "'Entre deux'!$2:$2"]);
    expect(titles).toContainEqual(['3', "'Points à vérifier'!$2:$2"]);
    expect(titles.filter(([place]) => place === '4')).toEqual([['4', "'Outils et flux'!$1:$2"]]);
  });

  it('changes no part but the list of sheets and the lists of parts', async () => {
    const before = await partsOf(own.file);

    await book.addSheet('Entre deux', SHEET, { after: entry('Plan') });
    await saved();

    expect(differing(before, await partsOf(own.file))).toEqual([
      '[Content_Types].xml',
      'xl/_rels/workbook.xml.rels',
      'xl/workbook.xml',
      'xl/worksheets/sheet6.xml',
    ]);
  });
});
