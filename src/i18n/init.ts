import type { Size, VatRegime } from '#src/plan/company.ts';
import { anyOf, quote } from './bad-input.ts';
import { type Locale, message, type Said } from './message.ts';

/** What `init` asks and answers. */

export const questions = {
  title: message('Un nouveau projet', 'A new project'),
  name: message('Quel est le nom de l’entreprise ?', 'What is the name of the company?'),
  siren: message(
    'Quel est son numéro SIREN ? (9 chiffres, facultatif : Entrée pour passer)',
    'What is its SIREN number? (9 digits, optional: Enter to skip)',
  ),
  size: message(
    'Quelle était la taille de l’entreprise au 1er janvier 2025 ?\nLa loi regarde l’entreprise seule (son SIREN), d’après son dernier exercice clos avant cette date.',
    'How large was the company on 1 January 2025?\nThe law looks at the company by itself (its SIREN), from its last accounts closed before that date.',
  ),
  vat: message('Quel est son régime de TVA ?', 'What is its VAT regime?'),
  start: message('Quand le projet commence-t-il ? (jj/mm/aaaa)', 'When does the project start? (YYYY-MM-DD)'),
  workspace: message('Où l’équipe suivra-t-elle le plan ?', 'Where will the team follow the plan?'),
  file: message('Comment appeler le classeur ?', 'What shall the workbook be called?'),
  parent: message(
    'Sous quelle page Notion créer le plan ? (son adresse ou son identifiant)',
    'Below which Notion page shall the plan be created? (its address or id)',
  ),
  organization: message(
    'Dans quel espace de travail Trello créer le tableau ? (son adresse ou son nom court)',
    'In which Trello workspace shall the board be created? (its address or short name)',
  ),
  yes: message('Oui', 'Yes'),
  no: message('Non', 'No'),
} as const;

interface Choice {
  readonly label: ReturnType<typeof message>;
  readonly hint: ReturnType<typeof message>;
}

/** Thresholds of décret n° 2008-1354, art. 3. */
export const sizes: Readonly<Record<Size, Choice>> = {
  micro: {
    label: message('Microentreprise (TPE)', 'Micro company'),
    hint: message(
      'moins de 10 personnes, et 2 M€ au plus de chiffre d’affaires ou de bilan',
      'fewer than 10 people, and at most €2m of turnover or balance sheet',
    ),
  },
  pme: {
    label: message('PME', 'Small or medium company'),
    hint: message(
      'moins de 250 personnes, et 50 M€ au plus de chiffre d’affaires ou 43 M€ de bilan',
      'fewer than 250 people, and at most €50m of turnover or €43m of balance sheet',
    ),
  },
  eti: {
    label: message('ETI', 'Mid-size company'),
    hint: message(
      'moins de 5 000 personnes, et 1,5 Md€ au plus de chiffre d’affaires ou 2 Md€ de bilan',
      'fewer than 5,000 people, and at most €1.5bn of turnover or €2bn of balance sheet',
    ),
  },
  ge: {
    label: message('Grande entreprise', 'Large company'),
    hint: message('au-delà', 'beyond'),
  },
};

export const vatRegimes: Readonly<Record<VatRegime, Choice>> = {
  franchise: {
    label: message('Franchise en base', 'Franchise (no VAT charged)'),
    hint: message('aucune TVA sur vos factures', 'no VAT on your invoices'),
  },
  'reel-mensuel': {
    label: message('Réel normal, mensuel', 'Normal regime, monthly'),
    hint: message('une déclaration CA3 chaque mois', 'a CA3 return each month'),
  },
  'reel-trimestriel': {
    label: message('Réel normal, trimestriel', 'Normal regime, quarterly'),
    hint: message('une déclaration CA3 par trimestre', 'a CA3 return each quarter'),
  },
  simplifie: {
    label: message('Réel simplifié', 'Simplified regime'),
    hint: message('une déclaration CA12 par an', 'a CA12 return each year'),
  },
  exonere: {
    label: message('Exonérée de TVA', 'Exempt'),
    hint: message(
      'toutes les ventes sont exonérées : soins, enseignement, assurance…',
      'every sale is exempt: care, teaching, insurance…',
    ),
  },
};

export const workspaces = {
  excel: {
    label: message('Un classeur Excel', 'An Excel workbook'),
    hint: message(
      'aucun compte à ouvrir, LibreOffice convient aussi',
      'no account to open, LibreOffice will do',
    ),
  },
  notion: {
    label: message('Notion', 'Notion'),
    hint: message('une page et ses bases', 'a page and its databases'),
  },
  trello: {
    label: message('Trello', 'Trello'),
    hint: message('un tableau et ses cartes', 'a board and its cards'),
  },
} as const satisfies Record<string, Choice>;

