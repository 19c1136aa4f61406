/** What a source shows, as text: markup, order of attributes and the like are gone. */
export type Reading =
  /** News: what matters is what is new. */
  | { readonly kind: 'news'; readonly entries: readonly Entry[] }
  /** Records that may be added, removed and changed. */
  | { readonly kind: 'records'; readonly entries: readonly Entry[] }
  /** Paragraphs in the order in which they are read. */
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  | { readonly kind: 'platforms'; readonly platforms: readonly Platform[] };

export interface Entry {
  /** Stable for the source; the same entry always has it. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly link: string | null;
  /** `YYYY-MM-DD` */
  readonly date: string | null;
}

export interface Platform {
  readonly name: string;
  /** `YYYY-MM-DD`: since when it is registered. */
  readonly since: string | null;
}

/** One line of text, whatever white space and soft hyphens stood between the words. */
export function oneLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
