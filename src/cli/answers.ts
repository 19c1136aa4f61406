import { notionPageId } from '#src/config/notion-page.ts';
import { boardIn, organizationIn } from '#src/config/trello-place.ts';
import { wrong } from '#src/i18n/init.ts';
import { LOCALES, type Locale, type Said, said } from '#src/i18n/message.ts';
import { SIZES, type Size, VAT_REGIMES, type VatRegime } from '#src/plan/company.ts';
import { formatSiren, parseSiren, parseSiret } from '#src/plan/siren.ts';
import { fold } from '#src/plan/slug.ts';

/** What a person answers, whether typed at a question, given as a flag or read in a table. */

/** A value that can be used, or what is wrong with it and how to mend it. */
export type Answer<T> = { readonly value: T } | { readonly problem: Said };

export const WORKSPACE_KINDS = ['excel', 'notion', 'trello'] as const;
export type Kind = (typeof WORKSPACE_KINDS)[number];

const MAX_NAME_LENGTH = 200;
/** A project that started long ago, or far ahead, is a slip of the keyboard: the bounds of the project file. */
const EARLIEST_START = '2020-01-01';
const MOST_YEARS_AHEAD = 2;

/** Other words that people use for a value, folded to lower case and without accents. */
const SIZE_WORDS: Readonly<Record<string, Size>> = {
  microentreprise: 'micro',
  tpe: 'micro',
  mic: 'micro',
  sme: 'pme',
  'grande entreprise': 'ge',
};

const VAT_WORDS: Readonly<Record<string, VatRegime>> = {
  'franchise en base': 'franchise',
  'franchise de tva': 'franchise',
  'reel simplifie': 'simplifie',
  'regime simplifie': 'simplifie',
  mensuel: 'reel-mensuel',
  'reel mensuel': 'reel-mensuel',
  'reel normal': 'reel-mensuel',
  'reel normal mensuel': 'reel-mensuel',
  trimestriel: 'reel-trimestriel',
  'reel trimestriel': 'reel-trimestriel',
  'reel normal trimestriel': 'reel-trimestriel',
  exoneree: 'exonere',
  exempt: 'exonere',
};

const YES = new Set(['yes', 'y', 'oui', 'o', 'true', 'vrai', '1', 'x']);
const NO = new Set(['no', 'n', 'non', 'false', 'faux', '0']);

/** The name as it is kept: one line, single spaces, no character that a terminal would obey. */
export function readName(text: string): Answer<string> {
  const name = text
    .normalize('NFC')
    .replace(/[\s\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu, ' ')
    .trim();
  if (name === '') return { problem: said(wrong.nameMissing) };
  return name.length > MAX_NAME_LENGTH
    ? { problem: said(wrong.nameTooLong, MAX_NAME_LENGTH) }
    : { value: name };
}

/** Nine digits, or `undefined` where the person left it empty. */
export function readSiren(text: string): Answer<string | undefined> {
  if (text.trim() === '') return { value: undefined };
  const siren = parseSiren(text);
  return siren === undefined ? { problem: sirenProblem(text) } : { value: siren };
}

function sirenProblem(text: string): Said {
  const siret = parseSiret(text);
  if (siret !== undefined) return said(wrong.sirenIsSiret, formatSiren(siret.slice(0, 9)));
  const count = text.replace(/\D/g, '').length;
  const onlyDigits = /^[\d\s.-]*$/.test(text);
  return count === 9 && onlyDigits
    ? said(wrong.sirenKey, text)
    : said(wrong.sirenDigits, { found: text, count });
}

export function readSize(text: string): Answer<Size> {
  return oneOf(text, SIZES, SIZE_WORDS);
}

export function readVat(text: string): Answer<VatRegime> {
  return oneOf(text, VAT_REGIMES, VAT_WORDS);
}

export function readKind(text: string): Answer<Kind> {
  return oneOf(text, WORKSPACE_KINDS);
}

export function readLocale(text: string): Answer<Locale> {
  return oneOf(text, LOCALES);
}

export function readYesNo(text: string): Answer<boolean> {
  const word = fold(text.trim());
  if (YES.has(word)) return { value: true };
  if (NO.has(word)) return { value: false };
  return { problem: said(wrong.choice, { found: text, expected: ['oui', 'non', 'yes', 'no'] }) };
}

/** A day as `YYYY-MM-DD`, from that form or from `23/11/2026`; it must exist and lie near `today`. */
export function readStart(text: string, today: string): Answer<string> {
  const day = isoDay(text.trim());
  if (day === undefined) return { problem: said(wrong.day, text) };
  const latest = `${Number(today.slice(0, 4)) + MOST_YEARS_AHEAD}${today.slice(4)}`;
  return day < EARLIEST_START || day > latest
    ? { problem: said(wrong.dayRange, { found: day, from: EARLIEST_START, to: latest }) }
    : { value: day };
}

function isoDay(text: string): string | undefined {
  const french = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text);
  const [year, month, day] = french ? [french[3], french[2], french[1]] : text.split('-');
  const iso = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined;
  const date = new Date(`${iso}T00:00:00Z`);
  // 30 February rolls over to March: a day that does not come back the same does not exist.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined;
}

export function readWorkbook(text: string): Answer<string> {
  const file = text.trim();
  return /[^/\\]\.xlsx$/i.test(file) ? { value: file } : { problem: said(wrong.workbook, text) };
}

/** An id is 32 hexadecimal digits, with or without hyphens, alone or at the end of a page's address. */
export function readNotionPage(text: string): Answer<string> {
  const page = text.trim();
  return notionPageId(page) !== undefined ? { value: page } : { problem: said(wrong.notionPage, text) };
}

export function readOrganization(text: string): Answer<string> {
  const place = text.trim();
  return organizationIn(place) !== undefined
    ? { value: place }
    : { problem: said(wrong.trelloOrganization, text) };
}

export function readBoard(text: string): Answer<string> {
  const place = text.trim();
  return boardIn(place) !== undefined ? { value: place } : { problem: said(wrong.trelloBoard, text) };
}

function oneOf<T extends string>(
  text: string,
  known: readonly T[],
  words: Readonly<Record<string, T>> = {},
): Answer<T> {
  const word = fold(text)
    .trim()
    .replace(/[\s_]+/g, ' ');
  const value = known.find((one) => one === word || one === word.replaceAll(' ', '-'));
  const found = value ?? (Object.hasOwn(words, word) ? words[word] : undefined);
  return found === undefined
    ? { problem: said(wrong.choice, { found: text, expected: known }) }
    : { value: found };
}
