import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { WatchSource } from '#src/plan/watch-source.ts';
import { read } from '#src/watch/read/index.ts';
import { readPdf } from '#src/watch/read/pdf.ts';
import type { Reading } from '#src/watch/reading.ts';
import { Sick } from '#src/watch/sickness.ts';
import { words } from '../builders/template.ts';
import { anRss, aPdf, aPlatformList } from './documents.ts';

const common = { id: 'x', title: words('X'), url: 'https://x.example/', everyHours: 24 };
const feed: WatchSource = { kind: 'rss', ...common };
const page: WatchSource = { kind: 'html', ...common };
const file: WatchSource = { kind: 'file', ...common };
const list: WatchSource = {
  kind: 'file',
  ...common,
  list: { status: 'registered', firstRow: 3, name: 1, date: 7 },
};

const bytesOf = (body: string | Uint8Array) => (typeof body === 'string' ? Buffer.from(body) : body);
const reading = (source: WatchSource, body: string | Uint8Array, contentType = ''): Promise<Reading> =>
  read(source, { bytes: bytesOf(body), contentType });
async function sicknessOf(
  source: WatchSource,
  body: string | Uint8Array,
  contentType = '',
): Promise<unknown> {
  const failure = await reading(source, body, contentType).catch((error: unknown) => error);
  if (!(failure instanceof Sick)) throw new Error('It was read.');
  return failure.sickness;
}
async function lines(
  source: WatchSource,
  body: string | Uint8Array,
  contentType = '',
): Promise<readonly string[]> {
  const found = await reading(source, body, contentType);
  return found.kind === 'text' ? found.lines : [];
}
async function entries(source: WatchSource, body: string | Uint8Array, contentType = '') {
  const found = await reading(source, body, contentType);
  return found.kind === 'news' || found.kind === 'records' ? found.entries : [];
}

