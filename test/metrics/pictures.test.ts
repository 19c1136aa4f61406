import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { shippedFonts } from '#src/config/fonts.ts';
import type { Course } from '#src/metrics/course.ts';
import type { Overview } from '#src/metrics/overview.ts';
import { type Chart, progressChart } from '#src/metrics/progress-picture.ts';
import { outlineSvg, renderPng, renderSvg } from '#src/metrics/render-chart.ts';
import { statusChart, trendChart } from '#src/metrics/trend-charts.ts';
import { aCourse } from '../builders/course.ts';
import { anOverview, aStepAt } from '../builders/overview.ts';
import { aKpiTrend, someStatusDays } from '../builders/trends.ts';

/**
 * Pictures that were looked at, kept at a third of their size: a change of layout, of a colour or of a line shows, a
 * change of hinting does not. After a wanted change: delete the file, run the test, look at the new one.
 */
const FOLDER = new URL('../fixtures/pictures/', import.meta.url);
const WIDTH = 280;
/** Of 255, and of all pixels: how much two drawings of the same may differ. */
const PIXEL_TOLERANCE = 24;
const SHARE_TOLERANCE = 0.0005;

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Buffer;
}

function reduced(
  png: Uint8Array,
  { width, height }: { width: number; height: number },
): { png: Buffer } & Pixels {
  const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const small = { width: WIDTH, height: Math.round((height * WIDTH) / width) };
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${small.width}" height="${small.height}"><image href="${href}" width="${small.width}" height="${small.height}"/></svg>`;
  const drawn = new Resvg(svg).render();
  return { ...small, rgba: drawn.pixels, png: drawn.asPng() };
}

/** The share of pixels that differ by more than the tolerance in a colour. */
function difference(one: Pixels, other: Pixels): number {
  if (one.width !== other.width || one.height !== other.height) return 1;
  let different = 0;
  for (let at = 0; at < one.rgba.length; at += 4) {
    const isFar = [0, 1, 2].some(
      (part) => Math.abs((one.rgba[at + part] ?? 0) - (other.rgba[at + part] ?? 0)) > PIXEL_TOLERANCE,
    );
    if (isFar) different += 1;
  }
  return different / (one.rgba.length / 4);
}

async function drawn(chart: Chart): Promise<ReturnType<typeof reduced>> {
  return reduced(await renderPng(chart, shippedFonts()), chart);
}

/** How far the picture is from the one that was kept; it is kept when there is none. */
async function changeOf(name: string, chart: Chart): Promise<number> {
  const now = await drawn(chart);
  const file = new URL(`${name}.png`, FOLDER);
  if (!existsSync(file)) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, now.png);
  }
  const kept = readFileSync(file);
  return difference(now, reduced(kept, { width: kept.readUInt32BE(16), height: kept.readUInt32BE(20) }));
}

const MONTHS = Array.from({ length: 90 }, (_, day) => Math.floor(day / 9));
const STORIES: readonly (readonly [string, 'fr' | 'en', Partial<Overview>, Course])[] = [
  ['first-day', 'fr', { progress: 0, steps: [aStepAt(0)] }, aCourse([0])],
  [
    'under-way',
    'fr',
    {},
    aCourse(MONTHS, {
      expected: [
        { tasks: 15, p50: '2027-02-01', p85: '2027-03-10' },
        { tasks: 20, p50: '2027-04-15', p85: '2027-07-01' },
      ],
    }),
  ],
  ['finished', 'en', { progress: 1, steps: [aStepAt(1)] }, aCourse([...MONTHS, 15, 20])],
  ['empty', 'fr', { progress: 0, steps: [], obligations: [] }, aCourse([0], { planned: [] })],
];

describe('the pictures that were looked at', () => {
  it.each(STORIES)('of %s is drawn as it was (%s)', async (name, locale, overview, course) => {
    const change = await changeOf(name, progressChart(anOverview(overview), course, locale));

    expect(change).toBeLessThan(SHARE_TOLERANCE);
  });

  it('of the statuses over time is drawn as it was', async () => {
    expect(await changeOf('statuses', statusChart(someStatusDays(), 'fr'))).toBeLessThan(SHARE_TOLERANCE);
  });

  it('of an indicator near its target is drawn as it was', async () => {
    expect(await changeOf('indicator', trendChart(aKpiTrend(), 'en'))).toBeLessThan(SHARE_TOLERANCE);
  });

  it('would not pass for one another, nor for one with a task more', async () => {
    const chart = (dones: readonly number[]) => progressChart(anOverview(), aCourse(dones), 'fr');
    const [few, more] = [await drawn(chart([0, 2, 4])), await drawn(chart([0, 2, 12]))];

    expect(difference(few, more)).toBeGreaterThan(SHARE_TOLERANCE);
  });
});

describe('as SVG', () => {
  it('a chart is the same drawing, with its texts as texts', async () => {
    const svg = await renderSvg(progressChart(anOverview(), aCourse(), 'fr'));

    expect(svg).toMatch(/^<svg [^>]*width="840"/);
    expect(svg).toContain('Tâches du plan');
    expect(svg).toContain("font-family:'Source Sans 3', sans-serif");
  });

  it('it is the same text, however many were drawn before, and nothing in it moves', async () => {
    const draw = () => renderSvg(progressChart(anOverview(), aCourse(), 'fr'));
    const [first, , again] = [
      await draw(),
      await renderSvg(statusChart(someStatusDays(), 'fr')),
      await draw(),
    ];

    expect(again).toBe(first);
    expect(first).not.toMatch(/:hover|class=|<style/);
  });

  it('it is an image of one piece, with its title and its description, whatever they hold', async () => {
    const chart = progressChart(anOverview(), aCourse(), 'fr');
    const svg = await renderSvg({ ...chart, description: 'A < B & C > D\u0000 "E"' });

    expect(svg).toMatch(
      /^<svg role="img" [^>]*><title>Avancement du plan et prévision<\/title><desc>A &lt; B &amp; C &gt; D "E"<\/desc>/,
    );
    expect(new Resvg(svg).width).toBe(chart.width);
  });

  it('it needs no font once its letters are outlines, and shows what the PNG does', async () => {
    const chart = trendChart(aKpiTrend(), 'en');
    const svg = await outlineSvg(chart, shippedFonts());

    const png = new Resvg(svg, { font: { loadSystemFonts: false }, fitTo: { mode: 'zoom', value: 2 } })
      .render()
      .asPng();
    expect(svg).toMatch(/^<svg role="img" [^>]*><title>Invoices accepted[^<]*<\/title><desc>/);
    expect(svg).not.toMatch(/<text|font-family/);
    expect(difference(reduced(png, chart), await drawn(chart))).toBeLessThan(SHARE_TOLERANCE);
  });
});
