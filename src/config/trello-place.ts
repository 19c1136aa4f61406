/** What people write into a project file to say which board or workspace of Trello they mean. */

const ID = /^[0-9a-f]{24}$/i;
const BOARD = /^(?:https?:\/\/(?:www\.)?trello\.com\/b\/)?([0-9A-Za-z]{8})(?:[/?#].*)?$/;
const ORGANIZATION = /^(?:https?:\/\/(?:www\.)?trello\.com\/(?:w\/)?)?([0-9A-Za-z_]{3,100})(?:[/?#].*)?$/;

/** The id or short link of a board: as such, or in its address. `undefined`: it is neither. */
export function boardIn(text: string): string | undefined {
  const plain = text.trim();
  return ID.test(plain) ? plain.toLowerCase() : BOARD.exec(plain)?.[1];
}

/** The id or short name of a workspace: as such, or in its address. `undefined`: it is neither. */
export function organizationIn(text: string): string | undefined {
  const plain = text.trim();
  return ID.test(plain) ? plain.toLowerCase() : ORGANIZATION.exec(plain)?.[1]?.toLowerCase();
}
