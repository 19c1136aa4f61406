import { count, message, say } from './message.ts';
import { longDate } from './plan.ts';
import { reportMessages } from './report.ts';

interface Cost {
  readonly requests: number;
  readonly minutes: number;
  readonly blocks?: number | undefined;
}

interface Ids {
  readonly ids: readonly string[];
}

export const doctorMessages = {
  machine: message<{ node: string; day: string; timeZone: string }>(
    ({ node, day, timeZone }) => `Node ${node}\u202f; nous sommes le ${longDate('fr', day)} (${timeZone}).`,
    ({ node, day, timeZone }) => `Node ${node}; today is ${longDate('en', day)} (${timeZone}).`,
  ),
  pretendedDay: message<{ day: string }>(
    ({ day }) =>
      `JALON_NOW est défini\u00a0: tout se passe comme si nous étions le ${longDate('fr', day)}. Retirez-le pour revenir à l’heure réelle.`,
    ({ day }) =>
      `JALON_NOW is set: everything runs as if it were ${longDate('en', day)}. Remove it to come back to real time.`,
  ),
  store: message<{ home: string }>(
    ({ home }) => `La mémoire de Jalon s’ouvre bien (${home}).`,
    ({ home }) => `Jalon’s store opens (${home}).`,
  ),
  dashboardHere: message(
    'Le tableau de bord s’ouvre sur cette machine seulement. Pour l’ouvrir d’ailleurs, ajoutez HTTP_TOKEN au fichier .env.',
    'The dashboard opens on this machine only. To open it from elsewhere, add HTTP_TOKEN to the file .env.',
  ),
  dashboardClosed: message(
    'Le tableau de bord reste fermé\u00a0: le service peut être atteint depuis d’autres machines, et aucun jeton n’en garde l’entrée. Ajoutez HTTP_TOKEN au fichier .env (une longue suite de caractères au hasard).',
    'The dashboard stays closed: the service can be reached from other machines, and no token guards it. Add HTTP_TOKEN to the file .env (a long random string).',
  ),
  dashboardInClear: message(
    'Le jeton du tableau de bord circule en clair\u00a0: le service peut être atteint depuis d’autres machines sans https. Placez-le derrière un serveur qui chiffre, et donnez son adresse en https dans PUBLIC_URL.',
    'The token of the dashboard travels in the clear: the service can be reached from other machines without https. Put it behind a server that encrypts, and give its https address in PUBLIC_URL.',
  ),
  dashboardShortToken: message<{ least: number }>(
    ({ least }) =>
      `HTTP_TOKEN est trop court pour résister à qui essaie\u00a0: prenez au moins ${least}\u00a0caractères au hasard.`,
    ({ least }) => `HTTP_TOKEN is too short to withstand guessing: take at least ${least} random characters.`,
  ),
  dashboardGuarded: message(
    'Le tableau de bord demande son jeton (HTTP_TOKEN).',
    'The dashboard asks for its token (HTTP_TOKEN).',
  ),
  applyCost: message<Cost & { where: string }>(
    ({ where, ...cost }) =>
      `${where}\u00a0: un apply aurait à écrire. ${say('fr', reportMessages.willCost, cost)}`,
    ({ where, ...cost }) =>
      `${where}: an apply would have something to write. ${say('en', reportMessages.willCost, cost)}`,
  ),
  fresh: message<{ n: number; oldest: string }>(
    ({ n, oldest }) =>
      `${count('fr', n, 'échéance légale', 'échéances légales')}, dont la plus ancienne vérification est du ${longDate('fr', oldest)}.`,
    ({ n, oldest }) =>
      `${count('en', n, 'legal date', 'legal dates')}, the oldest verified on ${longDate('en', oldest)}.`,
  ),
  stale: message<Ids & { oldest: string; days: number }>(
    ({ ids, oldest, days }) =>
      `Échéances légales à revérifier\u00a0: plus de ${days} jours ont passé depuis la dernière vérification (la plus ancienne est du ${longDate('fr', oldest)})\u00a0: ${ids.join(', ')}. Relisez leur source, puis mettez à jour verifiedOn dans calendar.yaml.`,
    ({ ids, oldest, days }) =>
      `Legal dates to verify again: more than ${days} days since the last time (the oldest on ${longDate('en', oldest)}): ${ids.join(', ')}. Read their source, then bring verifiedOn in calendar.yaml up to date.`,
  ),
  fromTheFuture: message<Ids>(
    ({ ids }) =>
      `Dates de vérification dans l’avenir\u00a0: ${ids.join(', ')}. Corrigez verifiedOn dans calendar.yaml.`,
    ({ ids }) => `Verification dates in the future: ${ids.join(', ')}. Correct verifiedOn in calendar.yaml.`,
  ),
  unsettled: message<Ids>(
    ({ ids }) => `Points encore incertains, à confirmer avec l’expert-comptable\u00a0: ${ids.join(', ')}.`,
    ({ ids }) => `Not settled yet, to be confirmed with the accountant: ${ids.join(', ')}.`,
  ),
};
