import { type Locale, message } from './message.ts';
import { clockText } from './moment.ts';

/** What goes wrong with the store, where, and how to mend it. */
export const storeSays = {
  locked: message<Holder & { readonly project: string }>(
    (p) =>
      `Une autre exécution de Jalon travaille déjà sur le projet « ${p.project} » : ${holderIn('fr', p)}. Réessayez quand elle sera terminée ; si elle n’avance plus, arrêtez-la.`,
    (p) =>
      `Another run of Jalon is at work on the project “${p.project}”: ${holderIn('en', p)}. Try again once it is done; if it makes no headway any more, stop it.`,
  ),
  lockLost: message<{ project: string }>(
    ({ project }) =>
      `Cette exécution est restée trop longtemps sans donner signe de vie, et une autre a pu reprendre le projet « ${project} ». Rien n’est perdu : relancez la commande.`,
    ({ project }) =>
      `This run gave no sign of life for too long, and another one may have taken over the project “${project}”. Nothing is lost: run the command again.`,
  ),
  busy: message<{ where: string }>(
    ({ where }) =>
      `La base ${where} est occupée par une autre exécution de Jalon ou par un autre programme. Réessayez dans quelques instants ; fermez l’outil qui l’aurait ouverte.`,
    ({ where }) =>
      `The database ${where} is busy: another run of Jalon, or another program, is writing to it. Try again in a moment; close any tool that has it open.`,
  ),
  full: message<{ path: string }>(
    ({ path }) =>
      `Le disque qui porte ${path} est plein. Rien n’a été enregistré. Libérez de la place, puis relancez la commande.`,
    ({ path }) =>
      `The disk that holds ${path} is full. Nothing was stored. Free some space, then run the command again.`,
  ),
  notWritable: message<{ path: string; code: string }>(
    ({ path, code }) =>
      `Jalon ne peut pas lire et écrire ${path} (${code}). Donnez-vous le droit d’écrire dans ce dossier et dans ce fichier, ou choisissez un autre dossier avec JALON_HOME.`,
    ({ path, code }) =>
      `Jalon cannot read and write ${path} (${code}). Give yourself the right to write in that folder and to that file, or choose another folder with JALON_HOME.`,
  ),
  noFolder: message<{ path: string; code: string }>(
    ({ path, code }) =>
      `Jalon ne peut pas créer le dossier de ${path} (${code}) : une partie de ce chemin n’est pas un dossier. Choisissez un autre dossier avec JALON_HOME.`,
    ({ path, code }) =>
      `Jalon cannot make the folder of ${path} (${code}): part of that path is no folder. Choose another folder with JALON_HOME.`,
  ),
  damaged: message<{ path: string }>(
    ({ path }) =>
      `${path} n’est pas une base SQLite, ou elle est endommagée. Remettez une sauvegarde, ou déplacez ce fichier puis lancez « jalon apply » : le plan sera retrouvé dans vos espaces de travail, mais pas l’historique.`,
    ({ path }) =>
      `${path} is no SQLite database, or it is damaged. Put a backup back, or move the file away and run “jalon apply”: the plan will be found again in your workspaces, but not its history.`,
  ),
  foreignFile: message<{ path: string }>(
    ({ path }) =>
      `${path} est la base d’un autre programme que Jalon. Jalon n’y a rien changé. Déplacez ce fichier, ou choisissez un autre dossier avec JALON_HOME.`,
    ({ path }) =>
      `${path} is the database of a program other than Jalon. Jalon has changed nothing in it. Move the file away, or choose another folder with JALON_HOME.`,
  ),
  newerSchema: message<{ where: string; found: number; known: number }>(
    ({ where, found, known }) =>
      `La base ${where} vient d’une version plus récente de Jalon (schéma ${found} ; cette version connaît le schéma ${known}). Mettez Jalon à jour, ou choisissez un autre dossier avec JALON_HOME.`,
    ({ where, found, known }) =>
      `The database ${where} comes from a later version of Jalon (schema ${found}; this version knows schema ${known}). Upgrade Jalon, or choose another folder with JALON_HOME.`,
  ),
  diskFailed: message<{ path: string; code: string }>(
    ({ path, code }) =>
      `Le disque n’a pas pu lire ou écrire ${path} (${code}). Vérifiez qu’il est bien branché et en bon état, puis relancez la commande.`,
    ({ path, code }) =>
      `The disk failed to read or write ${path} (${code}). Check that it is connected and sound, then run the command again.`,
  ),
  badDatabaseUrl: message(
    'DATABASE_URL n’est pas une adresse PostgreSQL. Écrivez-la sous la forme postgres://utilisateur:motdepasse@serveur:5432/base, ou laissez-la vide pour utiliser SQLite dans JALON_HOME.',
    'DATABASE_URL is no PostgreSQL address. Write it as postgres://user:password@server:5432/database, or leave it empty to use SQLite in JALON_HOME.',
  ),
  noDatabase: message<{ where: string }>(
    ({ where }) =>
      `La base PostgreSQL ${where}, donnée par DATABASE_URL, n’existe pas. Créez-la, ou corrigez son nom.`,
    ({ where }) =>
      `The PostgreSQL database ${where}, given by DATABASE_URL, does not exist. Create it, or correct its name.`,
  ),
  databaseRefused: message<{ where: string; reason: string }>(
    ({ where, reason }) =>
      `PostgreSQL (${where}) refuse l’accès\u00a0: ${reason}. Vérifiez l’utilisateur et le mot de passe dans DATABASE_URL, et son droit de créer le schéma «\u00a0jalon\u00a0».`,
    ({ where, reason }) =>
      `PostgreSQL (${where}) refuses access: ${reason}. Check the user and the password in DATABASE_URL, and its right to create the schema “jalon”.`,
  ),
  databaseNotWritable: message<{ where: string; reason: string }>(
    ({ where, reason }) =>
      `PostgreSQL (${where}) n’accepte pas d’écriture\u00a0: ${reason}. Rien n’a été enregistré. Libérez de la place sur le serveur, ou donnez dans DATABASE_URL le serveur principal.`,
    ({ where, reason }) =>
      `PostgreSQL (${where}) accepts no writes: ${reason}. Nothing was stored. Free some space on the server, or give the primary server in DATABASE_URL.`,
  ),
  databaseOutOfReach: message<{ where: string; reason: string }>(
    ({ where, reason }) =>
      `PostgreSQL (${where}) ne répond pas\u00a0: ${reason}. Rien n’est perdu. Vérifiez que le serveur est démarré et joignable, puis relancez la commande.`,
    ({ where, reason }) =>
      `PostgreSQL (${where}) does not answer: ${reason}. Nothing is lost. Check that the server is up and can be reached, then run the command again.`,
  ),
};

export interface Holder {
  readonly owner: string;
  readonly host: string;
  readonly pid: number;
  readonly since: string;
}

function holderIn(locale: Locale, { owner, host, pid, since }: Holder): string {
  const at = new Date(since);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'short' }).format(at);
  const when = `${day} ${locale === 'fr' ? 'à' : 'at'} ${clockText(locale, at)}`;
  const what = owner === '' ? '' : `${owner}, `;
  return locale === 'fr'
    ? `${what}processus ${pid} sur ${host}, depuis le ${when}`
    : `${what}process ${pid} on ${host}, since ${when}`;
}
