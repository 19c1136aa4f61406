import { message } from './message.ts';

/** The words of the plan in Trello: what stands on its cards, and what a person should know of what was found. */

/** Below a text of which Trello cannot hold the rest. */
export const CUT_SIGN = message(
  '(La suite est trop longue pour Trello.)',
  '(The rest is too long for Trello.)',
);

export const OTHER_PEOPLE = message('Personnes (hors Trello)', 'People (not in Trello)');

export const REQUIRED = message('Exigé par la loi', 'Required by law');

/** Trello wants a name for everything. */
export const UNTITLED = message('(sans titre)', '(untitled)');

export const TICK = { on: message('oui', 'yes'), off: message('non', 'no') } as const;

/** Of the card that shows how the plan is going, and of the picture on it. */
export const OVERVIEW_CARD = message('Avancement du plan', 'Progress of the plan');

interface CardRemark {
  /** The title of the card. */
  readonly card: string;
}

interface ValueRemark extends CardRemark {
  readonly column: string;
  readonly found: string;
}

const at = {
  fr: ({ card }: CardRemark) => `Trello, carte «\u00a0${card}\u00a0»\u00a0:`,
  en: ({ card }: CardRemark) => `Trello, card “${card}”:`,
};

const line = {
  fr: (where: ValueRemark) =>
    `${at.fr(where)} «\u00a0${where.found}\u00a0», après «\u00a0${where.column}\u00a0»,`,
  en: (where: ValueRemark) => `${at.en(where)} “${where.found}”, behind “${where.column}”,`,
};

export const TRELLO_REMARKS = {
  option: message<ValueRemark & { expected: string }>(
    (where) =>
      `${line.fr(where)} n’est pas une valeur de la liste. La valeur est laissée telle quelle et n’est pas reportée ailleurs. Valeurs attendues\u00a0: ${where.expected}.`,
    (where) =>
      `${line.en(where)} is not a value of the list. The value is left as it is, and not carried elsewhere. Expected: ${where.expected}.`,
  ),
  date: message<ValueRemark>(
    (where) =>
      `${line.fr(where)} n’est pas une date. La valeur est laissée telle quelle et n’est pas reportée ailleurs. Attendu\u00a0: jj/mm/aaaa, par exemple 12/01/2027.`,
    (where) =>
      `${line.en(where)} is not a date. The value is left as it is, and not carried elsewhere. Expected: yyyy-mm-dd, such as 2027-01-12.`,
  ),
  number: message<ValueRemark>(
    (where) =>
      `${line.fr(where)} n’est pas un nombre. La valeur est laissée telle quelle et n’est pas reportée ailleurs. Attendu\u00a0: par exemple 1250,50.`,
    (where) =>
      `${line.en(where)} is not a number. The value is left as it is, and not carried elsewhere. Expected: such as 1250.50.`,
  ),
  check: message<ValueRemark>(
    (where) =>
      `${line.fr(where)} ne dit ni oui ni non. La valeur est laissée telle quelle et n’est pas reportée ailleurs.`,
    (where) =>
      `${line.en(where)} says neither yes nor no. The value is left as it is, and not carried elsewhere.`,
  ),
  severalLabels: message<CardRemark & { found: string }>(
    ({ card, found }) =>
      `${at.fr({ card })} elle porte plusieurs étiquettes là où une seule compte (${found}). L’ancienne valeur est gardée ailleurs\u00a0; retirez celles qui sont de trop.`,
    ({ card, found }) =>
      `${at.en({ card })} it bears several labels where only one counts (${found}). The former value is kept elsewhere; take off those too many.`,
  ),
  ownList: message<{ list: string; cards: number }>(
    ({ list, cards }) =>
      cards > 1
        ? `Trello\u00a0: la liste «\u00a0${list}\u00a0» est une liste de votre équipe. Les ${cards} cartes du plan que vous y avez mises gardent leur état et leur étape. Pour qu’elle compte comme un état, indiquez lequel dans le fichier du projet.`
        : `Trello\u00a0: la liste «\u00a0${list}\u00a0» est une liste de votre équipe. La carte du plan que vous y avez mise garde son état et son étape. Pour qu’elle compte comme un état, indiquez lequel dans le fichier du projet.`,
    ({ list, cards }) =>
      cards > 1
        ? `Trello: the list “${list}” is one of your team’s own. The ${cards} cards of the plan that you put there keep their status and their step. To have it count as a status, say which one in the project file.`
        : `Trello: the list “${list}” is one of your team’s own. The card of the plan that you put there keeps its status and its step. To have it count as a status, say which one in the project file.`,
  ),
  tooLong: message<CardRemark & { parts: string }>(
    ({ card, parts }) =>
      `${at.fr({ card })} le texte est trop long pour Trello, qui n’en montre que le début (${parts}). Il est entier dans les autres outils.`,
    ({ card, parts }) =>
      `${at.en({ card })} the text is too long for Trello, which shows only the beginning (${parts}). It is whole in the other tools.`,
  ),
  untitled: message<{ url: string }>(
    ({ url }) =>
      `Trello\u00a0: une carte n’a plus de titre (${url}). Son ancien titre est gardé ailleurs\u00a0; donnez-lui en un.`,
    ({ url }) =>
      `Trello: a card has no title any more (${url}). Its former title is kept elsewhere; give it one.`,
  ),
  copied: message<CardRemark & { url: string }>(
    ({ card, url }) =>
      `${at.fr({ card })} il y en a deux, dont l’une est une copie (${url}). Jalon tient la première à jour et laisse la copie\u00a0; supprimez la dernière ligne de la description de la copie pour en faire une nouvelle tâche.`,
    ({ card, url }) =>
      `${at.en({ card })} there are two, one of them a copy (${url}). Jalon keeps the first one up to date and leaves the copy; delete the last line of the copy’s description to make it a new task.`,
  ),
} as const;
