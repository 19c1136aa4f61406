import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { shippedFonts } from '#src/config/fonts.ts';
import { NotNow } from '#src/errors.ts';
import type { Locale } from '#src/i18n/message.ts';
import type { ChartOrder } from '#src/metrics/chart-order.ts';
import type { Overview } from '#src/metrics/overview.ts';
import { progressChart } from '#src/metrics/progress-picture.ts';
import { outlineSvg, renderPng } from '#src/metrics/render-chart.ts';
import { statusChart } from '#src/metrics/trend-charts.ts';
import { drawingApart } from '#src/service/drawing.ts';
import { aCourse } from '../builders/course.ts';
import { anOverview } from '../builders/overview.ts';
import { someStatusDays } from '../builders/trends.ts';

function order(overview: Overview, locale: Locale): ChartOrder {
  return { chart: 'progress', overview, course: aCourse(), kind: 'whole', locale };
}

describe('drawing in a process of its own', () => {
  it('gives the same picture as drawing here, whoever asks first', async () => {
    const { png } = drawingApart();

    const [french, english] = await Promise.all([
      png(order(anOverview(), 'fr')),
      png(order(anOverview(), 'en')),
    ]);

    expect(same(french, await renderPng(progressChart(anOverview(), aCourse(), 'fr'), shippedFonts()))).toBe(
      true,
    );
    expect(
      same(english, await renderPng(progressChart(anOverview(), aCourse(), 'en', 'whole'), shippedFonts())),
    ).toBe(true);
  });

  it('gives a chart as SVG too, as text', async () => {
    const days = someStatusDays();

    const svg = await drawingApart().svg({ chart: 'status', days, locale: 'fr' });

    expect(svg).toBe(await outlineSvg(statusChart(days, 'fr'), shippedFonts()));
  });

  it('goes on in a new process when one has drawn its share', async () => {
    const { png } = drawingApart({ picturesPerProcess: 1 });

    const pictures = [await png(order(anOverview(), 'fr')), await png(order(anOverview(), 'fr'))];

    expect(same(...(pictures as [Uint8Array, Uint8Array]))).toBe(true);
  });

  it('says what went wrong, and draws the next picture all the same', async () => {
    const { png } = drawingApart();
    const broken = anOverview({ steps: [{ ...anOverview().steps[0], title: undefined } as never] });

    const failed = png(order(broken, 'fr'));
    const next = png(order(anOverview(), 'fr'));

    await expect(failed).rejects.toThrow(NotNow);
    expect((await next).byteLength).toBeGreaterThan(10_000);
  });

  it('gives up on a picture that takes too long, and draws the next in another process', async () => {
    const { png } = drawingApart({ answerMs: 1 });

    await expect(png(order(anOverview(), 'fr'))).rejects.toThrow(NotNow);
    await expect(png(order(anOverview(), 'fr'))).rejects.toThrow(NotNow);
  });

  it('draws nothing more once it is stopped: whoever waits is told so', async () => {
    const { png, stop } = drawingApart();

    const pictures = Array.from({ length: 3 }, () => png(order(anOverview(), 'fr')));
    const outcomes = Promise.allSettled(pictures);
    stop();

    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(png(order(anOverview(), 'fr'))).rejects.toThrow(NotNow);
  });

  it('does not keep the program from ending, and loads no drawing library in it', async () => {
    const url = (path: string) => JSON.stringify(new URL(`../../${path}`, import.meta.url).href);
    const script = `
      import { statusChart } from '#src/metrics/trend-charts.ts';
import { drawingApart } from ${url('src/service/drawing.ts')};
      import { anOverview } from ${url('test/builders/overview.ts')};
      import { aCourse } from ${url('test/builders/course.ts')};
      const before = process.memoryUsage().rss;
      const { png } = drawingApart({ picturesPerProcess: 100, idleMs: 3_600_000 });
      for (let drawn = 0; drawn < 5; drawn += 1) await png({ chart: 'progress', overview: anOverview(), course: aCourse(), kind: 'whole', locale: 'fr' });
      console.log(Math.round((process.memoryUsage().rss - before) / 1e6));
    `;

    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 30_000,
    });

    expect(Number(stdout)).toBeLessThan(20);
  });
});

function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
