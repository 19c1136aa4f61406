import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Resvg } from '@resvg/resvg-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedFonts } from '#src/config/fonts.ts';
import { type ChartOrder, chartOf } from '#src/metrics/chart-order.ts';
import { type Chart, progressChart } from '#src/metrics/progress-picture.ts';
import { PICTURE_SCALE, renderPng } from '#src/metrics/render-chart.ts';
import { aCourse } from '../builders/course.ts';
import { anOverview, aStepAt } from '../builders/overview.ts';
import { aKpiTrend, someStatusDays } from '../builders/trends.ts';

/** The RGB of every pixel of a part of the picture, in CSS pixels. */
function pixels(
  png: Uint8Array,
  chart: Chart,
  [x, y, width, height]: readonly [number, number, number, number],
) {
  const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}"><image href="${href}" width="${chart.width}" height="${chart.height}"/></svg>`;
  const rgba = new Resvg(svg).render().pixels;
  return Array.from({ length: width * height }, (_, index) => rgba.toString('hex', index * 4, index * 4 + 3));
}

const TITLE = [36, 20, 400, 50] as const;

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('a picture', () => {
  it('is a PNG at twice the size of its chart', async () => {
    const chart = progressChart(anOverview(), aCourse(), 'fr');

    const png = await renderPng(chart, shippedFonts());

    const header = new DataView(png.buffer, png.byteOffset);
    expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG');
    expect(header.getUint32(16)).toBe(chart.width * PICTURE_SCALE);
    expect(header.getUint32(20)).toBe(chart.height * PICTURE_SCALE);
  });

  it('is the same, byte for byte, however often and beside whatever it is drawn', async () => {
    const draw = () => renderPng(progressChart(anOverview(), aCourse(), 'fr'), shippedFonts());
    const other = () => renderPng(progressChart(anOverview({ steps: [] }), aCourse(), 'en'), shippedFonts());

    const [first, , second, third] = await Promise.all([draw(), other(), draw(), draw()]);

    expect(sha256(second ?? new Uint8Array())).toBe(sha256(first ?? new Uint8Array()));
    expect(sha256(third ?? new Uint8Array())).toBe(sha256(first ?? new Uint8Array()));
  });

  it('shows bars as long as the progress that they tell', async () => {
    const shares = [0.25, 0, 1];
    const colors = ['#2f6f9f', '#3c8d7d', '#b7791f'];
    const steps = shares.map((share, index) => aStepAt(share, { color: colors[index] ?? '' }));
    const chart = progressChart(anOverview({ steps }), aCourse(), 'fr');

    const png = await renderPng(chart, shippedFonts());

    const all = pixels(png, chart, [0, 0, chart.width, chart.height]);
    const longest = colors.map((color) => longestRun(all, color.slice(1), chart.width));
    const [quarter = 0, none = 0, whole = 0] = longest;
    expect(none).toBe(0);
    expect(whole).toBeGreaterThan(700);
    expect(quarter / whole).toBeCloseTo(0.25, 2);
  });

  it('cannot be broken by what a title holds', async () => {
    const titles = [
      '',
      '<b>&amp;"\'</b>',
      '{a|b} {c}',
      '\u0000\u0007\ud800',
      '🚀'.repeat(200),
      'W'.repeat(400),
    ];
    const steps = titles.map((title) => aStepAt(0.5, { title }));

    const png = await renderPng(progressChart(anOverview({ steps }), aCourse(), 'fr'), shippedFonts());

    expect(png.byteLength).toBeGreaterThan(10_000);
  });

  it('is drawn for a plan without steps', async () => {
    const png = await renderPng(
      progressChart(anOverview({ steps: [], obligations: [] }), aCourse(), 'fr'),
      shippedFonts(),
    );

    expect(png.byteLength).toBeGreaterThan(1000);
  });
});

/** The longest row of pixels of one colour. */
function longestRun(all: readonly string[], color: string, width: number): number {
  let longest = 0;
  let run = 0;
  all.forEach((pixel, index) => {
    run = pixel === color ? (index % width === 0 ? 0 : run) + 1 : 0;
    longest = Math.max(longest, run);
  });
  return longest;
}

describe('on a machine without fonts', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jalon-fonts-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('the texts of every kind of chart are there, and the picture is the same', async () => {
    const bare = await drawElsewhere(folder, ORDERS);

    for (const [index, order] of ORDERS.entries()) {
      const chart = chartOf(order);
      const png = bare[index] ?? new Uint8Array();
      expect(sha256(png)).toBe(sha256(await renderPng(chart, shippedFonts())));
      expect(new Set(pixels(png, chart, TITLE)).size).toBeGreaterThan(10);
    }
  });

  it('the texts would be missing without the font that is shipped', async () => {
    const chart = progressChart(anOverview(), aCourse(), 'fr');

    const png = await renderPng(chart, { files: [], family: 'none' });

    expect(new Set(pixels(png, chart, TITLE))).toEqual(new Set(['ffffff']));
  });
});

const ORDERS: readonly ChartOrder[] = [
  { chart: 'progress', overview: anOverview(), course: aCourse(), kind: 'whole', locale: 'fr' },
  { chart: 'status', days: someStatusDays(), locale: 'fr' },
  { chart: 'trend', trend: aKpiTrend(), locale: 'en' },
];

/** Draws pictures in another process, which finds no font, no home and another language. */
async function drawElsewhere(folder: string, orders: readonly ChartOrder[]): Promise<readonly Uint8Array[]> {
  const configuration = join(folder, 'fonts.conf');
  await writeFile(configuration, '');
  const url = (path: string) => JSON.stringify(new URL(`../../${path}`, import.meta.url).href);
  const script = `
    import { renderPng } from ${url('src/metrics/render-chart.ts')};
    import { chartOf } from ${url('src/metrics/chart-order.ts')};
    import { shippedFonts } from ${url('src/config/fonts.ts')};
    for (const order of ${JSON.stringify(orders)}) {
      const png = await renderPng(chartOf(order), shippedFonts());
      console.log(Buffer.from(png).toString('base64'));
    }
  `;
  const env = { FONTCONFIG_FILE: configuration, HOME: folder, LC_ALL: 'ja_JP.UTF-8', TZ: 'Asia/Tokyo' };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env,
    cwd: folder,
    maxBuffer: 10_000_000,
  });
  return stdout
    .trim()
    .split('\n')
    .map((line) => Buffer.from(line, 'base64'));
}
