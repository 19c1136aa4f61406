import { count, type Locale, type Message, message, say } from './message.ts';
import { type Moment, momentText } from './moment.ts';

/** What Jalon says of messages to people: in them, and of what became of them. */

const CHANNEL_NAMES: Readonly<Record<string, Message>> = {
  email: message('e-mail', 'e-mail'),
  slack: message('Slack', 'Slack'),
  teams: message('Teams', 'Teams'),
};

interface Where {
  readonly channel: string;
}

interface Told extends Where, Moment {
  readonly subject: string;
  /** A code of `reasons`. */
  readonly why: string | undefined;
  /** The service's own words. */
  readonly detail: string | undefined;
}

interface Advice {
  readonly command: string;
}

/** Why a message was not sent, and how to mend it. */
const reasons: Readonly<Record<string, Message>> = {
  notSetUp: message(
    'ce canal n’est plus configuré\u00a0: remettez sa variable (SMTP_URL, SLACK_WEBHOOK_URL ou TEAMS_WEBHOOK_URL)',
    'this channel is no longer set up: put its variable back (SMTP_URL, SLACK_WEBHOOK_URL or TEAMS_WEBHOOK_URL)',
  ),
  noSender: message(
    'rien ne dit qui écrit\u00a0: mettez l’adresse de l’expéditeur dans SMTP_FROM',
    'nothing says who writes: put the address of the sender into SMTP_FROM',
  ),
  noRecipient: message(
    'aucune adresse pour ce destinataire\u00a0: ajoutez email à la personne dans le fichier du projet, ou remplissez DIGEST_TO',
    'no address for whom it is meant: add email to the person in the project’s file, or fill in DIGEST_TO',
  ),
  unreachable: message(
    'le service est injoignable\u00a0: vérifiez l’adresse et le réseau',
    'the service cannot be reached: check the address and the network',
  ),
  notLetIn: message(
    'le serveur refuse l’identifiant, le mot de passe ou l’expéditeur\u00a0: vérifiez SMTP_URL et SMTP_FROM',
    'the server refuses the user, the password or the sender: check SMTP_URL and SMTP_FROM',
  ),
  insecure: message(
    'la connexion ne peut pas être chiffrée, ou son certificat n’est pas reconnu\u00a0: utilisez smtps:// si le serveur l’offre, ou faites reconnaître son certificat avec NODE_EXTRA_CA_CERTS',
    'the connection cannot be encrypted, or its certificate is not trusted: use smtps:// if the server offers it, or have its certificate trusted with NODE_EXTRA_CA_CERTS',
  ),
  busy: message(
    'le service demande de revenir plus tard\u00a0: rien à faire, Jalon réessaie',
    'the service asks to come back later: nothing to do, Jalon tries again',
  ),
  notThere: message(
    'le service ne reconnaît pas cette adresse, ou l’a désactivée\u00a0: créez un nouveau webhook et remplacez l’ancien',
    'the service does not know this address, or has switched it off: make a new webhook and replace the old one',
  ),
  refused: message('le service refuse ce message tel qu’il est', 'the service refuses this message as it is'),
  allRefused: message(
    'le serveur refuse toutes les adresses\u00a0: corrigez-les dans le fichier du projet ou dans DIGEST_TO',
    'the server refuses every address: correct them in the project’s file or in DIGEST_TO',
  ),
  cut: message(
    'la connexion s’est coupée avant la réponse',
    'the connection broke off before the answer came',
  ),
  noClearAnswer: message('le service n’a pas répondu clairement', 'the service gave no clear answer'),
  interrupted: message('Jalon s’est arrêté pendant l’envoi', 'Jalon was stopped while it was sending'),
};

