import { message } from './message.ts';
import { longDate } from './plan.ts';

/** The words of the home page, of the databases’ views and of the reports about them. */

export const HOME = {
  title: message<{ company: string; title: string }>(
    ({ company, title }) => `${company} – ${title}`,
    ({ company, title }) => `${company} – ${title}`,
  ),
  keptBy: message(
    'Jalon tient à jour les cadres de cette page. Le reste est à vous\u00a0: ajoutez, déplacez, renommez.',
    'Jalon keeps the framed parts of this page up to date. The rest is yours: add, move, rename.',
  ),
  where: message('Où en sommes-nous\u202f?', 'Where do we stand?'),
  dates: message('Échéances légales', 'Legal dates'),
  databases: message('Le plan et ses registres', 'The plan and its registers'),
  noDates: message('Aucune échéance légale à venir.', 'No legal date ahead.'),
  noLate: message('aucune tâche en retard', 'no task overdue'),
  inForce: message<string>(
    (day) => `en vigueur depuis le ${longDate('fr', day)}`,
    (day) => `in force since ${longDate('en', day)}`,
  ),
  verifiedOn: message<string>(
    (day) => `vérifié le ${longDate('fr', day)}`,
    (day) => `verified on ${longDate('en', day)}`,
  ),
} as const;

/** Names of views, in the order of their tabs. */
export const VIEWS = {
  all: message('Toutes les tâches', 'All tasks'),
  lines: message('Toutes les lignes', 'All lines'),
  byStatus: message('Par état', 'By status'),
  byStep: message('Par étape', 'By step'),
  timeline: message('Frise', 'Timeline'),
  calendar: message('Calendrier', 'Calendar'),
  late: message('En retard', 'Late'),
  byPerson: message('Par personne', 'By person'),
  chart: message('Graphique', 'Chart'),
} as const;
export type ViewName = keyof typeof VIEWS;

interface Named {
  readonly name: string;
  readonly url: string;
}

/** What a team should know of how its place in Notion was found. */
export const PLACE_REMARKS = {
  statusAsSelect: message(
    'Notion n’a pas rangé les états du plan dans leurs groupes. Jalon a pris une liste simple à la place\u202f; rien d’autre ne change.',
    'Notion has not put the states of the plan into their groups. Jalon uses a plain select instead; nothing else changes.',
  ),
  noChart: message(
    'Notion n’accorde pas de vue graphique à cet espace. L’image de la page d’accueil montre la même chose.',
    'Notion grants this workspace no chart view. The picture on the home page shows the same.',
  ),
  noPicture: message<string>(
    (why) => `L’image d’avancement n’a pas pu être envoyée à Notion\u00a0: ${why}`,
    (why) => `The progress picture could not be sent to Notion: ${why}`,
  ),
  tableClosed: message<{ table: string }>(
    ({ table }) =>
      `Notion, «\u00a0${table}\u00a0»\u00a0: cette base est à la corbeille, ou n’est plus partagée avec la connexion. Ses lignes restent telles quelles ailleurs. Pour la reprendre, rétablissez-la ou partagez-la de nouveau.`,
    ({ table }) =>
      `Notion, “${table}”: this database is in the trash, or no longer shared with the connection. Its lines stay as they are elsewhere. To take it up again, restore it or share it again.`,
  ),
  lineHidden: message<{ line: string }>(
    ({ line }) =>
      `Notion ne montre plus «\u00a0${line}\u00a0» à la connexion\u00a0: l’accès a été retiré, ou la page supprimée pour de bon. L’élément reste tel quel ailleurs. Partagez la page de nouveau, ou donnez-lui l’état «\u00a0Abandonné\u00a0» dans un autre outil.`,
    ({ line }) =>
      `Notion no longer shows “${line}” to the connection: access was withdrawn, or the page deleted for good. The item stays as it is elsewhere. Share the page again, or set it to “Dropped” in another tool.`,
  ),
  lineMoved: message<Named>(
    ({ name, url }) =>
      `«\u00a0${name}\u00a0» a été déplacé hors du plan dans Notion (${url}). L’élément est archivé ailleurs\u202f; replacez la page dans sa base pour le rétablir.`,
    ({ name, url }) =>
      `“${name}” was moved out of the plan in Notion (${url}). The item is archived elsewhere; move the page back into its database to restore it.`,
  ),
} as const;

