import { count, type Locale, message } from './message.ts';

/** The words of the dashboard that a browser shows. What it has in common with the digest and the workbook is there. */

const NB = '\u00a0';

function days(locale: Locale, n: number): string {
  return locale === 'fr' ? count('fr', n, 'jour', 'jours') : count('en', n, 'day', 'days');
}

interface Path {
  readonly tasks: number;
  /** Calendar days, one task after the other. */
  readonly days: number;
  readonly slack: number;
  /** The date is behind. */
  readonly isPast: boolean;
}

function pathWords(locale: Locale, { tasks, days: length, slack, isPast }: Path): string {
  const french = locale === 'fr';
  if (tasks === 0) return french ? 'rien ne reste à faire' : 'nothing left to do';
  const all = french ? count('fr', tasks, 'tâche', 'tâches') : count('en', tasks, 'task', 'tasks');
  const row = tasks === 1 ? all : french ? `${all} à la suite` : `${all} in a row`;
  if (isPast) return `${row}, ${days(locale, length)}`;
  if (slack < 0)
    return french ? `${row}, il manque ${days('fr', -slack)}` : `${row}, ${days('en', -slack)} short`;
  return french ? `${row}, marge de ${days('fr', slack)}` : `${row}, ${days('en', slack)} to spare`;
}

/** The frame of every page. */
export const frameWords = {
  name: message('Jalon', 'Jalon'),
  allCompanies: message('Toutes les entreprises', 'All companies'),
  /** Leads back from a page that says one thing. */
  back: message('Tableau de bord', 'Dashboard'),
  signOut: message('Se déconnecter', 'Sign out'),
  /** The moment, as `momentText` writes it. */
  asOf: message<string>(
    (moment) => `Chiffres du ${moment}.`,
    (moment) => `Figures as of ${moment}.`,
  ),
  lastSync: message<string>(
    (moment) => `Dernier passage dans vos outils${NB}: ${moment}.`,
    (moment) => `Last look at your tools: ${moment}.`,
  ),
  noSync: message('Jalon n’est pas encore passé dans vos outils.', 'Jalon has not looked at your tools yet.'),
  notFound: message('Cette page n’existe pas.', 'There is no such page.'),
  noSuchProject: message<string>(
    (slug) => `Aucun projet ne s’appelle «${NB}${slug}${NB}».`,
    (slug) => `No project is called “${slug}”.`,
  ),
  busy: message(
    'Trop d’images sont demandées à la fois. Réessayez dans un instant.',
    'Too many pictures are asked for at once. Try again in a moment.',
  ),
  unforeseen: message(
    'Quelque chose d’imprévu est arrivé. Le journal du service dit quoi. Réessayez dans un instant.',
    'Something unforeseen has happened. The log of the service says what. Try again in a moment.',
  ),
};

export const signInWords = {
  title: message('Tableau de bord', 'Dashboard'),
  token: message('Jeton d’accès', 'Access token'),
  where: message(
    'C’est la valeur de HTTP_TOKEN dans le fichier .env du service.',
    'It is the value of HTTP_TOKEN in the file .env of the service.',
  ),
  enter: message('Entrer', 'Enter'),
  wrong: message('Ce n’est pas le bon jeton.', 'This is not the right token.'),
  later: message(
    'Trop d’essais manqués. Attendez une minute, puis réessayez.',
    'Too many failed attempts. Wait for a minute, then try again.',
  ),
  closed: message(
    'Ce service peut être atteint depuis d’autres machines, mais aucun jeton n’en garde l’entrée. Ajoutez HTTP_TOKEN au fichier .env (une longue suite de caractères au hasard), puis relancez le service.',
    'This service can be reached from other machines, but no token guards it. Add HTTP_TOKEN to the file .env (a long random string), then start the service again.',
  ),
  misnamed: message(
    'Sans jeton, le tableau de bord ne s’ouvre que sur la machine du service, sous son propre nom (localhost ou 127.0.0.1). Pour l’ouvrir d’ailleurs, ajoutez HTTP_TOKEN au fichier .env, puis relancez le service.',
    'Without a token, the dashboard opens on the machine of the service only, by its own name (localhost or 127.0.0.1). To open it from elsewhere, add HTTP_TOKEN to the file .env, then start the service again.',
  ),
};

