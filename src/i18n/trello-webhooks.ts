import { count, message } from './message.ts';
import { type Moment, momentText } from './moment.ts';
import { longDate } from './plan.ts';

interface Address {
  readonly url: string;
}

interface Advice {
  /** How to ask for what is missing here. */
  readonly command: string;
}

/** What is said of the webhooks of Trello, which Jalon makes itself, and what it needs for that. */
export const trelloWebhookMessages = {
  off: message<Advice>(
    ({ command }) =>
      `Webhooks de Trello\u00a0: pas branchés. Jalon voit quand même ce qui change, mais un peu plus tard. Pour les brancher\u00a0: ${command}`,
    ({ command }) =>
      `Webhooks of Trello: not set up. Jalon still sees what changes, only a little later. To set them up: ${command}`,
  ),
  silent: message<Advice>(
    ({ command }) =>
      `Webhooks de Trello\u00a0: aucun signalement valable n’est encore arrivé. Pendant que le service tourne, déplacez une carte du plan. Si rien ne vient, vérifiez le secret et l’adresse\u00a0: ${command}`,
    ({ command }) =>
      `Webhooks of Trello: no valid delivery has arrived yet. While the service runs, move a card of the plan. If none comes, check the secret and the address: ${command}`,
  ),
  heard: message<Moment>(
    (moment) =>
      `Webhooks de Trello\u00a0: le dernier signalement valable est arrivé le ${momentText('fr', moment)}.`,
    (moment) => `Webhooks of Trello: the last valid delivery arrived on ${momentText('en', moment)}.`,
  ),
  noAddress: message(
    'Webhooks de Trello\u00a0: Trello doit pouvoir atteindre le service depuis l’extérieur. Mettez dans PUBLIC_URL l’adresse https sous laquelle il est joignable, puis redémarrez le service.',
    'Webhooks of Trello: Trello must be able to reach the service from outside. Put the https address under which it is reached into PUBLIC_URL, then start the service again.',
  ),
  insecureAddress: message<Address>(
    ({ url }) =>
      `Webhooks de Trello\u00a0: il faut une adresse https\u202f; celle de PUBLIC_URL n’en est pas une (${url}). Corrigez PUBLIC_URL, puis redémarrez le service.`,
    ({ url }) =>
      `Webhooks of Trello: an https address is needed, and that of PUBLIC_URL is none (${url}). Correct PUBLIC_URL, then start the service again.`,
  ),
  noSecret: message(
    'Webhooks de Trello\u00a0: ouvrez trello.com/power-ups/admin, choisissez l’application dont vous utilisez la clé, copiez son secret sur la page «\u00a0Clé API\u00a0» et mettez-le dans TRELLO_API_SECRET. Redémarrez ensuite le service.',
    'Webhooks of Trello: open trello.com/power-ups/admin, choose the app whose key you use, copy its secret from the page “API key” and put it into TRELLO_API_SECRET. Then start the service again.',
  ),
  ready: message<Address>(
    ({ url }) =>
      `Webhooks de Trello\u00a0: rien n’est à coller dans Trello. Le service y crée lui-même le webhook de chaque tableau, le vérifie toutes les heures et le répare au besoin. Trello signale les changements à cette adresse\u00a0:\n${url}`,
    ({ url }) =>
      `Webhooks of Trello: nothing needs to be pasted into Trello. The service makes the webhook of each board itself, checks it every hour and mends it if need be. Trello tells of changes at this address:\n${url}`,
  ),
  active: message(
    'Le webhook du tableau est actif\u00a0: Trello signale aussitôt ce qui change.',
    'The webhook of the board is active: Trello tells at once what changes.',
  ),
  failing: message<Address & { failures: number; since: string | null | undefined }>(
    ({ url, failures, since }) =>
      `${since ? `Depuis le ${longDate('fr', since.slice(0, 10))}, ` : ''}Trello n’arrive pas à remettre les signalements du tableau (${count('fr', failures, 'échec', 'échecs')} de suite). Vérifiez que le service tourne et que cette adresse répond depuis l’extérieur\u00a0: ${url}`,
    ({ url, failures, since }) =>
      `${since ? `Since ${longDate('en', since.slice(0, 10))}, ` : ''}Trello cannot deliver what it has to tell of the board (${count('en', failures, 'failure', 'failures')} in a row). Check that the service runs and that this address answers from outside: ${url}`,
  ),
  inactive: message<Address>(
    ({ url }) =>
      `Trello a désactivé le webhook du tableau après trop d’échecs. Le service le réactive dès qu’il tourne\u202f; vérifiez que cette adresse répond depuis l’extérieur\u00a0: ${url}`,
    ({ url }) =>
      `Trello has switched the webhook of the board off after too many failures. The service switches it on again as soon as it runs; check that this address answers from outside: ${url}`,
  ),
  missing: message<Address>(
    ({ url }) =>
      `Le tableau n’a pas encore de webhook. Le service le crée peu après son démarrage. S’il manque toujours, vérifiez que cette adresse répond depuis l’extérieur\u00a0: ${url}`,
    ({ url }) =>
      `The board has no webhook yet. The service makes it soon after its start. If it is still missing then, check that this address answers from outside: ${url}`,
  ),
  unreachable: message<Address & { detail: string }>(
    ({ url, detail }) =>
      `Trello refuse de signaler les changements à cette adresse (${url}). Trello dit\u00a0: «\u00a0${detail}\u00a0». Vérifiez PUBLIC_URL, le certificat, et que le service répond depuis l’extérieur. En attendant, Jalon voit les changements un peu plus tard.`,
    ({ url, detail }) =>
      `Trello refuses to tell this address of changes (${url}). Trello says: “${detail}”. Check PUBLIC_URL, the certificate, and that the service answers from outside. Until then, Jalon sees changes a little later.`,
  ),
};