/** What the public register answered, and what was taken for granted. */
export const remarks = {
  looking: message('Recherche dans l’annuaire des entreprises…', 'Looking in the register of companies…'),
  found: message<{ name: string; siren: string }>(
    ({ name, siren }) => `Trouvée : ${name} (SIREN ${siren}).`,
    ({ name, siren }) => `Found: ${name} (SIREN ${siren}).`,
  ),
  masked: message(
    'Cette entreprise existe, mais elle a demandé à ne pas paraître dans l’annuaire public.',
    'This company exists, but has asked not to appear in the public register.',
  ),
  notFound: message<string>(
    (siren) =>
      `Le SIREN ${siren} est bien formé, mais l’annuaire public ne le connaît pas. Certaines entreprises n’y figurent pas : vérifiez le numéro, puis continuez.`,
    (siren) =>
      `The SIREN ${siren} is well formed, but the public register does not know it. Some companies are not listed: check the number, then go on.`,
  ),
  ceased: message(
    'Attention : d’après l’annuaire, cette entreprise a cessé son activité. Vérifiez le numéro.',
    'Careful: according to the register, this company has ceased to exist. Check the number.',
  ),
  unreachable: message<Said>(
    (reason) => `L’annuaire des entreprises ne répond pas (${reason('fr')}). On continue sans lui.`,
    (reason) => `The register of companies does not answer (${reason('en')}). Going on without it.`,
  ),
  sizeHint: message<Size>(
    (size) =>
      `L’INSEE la classe « ${size.toUpperCase()} »${size === 'pme' ? ', microentreprises comprises' : ''}. C’est une statistique passée, à l’échelle du groupe : à vous de confirmer.`,
    (size) =>
      `INSEE files it under “${size.toUpperCase()}”${size === 'pme' ? ', which includes micro companies' : ''}. That is a past statistic, for the whole group: please confirm.`,
  ),
  assumed: message<{ flag: string; value: string }>(
    ({ flag, value }) =>
      `${flag} n’est pas donné : « ${value} » est retenu. Corrigez-le dans le fichier au besoin.`,
    ({ flag, value }) => `${flag} is not given: “${value}” is assumed. Correct it in the file if need be.`,
  ),
  sameName: message<{ file: string; slug: string }>(
    ({ file, slug }) => `${file} existe déjà : ce projet-ci s’appelle ${slug}.`,
    ({ file, slug }) => `${file} exists already: this project is called ${slug}.`,
  ),
  written: message<string>(
    (file) => `Le projet est écrit dans ${file}.`,
    (file) => `The project is written to ${file}.`,
  ),
  next: message<string>(
    (command) => `Ensuite : ${command} plan montre ce qui va être fait, ${command} apply le fait.`,
    (command) => `Next: ${command} plan shows what would be done, ${command} apply does it.`,
  ),
  cancelled: message('Abandon : rien n’a été écrit.', 'Cancelled: nothing has been written.'),
} as const;

/** Why the register gave no answer, as the end of a sentence. */
export const reasons = {
  network: message('réseau injoignable', 'no network'),
  timeout: message('délai dépassé', 'too slow'),
  busy: message('trop de demandes en ce moment', 'too many requests just now'),
  status: message('erreur du service', 'an error of the service'),
  redirect: message('renvoi vers une autre adresse', 'a redirect to another address'),
  tooLarge: message('réponse démesurée', 'an oversized answer'),
  unreadable: message('réponse illisible', 'an unreadable answer'),
} as const;

