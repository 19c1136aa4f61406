import { count, type Locale, message } from './message.ts';
import { type Moment, momentText } from './moment.ts';
import { longDate } from './plan.ts';

interface Names {
  readonly names: readonly string[];
}

function list(locale: Locale, names: readonly string[]): string {
  return names.join(locale === 'fr' ? '\u00a0; ' : '; ');
}

const EXPECTED = {
  feed: message('un flux RSS ou Atom', 'an RSS or Atom feed'),
  json: message('un document JSON de la forme prévue', 'a JSON document of the expected form'),
  html: message('une page', 'a page'),
  pdf: message('un PDF ou un texte', 'a PDF or a text'),
  xlsx: message('un classeur de la forme prévue', 'a workbook of the expected form'),
} as const;

function words(locale: Locale, expected: keyof typeof EXPECTED): string {
  const text = EXPECTED[expected][locale];
  return typeof text === 'string' ? text : '';
}

/** Why nothing can be said of a source, by the code of its illness. Each says how to mend it, where one can. */
export const sicknessMessages = {
  status: message<{ status: number }>(
    ({ status }) => `le site a répondu par l’erreur ${status}`,
    ({ status }) => `the site answered with error ${status}`,
  ),
  timeout: message<{ seconds: number }>(
    ({ seconds }) => `pas de réponse complète en ${seconds}\u00a0s`,
    ({ seconds }) => `no complete answer within ${seconds}\u00a0s`,
  ),
  'too-large': message<{ megabytes: number }>(
    ({ megabytes }) => `le contenu dépasse ${megabytes}\u00a0Mo`,
    ({ megabytes }) => `the content is over ${megabytes}\u00a0MB`,
  ),
  broken: message('la réponse est arrivée incomplète ou abîmée', 'the answer came incomplete or damaged'),
  unreachable: message<{ code: string }>(
    ({ code }) => `le site est injoignable (${code})`,
    ({ code }) => `the site cannot be reached (${code})`,
  ),
  insecure: message<{ host: string }>(
    ({ host }) =>
      `l’adresse n’est pas en https. Si c’est voulu, ajoutez ${host} à WATCH_ALLOW_HOSTS, avec son port`,
    ({ host }) =>
      `the address is not https. If this is intended, add ${host} to WATCH_ALLOW_HOSTS, with its port`,
  ),
  private: message<{ host: string }>(
    ({ host }) =>
      `${host} mène à un réseau privé. Si c’est voulu, ajoutez-le à WATCH_ALLOW_HOSTS, avec son port`,
    ({ host }) =>
      `${host} leads to a private network. If this is intended, add it to WATCH_ALLOW_HOSTS, with its port`,
  ),
  closed: message<{ host: string }>(
    ({ host }) => `${host} n’admet pas les robots`,
    ({ host }) => `${host} keeps robots out`,
  ),
  redirects: message(
    'les redirections ne mènent nulle part. Ouvrez la page et corrigez l’adresse',
    'its redirects lead nowhere. Open the page and correct the address',
  ),
  'unasked-304': message(
    'le site dit que rien n’a changé, sans avoir jamais rien montré',
    'the site says that nothing has changed, and never showed anything',
  ),
  empty: message('rien à lire', 'nothing to read'),
  maintenance: message('une page de maintenance ou de contrôle', 'a page of maintenance or of checks'),
  shrunk: message(
    'le texte a perdu plus de la moitié de sa longueur. Ouvrez la page\u00a0; si elle est bien ainsi, lancez watch avec --accept',
    'the text has lost more than half of its length. Open the page; if that is as it should be, run watch with --accept',
  ),
  unreadable: message<{ expected: keyof typeof EXPECTED }>(
    ({ expected }) => `autre chose est arrivé que ${words('fr', expected)}. Ouvrez l’adresse et corrigez-la`,
    ({ expected }) => `what came is not ${words('en', expected)}. Open the address and correct it`,
  ),
  selector: message(
    'le sélecteur ne trouve plus rien dans la page. Corrigez « selector »',
    'the selector no longer finds anything in the page. Correct “selector”',
  ),
  credentials: message(
    'PISTE refuse les identifiants. Vérifiez PISTE_CLIENT_ID et PISTE_CLIENT_SECRET',
    'PISTE refuses the credentials. Check PISTE_CLIENT_ID and PISTE_CLIENT_SECRET',
  ),
} as const;

