import { type Names, quote, suggest, unknown } from './bad-input.ts';
import { count, message, type Said } from './message.ts';

/** What is wrong with the environment, the project files and the folders in which they are. */

/** Why a file or a folder could not be read, by the code that the system gives. */
export const fileProblem = {
  ENOENT: message(
    'ce fichier n’existe pas. Créez-le, ou corrigez le chemin.',
    'this file does not exist. Create it, or correct the path.',
  ),
  EACCES: message(
    'ce fichier ne peut pas être lu. Donnez à votre compte le droit de le lire.',
    'this file cannot be read. Give your account the right to read it.',
  ),
  EISDIR: message(
    'un fichier était attendu, c’est un dossier. Renommez-le ou retirez-le.',
    'a file was expected, this is a folder. Rename it or take it out.',
  ),
  ENOTDIR: message(
    'un dossier était attendu, c’est un fichier. Renommez-le ou retirez-le.',
    'a folder was expected, this is a file. Rename it or take it out.',
  ),
  ELOOP: message(
    'ce lien tourne en rond. Remplacez-le par le fichier lui-même.',
    'this link goes round in circles. Replace it with the file itself.',
  ),
  notAFile: message(
    'ce n’est pas un fichier ordinaire. Remplacez-le par un fichier de texte.',
    'this is not an ordinary file. Replace it with a text file.',
  ),
  other: message<string>(
    (code) => `ce fichier ne peut pas être lu (${code}). Vérifiez le disque et les droits.`,
    (code) => `this file cannot be read (${code}). Check the disk and the rights.`,
  ),
} as const;

export const writeProblem = {
  exists: message<string>(
    (file) =>
      `Le fichier ${quote('fr', file)} existe déjà. Choisissez un autre nom, ou demandez à le remplacer.`,
    (file) => `The file ${quote('en', file)} already exists. Choose another name, or ask to replace it.`,
  ),
  denied: message<string>(
    (file) =>
      `Le fichier ${quote('fr', file)} ne peut pas être écrit : le dossier est protégé. Donnez à votre compte le droit d’y écrire, ou choisissez un autre dossier.`,
    (file) =>
      `The file ${quote('en', file)} cannot be written: the folder is protected. Give your account the right to write there, or choose another folder.`,
  ),
  full: message<string>(
    (file) =>
      `Le fichier ${quote('fr', file)} ne peut pas être écrit : le disque est plein. Libérez de la place, puis recommencez.`,
    (file) =>
      `The file ${quote('en', file)} cannot be written: the disk is full. Free some space, then start again.`,
  ),
  other: message<{ file: string; code: string }>(
    ({ file, code }) =>
      `Le fichier ${quote('fr', file)} ne peut pas être écrit (${code}). Vérifiez le chemin et le disque.`,
    ({ file, code }) =>
      `The file ${quote('en', file)} cannot be written (${code}). Check the path and the disk.`,
  ),
} as const;

export const environmentProblem = {
  heading: message<number>(
    (n) =>
      `${count('fr', n, 'variable d’environnement à corriger', 'variables d’environnement à corriger')} :`,
    (n) => `${count('en', n, 'environment variable to mend', 'environment variables to mend')}:`,
  ),
  wrong: message<{ name: string; place: string; found: string; expected: Said }>(
    ({ name, place, found, expected }) =>
      `${name}${place} : trouvé ${quote('fr', found)}, attendu ${expected('fr')}.`,
    ({ name, place, found, expected }) =>
      `${name}${place}: found ${quote('en', found)}, expected ${expected('en')}.`,
  ),
  /** Without the value: it may hold a password. */
  wrongSecret: message<{ name: string; place: string; expected: Said }>(
    ({ name, place, expected }) =>
      `${name}${place} : la valeur, tenue secrète, n’a pas la bonne forme. Attendu : ${expected('fr')}.`,
    ({ name, place, expected }) =>
      `${name}${place}: the value, kept secret, does not have the right form. Expected: ${expected('en')}.`,
  ),
} as const;

/** What each kind of variable is to hold. The names are the `error` codes of the schema. */
export const variableForms = {
  web: message(
    'une adresse qui commence par http:// ou https://',
    'an address that starts with http:// or https://',
  ),
  'secret-web': message(
    'une adresse qui commence par https:// (http:// seulement sur cette machine)',
    'an address that starts with https:// (http:// on this machine only)',
  ),
  database: message('une adresse qui commence par postgres://', 'an address that starts with postgres://'),
  smtp: message(
    'une adresse qui commence par smtp:// ou smtps://',
    'an address that starts with smtp:// or smtps://',
  ),
  email: message('une adresse électronique', 'an email address'),
  emails: message(
    'des adresses électroniques séparées par des virgules',
    'email addresses separated by commas',
  ),
  'on-off': message('on ou off', 'on or off'),
  hosts: message(
    'des noms de machines, avec leur port au besoin, séparés par des virgules',
    'host names, with a port if needed, separated by commas',
  ),
  rate: message('un nombre entier de 1 à 100 000', 'a whole number from 1 to 100,000'),
  port: message('un nombre entier de 0 à 65 535', 'a whole number from 0 to 65,535'),
  zone: message('un fuseau horaire tel que Europe/Paris', 'a time zone such as Europe/Paris'),
  instant: message(
    'un instant avec son fuseau, tel que 2026-11-23T09:00:00Z',
    'an instant with its time zone, such as 2026-11-23T09:00:00Z',
  ),
  locale: message('« fr » ou « en »', '“fr” or “en”'),
  level: message(
    'trace, debug, info, warn, error, fatal ou silent',
    'trace, debug, info, warn, error, fatal or silent',
  ),
  token: message('un texte sans espace ni retour à la ligne', 'a text without spaces or line breaks'),
} as const;

