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

/** The colour of Trello nearest to `#rrggbb`; `null`, which is none, for anything else. */
export function trelloColor(hex: string | undefined): TrelloColor | null {
  const digits = /^#([0-9a-f]{6})$/i.exec(hex ?? '')?.[1];
  if (digits === undefined) return null;
  const wanted = Number.parseInt(digits, 16);
  const [nearest] = PALETTE.reduce((best, one) =>
    distance(one[1], wanted) < distance(best[1], wanted) ? one : best,
  );
  return nearest;
}

function distance(one: number, other: number): number {
  return [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);
}
