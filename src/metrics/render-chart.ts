import type { Chart } from './progress-picture.ts';

/** Pixels for each CSS pixel: sharp on a fine screen and on paper. */
export const PICTURE_SCALE = 2;

export interface Fonts {
  /** Paths of the font files; the machine's own fonts are never looked at. */
  readonly files: readonly string[];
  /** Used where the chart names no family that the files hold. */
  readonly family: string;
}

/**
 * Draws a chart as a PNG of {@link PICTURE_SCALE} times its size. The same chart and fonts give the same bytes on
 * every machine: no browser, no font of the system. Libraries are loaded at the first picture, not before.
 */
export async function renderPng(chart: Chart, fonts: Fonts): Promise<Uint8Array> {
  const [svg, { renderAsync }] = await Promise.all([renderSvg(chart), import('@resvg/resvg-js')]);
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles: [...fonts.files], defaultFontFamily: fonts.family },
    fitTo: { mode: 'zoom', value: PICTURE_SCALE },
  });
  return image.asPng();
}

/** The chart as SVG. Its texts name the font, which whoever shows it must have. */
export async function renderSvg({ option, width, height }: Chart): Promise<string> {
  // The one-file build of ECharts loads in a sixth of the time of its modules picked one by one (docs/metrics.md).
  const echarts = await import('echarts/dist/echarts.esm.min.mjs');
  const drawing = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    drawing.setOption(option);
    return drawing.renderToSVGString();
  } finally {
    drawing.dispose();
  }
}
