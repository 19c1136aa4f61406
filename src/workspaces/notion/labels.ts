import type { UpdateDataSourceParameters } from '@notionhq/client';
import { nameKey } from '#src/reconcile/names.ts';

/** Notion takes no longer name of an option; for those of properties it gives no figure. */
const LONGEST_LABEL = 100;

/**
 * A name as Notion takes it for an option or a property: one line, without commas, at most 100 characters.
 * `''` when nothing is left of it.
 */
export function plainLabel(text: string): string {
  const plain = text
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/(?<=\d),(?=\d)/g, '.')
    .replace(/(?: ?,)+ ?/g, ' – ')
    .replace(/^[\s–]+|[\s–]+$/g, '');
  return shortened(plain, LONGEST_LABEL);
}

/** Names that are in use. Notion is blind to case; we are blind to accents and emoji too, since people retype names. */
export class TakenLabels {
  readonly #taken = new Set<string>();

  constructor(labels: Iterable<string> = []) {
    for (const label of labels) this.#add(label);
  }

  /** The name itself when it is free, else the first free one of `name (2)`, `name (3)`…; it is taken from now on. */
  claim(label: string): string {
    let free = label;
    for (let copy = 2; this.#has(free); copy += 1) {
      const suffix = ` (${copy})`;
      free = `${shortened(label, LONGEST_LABEL - suffix.length)}${suffix}`;
    }
    this.#add(free);
    return free;
  }

  #has(label: string): boolean {
    return foldings(label).some((folded) => this.#taken.has(folded));
  }

  #add(label: string): void {
    for (const folded of foldings(label)) this.#taken.add(folded);
  }
}

/** The name without the number that `claim` may have given it. */
export function withoutNumber(label: string): string {
  return label.replace(/ \(\d+\)$/, '');
}

function foldings(label: string): readonly string[] {
  return [label.toLowerCase(), nameKey(label)];
}

function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  return text
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
}

type UpdateRequest = NonNullable<NonNullable<UpdateDataSourceParameters['properties']>[string]>;
type SelectRequest = Extract<UpdateRequest, { select: unknown }>;
export type NotionColor = NonNullable<NonNullable<SelectRequest['select']['options']>[number]['color']>;

/** How Notion draws its colours on a light ground. */
const PALETTE = [
  ['gray', 0x78, 0x77, 0x74],
  ['brown', 0x9f, 0x6b, 0x53],
  ['orange', 0xd9, 0x73, 0x0d],
  ['yellow', 0xcb, 0x91, 0x2f],
  ['green', 0x44, 0x83, 0x61],
  ['blue', 0x33, 0x7e, 0xa9],
  ['purple', 0x90, 0x65, 0xb0],
  ['pink', 0xc1, 0x4c, 0x8a],
  ['red', 0xd4, 0x4c, 0x47],
] as const satisfies readonly (readonly [NotionColor, number, number, number])[];

/** The colour of Notion nearest to `#rrggbb`; `default` for anything else. */
export function notionColor(hex: string | undefined): NotionColor {
  const [, red, green, blue] = /^#(..)(..)(..)$/.exec(hex ?? '') ?? [];
  const wanted = [red, green, blue].map((part) => Number.parseInt(part ?? '', 16));
  if (wanted.some(Number.isNaN)) return 'default';
  const distance = ([, ...color]: (typeof PALETTE)[number]) =>
    color.reduce((sum, part, index) => sum + (part - (wanted[index] ?? 0)) ** 2, 0);
  return PALETTE.reduce((best, color) => (distance(color) < distance(best) ? color : best), PALETTE[0])[0];
}