/** What a row of the watch log says. */
export const noticeMessages = {
  page: message<{ source: string }>(
    ({ source }) => `Texte modifié\u00a0: ${source}`,
    ({ source }) => `Text changed: ${source}`,
  ),
  record: message<{ source: string; title: string }>(
    ({ source, title }) => `${source}\u00a0: ${title}`,
    ({ source, title }) => `${source}: ${title}`,
  ),
  lists: message<{ added: number; removed: number; moved: number }>(
    ({ added, removed, moved }) =>
      `Listes des plateformes agréées\u00a0: ${[
        ...(added > 0 ? [count('fr', added, 'ajout', 'ajouts')] : []),
        ...(removed > 0 ? [count('fr', removed, 'retrait', 'retraits')] : []),
        ...(moved > 0 ? [count('fr', moved, 'changement de liste', 'changements de liste')] : []),
      ].join(', ')}`,
    ({ added, removed, moved }) =>
      `Lists of approved platforms: ${[
        ...(added > 0 ? [`${added} added`] : []),
        ...(removed > 0 ? [`${removed} removed`] : []),
        ...(moved > 0 ? [`${moved} moved`] : []),
      ].join(', ')}`,
  ),
  platformGone: message<Names>(
    ({ names }) => `Urgent\u00a0: ${list('fr', names)} ne figure plus sur les listes officielles`,
    ({ names }) => `Urgent: ${list('en', names)} is no longer on the official lists`,
  ),
  platformDemoted: message<Names>(
    ({ names }) => `Urgent\u00a0: ${list('fr', names)} n’est plus immatriculée, mais en attente`,
    ({ names }) => `Urgent: ${list('en', names)} is no longer registered, but waiting`,
  ),
  added: message<string>(
    (text) => `Ajouté\u00a0: ${text}`,
    (text) => `Added: ${text}`,
  ),
  removed: message<string>(
    (text) => `Retiré\u00a0: ${text}`,
    (text) => `Removed: ${text}`,
  ),
  changed: message<{ before: string; after: string }>(
    ({ before, after }) => `Modifié\u00a0: «\u00a0${before}\u00a0» → «\u00a0${after}\u00a0»`,
    ({ before, after }) => `Changed: “${before}” → “${after}”`,
  ),
  more: message<number>(
    (n) => `Et ${count('fr', n, 'autre passage', 'autres passages')}.`,
    (n) => `And ${count('en', n, 'more passage', 'more passages')}.`,
  ),
  newPlatforms: message<Names>(
    ({ names }) => `Nouvelles sur les listes\u00a0: ${list('fr', names)}.`,
    ({ names }) => `New on the lists: ${list('en', names)}.`,
  ),
  gonePlatforms: message<Names>(
    ({ names }) => `Retirées des listes\u00a0: ${list('fr', names)}.`,
    ({ names }) => `Gone from the lists: ${list('en', names)}.`,
  ),
  registeredPlatforms: message<Names>(
    ({ names }) => `Désormais immatriculées\u00a0: ${list('fr', names)}.`,
    ({ names }) => `Now registered: ${list('en', names)}.`,
  ),
  waitingPlatforms: message<Names>(
    ({ names }) => `De nouveau en attente\u00a0: ${list('fr', names)}.`,
    ({ names }) => `Waiting again: ${list('en', names)}.`,
  ),
  touchedTasks: message<Names>(
    ({ names }) => `Tâches à revoir\u00a0: ${list('fr', names)}.`,
    ({ names }) => `Tasks to look at again: ${list('en', names)}.`,
  ),
  touchedObligation: message<{ title: string; date: string; verifiedOn: string }>(
    ({ title, date, verifiedOn }) =>
      `Échéance légale à revérifier\u00a0: ${title} (${longDate('fr', date)}), lue pour la dernière fois le ${longDate('fr', verifiedOn)}. Relisez sa source, puis mettez à jour verifiedOn\u00a0; le calendrier ne change jamais de lui-même.`,
    ({ title, date, verifiedOn }) =>
      `Legal date to verify again: ${title} (${longDate('en', date)}), last read on ${longDate('en', verifiedOn)}. Read its source again, then bring verifiedOn up to date; the calendar never changes by itself.`,
  ),
  touchesUnknown: message(
    'Le texte ne cite rien de ce sur quoi repose le plan\u00a0: à lire, puis à décider.',
    'The text cites nothing that the plan rests on: to be read, then decided.',
  ),
  comment: message<{ title: string; source: string; link: string }>(
    ({ title, source, link }) =>
      `Un texte sur lequel repose cette tâche a changé\u00a0: ${title} (${source}). Voir le journal de veille et ${link}`,
    ({ title, source, link }) =>
      `A text that this task rests on has changed: ${title} (${source}). See the watch log and ${link}`,
  ),
  replaceTitle: message<Names>(
    ({ names }) => `Réagir au retrait de la plateforme ${list('fr', names)}`,
    ({ names }) => `React to the removal of the platform ${list('en', names)}`,
  ),
  replaceDescription: message(
    'Votre plateforme ne figure plus sur les listes officielles. Lui demander pourquoi, par écrit, et sous quel délai elle y revient\u00a0; préparer le passage à une autre sans attendre.',
    'Your platform is no longer on the official lists. Ask it why, in writing, and when it will be back; prepare to move to another one without waiting.',
  ),
  replaceDeliverable: message(
    'La réponse écrite de la plateforme et la décision de l’entreprise',
    'The written answer of the platform and the decision of the company',
  ),
  replaceProof: message(
    'La plateforme figure de nouveau sur la liste, ou un contrat est signé avec une autre',
    'The platform is on the list again, or a contract is signed with another one',
  ),
} as const;

