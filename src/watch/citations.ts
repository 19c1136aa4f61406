import { fold } from '#src/plan/slug.ts';
import type { Source } from '#src/plan/template.ts';

/** What tells an article from the one whose number begins the same: `289` and `289 bis`, `290` and `290 A`. */
const LONGER = '(?! ?(?:bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies|[a-d])\\b)';

/**
 * The legal sources that a text names: a reference of the BOFiP, the number of an act, an article of a code. `text` may
 * hold addresses.
 */
export function citedSources(sources: readonly Source[], text: string): readonly Source[] {
  const found = normal(text);
  return sources.filter(({ reference }) =>
    patternsOf(reference ?? '').some((pattern) => pattern.test(found)),
  );
}

function normal(text: string): string {
  return fold(text)
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ');
}

function patternsOf(reference: string): readonly RegExp[] {
  const text = normal(reference);
  const doctrine = /\bboi-[a-z0-9-]+/.exec(text)?.[0];
  // A version may follow the reference in an address: BOI-TVA-DECLA-20-30-50-20260930.
  if (doctrine !== undefined) return [new RegExp(`\\b${doctrine}(?:-20\\d{6})?(?![\\w-])`)];
  const act = /\bn° ?(\d{4}-\d+)\b/.exec(text)?.[1];
  if (act !== undefined) return [new RegExp(`\\b${act}\\b(?!-)`)];
  const article = /\bart\. (.+)$/.exec(text)?.[1];
  const code = CODES.find(({ begins }) => text.startsWith(begins));
  if (article === undefined || code === undefined) return [];
  return article.split(/ et |, /).flatMap((one) => articlePattern(one.trim(), code.named));
}

/** A bare number is an article only where the text says so; one such as L441-10 speaks for itself. */
function articlePattern(article: string, codeNamed: string): readonly RegExp[] {
  const lettered = /^(l|r|d)\.? ?(\d[\d-]*)( [a-z])?$/.exec(article);
  if (lettered) {
    const [, letter, number, part = ''] = lettered;
    return [new RegExp(`\\b${letter}\\.? ?${number}${part}${part === '' ? '(?![\\w-])' : '\\b'}`)];
  }
  if (!/^\d[\da-z ]*$/.test(article)) return [];
  const named = `\\b${article}${LONGER}\\b`;
  const said = new RegExp(`\\b(?:art\\.|articles?) (?:[\\w°.]+(?:,| et) )*${article}\\b${LONGER}`);
  // « 289 bis » and « 242 nonies A » are said of no other code.
  const speaksForItself = /\d [a-z]{2,}/.test(article);
  return [
    said,
    ...(speaksForItself ? [new RegExp(named)] : []),
    new RegExp(`${named}[^.;]{0,20}\\b${codeNamed}\\b`),
  ];
}

const CODES = [
  { begins: 'cgi', named: 'cgi' },
  { begins: 'lpf', named: 'lpf' },
  { begins: 'c. com', named: 'c\\. com' },
] as const;