describe('a feed', () => {
  it('of the BOFiP has no dates and no ids: both are found elsewhere', async () => {
    const body = anRss({
      title: 'TVA - Facturation électronique',
      link: 'https://bofip.example/bofip/13897-PGP.html/identifiant=BOI-TVA-DECLA-20-30-50-20260930?utm_source=rss#top',
      description: 'Publication doctrinale, publié le 30/09/2026',
    });

    expect(await entries(feed, body)).toEqual([
      {
        id: 'https://bofip.example/bofip/13897-PGP.html/identifiant=BOI-TVA-DECLA-20-30-50-20260930',
        title: 'TVA - Facturation électronique',
        text: 'Publication doctrinale, publié le 30/09/2026',
        link: 'https://bofip.example/bofip/13897-PGP.html/identifiant=BOI-TVA-DECLA-20-30-50-20260930',
        date: '2026-09-30',
      },
    ]);
  });

  it('of WordPress has both, and text in HTML', async () => {
    const body = anRss({
      title: 'Factur-X 1.09.2 &amp; suite',
      link: 'https://x.example/a',
      guid: 'https://x.example/?p=12',
      pubDate: 'Tue, 04 Aug 2026 23:30:00 +0000',
      description: '<p>Une <b>nouvelle</b> version&nbsp;!</p><script>alert(1)</script>',
    });

    expect(await entries(feed, body)).toMatchObject([
      {
        id: 'https://x.example/?p=12',
        title: 'Factur-X 1.09.2 & suite',
        text: 'Une nouvelle version !',
        date: '2026-08-05',
      },
    ]);
  });

  it('may be Atom', async () => {
    const body =
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:1</id><title>v1.4</title><updated>2026-06-30T10:00:00Z</updated><link href="https://x.example/1"/></entry></feed>';

    expect(await entries(feed, body)).toMatchObject([
      { id: 'tag:1', link: 'https://x.example/1', date: '2026-06-30' },
    ]);
  });

  it('is read also when it is not well-formed', async () => {
    const body =
      '<rss version="2.0"><channel><item><title>TVA & factures <br> suite</title><link>https://x.example/1</link></item><item><title>Deux</title><link>https://x.example/2</link>';

    expect((await entries(feed, body)).map(({ id }) => id)).toEqual([
      'https://x.example/1',
      'https://x.example/2',
    ]);
  });

  it('whose entities would explode is read without them', async () => {
    const bomb = Array.from({ length: 30 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join(
      '',
    );
    const body = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">${bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><item><title>A &l30; &f;</title><link>https://x.example/1</link></item></channel></rss>`;

    const [entry] = await entries(feed, body);

    expect(entry?.title).toBe('A &l30; &f;');
  });

  it('that has become a page is sick', async () => {
    expect(await sicknessOf(feed, '<html><body>Bonjour</body></html>')).toEqual({
      why: 'unreadable',
      expected: 'feed',
    });
  });
});

describe('characters', () => {
  const text = 'À partir du 1er septembre, 50 € — « réel »';
  const latin = (euro: number) =>
    Buffer.from(
      [...'<p>été 50 € œ</p>'].map((letter) =>
        letter === '€' ? euro : letter === 'œ' ? (euro === 0xa4 ? 0xbd : 0x9c) : letter.charCodeAt(0),
      ),
    );

  it.each([
    ['UTF-8, announced', Buffer.from(`<p>${text}</p>`), 'text/html; charset=utf-8'],
    ['UTF-8, announced as iso-8859-15', Buffer.from(`<p>${text}</p>`), 'text/html; charset=iso-8859-15'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff<p>${text}</p>`), ''],
    ['UTF-16 with a mark', Buffer.from(`\ufeff<p>${text}</p>`, 'utf16le'), ''],
  ])('%s', async (_name, body, contentType) => {
    expect(await lines(page, body, contentType)).toEqual([text]);
  });

  it.each([
    ['Windows-1252, announced by nothing', latin(0x80), ''],
    ['Windows-1252, announced as UTF-8', latin(0x80), 'text/html; charset=utf-8'],
    ['Windows-1252, announced as iso-8859-1', latin(0x80), 'text/html; charset="ISO-8859-1"'],
    ['iso-8859-15, by the header', latin(0xa4), 'text/html; charset=ISO-8859-15'],
    [
      'iso-8859-15, by the page',
      Buffer.concat([Buffer.from('<meta charset="iso-8859-15">'), latin(0xa4)]),
      'text/html',
    ],
    ['an encoding that nobody knows', latin(0x80), 'text/html; charset=martian'],
  ])('%s', async (_name, body, contentType) => {
    expect(await lines(page, body, contentType)).toEqual(['été 50 € œ']);
  });

  it('of a feed, by its declaration', async () => {
    const body = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="iso-8859-15"?><rss><channel><item><title>'),
      Buffer.from([0xe9, 0xa4]),
      Buffer.from('</title></item></channel></rss>'),
    ]);

    expect((await entries(feed, body))[0]?.title).toBe('é€');
  });
});

describe('a page', () => {
  it('is its words: markup, scripts and the frame of the site do not count', async () => {
    const body = `<html><head><title>t</title></head><body><nav>Menu</nav><main id="x"><h1 class="a">Je passe</h1>
      <p>Depuis le <b>1er&nbsp;septembre</b>, tout<br>change.</p><script>var a = ${Math.PI}</script><aside>Voir aussi</aside></main><footer>Pied</footer></body></html>`;

    expect(await lines(page, body)).toEqual(['Je passe', 'Depuis le 1er septembre, tout', 'change.']);
  });

  it('is what the selector finds, without what is left out', async () => {
    const source: WatchSource = {
      ...page,
      kind: 'html',
      selector: '.content',
      without: ['.date', '[hidden]'],
    };
    const body =
      '<div class="content">A<p class="date">hier</p><div class="content">B</div><p hidden>C</p></div><div>D</div>';

    expect(await lines(source, body)).toEqual(['A', 'B']);
  });

  it('in which the selector finds nothing is sick', async () => {
    const source: WatchSource = { ...page, kind: 'html', selector: '#gone' };

    expect(await sicknessOf(source, '<p>A</p>')).toEqual({ why: 'selector' });
  });

  it.each([
    ['page', page, `${'<div>'.repeat(200_000)}x`, 'html'],
    ['feed', feed, `<rss><channel>${'<item>'.repeat(200_000)}`, 'feed'],
    ['text of a feed', feed, anRss({ title: 'A', description: '<i>'.repeat(200_000) }), 'html'],
  ])('%s nested without end exhausts nobody', async (_name, source, body, expected) => {
    expect(await sicknessOf(source, body)).toEqual({ why: 'unreadable', expected });
  });
});

describe('records', () => {
  const source: WatchSource = {
    kind: 'json',
    ...common,
    items: 'results',
    fields: {
      id: 'identifiant_juridique',
      title: 'titre',
      date: 'debut_de_validite',
      link: 'permalien',
      text: ['debut_de_validite'],
    },
  };

  it('of the open data are known by their id', async () => {
    const body = JSON.stringify({
      total_count: 1,
      results: [
        {
          identifiant_juridique: 'BOI-X',
          titre: 'TVA',
          debut_de_validite: '2026-09-30',
          permalien: 'https://x.example',
          contenu: 'long',
        },
      ],
    });

    expect(await entries(source, body)).toEqual([
      { id: 'BOI-X', title: 'TVA', text: '2026-09-30', link: 'https://x.example', date: '2026-09-30' },
    ]);
  });

  it('of Légifrance have their moments as days', async () => {
    const article: WatchSource = {
      kind: 'json',
      ...common,
      items: 'article.articleVersions',
      fields: { id: 'id', title: 'etat', date: 'dateDebut', text: ['etat', 'dateDebut', 'dateFin'] },
    };
    const body = JSON.stringify({
      article: {
        articleVersions: [{ id: 'LEGIARTI1', etat: 'VIGUEUR_DIFF', dateDebut: Date.UTC(2026, 11, 31, 23) }],
      },
    });

    expect(await entries(article, body)).toEqual([
      {
        id: 'LEGIARTI1',
        title: 'VIGUEUR_DIFF',
        text: 'VIGUEUR_DIFF · 2027-01-01',
        link: null,
        date: '2027-01-01',
      },
    ]);
  });

  it.each(['{"error_code":"x"}', 'not json', '[]', '{"results":[{"titre":"no id"}]}', '{"results":{}}'])(
    'that are something else are sick: %s',
    async (body) => {
      expect(await sicknessOf(source, body)).toEqual({ why: 'unreadable', expected: 'json' });
    },
  );
});

describe('a file', () => {
  it('in PDF is its lines, without what stands at the edge of each page', async () => {
    const pages = ['a', 'b', 'c'].map((letter, index) => [
      `Question ${letter}`,
      'Oui.',
      'Voir la question 3.',
      `DGFiP - page ${index + 1}/3`,
    ]);

    expect(await lines(file, aPdf(...pages))).toEqual(
      ['a', 'b', 'c'].flatMap((letter) => [`Question ${letter}`, 'Oui.', 'Voir la question 3.']),
    );
  });

  it('in PDF that takes too long to read is sick, and the next one is read', async () => {
    const document = aPdf(['Question', 'Oui.']);

    await expect(readPdf(document, 1)).rejects.toMatchObject({
      sickness: { why: 'unreadable', expected: 'pdf' },
    });
    expect(await readPdf(document)).toEqual({ kind: 'text', lines: ['Question', 'Oui.'] });
  });

  it('in PDF leaves none of what reads it in the service', async () => {
    const pdf = JSON.stringify(import.meta.resolve('#src/watch/read/pdf.ts'));
    const documents = JSON.stringify(new URL('documents.ts', import.meta.url).href);
    const script = `
      import { readPdf } from ${pdf};
      import { aPdf } from ${documents};
      const before = process.memoryUsage().rss;
      for (let read = 0; read < 3; read += 1) await readPdf(aPdf(['Oui.'], ['Non.']));
      console.log(Math.round((process.memoryUsage().rss - before) / 1e6));
    `;

    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 30_000,
    });

    expect(Number(stdout)).toBeLessThan(15);
  });

  it('that is a page saying that it has moved is sick', async () => {
    expect(await sicknessOf(file, '<html>Not found</html>', 'text/html')).toEqual({
      why: 'unreadable',
      expected: 'pdf',
    });
    expect(await sicknessOf(file, '%PDF-1.4 damaged', 'application/pdf')).toEqual({
      why: 'unreadable',
      expected: 'pdf',
    });
    expect(await sicknessOf(file, '', 'application/pdf')).toEqual({ why: 'empty' });
  });

  it('of platforms is their names and dates, and no address of anybody', async () => {
    const found = await reading(list, await aPlatformList(['Alpha SAS', '  Béta ']));

    expect(found).toEqual({
      kind: 'platforms',
      platforms: [
        { name: 'Alpha SAS', since: '2026-06-05' },
        { name: 'Béta', since: '2026-06-05' },
      ],
    });
  });

  it('of platforms that is none, or holds none, is sick', async () => {
    expect(await sicknessOf(list, 'no zip')).toEqual({ why: 'unreadable', expected: 'xlsx' });
    expect(await sicknessOf(list, await aPlatformList([]))).toEqual({ why: 'empty' });
  });
});
