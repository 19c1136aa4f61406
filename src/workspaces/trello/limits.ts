/**
 * What Trello holds, from its OpenAPI description, its guides and recorded answers. Characters are counted as
 * JavaScript does, which is never less than what Trello counts. What a board holds (cards, lists, labels) is not
 * here: each board says that of itself in `limits`.
 */

/** Of a description of a card or a board. */
export const DESCRIPTION_LIMIT = 16_384;
/** Of the name of a board, list, label, card, checklist or point. */
export const NAME_LIMIT = 16_384;
export const COMMENT_LIMIT = 16_384;
/** Of an attachment. */
export const FILE_NAME_LIMIT = 256;
/** On the Free plan; 250 MB on the others. */
export const FREE_FILE_BYTES = 10 * 1024 * 1024;
/** Custom fields of a board, unless the board says otherwise. */
export const FIELDS_LIMIT = 50;
/** Of a custom field that is a list. */
export const OPTIONS_LIMIT = 50;
/** Labels, cards or actions that one question may ask for. A list of that length may be only the beginning. */
export const PAGE_SIZE = 1_000;
