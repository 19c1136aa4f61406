/** The id of the page in an address of Notion, or in an id with or without its dashes; `undefined` in anything else. */
export function notionPageId(text: string): string | undefined {
  const [place = ''] = text.trim().split(/[?#]/);
  const hex = /([0-9a-f]{32})\/?$/i.exec(place.replaceAll('-', ''))?.[1]?.toLowerCase();
  return hex?.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
