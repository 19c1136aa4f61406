import { count, type Locale, type Message, message, type Said } from './message.ts';

/** What is wrong in a file that a person wrote. Each text says what was found, what was expected, how to mend it. */

/** A text as it stands in a file, between quotes: cut when long, and without characters that a terminal would obey. */
export function quote(locale: Locale, text: string): string {
  const flat = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ');
  const letters = [...flat];
  const short = letters.length > 48 ? `${letters.slice(0, 47).join('')}…` : flat;
  return locale === 'fr' ? `« ${short} »` : `“${short}”`;
}

/** `a, b ou c` */
export function anyOf(locale: Locale, texts: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(texts);
}

/** As `anyOf`, each name between quotes. */
export function oneOf(locale: Locale, names: readonly string[]): string {
  const quoted = names.map((name) => quote(locale, name));
  return anyOf(locale, quoted);
}

/** The guess that ends a sentence on an unknown name, or the known names when there are few, or nothing. */
export function suggest(locale: Locale, { guess, known }: Names): string {
  if (guess !== undefined) {
    const name = quote(locale, guess);
    return locale === 'fr' ? ` Vouliez-vous écrire ${name} ?` : ` Did you mean ${name}?`;
  }
  if (known.length === 0 || known.length > 16) return '';
  const names = oneOf(locale, known);
  return locale === 'fr' ? ` Attendu : ${names}.` : ` Expected: ${names}.`;
}

export interface Names {
  readonly guess?: string | undefined;
  readonly known: readonly string[];
}

/** A sentence on one text that was found; the text comes between quotes. */
function on(fr: (text: string) => string, en: (text: string) => string): Message<string> {
  return message<string>(
    (text) => fr(quote('fr', text)),
    (text) => en(quote('en', text)),
  );
}

/** A sentence on a name that is not known, which ends with what it may have been. */
export function unknown(fr: string, en: string): Message<Names & { readonly name: string }> {
  return message<Names & { readonly name: string }>(
    ({ name, ...names }) => `${fr.replace('%', quote('fr', name))}${suggest('fr', names)}`,
    ({ name, ...names }) => `${en.replace('%', quote('en', name))}${suggest('en', names)}`,
  );
}

export const badInput = {
  heading: message<number>(
    (n) => `${count('fr', n, 'erreur à corriger', 'erreurs à corriger')} :`,
    (n) => `${count('en', n, 'error to mend', 'errors to mend')}:`,
  ),
  at: message<{ line: number; column: number; what: string }>(
    ({ line, column, what }) => `ligne ${line}, colonne ${column} : ${what}`,
    ({ line, column, what }) => `line ${line}, column ${column}: ${what}`,
  ),
  more: message<number>(
    (n) => `Et ${count('fr', n, 'autre erreur', 'autres erreurs')}, à voir une fois celles-ci corrigées.`,
    (n) => `And ${count('en', n, 'more error', 'more errors')}, to be seen once these are mended.`,
  ),

  empty: message(
    'le fichier est vide. Partez d’un exemple, puis complétez-le.',
    'the file is empty. Start from an example and fill it in.',
  ),
  tooLarge: message<number>(
    (megabytes) => `le fichier dépasse ${megabytes} Mo. Retirez ce qui n’a rien à y faire.`,
    (megabytes) => `the file is over ${megabytes} MB. Take out what does not belong there.`,
  ),
  notText: message(
    'le fichier n’est pas un texte en UTF-8. Enregistrez-le avec l’encodage UTF-8.',
    'the file is not a text in UTF-8. Save it with the UTF-8 encoding.',
  ),
} as const;

