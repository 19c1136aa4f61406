import { shippedFonts } from '#src/config/fonts.ts';
import { progressChart } from '#src/metrics/progress-picture.ts';
import { renderPng } from '#src/metrics/render-chart.ts';
import type { Drawn, PictureOrder } from './drawing.ts';

/** The process that `drawing.ts` starts. It ends by itself once the one that started it lets it go, or dies. */
process.on('message', async (order: PictureOrder) => {
  process.send?.(await draw(order));
});

async function draw({ overview, course, locale, kind }: PictureOrder): Promise<Drawn> {
  try {
    return { png: await renderPng(progressChart(overview, course, locale, kind), shippedFonts()) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