export const deliveryMessages = {
  /** Names a channel. */
  channel: message<Where>(
    ({ channel }) => channelName('fr', channel),
    ({ channel }) => channelName('en', channel),
  ),
  /** In a message that many read. */
  addressed: message<{ names: readonly string[] }>(
    ({ names }) => `Pour\u00a0: ${new Intl.ListFormat('fr').format(names)}`,
    ({ names }) => `For: ${new Intl.ListFormat('en').format(names)}`,
  ),
  late: message<{ day: string }>(
    ({ day }) => `Ce message aurait dû partir le ${day}\u00a0: il arrive en retard.`,
    ({ day }) => `This message was due to leave on ${day}: it comes late.`,
  ),
  cut: message(
    'La suite est trop longue pour ce canal. Le plan, lui, est complet.',
    'The rest is too long for this channel. The plan itself is complete.',
  ),
  testSubject: message('Jalon\u00a0: message d’essai', 'Jalon: test message'),
  testText: message<{ company: string }>(
    ({ company }) =>
      `Si vous lisez ceci, les messages de Jalon pour ${company} arrivent bien ici. Il n’y a rien à faire.`,
    ({ company }) =>
      `If you read this, Jalon’s messages for ${company} do arrive here. There is nothing to do.`,
  ),

  delivered: message<{ sent: number; waiting: number; failed: number; unknown: number }>(
    (n) =>
      `${count('fr', n.sent, 'message envoyé', 'messages envoyés')}, ${n.waiting}\u00a0en attente, ${count('fr', n.failed, 'échec', 'échecs')}, ${n.unknown}\u00a0au sort inconnu.`,
    (n) =>
      `${count('en', n.sent, 'message sent', 'messages sent')}, ${n.waiting}\u00a0waiting, ${n.failed}\u00a0failed, ${n.unknown}\u00a0unknown.`,
  ),
  lookAtDoctor: message<Advice>(
    ({ command }) => `Tous les messages ne sont pas partis. Le détail, et que faire\u00a0: ${command}`,
    ({ command }) => `Not every message was sent. The details, and what to do: ${command}`,
  ),
  noChannel: message(
    'Aucun canal n’est configuré\u00a0: Jalon n’envoie ni e-mail, ni message Slack ou Teams. Pour en configurer un, remplissez SMTP_URL, SLACK_WEBHOOK_URL ou TEAMS_WEBHOOK_URL dans .env.',
    'No channel is set up: Jalon sends no e-mail, and nothing to Slack or Teams. To set one up, fill in SMTP_URL, SLACK_WEBHOOK_URL or TEAMS_WEBHOOK_URL in .env.',
  ),
  testSent: message<Where>(
    ({ channel }) =>
      `${channelName('fr', channel)}\u00a0: message d’essai envoyé. Vérifiez qu’il est arrivé.`,
    ({ channel }) => `${channelName('en', channel)}: test message sent. Check that it has arrived.`,
  ),
  testSentExcept: message<Where & { refused: readonly string[] }>(
    ({ channel, refused }) =>
      `${channelName('fr', channel)}\u00a0: message d’essai envoyé, mais le serveur refuse ${refused.join(', ')}. Corrigez ces adresses.`,
    ({ channel, refused }) =>
      `${channelName('en', channel)}: test message sent, but the server refuses ${refused.join(', ')}. Correct these addresses.`,
  ),
  testFailed: message<Where & Pick<Told, 'why' | 'detail'>>(
    ({ channel, ...told }) => `${channelName('fr', channel)}\u00a0: ${because('fr', told)}`,
    ({ channel, ...told }) => `${channelName('en', channel)}: ${because('en', told)}`,
  ),

  mailReady: message<{ host: string; from: string; to: number } & Advice>(
    ({ host, from, to, command }) =>
      `E-mail\u00a0: ${host} nous laisse entrer\u202f; expéditeur ${from}, ${count('fr', to, 'abonné', 'abonnés')} dans DIGEST_TO. Pour un essai\u00a0: ${command}`,
    ({ host, from, to, command }) =>
      `E-mail: ${host} lets us in; sender ${from}, ${count('en', to, 'subscriber', 'subscribers')} in DIGEST_TO. To try it: ${command}`,
  ),
  noSubscriber: message<{ host: string }>(
    ({ host }) =>
      `E-mail\u00a0: ${host} nous laisse entrer, mais DIGEST_TO est vide\u00a0: le bilan de la semaine ne part à personne. Mettez-y des adresses.`,
    ({ host }) =>
      `E-mail: ${host} lets us in, but DIGEST_TO is empty: the weekly digest goes to nobody. Put addresses there.`,
  ),
  mailNotReady: message<{ host: string } & Pick<Told, 'why' | 'detail'>>(
    ({ host, ...told }) => `E-mail (${host})\u00a0: ${because('fr', told)}`,
    ({ host, ...told }) => `E-mail (${host}): ${because('en', told)}`,
  ),
  webhookShaped: message<Where & Advice>(
    ({ channel, command }) =>
      `${channelName('fr', channel)}\u00a0: l’adresse a la bonne forme. Seul un envoi dit si elle marche\u00a0: ${command}`,
    ({ channel, command }) =>
      `${channelName('en', channel)}: the address has the right form. Only a message tells whether it works: ${command}`,
  ),
  webhookUnusual: message<Where & { host: string; expected: string } & Advice>(
    ({ channel, host, expected, command }) =>
      `${channelName('fr', channel)}\u00a0: l’adresse est sur ${host}, alors qu’on attend ${expected}. Vérifiez-la par un essai\u00a0: ${command}`,
    ({ channel, host, expected, command }) =>
      `${channelName('en', channel)}: the address is on ${host}, where ${expected} is expected. Check it by a test: ${command}`,
  ),
  retiredConnector: message(
    'Teams\u00a0: cette adresse est celle d’un connecteur, que Microsoft a retiré. Dans le canal, ouvrez «\u00a0Workflows\u00a0», créez le flux qui envoie les alertes d’un webhook au canal, et mettez son adresse dans TEAMS_WEBHOOK_URL.',
    'Teams: this address is that of a connector, which Microsoft has retired. In the channel, open “Workflows”, create the flow that sends webhook alerts to the channel, and put its address into TEAMS_WEBHOOK_URL.',
  ),
  noAddress: message<{ names: readonly string[] }>(
    ({ names }) =>
      `Personnes sans adresse électronique\u00a0: ${names.join(', ')}. Ce qui ne concerne qu’elles part aux adresses de DIGEST_TO. Ajoutez email à ces personnes dans le fichier du projet.`,
    ({ names }) =>
      `Persons without an e-mail address: ${names.join(', ')}. What concerns nobody else goes to the addresses of DIGEST_TO. Add email to these persons in the project’s file.`,
  ),
  waiting: message<Told>(
    (told) => `${heading('fr', told)} attend d’être envoyé\u00a0: ${because('fr', told)}`,
    (told) => `${heading('en', told)} waits to be sent: ${because('en', told)}`,
  ),
  failed: message<Told & Advice>(
    ({ command, ...told }) =>
      `${heading('fr', told)} n’est pas parti\u00a0: ${because('fr', told)} Pour le renvoyer ensuite\u00a0: ${command}`,
    ({ command, ...told }) =>
      `${heading('en', told)} was not sent: ${because('en', told)} To send it again then: ${command}`,
  ),
  unknown: message<Told & Advice>(
    ({ command, ...told }) =>
      `${heading('fr', told)} est peut-être arrivé, peut-être pas\u00a0: ${because('fr', told)} Regardez s’il est là\u202f; sinon, renvoyez-le\u00a0: ${command}`,
    ({ command, ...told }) =>
      `${heading('en', told)} may have arrived or not: ${because('en', told)} Look whether it is there; if not, send it again: ${command}`,
  ),
  someRefused: message<Where & Moment & { refused: readonly string[] }>(
    ({ refused, ...told }) =>
      `Un message par ${channelName('fr', told.channel)} du ${momentText('fr', told)} n’est pas parvenu à ${refused.join(', ')}\u00a0: le serveur refuse l’adresse. Corrigez-la.`,
    ({ refused, ...told }) =>
      `A message by ${channelName('en', told.channel)} of ${momentText('en', told)} did not reach ${refused.join(', ')}: the server refuses the address. Correct it.`,
  ),
};

function channelName(locale: Locale, channel: string): string {
  const name = CHANNEL_NAMES[channel];
  return name ? say(locale, name) : channel;
}

function heading(locale: Locale, { channel, subject, ...moment }: Told): string {
  const when = momentText(locale, moment);
  return locale === 'fr'
    ? `Le message «\u00a0${subject}\u00a0» du ${when} (${channelName('fr', channel)})`
    : `The message “${subject}” of ${when} (${channelName('en', channel)})`;
}

/** The reason as the end of a sentence, with the service's own words. */
function because(locale: Locale, { why, detail }: Pick<Told, 'why' | 'detail'>): string {
  const known = why === undefined ? undefined : reasons[why];
  const reason = known ? say(locale, known) : locale === 'fr' ? 'il vient d’être écrit' : 'it is new';
  return detail === undefined ? `${reason}.` : `${reason} (${detail}).`;
}
