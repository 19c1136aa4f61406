import { fold } from '#src/plan/slug.ts';
import type { Keyword } from '#src/plan/watch-source.ts';

/** A text as keywords are looked for in it: without accents, capitals and punctuation, a space around each word. */
export function searchable(text: string): string {
  return ` ${words(text)} `;
}

/**
 * Whether one of the keywords stands in the text, as whole words: `TVA` is not in « TVAnnexe ». One that ends in `*`
 * may go on: `factur*`. Of a list, all must be there.
 */
export function hasKeyword(keywords: readonly Keyword[] | undefined, text: string): boolean {
  if (keywords === undefined) return true;
  const found = searchable(text);
  return keywords.some((keyword) =>
    typeof keyword === 'string' ? stands(keyword, found) : keyword.every((one) => stands(one, found)),
  );
}

function stands(keyword: string, found: string): boolean {
  const wanted = words(keyword);
  return wanted !== '' && found.includes(keyword.endsWith('*') ? ` ${wanted}` : ` ${wanted} `);
}

/** `oe` and `ae` for ligatures, as in names of files. */
function words(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
