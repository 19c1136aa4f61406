import { BadInput } from '#src/errors.ts';
import { tableErrors } from '#src/i18n/import.ts';
import { said } from '#src/i18n/message.ts';
import { fold } from '#src/plan/slug.ts';
import type { Template } from '#src/plan/template.ts';

/** What a column of the table holds. */
export type Meaning =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'fact'; readonly fact: string }
  | { readonly kind: 'person'; readonly role: string };

export interface Column {
  /** As it is written in the header, to be named in reports. */
  readonly title: string;
  readonly meaning: Meaning | undefined;
}

/** The words by which people head a column, folded and with single spaces. The first is the one to advise. */
const FIELD_WORDS = {
  name: ['name', 'nom', 'raison sociale', 'entreprise', 'societe', 'denomination', 'company', 'company name'],
  siren: ['siren', 'n siren', 'no siren', 'numero siren', 'siren number'],
  size: ['size', 'taille', 'categorie', 'company size'],
  vat: ['vat', 'tva', 'regime de tva', 'regime tva', 'regime', 'vat regime'],
  start: ['start', 'debut', 'date de debut', 'demarrage', 'start date'],
  workspace: ['workspace', 'espace', 'espace de travail', 'outil'],
  parent: ['parent', 'page', 'page notion', 'notion'],
  organization: ['organization', 'organisation', 'espace trello', 'trello'],
  board: ['board', 'tableau', 'tableau trello'],
  file: ['file', 'fichier', 'classeur', 'workbook'],
  locale: ['locale', 'langue', 'language'],
  profile: ['profile', 'profil'],
} as const satisfies Record<string, readonly string[]>;
export type Field = keyof typeof FIELD_WORDS;

/**
 * What each column of the header means, in its order. A column that means nothing here is left aside.
 *
 * @throws BadInput when no column holds the name, or two columns mean the same.
 */
export function readHeader(
  header: readonly string[],
  template: Pick<Template, 'facts' | 'roles'>,
  file: string,
): readonly Column[] {
  const meanings = meaningsOf(template);
  const columns = header.map((title) => ({ title, meaning: meanings.get(heading(title)) }));
  refuseTwins(columns, file);
  if (!columns.some(({ meaning }) => meaning?.kind === 'field' && meaning.field === 'name')) {
    throw new BadInput(said(tableErrors.noName, { file, found: header.slice(0, 20) }));
  }
  return columns;
}

/** The fields win over roles, and roles over facts, should a template use one word for several. */
function meaningsOf(template: Pick<Template, 'facts' | 'roles'>): ReadonlyMap<string, Meaning> {
  const meanings = new Map<string, Meaning>();
  for (const { key, question } of template.facts ?? []) {
    for (const word of [key, question.fr, question.en]) {
      meanings.set(heading(word), { kind: 'fact', fact: key });
    }
  }
  for (const { key, title } of template.roles) {
    for (const word of [key, title.fr, title.en]) meanings.set(heading(word), { kind: 'person', role: key });
  }
  for (const [field, words] of Object.entries(FIELD_WORDS) as [Field, readonly string[]][]) {
    for (const word of words) meanings.set(word, { kind: 'field', field });
  }
  return meanings;
}

/** Case, accents and punctuation carry no meaning in a heading: `N° SIREN`, `office-manager`. */
function heading(title: string): string {
  return fold(title.replace('°', ' '))
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

function refuseTwins(columns: readonly Column[], file: string): void {
  const seen = new Map<string, string>();
  for (const { title, meaning } of columns) {
    if (meaning === undefined) continue;
    const identity = Object.values(meaning).join(':');
    const first = seen.get(identity);
    if (first !== undefined) throw new BadInput(said(tableErrors.twice, { file, first, second: title }));
    seen.set(identity, title);
  }
}
