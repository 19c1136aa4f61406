/** Colours that stay readable: a template's author chooses them, and a picture may be printed in black and white. */

type Rgb = readonly [red: number, green: number, blue: number];

/** WCAG's least contrast between a meaningful shape and what is beside it. */
const SHAPE_CONTRAST = 3;

/** The colour itself when it stands out from `background`, else its nearest darker shade that does. */
export function standingOutFrom(background: string, color: string): string {
  let shade = rgb(color);
  while (contrast(shade, rgb(background)) < SHAPE_CONTRAST && shade.some((part) => part > 0)) {
    shade = [darker(shade[0]), darker(shade[1]), darker(shade[2])];
  }
  return `#${shade.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function darker(part: number): number {
  return Math.floor(part * 0.95);
}

function rgb(color: string): Rgb {
  const parts = Number.parseInt(color.slice(1), 16);
  return [(parts >> 16) & 255, (parts >> 8) & 255, parts & 255];
}

/** WCAG's contrast, from 1 (the same grey in print) to 21. */
export function contrastOf(one: string, other: string): number {
  return contrast(rgb(one), rgb(other));
}

function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** Relative luminance, as WCAG 2 defines it. */
function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(part: number): number {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
