import { writeXlsx } from 'hucre';

/** A PDF of so many pages with these lines on each, written by hand: the smallest that readers take. */
export function aPdf(...pages: readonly (readonly string[])[]): Uint8Array {
  const objects: string[] = [];
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ');
  objects.push('<< /Type /Catalog /Pages 2 0 R >>');
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  for (const [index, lines] of pages.entries()) {
    const text = lines.map((line) => `(${line.replace(/[()\\]/g, '\\$&')}) Tj T*`).join('\n');
    const stream = `BT /F1 12 Tf 14 TL 72 720 Td\n${text}\nET`;
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
    );
    objects.push(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
  }
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

/** A list of platforms as the administration publishes it: a title, headings, then one platform a row. */
export function aPlatformList(names: readonly string[], since = '05/06/2026'): Promise<Uint8Array> {
  return writeXlsx({
    sheets: [
      {
        name: 'Liste',
        rows: [
          ['Plateformes agréées', null, null, null, null, null, null],
          ['Nom commercial', 'Voie', 'Code postal', 'Commune', 'Site', 'Contact', 'Date de délivrance'],
          ...names.map((name) => [
            name,
            '1 rue X',
            '75001',
            'Paris',
            'https://x.example',
            'a@x.example',
            since,
          ]),
        ],
      },
    ],
  });
}

export interface NewsItem {
  readonly title: string;
  readonly link?: string;
  readonly guid?: string;
  readonly pubDate?: string;
  readonly description?: string;
}

export function anRss(...items: readonly NewsItem[]): string {
  const tag = (name: string, value: string | undefined) =>
    value === undefined ? '' : `<${name}><![CDATA[${value}]]></${name}>`;
  const all = items.map(
    ({ title, link, guid, pubDate, description }) =>
      `<item>${tag('title', title)}${tag('link', link)}${tag('guid', guid)}${tag('pubDate', pubDate)}${tag('description', description)}</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Actualités</title><link>https://x.example</link>${all.join('')}</channel></rss>`;
}
