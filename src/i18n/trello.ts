import { type Locale, message } from './message.ts';
import { namedThing, quotedFrom, untilWhen } from './service-words.ts';

/** What is spoken of: its kind in Trello, and its name in the team's own words. */
export interface About {
  readonly type:
    | 'board'
    | 'list'
    | 'label'
    | 'field'
    | 'card'
    | 'checklist'
    | 'comment'
    | 'file'
    | 'member'
    | 'organization'
    | 'webhook'
    | 'account';
  readonly name: string;
}

interface Problem {
  readonly about: About;
  readonly detail: string;
}

interface Wait extends Problem {
  readonly until?: Date | undefined;
}

/** What goes wrong between Jalon and Trello, with what, and how to mend it. */
export const trelloSays = {
  unauthorized: message<Problem>(
    ({ detail }) =>
      `Trello refuse la clé ou le jeton\u00a0: l’un des deux est révoqué, expiré ou mal copié${quoted('fr', detail)}. Ouvrez trello.com/power-ups/admin, reprenez la clé de l’application (TRELLO_API_KEY), demandez un nouveau jeton et mettez-le à la place de l’ancien (TRELLO_TOKEN).`,
    ({ detail }) =>
      `Trello refuses the key or the token: one of them was revoked, has expired or is miscopied${quoted('en', detail)}. Open trello.com/power-ups/admin, copy the key of the app again (TRELLO_API_KEY), ask for a new token and put it in place of the old one (TRELLO_TOKEN).`,
  ),
  missingScope: message<Problem>(
    ({ about, detail }) =>
      `Le jeton Trello ne donne pas le droit de faire ce que Jalon demande pour ${named('fr', about)}${quoted('fr', detail)}. Demandez un nouveau jeton avec les droits de lecture et d’écriture (read,write), puis mettez-le dans TRELLO_TOKEN.`,
    ({ about, detail }) =>
      `The Trello token does not give the right to do what Jalon asks for ${named('en', about)}${quoted('en', detail)}. Ask for a new token with the rights to read and to write (read,write), and put it into TRELLO_TOKEN.`,
  ),
  forbidden: message<Problem>(
    ({ about, detail }) =>
      `Trello ne laisse pas Jalon toucher à ${named('fr', about)}${quoted('fr', detail)}. Dans Trello, ajoutez au tableau, comme membre normal, la personne à qui appartient le jeton.`,
    ({ about, detail }) =>
      `Trello does not let Jalon touch ${named('en', about)}${quoted('en', detail)}. In Trello, add the person whose token it is to the board, as a normal member.`,
  ),
  notFound: message<Problem>(
    ({ about }) =>
      `Trello ne trouve pas ${named('fr', about)}\u00a0: l’élément a été supprimé, ou la personne à qui appartient le jeton ne le voit plus. Ajoutez-la au tableau, ou corrigez l’adresse dans le fichier du projet.`,
    ({ about }) =>
      `Trello does not find ${named('en', about)}: it was deleted, or the person whose token it is sees it no more. Add that person to the board, or correct the address in the project file.`,
  ),
  plan: message<Problem>(
    ({ about, detail }) =>
      `L’offre de votre espace de travail Trello ne permet pas ce que Jalon demande pour ${named('fr', about)}${quoted('fr', detail)}. Rien n’y a été changé. Passez à une offre qui le permet\u202f; le reste du plan continue d’être tenu à jour.`,
    ({ about, detail }) =>
      `The plan of your Trello workspace does not allow what Jalon asks for ${named('en', about)}${quoted('en', detail)}. Nothing was changed there. Change to a plan that does; the rest is still kept up to date.`,
  ),
  limit: message<Problem>(
    ({ about, detail }) =>
      `Trello n’accepte plus rien pour ${named('fr', about)}\u00a0: une limite est atteinte${quoted('fr', detail)}. Fermez les tableaux ou archivez les cartes qui ne servent plus, ou passez à une offre payante, puis relancez la commande.`,
    ({ about, detail }) =>
      `Trello takes nothing more for ${named('en', about)}: a limit is reached${quoted('en', detail)}. Close boards or archive cards that are no longer used, or change to a paid plan, then run the command again.`,
  ),
  tooManyCards: message<Problem>(
    ({ about }) =>
      `Trello ne montre pas d’un coup autant de cartes que ${named('fr', about)} en contient. Supprimez d’anciennes cartes archivées, ou déplacez-les vers un autre tableau, puis relancez la commande.`,
    ({ about }) =>
      `Trello does not show at once as many cards as ${named('en', about)} holds. Delete old archived cards, or move them to another board, then run the command again.`,
  ),
  tooLong: message<Problem>(
    ({ about }) =>
      `Trello refuse ${named('fr', about)}\u00a0: le contenu est trop long. Rien n’y a été changé. Raccourcissez les textes, ou choisissez un fichier plus petit.`,
    ({ about }) =>
      `Trello refuses ${named('en', about)}: the content is too long. Nothing was changed there. Shorten the texts, or choose a smaller file.`,
  ),
  invalid: message<Problem>(
    ({ about, detail }) =>
      `Trello n’accepte pas ce que Jalon écrit pour ${named('fr', about)}${quoted('fr', detail)}. Rien n’y a été changé. Si un texte y est très long, raccourcissez-le\u202f; sinon, signalez ce message.`,
    ({ about, detail }) =>
      `Trello does not accept what Jalon writes for ${named('en', about)}${quoted('en', detail)}. Nothing was changed there. If a text in it is very long, shorten it; otherwise report this message.`,
  ),
  malformed: message<Problem>(
    ({ about, detail }) =>
      `Trello ne comprend pas ce que Jalon demande pour ${named('fr', about)}${quoted('fr', detail)}. Rien n’a été changé. Mettez Jalon à jour\u202f; si cela ne suffit pas, signalez ce message.`,
    ({ about, detail }) =>
      `Trello does not understand what Jalon asks for ${named('en', about)}${quoted('en', detail)}. Nothing was changed. Upgrade Jalon; if that is not enough, report this message.`,
  ),
  rate: message<Wait>(
    ({ about, until }) =>
      `Trello demande d’attendre${untilWhen('fr', until)}\u00a0: trop de requêtes ont été envoyées avec ce jeton. Rien n’est perdu pour ${named('fr', about)}\u00a0: relancez la commande ensuite.`,
    ({ about, until }) =>
      `Trello asks to wait${untilWhen('en', until)}: too many requests were sent with this token. Nothing is lost for ${named('en', about)}: run the command again afterwards.`,
  ),
  members: message<Wait>(
    ({ about, until }) =>
      `Trello demande d’attendre${untilWhen('fr', until)} avant d’autres questions sur les personnes\u00a0: il n’en permet que 100 par quart d’heure. Rien n’est perdu pour ${named('fr', about)}\u00a0: relancez la commande ensuite.`,
    ({ about, until }) =>
      `Trello asks to wait${untilWhen('en', until)} before more questions about people: it allows only 100 in a quarter of an hour. Nothing is lost for ${named('en', about)}: run the command again afterwards.`,
  ),
  unreachable: message<Wait>(
    ({ about, detail }) =>
      `Jalon ne joint pas Trello (${detail}). Rien n’est perdu pour ${named('fr', about)}. Vérifiez la connexion à Internet, le pare-feu et TRELLO_BASE_URL, puis relancez la commande.`,
    ({ about, detail }) =>
      `Jalon cannot reach Trello (${detail}). Nothing is lost for ${named('en', about)}. Check the Internet connection, the firewall and TRELLO_BASE_URL, then run the command again.`,
  ),
  unanswered: message<Problem>(
    ({ about, detail }) =>
      `Trello n’a pas répondu clairement pour ${named('fr', about)} (${detail}). Rien n’est perdu\u00a0: relancez la commande, Jalon vérifiera d’abord ce que Trello a enregistré.`,
    ({ about, detail }) =>
      `Trello gave no clear answer for ${named('en', about)} (${detail}). Nothing is lost: run the command again, and Jalon will first check what Trello has saved.`,
  ),
  tooLarge: message<{ about: About }>(
    ({ about }) =>
      `La réponse de Trello pour ${named('fr', about)} est trop volumineuse pour être lue. Supprimez-y d’anciennes cartes archivées, puis relancez la commande.`,
    ({ about }) =>
      `Trello’s answer for ${named('en', about)} is too large to be read. Delete old archived cards from it, then run the command again.`,
  ),
};

const KINDS: Readonly<Record<About['type'], Readonly<Record<Locale, string>>>> = {
  board: { fr: 'le tableau', en: 'the board' },
  list: { fr: 'la liste', en: 'the list' },
  label: { fr: 'l’étiquette', en: 'the label' },
  field: { fr: 'le champ personnalisé', en: 'the custom field' },
  card: { fr: 'la carte', en: 'the card' },
  checklist: { fr: 'la checklist de', en: 'the checklist of' },
  comment: { fr: 'les commentaires de', en: 'the comments of' },
  file: { fr: 'le fichier', en: 'the file' },
  member: { fr: 'la personne', en: 'the person' },
  organization: { fr: 'l’espace de travail', en: 'the workspace' },
  webhook: { fr: 'le webhook de', en: 'the webhook of' },
  account: { fr: 'le compte', en: 'the account' },
};

function named(locale: Locale, { type, name }: About): string {
  return namedThing(locale, KINDS[type][locale], name);
}

function quoted(locale: Locale, detail: string): string {
  return quotedFrom(locale, 'Trello', detail);
}
