import { count, type Locale, message } from './message.ts';

/** What a team should know of its board in Trello, what stops a project there, and what `doctor` says. */

export const BOARD = {
  name: message<{ company: string; title: string }>(
    ({ company, title }) => `${company} – ${title}`,
    ({ company, title }) => `${company} – ${title}`,
  ),
  about: message(
    'Jalon tient ce tableau à jour. Déplacez, renommez, ajoutez ce que vous voulez\u202f; laissez la dernière ligne des descriptions, elle sert à reconnaître les cartes.',
    'Jalon keeps this board up to date. Move, rename and add what you like; leave the last line of the descriptions, by which cards are known.',
  ),
} as const;

/** Not all of a hundred. */
const MOST_NAMED = 3;

/** « Choisir la plateforme », « Prévenir la banque » */
function few(locale: Locale, names: readonly string[]): string {
  const quoted = names.map((name) => (locale === 'fr' ? `«\u00a0${name}\u00a0»` : `“${name}”`));
  return [...quoted.slice(0, MOST_NAMED), ...(names.length > MOST_NAMED ? ['…'] : [])].join(', ');
}

interface Named {
  readonly card: string;
}

export const BOARD_REMARKS = {
  cardMoved: message<Named & { url: string }>(
    ({ card, url }) =>
      `Trello\u00a0: «\u00a0${card}\u00a0» n’est plus sur le tableau du plan (${url}). L’élément est archivé ailleurs\u202f; remettez la carte sur le tableau pour le rétablir.`,
    ({ card, url }) =>
      `Trello: “${card}” is not on the board of the plan any more (${url}). The item is archived elsewhere; put the card back on the board to restore it.`,
  ),
  listClosed: message<{ list: string }>(
    ({ list }) =>
      `Trello\u00a0: la liste «\u00a0${list}\u00a0» est archivée. Ses cartes gardent leur état ailleurs\u202f; rouvrez la liste pour les voir.`,
    ({ list }) =>
      `Trello: the list “${list}” is archived. Its cards keep their status elsewhere; open the list again to see them.`,
  ),
  notWhole: message(
    'Trello n’a pas montré tout le tableau\u00a0: il contient trop de cartes, ou certaines sont illisibles. Rien n’est considéré comme supprimé.',
    'Trello has not shown the whole board: it holds too many cards, or some cannot be read. Nothing is taken for deleted.',
  ),
  goneMeanwhile: message<{ names: readonly string[] }>(
    ({ names }) =>
      `Trello\u00a0: quelqu’un a supprimé pendant l’écriture ${few('fr', names)}. Rien n’est recréé\u202f; le prochain passage l’archivera ailleurs.`,
    ({ names }) =>
      `Trello: somebody deleted ${few('en', names)} while it was written. Nothing is made again; the next run will archive it elsewhere.`,
  ),
  noFields: message<string>(
    (why) =>
      `Trello n’a pas créé les champs personnalisés du tableau${why && `\u00a0: «\u00a0${why}\u00a0»`}. Les valeurs des registres restent des lignes dans la description de leurs cartes\u202f; rien ne manque. Jalon redemandera dans une semaine.`,
    (why) =>
      `Trello has not made the custom fields of the board${why && `: “${why}”`}. The values of the registers stay lines in the descriptions of their cards; nothing is missing. Jalon will ask again in a week.`,
  ),
  noPicture: message<string>(
    (why) => `L’image d’avancement n’a pas pu être envoyée à Trello\u00a0: ${why}`,
    (why) => `The progress picture could not be sent to Trello: ${why}`,
  ),
} as const;