export const projectProblem = {
  start: message<{ found: string; earliest: string; latest: string }>(
    ({ found, earliest, latest }) =>
      `trouvé ${quote('fr', found)}, attendu une date de ${earliest} à ${latest}.`,
    ({ found, earliest, latest }) =>
      `found ${quote('en', found)}, expected a date from ${earliest} to ${latest}.`,
  ),
  sameWorkspace: message(
    'cet espace figure déjà dans la liste. Gardez-en un.',
    'this workspace is already in the list. Keep one.',
  ),
  sameList: message<string>(
    (name) =>
      `la liste ${quote('fr', name)} figure déjà au-dessus, à la casse et aux accents près. Gardez une seule ligne.`,
    (name) =>
      `the list ${quote('en', name)} is already above, give or take capitals and accents. Keep one line.`,
  ),
  namelessList: message<string>(
    () => 'le nom de la liste est vide. Écrivez-le tel qu’il est dans Trello, ou retirez la ligne.',
    () => 'the name of the list is empty. Write it as it is in Trello, or remove the line.',
  ),
  sameWorkbook: message<{ file: string; slug: string }>(
    ({ file, slug }) =>
      `le classeur ${quote('fr', file)} est déjà celui du projet ${quote('fr', slug)}. Donnez-lui un autre nom.`,
    ({ file, slug }) =>
      `the workbook ${quote('en', file)} is already that of the project ${quote('en', slug)}. Give it another name.`,
  ),
  profile: unknown('le modèle n’a pas de profil %.', 'the template has no profile %.'),
  role: unknown('le modèle n’a pas de rôle %.', 'the template has no role %.'),
  fact: unknown('le modèle ne pose pas la question %.', 'the template does not ask the question %.'),
  template: unknown('le modèle % est inconnu.', 'the template % is unknown.'),
  fileName: message(
    'le nom du fichier doit s’écrire en minuscules sans accent, chiffres et tirets, et finir par .yaml. Renommez-le.',
    'the name of the file must be in lower-case letters, digits and hyphens, and end with .yaml. Rename it.',
  ),
  unknown: message<Names & { name: string; folder: string }>(
    ({ name, folder, ...names }) =>
      `Le projet ${quote('fr', name)} n’existe pas dans ${quote('fr', folder)}.${suggest('fr', names)}`,
    ({ name, folder, ...names }) =>
      `There is no project ${quote('en', name)} in ${quote('en', folder)}.${suggest('en', names)}`,
  ),
  noFolder: message<string>(
    (folder) =>
      `Le dossier des projets, ${quote('fr', folder)}, n’existe pas. Créez un premier projet avec la commande init.`,
    (folder) =>
      `The folder of the projects, ${quote('en', folder)}, does not exist. Create a first project with the command init.`,
  ),
  folder: message<{ folder: string; code: string }>(
    ({ folder, code }) =>
      `Le dossier ${quote('fr', folder)} ne peut pas être lu (${code}). Vérifiez le chemin et les droits.`,
    ({ folder, code }) =>
      `The folder ${quote('en', folder)} cannot be read (${code}). Check the path and the rights.`,
  ),
} as const;

export const templateFolder = {
  unknown: message<{ name: string } & Names>(
    ({ name, ...names }) => `Le modèle ${quote('fr', name)} est inconnu.${suggest('fr', names)}`,
    ({ name, ...names }) => `The template ${quote('en', name)} is unknown.${suggest('en', names)}`,
  ),
} as const;

/** The comments of a project file, for who opens it. */
export const projectComments = {
  head: message(
    'Un projet suivi par Jalon. Ce fichier est à vous : modifiez-le, il est relu à chaque commande.',
    'A project followed by Jalon. This file is yours: edit it, every command reads it again.',
  ),
  siren: message('neuf chiffres, entre guillemets', 'nine digits, between quotes'),
  choices: message<readonly string[]>(
    (names) => new Intl.ListFormat('fr', { type: 'disjunction' }).format(names),
    (names) => new Intl.ListFormat('en', { type: 'disjunction' }).format(names),
  ),
  facts: message('les réponses aux questions du modèle', 'the answers to the questions of the template'),
  start: message(
    'Le premier jour du projet. Les dates du plan en dépendent.',
    'The first day of the project. The dates of the plan depend on it.',
  ),
  profile: message(
    'L’étendue du plan, et la langue de l’équipe (« fr » ou « en »).',
    'How much the plan holds, and the language of the team (“fr” or “en”).',
  ),
  people: message(
    'Qui tient chaque rôle. On peut y ajouter notion, trello et email.',
    'Who holds each role. notion, trello and email may be added.',
  ),
  workspaces: message('Où l’équipe suit le plan.', 'Where the team follows the plan.'),
} as const;