/** The file cannot be read as YAML, or uses what Jalon does not accept of it. */
export const syntax = {
  tab: message(
    'une tabulation sert de retrait. Remplacez-la par des espaces.',
    'a tab is used to indent. Replace it with spaces.',
  ),
  indent: message(
    'le retrait de cette ligne ne correspond à aucune ligne au-dessus. Alignez-la avec ses voisines.',
    'the indentation of this line fits no line above. Align it with its neighbours.',
  ),
  duplicateKey: on(
    (key) => `la clé ${key} est écrite deux fois. Gardez-en une.`,
    (key) => `the key ${key} is written twice. Keep one.`,
  ),
  severalDocuments: message(
    'une ligne « --- » ouvre une seconde partie. Gardez une seule partie par fichier.',
    'a line “---” opens a second part. Keep one part for each file.',
  ),
  colonInText: message(
    'un deux-points suivi d’une espace coupe ce texte en deux. Mettez le texte entre guillemets droits ("…").',
    'a colon followed by a space cuts this text in two. Put the text between double quotes ("…").',
  ),
  colonMissing: message(
    'une clé suivie de deux-points (« clé: valeur ») était attendue. Ajoutez les deux-points, ou mettez le texte entre guillemets droits ("…").',
    'a key followed by a colon (“key: value”) was expected. Add the colon, or put the text between double quotes ("…").',
  ),
  unclosedQuote: message(
    'le guillemet droit ouvert ici n’est jamais refermé. Refermez-le.',
    'the quote opened here is never closed. Close it.',
  ),
  unclosedBracket: message(
    'l’accolade ou le crochet ouvert ici n’est pas refermé. Refermez-le.',
    'the brace or bracket opened here is not closed. Close it.',
  ),
  outOfPlace: message(
    'ce texte n’est pas à sa place. Vérifiez le retrait et les guillemets de cette ligne et de celle qui précède.',
    'this text is out of place. Check the indentation and the quotes of this line and of the one before.',
  ),
  badStart: on(
    (character) =>
      `un texte ne peut pas commencer par ${character}. Mettez-le entre guillemets droits ("…").`,
    (character) => `a text cannot start with ${character}. Put it between double quotes ("…").`,
  ),
  badEscape: message(
    'la barre « \\ » introduit ici un caractère qui n’existe pas. Doublez-la (« \\\\ »).',
    'the backslash introduces a character that does not exist. Double it (“\\\\”).',
  ),
  alias: on(
    (name) => `le renvoi ${name} n’est pas admis. Recopiez la valeur à cet endroit.`,
    (name) => `the reference ${name} is not accepted. Write the value out here.`,
  ),
  mergeKey: message(
    'la clé « << », qui fusionne deux groupes, n’est pas admise. Recopiez les clés à cet endroit.',
    'the key “<<”, which merges two groups, is not accepted. Write the keys out here.',
  ),
  keyNotText: message(
    'une clé doit être un texte simple, sur une ligne.',
    'a key must be a plain text, on one line.',
  ),
  tag: on(
    (tag) => `l’indication ${tag} n’est pas admise. Retirez-la.`,
    (tag) => `the mark ${tag} is not accepted. Remove it.`,
  ),
  tooDeep: message(
    'trop de niveaux sont imbriqués les uns dans les autres. Vérifiez les accolades, les crochets et les retraits.',
    'too many levels are nested in each other. Check the braces, the brackets and the indentation.',
  ),
  noBreakSpace: message(
    'une espace insécable s’est glissée dans la structure du fichier. Remplacez-la par une espace ordinaire.',
    'a no-break space has slipped into the structure of the file. Replace it with an ordinary space.',
  ),
  unreadable: message(
    'cette ligne n’a pas la forme attendue (« clé: valeur »). Comparez-la avec un exemple.',
    'this line does not have the expected form (“key: value”). Compare it with an example.',
  ),
} as const;

/** The kinds of value, as a reader knows them. */
export const kinds = {
  string: message('un texte', 'a text'),
  number: message('un nombre', 'a number'),
  int: message('un nombre entier', 'a whole number'),
  boolean: message('« true » ou « false »', '“true” or “false”'),
  array: message('une liste', 'a list'),
  object: message('un groupe de clés', 'a group of keys'),
  record: message('un groupe de clés', 'a group of keys'),
  nothing: message('rien', 'nothing'),
} as const;

export const shape = {
  missingKey: on(
    (key) => `la clé ${key} manque. Ajoutez-la.`,
    (key) => `the key ${key} is missing. Add it.`,
  ),
  missingFr: message(
    'la traduction française (« fr ») manque. Ajoutez-la.',
    'the French translation (“fr”) is missing. Add it.',
  ),
  missingEn: message(
    'la traduction anglaise (« en ») manque. Ajoutez-la.',
    'the English translation (“en”) is missing. Add it.',
  ),
  unknownKey: unknown('la clé % est inconnue ici.', 'the key % is unknown here.'),
  unwanted: message<{ found: Said; expected: Said }>(
    ({ found, expected }) => `trouvé ${found('fr')}, attendu ${expected('fr')}.`,
    ({ found, expected }) => `found ${found('en')}, expected ${expected('en')}.`,
  ),
  /** A number, date or truth value where a text is wanted: quotes make it one. */
  toQuote: message<{ found: Said; source: string }>(
    ({ found, source }) =>
      `trouvé ${found('fr')}, attendu un texte. Mettez des guillemets droits : "${source}".`,
    ({ found, source }) => `found ${found('en')}, expected a text. Put it between quotes: "${source}".`,
  ),
  notAllowed: message<{ found: Said } & Names>(
    ({ found, ...names }) => `trouvé ${found('fr')}, attendu ${oneOf('fr', names.known)}.`,
    ({ found, ...names }) => `found ${found('en')}, expected ${oneOf('en', names.known)}.`,
  ),
  emptyText: message(
    'le texte est vide. Écrivez-le, ou retirez la clé.',
    'the text is empty. Write it, or remove the key.',
  ),
  emptyFr: message(
    'la traduction française est vide. Écrivez-la.',
    'the French translation is empty. Write it.',
  ),
  emptyEn: message(
    'la traduction anglaise est vide. Écrivez-la.',
    'the English translation is empty. Write it.',
  ),
  tooLong: message<string>(
    (limit) => `le texte dépasse ${limit} caractères. Raccourcissez-le.`,
    (limit) => `the text is over ${limit} characters. Shorten it.`,
  ),
  emptyList: message(
    'la liste est vide. Donnez au moins un élément, ou retirez la clé.',
    'the list is empty. Give at least one element, or remove the key.',
  ),
  tooSmall: message<{ found: Said; limit: string }>(
    ({ found, limit }) => `trouvé ${found('fr')}, attendu ${limit} ou plus.`,
    ({ found, limit }) => `found ${found('en')}, expected ${limit} or more.`,
  ),
  tooBig: message<{ found: Said; limit: string }>(
    ({ found, limit }) => `trouvé ${found('fr')}, attendu ${limit} ou moins.`,
    ({ found, limit }) => `found ${found('en')}, expected ${limit} or less.`,
  ),
  unfit: message<Said>(
    (found) => `${found('fr')} ne convient pas ici.`,
    (found) => `${found('en')} does not fit here.`,
  ),
} as const;