export const BOARD_ERRORS = {
  noCredentials: message<{ variables: string }>(
    ({ variables }) =>
      `Il manque de quoi entrer dans Trello (${variables}). Ouvrez trello.com/power-ups/admin, créez une application, copiez sa clé, demandez un jeton avec les droits read,write, et mettez-les dans le fichier .env.`,
    ({ variables }) =>
      `What lets us into Trello is missing (${variables}). Open trello.com/power-ups/admin, create an app, copy its key, ask for a token with the rights read,write, and put them into the file .env.`,
  ),
  boardHidden: message<{ url: string }>(
    ({ url }) =>
      `Trello ne montre plus le tableau du plan (${url})\u00a0: il a été supprimé, ou la personne à qui appartient le jeton n’en est plus membre. Rien n’est perdu ailleurs. Ajoutez-la au tableau\u202f; pour repartir d’un tableau neuf, donnez-le par board dans le fichier du projet.`,
    ({ url }) =>
      `Trello no longer shows the board of the plan (${url}): it was deleted, or the person whose token it is is no member any more. Nothing is lost elsewhere. Add that person to the board; to begin again with a new board, name it by board in the project file.`,
  ),
  boardClosed: message<{ url: string }>(
    ({ url }) =>
      `Le tableau du plan est fermé dans Trello (${url}). Rien n’est perdu ailleurs. Rouvrez-le\u202f; pour repartir d’un autre, donnez-le par board dans le fichier du projet.`,
    ({ url }) =>
      `The board of the plan is closed in Trello (${url}). Nothing is lost elsewhere. Open it again; to begin again with another one, name it by board in the project file.`,
  ),
  layoutChanged: message<{ before: string; now: string; url: string }>(
    ({ before, now, url }) =>
      `Le tableau (${url}) a été disposé avec «\u00a0layout: ${before}\u00a0», et le fichier du projet dit «\u00a0${now}\u00a0». Rien n’a été lu ni modifié. Remettez «\u00a0layout: ${before}\u00a0»\u202f; pour changer de disposition, donnez par board un tableau neuf.`,
    ({ before, now, url }) =>
      `The board (${url}) was laid out with “layout: ${before}”, and the project file says “${now}”. Nothing was read or changed. Put “layout: ${before}” back; to change the layout, name a new board by board.`,
  ),
  readOnly: message(
    'Le jeton Trello permet de lire, pas d’écrire. Demandez-en un nouveau avec les droits read,write, puis mettez-le dans TRELLO_TOKEN.',
    'The Trello token lets us read, and not write. Ask for a new one with the rights read,write, and put it into TRELLO_TOKEN.',
  ),
  notRead: message(
    'Le plan dans Trello n’a pas encore été lu. Relancez la commande.',
    'The plan in Trello has not been read yet. Run the command again.',
  ),
} as const;

export const BOARD_DIAGNOSES = {
  reached: message<{ where: string }>(
    ({ where }) => `Trello répond\u00a0: ${where}.`,
    ({ where }) => `Trello answers: ${where}.`,
  ),
  freePlan: message(
    'Cet espace Trello est à l’offre gratuite\u00a0: dix tableaux ouverts et dix collaborateurs au plus. Le plan tient sur un seul tableau\u202f; les registres y sont des cartes à lignes.',
    'This Trello workspace is on the Free plan: at most ten open boards and ten collaborators. The plan fits on one board; registers are cards with lines there.',
  ),
  fullOfPeople: message<{ people: number }>(
    ({ people }) =>
      `Cet espace Trello gratuit compte déjà ${people} personnes\u00a0: personne d’autre ne peut y entrer. Au-delà de dix, invités compris, ses tableaux ne peuvent plus être modifiés, et Jalon ne peut plus y écrire. Retirez des personnes ou changez d’offre.`,
    ({ people }) =>
      `This free Trello workspace has ${people} people already: nobody else gets in. Above ten, guests included, its boards cannot be changed any more, not by Jalon either. Remove people or change the plan.`,
  ),
  boardsLeft: message<{ left: number }>(
    ({ left }) =>
      left > 0
        ? `Il reste ${count('fr', left, 'tableau', 'tableaux')} à ouvrir dans cet espace Trello.`
        : 'Cet espace Trello n’accepte plus de nouveau tableau. Fermez-en un, changez d’offre, ou donnez par board un tableau qui existe.',
    ({ left }) =>
      left > 0
        ? `This Trello workspace may open ${count('en', left, 'more board', 'more boards')}.`
        : 'This Trello workspace takes no new board. Close one, change the plan, or name one that exists by board.',
  ),
} as const;
