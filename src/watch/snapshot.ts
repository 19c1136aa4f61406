import type { Entry, Platform } from './reading.ts';

/** What is kept of what a source showed, to compare the next reading with. */
export type Snapshot =
  /** The day on which each entry was last shown: a feed drops the older ones, which are not new when they return. */
  | { readonly kind: 'news'; readonly seen: Readonly<Record<string, string>> }
  | { readonly kind: 'records'; readonly entries: readonly KnownRecord[] }
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  | { readonly kind: 'platforms'; readonly platforms: readonly Platform[] };

export interface KnownRecord extends Entry {
  /** It was not there the last time: once more, and it counts as removed. */
  readonly missing?: true;
}

/** One thing that has changed, in the words of the source. */
export interface Change {
  /** The entry that is new or has changed; `null` for a page or a document as a whole. */
  readonly entry: Pick<Entry, 'title' | 'link' | 'date'> | null;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly before: string; readonly after: string }[];
  /** The same for the same change of the same source, whoever finds it. */
  readonly digest: string;
}
