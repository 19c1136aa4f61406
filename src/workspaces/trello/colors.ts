/** How Trello draws its labels on a light ground. */
const PALETTE = [
  ['green_light', 0xbaf3db],
  ['green', 0x4bce97],
  ['green_dark', 0x1f845a],
  ['yellow_light', 0xf8e6a0],
  ['yellow', 0xf5cd47],
  ['yellow_dark', 0x946f00],
  ['orange_light', 0xfedec8],
  ['orange', 0xfea362],
  ['orange_dark', 0xc25100],
  ['red_light', 0xffd5d2],
  ['red', 0xf87168],
  ['red_dark', 0xc9372c],
  ['purple_light', 0xdfd8fd],
  ['purple', 0x9f8fef],
  ['purple_dark', 0x6e5dc6],
  ['blue_light', 0xcce0ff],
  ['blue', 0x579dff],
  ['blue_dark', 0x0c66e4],
  ['sky_light', 0xc6edfb],
  ['sky', 0x6cc3e0],
  ['sky_dark', 0x227d9b],
  ['lime_light', 0xd3f1a7],
  ['lime', 0x94c748],
  ['lime_dark', 0x5b7f24],
  ['pink_light', 0xfdd0ec],
  ['pink', 0xe774bb],
  ['pink_dark', 0xae4787],
  ['black_light', 0xdcdfe4],
  ['black', 0x8590a2],
  ['black_dark', 0x626f86],
] as const satisfies readonly (readonly [string, number])[];

export type TrelloColor = (typeof PALETTE)[number][0];

/** The colour of Trello that looks most like `#rrggbb`; `null`, which is none, for anything else. */
export function trelloColor(hex: string | undefined): TrelloColor | null {
  const digits = /^#([0-9a-f]{6})$/i.exec(hex ?? '')?.[1];
  if (digits === undefined) return null;
  const wanted = looks(Number.parseInt(digits, 16));
  const [nearest] = PALETTE.reduce((best, one) =>
    distance(looks(one[1]), wanted) < distance(looks(best[1]), wanted) ? one : best,
  );
  return nearest;
}

type Looks = readonly [lightness: number, redness: number, yellowness: number];

/** In OKLab, where distances are as the eye sees them: by red, green and blue, a dull violet is nearest to grey. */
function looks(color: number): Looks {
  const [r = 0, g = 0, b = 0] = [16, 8, 0].map((shift) => linear(((color >> shift) & 255) / 255));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

/** People know a label by its hue sooner than by its shade. */
const WEIGHT_OF_LIGHTNESS = 0.25;

function distance(one: Looks, other: Looks): number {
  const [lightness, redness, yellowness] = one.map((part, index) => (part - (other[index] ?? 0)) ** 2);
  return WEIGHT_OF_LIGHTNESS * (lightness ?? 0) + (redness ?? 0) + (yellowness ?? 0);
}
