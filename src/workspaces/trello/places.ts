import { isTrelloId } from './endpoint.ts';

/** What people write into a project file to say which board or workspace they mean. */

/** The id or short link of a board: as such, or in its address. `undefined`: it is neither. */
export function boardIn(text: string): string | undefined {
  const plain = text.trim();
  if (isTrelloId(plain)) return plain.toLowerCase();
  const link = /^(?:https?:\/\/(?:www\.)?trello\.com\/b\/)?([0-9A-Za-z]{8})(?:[/?#].*)?$/.exec(plain)?.[1];
  return link;
}

/** The id or short name of a workspace: as such, or in its address. `undefined`: it is neither. */
export function organizationIn(text: string): string | undefined {
  const plain = text.trim();
  if (isTrelloId(plain)) return plain.toLowerCase();
  const name = /^(?:https?:\/\/(?:www\.)?trello\.com\/(?:w\/)?)?([0-9A-Za-z_]{3,100})(?:[/?#].*)?$/.exec(
    plain,
  )?.[1];
  return name?.toLowerCase();
}
