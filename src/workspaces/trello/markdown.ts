/**
 * Descriptions are Markdown, and our texts are not. They are written as they are, since teams read them; only what
 * would be taken for something else on the way back is escaped.
 */

// Control characters other than tab and line feed: no description shows them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what they are
const UNSHOWN = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Trello's editor makes such a link of every bare address, and draws a card in its place. */
const SMART_LINK = /\[(https?:\/\/[^\s\]]+)\]\(\1(?: "[^"\n]*")?\)/g;

/** The text that a description shows for `text`: without signs that nobody sees, and without blanks at its ends. */
export function fitText(text: string): string {
  let plain = text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(UNSHOWN, '');
  for (let before = ''; before !== plain; ) {
    before = plain;
    plain = plain.replace(SMART_LINK, '$1');
  }
  return plain.trim();
}

/** The text in one line, as a name or an entry of a list shows it. */
export function fitLine(text: string): string {
  const lines = fitText(text)
    .split('\n')
    .map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
}

/** Names as one text shows them, so a comma in a name parts it in two. */
export function splitNames(text: string): readonly string[] {
  const names = fitText(text)
    .split(/[,;\n]/)
    .map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/** What a backslash before it makes an ordinary sign. */
const ESCAPED = /\\([!-/:-@[-`{-~])/g;

/** `isOurs` tells the lines that we would take for a part of our own making. */
export function escapeText(text: string, isOurs: (line: string) => boolean): string {
  return text
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
    .split('\n')
    .map((line) => (isOurs(line) ? line.replace(/\S/, '\\$&') : line))
    .join('\n');
}

/** Also of what Trello's editor has escaped when someone edited the card. */
export function unescapeText(text: string): string {
  return text.replace(ESCAPED, '$1');
}

/** The end of a text that is cut to `length`: no character and no escape is cut in two. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, Math.max(0, length)).replace(/[\ud800-\udbff]$/, '');
  const escapes = /\\+$/.exec(cut)?.[0].length ?? 0;
  return cut.slice(0, cut.length - (escapes % 2)).trimEnd();
}

export interface Link {
  /** What is shown. */
  readonly words: string;
  /** `''`: it leads nowhere. */
  readonly href: string;
}

/** The link that a line is: `[words](address "title")`, `<address>` or an address alone. Any other is words only. */
export function linkIn(line: string): Link {
  const text = line.trim();
  const middle = text.lastIndexOf('](');
  if (text.startsWith('[') && text.endsWith(')') && middle > 0) {
    const [href = ''] = text.slice(middle + 2, -1).split(/\s/);
    return { words: text.slice(1, middle), href: href.replace(/^<|>$/g, '') };
  }
  const bare = text.startsWith('<') && text.endsWith('>') ? text.slice(1, -1) : text;
  return { words: bare, href: /^(?:https?|mailto):\S+$/i.test(bare) ? bare : '' };
}