export const companiesWords = {
  title: message('Vos entreprises', 'Your companies'),
  none: message(
    'Aucun projet pour l’instant. Créez-en un avec la commande init.',
    'No project yet. Make one with the command init.',
  ),
  computing: message<{ readonly known: number; readonly all: number }>(
    ({ known, all }) => `Calcul en cours${NB}: ${known} sur ${all}. La page se complète d’elle-même.`,
    ({ known, all }) => `Being computed: ${known} of ${all}. The page completes itself.`,
  ),
  company: message('Entreprise', 'Company'),
  standing: message('Situation', 'Standing'),
  overdue: message('En retard', 'Overdue'),
  next: message('Échéance légale', 'Legal date'),
  search: message('Nom', 'Name'),
  any: message('Toutes', 'Any'),
  show: message('Afficher', 'Show'),
  nothingFound: message('Aucune entreprise ne correspond.', 'No company matches.'),
  sick: message('Projets qui ne s’ouvrent pas', 'Projects that do not open'),
  /** Beside the name of a company. */
  hasTrouble: message('un espace est hors d’atteinte', 'a place is out of reach'),
  without: message('Plans qui ne sont encore posés nulle part', 'Plans that are nowhere yet'),
};

export const companyWords = {
  notApplied: message(
    'Le plan n’est encore posé nulle part. Il le sera au prochain passage du service.',
    'There is no plan anywhere yet. The service will write it at its next round.',
  ),
  /** Before the names of its places. */
  places: message(`Ouvrir le plan${NB}:`, 'Open the plan:'),
  readiness: message('Où en est la préparation', 'How far things are ready'),
  troubles: message('Ce qui demande votre attention', 'What needs your attention'),
  ready: message('Prêt', 'Ready'),
  forecast: message('À ce rythme', 'At this pace'),
  path: message('Chemin critique', 'Critical path'),
  /** The chain of tasks that takes longest until the date, and how much room is left. */
  pathOf: message<Path>(
    (path) => pathWords('fr', path),
    (path) => pathWords('en', path),
  ),
  breakdown: message('Qui en est où', 'Who stands where'),
  role: message('Rôle', 'Role'),
  person: message('Personne', 'Person'),
  noStep: message('Hors des étapes', 'In no step'),
  nobody: message('Sans responsable', 'Nobody in charge'),
  blocked: message('Bloquées', 'Blocked'),
  /** A percentage. */
  byEffort: message<string>(
    (share) =>
      `Avancement pondéré par l’effort${NB}: ${share}. Chaque tâche y compte selon la longueur de sa liste de points.`,
    (share) =>
      `Progress weighted by effort: ${share}. Each task counts in it as much as its checklist is long.`,
  ),
  cycle: message<number>(
    (n) => `Une tâche prend ${n < 1 ? 'moins d’un jour' : days('fr', n)}, de son début à sa fin (médiane).`,
    (n) => `A task takes ${n < 1 ? 'less than a day' : days('en', n)}, from its start to its end (median).`,
  ),
  indicator: message('Indicateur', 'Indicator'),
  value: message('Valeur', 'Value'),
  target: message('Objectif', 'Target'),
  before: message('Au dernier point', 'At the last digest'),
  noData: message('pas encore de données', 'no data yet'),
  trends: message('Au fil du temps', 'Over time'),
  tasks: message('Les tâches', 'The tasks'),
  task: message('Tâche', 'Task'),
  status: message('État', 'Status'),
  due: message('Échéance', 'Due'),
  noTask: message('Aucune tâche ne correspond.', 'No task matches.'),
  everyone: message('Tout le monde', 'Everybody'),
  everyStatus: message('Tous les états', 'Every status'),
  tasksShown: message<{ readonly shown: number; readonly all: number }>(
    ({ shown, all }) =>
      shown === all
        ? count('fr', all, 'tâche', 'tâches')
        : `${count('fr', shown, 'tâche', 'tâches')} sur ${all}`,
    ({ shown, all }) =>
      shown === all ? count('en', all, 'task', 'tasks') : `${shown} of ${count('en', all, 'task', 'tasks')}`,
  ),
};
