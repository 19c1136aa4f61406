/** Names that Windows keeps for devices: no file may be called so, whatever its extension. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** Long enough to tell companies apart, short enough for a path on every system. */
const MAX_LENGTH = 60;

/** Letters that Unicode does not take apart into a base letter and an accent. */
const LIGATURES: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd' };

/**
 * The name of a company as a file name: `Pâtisserie de l’Œuvre` becomes `patisserie-de-l-oeuvre`. The same name
 * always gives the same slug; a name without any Latin letter or digit gives `entreprise`.
 */
export function slugOf(name: string): string {
  const slug = fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, MAX_LENGTH)
    .replace(/-+$/, '');
  if (slug === '') return 'entreprise';
  return RESERVED.test(slug) ? `entreprise-${slug}` : slug;
}

/** The slug itself when it is free, else the first free one of `slug-2`, `slug-3`… */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  let number = 2;
  while (taken.has(`${slug}-${number}`)) number += 1;
  return `${slug}-${number}`;
}

/** Lower case, without accents or ligatures: what two spellings of one word have in common. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[œæßøłđ]/g, (letter) => LIGATURES[letter] ?? letter);
}
