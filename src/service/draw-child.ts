import { shippedFonts } from '#src/config/fonts.ts';
import { chartOf } from '#src/metrics/chart-order.ts';
import { outlineSvg, renderPng } from '#src/metrics/render-chart.ts';
import type { DrawingOrder, Drawn } from './drawing.ts';

/** The process that `drawing.ts` starts. It ends by itself once the one that started it lets it go, or dies. */
process.on('message', async (order: DrawingOrder) => {
  process.send?.(await draw(order));
});

async function draw({ order, format }: DrawingOrder): Promise<Drawn> {
  try {
    const draw = format === 'svg' ? outlineSvg : renderPng;
    return { drawn: await draw(chartOf(order), shippedFonts()) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
