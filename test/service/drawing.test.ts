import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { shippedFonts } from '#src/config/fonts.ts';
import { NotNow } from '#src/errors.ts';
import { progressChart } from '#src/metrics/progress-picture.ts';
import { renderPng } from '#src/metrics/render-chart.ts';
import { drawingApart } from '#src/service/drawing.ts';
import { aCourse } from '../builders/course.ts';
import { anOverview } from '../builders/overview.ts';

describe('drawing in a process of its own', () => {
  it('gives the same picture as drawing here, whoever asks first', async () => {
    const { picture } = drawingApart();

    const [french, english] = await Promise.all([
      picture(anOverview(), aCourse(), 'fr', 'whole'),
      picture(anOverview(), aCourse(), 'en', 'whole'),
    ]);

    expect(
      same(french, await renderPng(progressChart(anOverview(), aCourse(), 'fr', 'whole'), shippedFonts())),
    ).toBe(true);
    expect(
      same(english, await renderPng(progressChart(anOverview(), aCourse(), 'en', 'whole'), shippedFonts())),
    ).toBe(true);
  });

  it('goes on in a new process when one has drawn its share', async () => {
    const { picture } = drawingApart({ picturesPerProcess: 1, idleMs: 10_000 });

    const pictures = [
      await picture(anOverview(), aCourse(), 'fr', 'whole'),
      await picture(anOverview(), aCourse(), 'fr', 'whole'),
    ];

    expect(same(...(pictures as [Uint8Array, Uint8Array]))).toBe(true);
  });

  it('says what went wrong, and draws the next picture all the same', async () => {
    const { picture } = drawingApart();
    const broken = anOverview({ steps: [{ ...anOverview().steps[0], title: undefined } as never] });

    const failed = picture(broken, aCourse(), 'fr', 'whole');
    const next = picture(anOverview(), aCourse(), 'fr', 'whole');

    await expect(failed).rejects.toThrow(NotNow);
    expect((await next).byteLength).toBeGreaterThan(10_000);
  });

  it('does not keep the program from ending, and loads no drawing library in it', async () => {
    const url = (path: string) => JSON.stringify(new URL(`../../${path}`, import.meta.url).href);
    const script = `
      import { drawingApart } from ${url('src/service/drawing.ts')};
      import { anOverview } from ${url('test/builders/overview.ts')};
      import { aCourse } from ${url('test/builders/course.ts')};
      const before = process.memoryUsage().rss;
      const { picture } = drawingApart({ picturesPerProcess: 100, idleMs: 3_600_000 });
      for (let drawn = 0; drawn < 5; drawn += 1) await picture(anOverview(), aCourse(), 'fr', 'whole');
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
