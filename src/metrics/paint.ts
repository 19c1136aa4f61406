import type { GraphicComponentOption } from 'echarts';

/** What every chart is drawn with: one font, which is shipped, and colours that hold in print and for the colour-blind. */

/** In quotes, since a name that holds a word of figures is none in CSS; the second for who opens an SVG without the first. */
export const FONT_FAMILY = "'Source Sans 3', sans-serif";
export const TEXT_SIZE = 15;

export const INK = '#1f2933';
export const GREY = '#52606d';
export const LINE = '#8a96a3';
export const FAINT = '#dde3e8';
export const TRACK = '#eef1f4';
export const ALERT = '#9b1c1c';
/** What is done. */
export const DONE = '#1b6ca8';
export const PAPER = '#ffffff';

export function line(x1: number, y1: number, x2: number, y2: number, style: object): GraphicComponentOption {
  return { type: 'line', shape: { x1, y1, x2, y2 }, style: { ...style } };
}

export function words(text: string, x: number, y: number, style: object = {}): GraphicComponentOption {
  const font = { fontFamily: FONT_FAMILY, fontSize: TEXT_SIZE, fontWeight: 400 };
  return { type: 'text', x, y, style: { text, fill: GREY, ...font, ...style } };
}
