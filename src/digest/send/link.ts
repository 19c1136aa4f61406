/** A web address as it can be followed anywhere; `undefined` for one that is none, or that would run something. */
export function safeLink(link: string | undefined): string | undefined {
  const url = link === undefined ? null : URL.parse(link);
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** One line of text, whatever was in it. Spaces that do not break stay what they are. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029 ]+/gu, ' ').trim();
}

/** Cut to so many characters, with an ellipsis where something is missing; never inside a surrogate pair. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
