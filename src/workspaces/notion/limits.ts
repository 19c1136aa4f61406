/**
 * What Notion accepts in one request, from https://developers.notion.com/reference/request-limits. Characters are
 * counted as JavaScript does, which is never less than what Notion counts.
 */

/** Characters of one piece of rich text. */
export const TEXT_LIMIT = 2_000;
export const LINK_LIMIT = 2_000;
/** Pieces of one text, options of one property, people or relations of one write: of any array. */
export const ARRAY_LIMIT = 100;
export const CHILDREN_LIMIT = 100;
/** Blocks of one request, with those nested in others. */
export const BLOCKS_LIMIT = 1_000;
/** Refused at 500 KB, of which the envelope takes some. */
export const CHILDREN_BYTES_LIMIT = 450_000;
/** Rows that one question may ask for. */
export const PAGE_SIZE = 100;
