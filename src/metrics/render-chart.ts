import { printable } from './fit-text.ts';
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
    font: fontOptions(fonts),
    fitTo: { mode: 'zoom', value: PICTURE_SCALE },
  });
  return image.asPng();
}

/**
 * The chart as SVG with its letters as outlines: for a file that looks the same wherever it is opened. Where the font is
 * missing another one would run texts into each other.
 */
export async function outlineSvg(chart: Chart, fonts: Fonts): Promise<string> {
  const [svg, { Resvg }] = await Promise.all([renderSvg(chart), import('@resvg/resvg-js')]);
  return described(new Resvg(svg, { font: fontOptions(fonts) }).toString(), chart);
}

function fontOptions({ files, family }: Fonts) {
  return { loadSystemFonts: false, fontFiles: [...files], defaultFontFamily: family };
}

/** The chart as SVG, with its title and description for those who do not see it. Its texts name the font of Jalon. */
export async function renderSvg(chart: Chart): Promise<string> {
  const { option, width, height } = chart;
  // The one-file build of ECharts loads in a sixth of the time of its modules picked one by one (docs/metrics.md).
  const echarts = await import('echarts/dist/echarts.esm.min.mjs');
  const drawing = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    drawing.setOption(option);
    return described(still(drawing.renderToSVGString()), chart);
  } finally {
    drawing.dispose();
  }
}

/**
 * Without what a pointer over it would change, which is no part of a picture, and with names that do not count how many
 * charts the process has drawn: the same chart is the same text.
 */
function still(svg: string): string {
  return svg
    .replace(/<style\b[^>]*>[\s\S]*?<\/style>\s*/g, '')
    .replace(/ class="zr\d+-cls-\d+"/g, '')
    .replace(/\bzr\d+-(?=c\d)/g, 'jalon-');
}

/** Both stand first in an image of one piece: that is where screen readers look for them. */
function described(svg: string, { title, description }: Chart): string {
  const words = `<title>${escaped(title)}</title><desc>${escaped(description)}</desc>`;
  return svg.replace(/^<svg ([^>]*)>/, (_, attributes) => `<svg role="img" ${attributes}>${words}`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(text: string): string {
  return printable(text).replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
}