/** What stops a project, and how to go on. */
export const PLACE_ERRORS = {
  noToken: message<{ variable: string }>(
    ({ variable }) =>
      `Il manque le jeton de la connexion à Notion (${variable}). Dans Notion, ouvrez les réglages, créez une connexion interne, copiez son jeton et mettez-le dans le fichier .env\u00a0: ${variable}=ntn_…`,
    ({ variable }) =>
      `The token of the connection to Notion is missing (${variable}). In Notion’s settings, create an internal connection, copy its token and put it into the file .env: ${variable}=ntn_…`,
  ),
  parentHidden: message<{ url: string }>(
    ({ url }) =>
      `Notion ne montre pas à la connexion la page qui doit recevoir le plan (${url}). Ouvrez-la dans Notion, puis le menu •••, «\u00a0Connexions\u00a0», et ajoutez la connexion. Vérifiez aussi l’adresse donnée par parent dans le fichier du projet.`,
    ({ url }) =>
      `Notion does not show the connection the page that is to receive the plan (${url}). Open it in Notion, then the ••• menu, “Connections”, and add the connection. Check the address given by parent in the project file too.`,
  ),
  parentTrashed: message<{ url: string }>(
    ({ url }) =>
      `La page qui doit recevoir le plan est à la corbeille de Notion (${url}). Rétablissez-la, ou donnez une autre page à parent dans le fichier du projet.`,
    ({ url }) =>
      `The page that is to receive the plan is in Notion’s trash (${url}). Restore it, or give parent another page in the project file.`,
  ),
  homeTrashed: message<{ url: string }>(
    ({ url }) =>
      `La page du plan est à la corbeille de Notion (${url}). Rien n’est perdu ailleurs. Rétablissez-la\u202f; pour repartir d’une page neuve, donnez une autre page à parent dans le fichier du projet.`,
    ({ url }) =>
      `The page of the plan is in Notion’s trash (${url}). Nothing is lost elsewhere. Restore it; to begin again with a new page, give parent another page in the project file.`,
  ),
  homeHidden: message<{ url: string }>(
    ({ url }) =>
      `Notion ne montre plus la page du plan à la connexion (${url})\u00a0: l’accès a été retiré, ou la page supprimée pour de bon. Rien n’est perdu ailleurs. Partagez-la de nouveau\u202f; pour repartir d’une page neuve, donnez une autre page à parent dans le fichier du projet.`,
    ({ url }) =>
      `Notion no longer shows the page of the plan to the connection (${url}): access was withdrawn, or the page deleted for good. Nothing is lost elsewhere. Share it again; to begin again with a new page, give parent another page in the project file.`,
  ),
  planTrashed: message<{ url: string; table: string }>(
    ({ url, table }) =>
      `La base «\u00a0${table}\u00a0» est à la corbeille de Notion, ou n’est plus partagée avec la connexion. Rien n’est perdu ailleurs. Rétablissez-la depuis la page du plan (${url}), ou partagez-la de nouveau.`,
    ({ url, table }) =>
      `The database “${table}” is in Notion’s trash, or no longer shared with the connection. Nothing is lost elsewhere. Restore it from the page of the plan (${url}), or share it again.`,
  ),
  keyGone: message<{ table: string }>(
    ({ table }) =>
      `Notion, «\u00a0${table}\u00a0»\u00a0: la propriété à laquelle Jalon reconnaît ses lignes ne peut plus servir. Rien n’y est ajouté, pour ne rien créer deux fois. Rendez-lui le type «\u00a0Texte\u00a0», ou supprimez-la\u00a0: Jalon la recréera.`,
    ({ table }) =>
      `Notion, “${table}”: the property by which Jalon knows its lines is of no use any more. Nothing is added there, so that nothing is made twice. Give it the type “Text” again, or delete it: Jalon will make it anew.`,
  ),
  notRead: message(
    'Le plan dans Notion n’a pas encore été lu. Relancez la commande.',
    'The plan in Notion has not been read yet. Run the command again.',
  ),
} as const;

interface Reached {
  readonly workspace: string;
  readonly page: string;
}

/** What `doctor` says of a connection. */
export const PLACE_DIAGNOSES = {
  reached: message<Reached>(
    ({ workspace, page }) =>
      `Notion répond\u00a0: espace «\u00a0${workspace}\u00a0», page «\u00a0${page}\u00a0» partagée avec la connexion.`,
    ({ workspace, page }) =>
      `Notion answers: workspace “${workspace}”, page “${page}” shared with the connection.`,
  ),
  freePlan: message(
    'Cet espace Notion est à l’offre gratuite. À plusieurs membres, il a droit à 1\u202f000 blocs pour toute sa vie\u202f; Jalon les épargne.',
    'This Notion workspace is on the Free plan. With several members it may create 1,000 blocks in its whole life; Jalon spares them.',
  ),
  noUsers: message(
    'La connexion ne peut pas lire les membres de Notion\u00a0: les personnes restent des noms. Pour les affecter, autorisez dans ses réglages la lecture des informations sur les utilisateurs, adresses e-mail comprises.',
    'The connection may not read the members of Notion: people stay names. To assign them, allow it in its settings to read user information, e-mail addresses included.',
  ),
} as const;
