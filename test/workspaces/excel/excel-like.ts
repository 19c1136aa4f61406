import { partsEdited, replaceIn } from './person.ts';

/**
 * Makes the workbook look as if Excel had saved it. No workbook saved by Excel itself is at hand under a free
 * licence, so this imitates what Excel does that LibreOffice does not: shared strings with rich text, row spans
 * and private attributes, a calculation chain, shared formulas, extension lists, threaded comments, pivot and
 * slicer caches, macros, printer settings, custom XML, and its own application name.
 */
export async function savedByExcel(file: string, planPart: string): Promise<void> {
  await partsEdited(file, async (parts) => {
    const strings: string[] = [];
    const share = (text: string) => `${strings.push(text) - 1}`;
    await replaceIn(parts, planPart, (xml) =>
      xml
        .replace(
          /<c r="([A-Z]+\d+)"( s="\d+")? t="inlineStr"><is>(.*?)<\/is><\/c>/gs,
          (_, at: string, style = '', inside: string) =>
            `<c r="${at}"${style} t="s"><v>${share(inside)}</v></c>`,
        )
        .replace(/<row r="(\d+)"/g, '<row r="$1" spans="1:25" x14ac:dyDescent="0.3"')
        .replace('<worksheet ', `<worksheet ${PRIVATE_NAMESPACES} `)
        .replace('</sheetData>', `${OWN_CELLS}</sheetData>`)
        .replace(
          /(<autoFilter ref="[^"]*")\/>/,
          `$1><filterColumn colId="2"><filters><filter val="Fait"/></filters></filterColumn></autoFilter>${SORT_STATE}`,
        )
        .replace('</worksheet>', `<legacyDrawing r:id="rId91"/>${EXTENSIONS}</worksheet>`),
    );
    const rich = share(
      '<r><rPr><b/></rPr><t xml:space="preserve">Moitié </t></r><r><t>grasse</t></r><rPh sb="0" eb="1"><t>xx</t></rPh>',
    );
    parts.set(
      'xl/sharedStrings.xml',
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<sst xmlns="${MAIN}" count="${strings.length}" uniqueCount="${strings.length}">${strings.map((one) => `<si>${one}</si>`).join('')}</sst>`,
    );
    await replaceIn(parts, planPart, (xml) => xml.replace('RICH', rich));
    await replaceIn(parts, 'xl/_rels/workbook.xml.rels', (rels) =>
      rels.replace('</Relationships>', `${WORKBOOK_RELATIONSHIPS}</Relationships>`),
    );
    await replaceIn(parts, '[Content_Types].xml', (types) =>
      types.replace('</Types>', `${CONTENT_TYPES}</Types>`),
    );
    await replaceIn(parts, 'xl/workbook.xml', (book) =>
      book
        .replace(
          '<workbookPr/>',
          '<fileVersion appName="xl" lastEdited="7" lowestEdited="7" rupBuild="27628"/><workbookPr codeName="ThisWorkbook" defaultThemeVersion="166925"/>',
        )
        .replace('</definedNames>', '<definedName name="Marge">0.2</definedName></definedNames>')
        .replace(
          '</workbook>',
          '<pivotCaches><pivotCache cacheId="1" r:id="rId93"/></pivotCaches><extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}"/></extLst></workbook>',
        ),
    );
    parts.set(
      'xl/calcChain.xml',
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<calcChain xmlns="${MAIN}"><c r="W3" i="2" l="1"/><c r="W4"/><c r="R3"/><c r="X9"/></calcChain>`,
    );
    for (const [name, text] of Object.entries(OPAQUE)) parts.set(name, text);
    parts.set(
      'xl/vbaProject.bin',
      new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, ...Array.from({ length: 500 }, (_, i) => i % 251)]),
    );
    const rels = `xl/worksheets/_rels/${planPart.split('/').at(-1)}.rels`;
    const known = parts.has(rels)
      ? await parts.text(rels)
      : `<Relationships xmlns="${PACKAGE}/relationships"></Relationships>`;
    parts.set(rels, known.replace('</Relationships>', `${SHEET_RELATIONSHIPS}</Relationships>`));
  });
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const PRIVATE_NAMESPACES =
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" ' +
  'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" ' +
  'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="{8B4D7B3C-0001-4A52-9C55-6C8B1C1C2E01}"';