/** What is expected where a text has a form of its own. The names are the `error` codes of the schemas. */
export const forms = {
  key: message(
    'des minuscules sans accent, des chiffres et des tirets (« fiche-profil »)',
    'lower-case letters, digits and hyphens (“profile-sheet”)',
  ),
  'task-key': message(
    'l’étape et la tâche séparées par une barre (« comprendre/fiche-profil »)',
    'the step and the task separated by a slash (“understand/profile-sheet”)',
  ),
  color: message(
    'une couleur de la forme "#2f6f9f", entre guillemets droits',
    'a colour such as "#2f6f9f", between quotes',
  ),
  date: message('une date qui existe, de la forme 2027-09-01', 'a real date such as 2027-09-01'),
  'month-day': message(
    'un jour de l’année, mois puis jour, de la forme "07-14"',
    'a day of the year, month then day, such as "07-14"',
  ),
  version: message('un numéro de version de la forme "1.0.0"', 'a version number such as "1.0.0"'),
  url: message('une adresse qui commence par https://', 'an address that starts with https://'),
  'web-page': message(
    'une adresse qui commence par https:// (http:// seulement pour un hôte de WATCH_ALLOW_HOSTS)',
    'an address that starts with https:// (http:// only for a host of WATCH_ALLOW_HOSTS)',
  ),
  'json-path': message(
    'des noms séparés par des points, qui mènent à une valeur (« article.articleVersions »)',
    'names separated by dots that lead to a value (“article.articleVersions”)',
  ),
  email: message(
    'une adresse électronique (« claire@example.org »)',
    'an email address (“claire@example.org”)',
  ),
  credentials: message(
    'des majuscules, des chiffres et des tirets bas (« ACME »)',
    'capital letters, digits and underscores (“ACME”)',
  ),
  siren: message(
    'un numéro SIREN : neuf chiffres, dont le dernier est une clé de contrôle',
    'a SIREN number: nine digits, of which the last is a check digit',
  ),
  slug: message(
    'des minuscules sans accent, des chiffres et des tirets',
    'lower-case letters, digits and hyphens',
  ),
  workbook: message('un nom de classeur qui finit par .xlsx', 'the name of a workbook that ends with .xlsx'),
  'notion-page': message(
    'l’adresse d’une page de Notion, qui finit par son identifiant de 32 chiffres et lettres de a à f',
    'the address of a page of Notion, which ends with its id of 32 digits and letters from a to f',
  ),
  'trello-organization': message(
    'l’adresse d’un espace de travail Trello (« https://trello.com/w/… »), son nom court ou son identifiant',
    'the address of a Trello workspace (“https://trello.com/w/…”), its short name or its id',
  ),
  'trello-board': message(
    'l’adresse d’un tableau Trello (« https://trello.com/b/… ») ou son identifiant',
    'the address of a Trello board (“https://trello.com/b/…”) or its id',
  ),
} as const;

/** Rules that concern several keys at once. The names are the `error` codes of the schemas. */
export const rules = {
  options: message(
    'une colonne de type « select » a besoin de la clé « options », et elle seule peut l’avoir.',
    'a column of type “select” needs the key “options”, and no other type may have it.',
  ),
  'trello-place': message(
    'il faut soit « organization » (un tableau y sera créé), soit « board » (un tableau existant), mais pas les deux.',
    'either “organization” (a board is created there) or “board” (an existing board) is needed, not both.',
  ),
  'one-trigger': message(
    'une règle a un seul déclencheur : gardez une clé sous « when ».',
    'a rule has one trigger: keep one key below “when”.',
  ),
  'one-act': message(
    'chaque entrée de « then » fait une seule chose : gardez une clé, et ajoutez une entrée pour chaque autre.',
    'each entry of “then” does one thing: keep one key, and add an entry for each other.',
  ),
} as const;