/** What the command and `doctor` say of the watch. */
export const watchMessages = {
  unknownSource: message<{ found: string; known: readonly string[] }>(
    ({ found, known }) =>
      `Aucune source ne s’appelle «\u00a0${found}\u00a0». Connues\u00a0: ${known.join(', ')}.`,
    ({ found, known }) => `No source is called “${found}”. Known: ${known.join(', ')}.`,
  ),
  off: message(
    'La veille est coupée (JALON_WATCH=off)\u00a0: aucune source n’a été regardée.',
    'The watch is off (JALON_WATCH=off): no source was looked at.',
  ),
  noSource: message('Aucune source à surveiller.', 'No source to watch.'),
  looking: message('Sources regardées', 'Sources looked at'),
  same: message('inchangée', 'unchanged'),
  changed: message<number>(
    (n) => count('fr', n, 'nouveauté', 'nouveautés'),
    (n) => count('en', n, 'notice', 'notices'),
  ),
  first: message('première lecture', 'first reading'),
  sick: message('malade', 'sick'),
  'not-due': message('pas encore', 'not yet due'),
  'left-out': message('laissée de côté, le site ne répond pas', 'left out, the site does not answer'),
  'no-credentials': message('sans identifiants', 'no credentials'),
  wellAt: message<Moment>(
    (moment) => `lue le ${momentText('fr', moment)}`,
    (moment) => `read on ${momentText('en', moment)}`,
  ),
  neverWell: message('jamais lue', 'never read'),
  posted: message<{ project: string; n: number }>(
    ({ project, n }) => `${project}\u00a0: ${count('fr', n, 'ligne', 'lignes')} au journal de veille.`,
    ({ project, n }) => `${project}: ${count('en', n, 'line', 'lines')} in the watch log.`,
  ),
  wouldPost: message<{ project: string; n: number }>(
    ({ project, n }) =>
      `${project}\u00a0: ${count('fr', n, 'ligne serait notée', 'lignes seraient notées')}.`,
    ({ project, n }) => `${project}: ${count('en', n, 'line', 'lines')} would be noted.`,
  ),
  healthy: message<{ n: number; never: number }>(
    ({ n, never }) =>
      `${count('fr', n, 'source officielle suivie', 'sources officielles suivies')}${never > 0 ? `, dont ${never} encore jamais lues` : ''}.`,
    ({ n, never }) =>
      `${count('en', n, 'official source watched', 'official sources watched')}${never > 0 ? `, ${never} of them never read yet` : ''}.`,
  ),
  illSince: message<{ id: string; since: string; why: string; url: string }>(
    ({ id, since, why, url }) =>
      `La source ${id} ne se lit plus depuis le ${longDate('fr', since)}\u00a0: ${why}. Lisez-la à la main en attendant\u00a0: ${url}`,
    ({ id, since, why, url }) =>
      `The source ${id} cannot be read since ${longDate('en', since)}: ${why}. Read it by hand meanwhile: ${url}`,
  ),
  noPiste: message<number>(
    (n) =>
      `${count('fr', n, 'article suivi', 'articles suivis')} sur Légifrance seulement avec un accès PISTE, gratuit (PISTE_CLIENT_ID et PISTE_CLIENT_SECRET)\u00a0; les autres sources suffisent pour commencer.`,
    (n) =>
      `${count('en', n, 'article', 'articles')} on Légifrance followed only with an access to PISTE, which is free (PISTE_CLIENT_ID and PISTE_CLIENT_SECRET); the other sources will do to begin with.`,
  ),
  touchedSince: message<{ ids: readonly string[] }>(
    ({ ids }) =>
      `La veille a relevé un changement depuis la dernière vérification de ces échéances légales\u00a0: ${ids.join(', ')}. Relisez leur source, puis mettez à jour verifiedOn dans calendar.yaml.`,
    ({ ids }) =>
      `The watch has found a change since these legal dates were last verified: ${ids.join(', ')}. Read their source, then bring verifiedOn in calendar.yaml up to date.`,
  ),
} as const;