/** What is wrong with a value, whether typed at a question, given as a flag or read in a table. */
export const wrong = {
  nameMissing: message(
    'le nom est vide. Écrivez le nom de l’entreprise.',
    'the name is empty. Write the name of the company.',
  ),
  nameTooLong: message<number>(
    (limit) => `le nom dépasse ${limit} caractères. Raccourcissez-le.`,
    (limit) => `the name is over ${limit} characters. Shorten it.`,
  ),
  sirenIsSiret: message<string>(
    (siren) =>
      `c’est un SIRET, le numéro d’un établissement. Donnez le SIREN, ses neuf premiers chiffres : ${siren}.`,
    (siren) => `this is a SIRET, the number of one place. Give the SIREN, its first nine digits: ${siren}.`,
  ),
  sirenDigits: message<{ found: string; count: number }>(
    ({ found, count }) =>
      `trouvé ${quote('fr', found)}, attendu 9 chiffres (il y en a ${count}).${count > 5 && count < 9 ? ' Un tableur a peut-être retiré les zéros du début : remettez-les.' : ' Recopiez le SIREN.'}`,
    ({ found, count }) =>
      `found ${quote('en', found)}, expected 9 digits (there are ${count}).${count > 5 && count < 9 ? ' A spreadsheet may have dropped the leading zeros: put them back.' : ' Copy the SIREN again.'}`,
  ),
  sirenKey: message<string>(
    (found) =>
      `${quote('fr', found)} n’est pas un SIREN : sa clé de contrôle est fausse. Un chiffre est sans doute mal recopié.`,
    (found) =>
      `${quote('en', found)} is not a SIREN: its check digit is wrong. A digit has probably been miscopied.`,
  ),
  choice: message<{ found: string; expected: readonly string[] }>(
    ({ found, expected }) => `trouvé ${quote('fr', found)}, attendu ${anyOf('fr', expected)}.`,
    ({ found, expected }) => `found ${quote('en', found)}, expected ${anyOf('en', expected)}.`,
  ),
  day: message<string>(
    (found) => `trouvé ${quote('fr', found)}, attendu une date qui existe, comme 2026-11-23 ou 23/11/2026.`,
    (found) => `found ${quote('en', found)}, expected a real date such as 2026-11-23 or 23/11/2026.`,
  ),
  dayRange: message<{ found: string; from: string; to: string }>(
    ({ found, from, to }) =>
      `la date ${found} est hors de propos. Donnez une date entre le ${from} et le ${to}.`,
    ({ found, from, to }) => `the date ${found} makes no sense here. Give a date between ${from} and ${to}.`,
  ),
  workbook: message<string>(
    (found) => `trouvé ${quote('fr', found)}, attendu un nom de classeur qui finit par .xlsx.`,
    (found) => `found ${quote('en', found)}, expected the name of a workbook that ends with .xlsx.`,
  ),
  notionPage: message<string>(
    (found) =>
      `trouvé ${quote('fr', found)}, attendu l’adresse d’une page Notion ou son identifiant (32 caractères). Copiez-la par le menu « ••• » de la page, « Copier le lien ».`,
    (found) =>
      `found ${quote('en', found)}, expected the address of a Notion page or its id (32 characters). Copy it from the “•••” menu of the page, “Copy link”.`,
  ),
  trelloOrganization: message<string>(
    (found) =>
      `trouvé ${quote('fr', found)}, attendu l’adresse d’un espace de travail Trello, son nom court ou son identifiant. Ouvrez-le dans Trello et copiez son adresse (https://trello.com/w/…).`,
    (found) =>
      `found ${quote('en', found)}, expected the address of a Trello workspace, its short name or its id. Open it in Trello and copy its address (https://trello.com/w/…).`,
  ),
  trelloBoard: message<string>(
    (found) =>
      `trouvé ${quote('fr', found)}, attendu l’adresse d’un tableau Trello ou son identifiant. Ouvrez-le dans Trello et copiez son adresse (https://trello.com/b/…).`,
    (found) =>
      `found ${quote('en', found)}, expected the address of a Trello board or its id. Open it in Trello and copy its address (https://trello.com/b/…).`,
  ),
} as const;

/** Errors of the command as a whole. */
export const initErrors = {
  flag: message<{ flag: string; problem: Said }>(
    ({ flag, problem }) => `${flag} : ${problem('fr')}`,
    ({ flag, problem }) => `${flag}: ${problem('en')}`,
  ),
  missing: message<{ flag: string; example: string }>(
    ({ flag, example }) =>
      `Il manque ${flag}, et personne n’est là pour répondre. Ajoutez par exemple : ${flag} ${example}`,
    ({ flag, example }) =>
      `${flag} is missing, and nobody is there to answer. Add for example: ${flag} ${example}`,
  ),
  factForm: message<string>(
    (found) => `trouvé ${quote('fr', found)}, attendu clé=yes ou clé=no.`,
    (found) => `found ${quote('en', found)}, expected key=yes or key=no.`,
  ),
  unknownFact: message<{ found: string; known: readonly string[] }>(
    ({ found, known }) =>
      `le modèle ne pose pas la question ${quote('fr', found)}. ${knownFacts('fr', known)}`,
    ({ found, known }) => `the template does not ask ${quote('en', found)}. ${knownFacts('en', known)}`,
  ),
  misplaced: message<{ kind: string; expected: readonly string[] }>(
    ({ kind, expected }) => `ne va pas avec --workspace ${kind}, qui attend ${anyOf('fr', expected)}.`,
    ({ kind, expected }) => `does not go with --workspace ${kind}, which takes ${anyOf('en', expected)}.`,
  ),
  twoPlaces: message(
    'est de trop avec --organization. Gardez --board pour un tableau existant, --organization pour en créer un.',
    'does not go with --organization. Keep --board for an existing board, --organization to create one.',
  ),
  folder: message<{ folder: string; code: string }>(
    ({ folder, code }) =>
      `Le dossier des projets ${folder} est illisible (${code}). Vérifiez qu’il s’agit d’un dossier et que vous y avez accès, ou choisissez-en un autre par JALON_PROJECTS.`,
    ({ folder, code }) =>
      `The folder of projects ${folder} cannot be read (${code}). Check that it is a folder and that you have access, or choose another with JALON_PROJECTS.`,
  ),
  sirenTaken: message<{ siren: string; file: string }>(
    ({ siren, file }) =>
      `Le SIREN ${siren} a déjà son projet : ${file}. Modifiez ce fichier, ou ajoutez --force pour le remplacer.`,
    ({ siren, file }) =>
      `The SIREN ${siren} already has its project: ${file}. Edit that file, or add --force to replace it.`,
  ),
} as const;

function knownFacts(locale: Locale, known: readonly string[]): string {
  if (known.length === 0) return locale === 'fr' ? 'Il n’en pose aucune.' : 'It asks none.';
  return locale === 'fr' ? `Il connaît : ${known.join(', ')}.` : `It knows: ${known.join(', ')}.`;
}