/** A shared formula, whose first cell all the others take their text from, an array and a rich text, in columns of the team's own. */
const OWN_CELLS =
  '<row r="40" spans="23:25" x14ac:dyDescent="0.3"><c r="W40" t="s" cm="1"><v>RICH</v></c>' +
  '<c r="X40"><f t="shared" ref="X40:X42" si="0">W40&amp;" (A1) "&amp;$B$2</f><v>1</v></c></row>' +
  '<row r="41"><c r="X41"><f t="shared" si="0"/><v>2</v></c></row>' +
  '<row r="42"><c r="X42"><f t="shared" si="0"/><v>3</v></c><c r="Y42"><f t="array" ref="Y42:Y43">TRANSPOSE(B2:C2)</f><v>4</v></c></row>';

const SORT_STATE = '<sortState ref="B3:U9"><sortCondition ref="D3:D9"/></sortState>';

const EXTENSIONS =
  '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}">' +
  '<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">' +
  '<x14:cfRule type="dataBar" id="{00000000-000E-0000-0000-000001000000}"><x14:dataBar minLength="0" maxLength="100"/></x14:cfRule><xm:sqref>W3:W20</xm:sqref>' +
  '</x14:conditionalFormatting></x14:conditionalFormattings></ext>' +
  '<ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{A8765BA9-456A-4dab-B4F3-ACF838C121DE}"><x14:slicerList><x14:slicer r:id="rId95"/></x14:slicerList></ext></extLst>';

const WORKBOOK_RELATIONSHIPS =
  `<Relationship Id="rId90" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/>` +
  `<Relationship Id="rId91" Type="${OFFICE}/calcChain" Target="calcChain.xml"/>` +
  '<Relationship Id="rId92" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>' +
  `<Relationship Id="rId93" Type="${OFFICE}/pivotCacheDefinition" Target="pivotCache/pivotCacheDefinition1.xml"/>` +
  '<Relationship Id="rId94" Type="http://schemas.microsoft.com/office/2017/10/relationships/person" Target="persons/person.xml"/>' +
  `<Relationship Id="rId96" Type="${OFFICE}/theme" Target="theme/theme1.xml"/>`;

const SHEET_RELATIONSHIPS =
  `<Relationship Id="rId91" Type="${OFFICE}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>` +
  `<Relationship Id="rId92" Type="${OFFICE}/comments" Target="../comments1.xml"/>` +
  '<Relationship Id="rId93" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/>' +
  `<Relationship Id="rId94" Type="${OFFICE}/printerSettings" Target="../printerSettings/printerSettings1.bin"/>` +
  '<Relationship Id="rId95" Type="http://schemas.microsoft.com/office/2007/relationships/slicer" Target="../slicers/slicer1.xml"/>';

const CONTENT_TYPES =
  '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>' +
  '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>' +
  `<Override PartName="/xl/sharedStrings.xml" ContentType="${TYPE}.sharedStrings+xml"/>` +
  `<Override PartName="/xl/calcChain.xml" ContentType="${TYPE}.calcChain+xml"/>` +
  `<Override PartName="/xl/comments1.xml" ContentType="${TYPE}.comments+xml"/>`;

const OPAQUE: Readonly<Record<string, string>> = {
  'docProps/app.xml':
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion></Properties>',
  'customXml/item1.xml': '<notes xmlns="urn:équipe">é</notes>',
  'xl/comments1.xml': `<comments xmlns="${MAIN}"><authors><author>Claire</author></authors><commentList><comment ref="C4" authorId="0"><text><t>Voir avec la banque</t></text></comment></commentList></comments>`,
  'xl/threadedComments/threadedComment1.xml':
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>',
  'xl/persons/person.xml':
    '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>',
  'xl/drawings/vmlDrawing1.vml':
    '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="_x0000_s1025"/></xml>',
  'xl/pivotCache/pivotCacheDefinition1.xml': `<pivotCacheDefinition xmlns="${MAIN}" refreshOnLoad="1"/>`,
  'xl/pivotTables/pivotTable1.xml': `<pivotTableDefinition xmlns="${MAIN}" name="Croisement"/>`,
  'xl/slicers/slicer1.xml':
    '<slicers xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"/>',
  'xl/printerSettings/printerSettings1.bin': 'printer',
  'xl/theme/theme1.xml':
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"/>',
};
