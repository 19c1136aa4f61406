import { message } from './message.ts';
import { type Moment, momentText } from './moment.ts';

interface Advice {
  /** How to ask for what is missing here. */
  readonly command: string;
}

/** What `doctor` says of the webhooks of Notion, and how to set them up. */
export const webhookMessages = {
  off: message<Advice>(
    ({ command }) =>
      `Webhooks de Notion\u00a0: pas branchés. Jalon voit quand même ce qui change, mais un peu plus tard. Pour les brancher\u00a0: ${command}`,
    ({ command }) =>
      `Webhooks of Notion: not set up. Jalon still sees what changes, only a little later. To set them up: ${command}`,
  ),
  silent: message<Advice>(
    ({ command }) =>
      `Webhooks de Notion\u00a0: NOTION_WEBHOOK_TOKEN est défini, mais aucun signalement valable n’est encore arrivé. Pendant que le service tourne, modifiez une page du plan et attendez quelques minutes. Si rien ne vient, vérifiez le jeton et l’adresse\u00a0: ${command}`,
    ({ command }) =>
      `Webhooks of Notion: NOTION_WEBHOOK_TOKEN is set, but no valid event has arrived yet. While the service runs, edit a page of the plan and wait a few minutes. If none comes, check the token and the address: ${command}`,
  ),
  heard: message<Moment>(
    (moment) =>
      `Webhooks de Notion\u00a0: le dernier signalement valable est arrivé le ${momentText('fr', moment)}.`,
    (moment) => `Webhooks of Notion: the last valid event arrived on ${momentText('en', moment)}.`,
  ),
  pending: message<Moment & Advice>(
    ({ command, ...moment }) =>
      `Webhooks de Notion\u00a0: un jeton de vérification, reçu le ${momentText('fr', moment)}, attend d’être collé dans Notion. Pour le voir\u00a0: ${command}`,
    ({ command, ...moment }) =>
      `Webhooks of Notion: a verification token, received on ${momentText('en', moment)}, waits to be pasted into Notion. To see it: ${command}`,
  ),
  address: message<{ url: string }>(
    ({ url }) =>
      `Adresse à donner à Notion, dans les réglages de la connexion, onglet «\u00a0Webhooks\u00a0», en créant un abonnement\u00a0:\n${url}`,
    ({ url }) =>
      `Address to give to Notion, in the settings of the connection, “Webhooks” tab, when you create a subscription:\n${url}`,
  ),
  noAddress: message(
    'Notion doit pouvoir atteindre le service depuis l’extérieur\u00a0: mettez dans PUBLIC_URL l’adresse https sous laquelle il est joignable, puis relancez cette commande.',
    'Notion must be able to reach the service from outside: put the https address under which it is reached into PUBLIC_URL, then run this command again.',
  ),
  insecureAddress: message<{ url: string }>(
    ({ url }) =>
      `Notion n’accepte qu’une adresse https\u202f; celle de PUBLIC_URL ne l’est pas (${url}). Corrigez PUBLIC_URL, puis relancez cette commande.`,
    ({ url }) =>
      `Notion accepts https addresses only, and that of PUBLIC_URL is none (${url}). Correct PUBLIC_URL, then run this command again.`,
  ),
  token: message<Moment & { token: string }>(
    ({ token, ...moment }) =>
      `Jeton de vérification, reçu le ${momentText('fr', moment)}\u00a0:\n${token}\nCollez-le dans Notion, au même onglet, pour vérifier l’abonnement. Mettez-le ensuite dans NOTION_WEBHOOK_TOKEN et redémarrez le service. Si Notion le refuse, demandez-lui de le renvoyer, puis relancez cette commande\u00a0: seul le dernier compte.`,
    ({ token, ...moment }) =>
      `Verification token, received on ${momentText('en', moment)}:\n${token}\nPaste it into Notion, in the same tab, to verify the subscription. Then put it into NOTION_WEBHOOK_TOKEN and start the service again. If Notion refuses it, have it sent again, then run this command again: only the last one counts.`,
  ),
  noToken: message(
    'Aucun jeton de vérification n’attend d’être collé. Notion l’envoie à la création de l’abonnement, ou quand vous le lui demandez au même onglet\u00a0: le service doit tourner à ce moment-là.',
    'No verification token waits to be pasted. Notion sends it when the subscription is created, or when you ask for it in the same tab: the service must be running then.',
  ),
};
