import { type Locale, message } from './message.ts';
import { namedThing, quotedFrom, untilWhen } from './service-words.ts';

/** What is spoken of: its kind in Notion, and its name in the team's own words. */
export interface About {
  readonly type: 'page' | 'database' | 'block' | 'view' | 'comment' | 'file' | 'people' | 'workspace';
  readonly name: string;
}

interface Problem {
  readonly about: About;
  readonly detail: string;
}

interface Wait extends Problem {
  readonly until?: Date | undefined;
}

/** What goes wrong between Jalon and Notion, with what, and how to mend it. */
export const notionSays = {
  unauthorized: message<Problem>(
    'Notion refuse le jeton de la connexion\u00a0: il est révoqué ou mal copié. Ouvrez la connexion dans les réglages de Notion, copiez son jeton et mettez-le à la place de l’ancien (NOTION_TOKEN).',
    'Notion refuses the token of the connection: it was revoked, or is miscopied. Open the connection in Notion’s settings, copy its token and put it in place of the old one (NOTION_TOKEN).',
  ),
  restricted: message<Problem>(
    ({ about, detail }) =>
      `La connexion n’a pas le droit de faire ce que Jalon lui demande pour ${named('fr', about)}${quoted('fr', detail)}. Dans les réglages de Notion, donnez à la connexion le droit de lire, de modifier et d’insérer du contenu.`,
    ({ about, detail }) =>
      `The connection may not do what Jalon asks of it for ${named('en', about)}${quoted('en', detail)}. In Notion’s settings, allow the connection to read, update and insert content.`,
  ),
  blockLimit: message<Problem>(
    ({ about }) =>
      `L’espace de travail Notion est plein\u00a0: à plusieurs membres, l’offre gratuite permet de créer 1\u202f000 blocs en tout, et en supprimer n’en rend aucun. Rien n’a été ajouté pour ${named('fr', about)}. Passez à une offre payante, ou continuez avec un seul membre\u202f; ce qui existe déjà continue d’être tenu à jour.`,
    ({ about }) =>
      `The Notion workspace is full: with several members, the free plan allows 1,000 blocks to be created in all, and deleting some gives none back. Nothing was added for ${named('en', about)}. Change to a paid plan, or go on with a single member; what already exists is still kept up to date.`,
  ),
  notShared: message<Problem>(
    ({ about }) =>
      `Notion ne montre pas à la connexion ${named('fr', about)}\u00a0: l’accès a été retiré, ou l’élément supprimé. Dans Notion, ouvrez-le ou rétablissez-le depuis la corbeille, puis ajoutez la connexion par le menu •••, «\u00a0Connexions\u00a0».`,
    ({ about }) =>
      `Notion does not show the connection ${named('en', about)}: access was withdrawn, or it was deleted. In Notion, open it or restore it from the trash, then add the connection by the ••• menu, “Connections”.`,
  ),
  validation: message<Problem>(
    ({ about, detail }) =>
      `Notion n’accepte pas ce que Jalon écrit pour ${named('fr', about)}${quoted('fr', detail)}. Rien n’y a été changé. Si un texte ou une liste y est très long, raccourcissez-le\u202f; sinon, signalez ce message.`,
    ({ about, detail }) =>
      `Notion does not accept what Jalon writes for ${named('en', about)}${quoted('en', detail)}. Nothing was changed there. If a text or a list in it is very long, shorten it; otherwise report this message.`,
  ),
  rowLimit: message<Problem>(
    ({ about }) =>
      `Notion n’ajoute plus de lignes pour ${named('fr', about)}\u00a0: sa limite est atteinte. Archivez ou déplacez des lignes anciennes, puis relancez la commande.`,
    ({ about }) =>
      `Notion adds no more rows for ${named('en', about)}: its limit is reached. Archive or move old rows, then run the command again.`,
  ),
  blocked: message<Problem>(
    ({ detail }) =>
      `Notion a bloqué la connexion${quoted('fr', detail)}. Attendre n’y change rien\u00a0: écrivez à l’assistance de Notion, ou créez une nouvelle connexion.`,
    ({ detail }) =>
      `Notion has blocked the connection${quoted('en', detail)}. Waiting does not help: write to Notion’s support, or make a new connection.`,
  ),
  malformed: message<Problem>(
    ({ about, detail }) =>
      `Notion ne comprend pas ce que Jalon demande pour ${named('fr', about)}${quoted('fr', detail)}. Rien n’a été changé. Mettez Jalon à jour\u202f; si cela ne suffit pas, signalez ce message.`,
    ({ about, detail }) =>
      `Notion does not understand what Jalon asks for ${named('en', about)}${quoted('en', detail)}. Nothing was changed. Upgrade Jalon; if that is not enough, report this message.`,
  ),
  rate: message<Wait>(
    ({ about, until }) =>
      `Notion demande d’attendre${untilWhen('fr', until)}\u00a0: trop de requêtes ont été envoyées avec cette connexion. Rien n’est perdu pour ${named('fr', about)}\u00a0: relancez la commande ensuite.`,
    ({ about, until }) =>
      `Notion asks to wait${untilWhen('en', until)}: too many requests were sent with this connection. Nothing is lost for ${named('en', about)}: run the command again afterwards.`,
  ),
  overload: message<Wait>(
    ({ about, until }) =>
      `Notion est surchargé et demande d’attendre${untilWhen('fr', until)}. Rien n’est perdu pour ${named('fr', about)}\u00a0: relancez la commande ensuite.`,
    ({ about, until }) =>
      `Notion is overloaded and asks to wait${untilWhen('en', until)}. Nothing is lost for ${named('en', about)}: run the command again afterwards.`,
  ),
  conflict: message<Wait>(
    ({ about }) =>
      `Notion n’a pas pu enregistrer ${named('fr', about)}\u00a0: quelqu’un y écrit en même temps. Rien n’est perdu\u00a0: relancez la commande dans quelques minutes.`,
    ({ about }) =>
      `Notion could not save ${named('en', about)}: someone is writing there at the same time. Nothing is lost: run the command again in a few minutes.`,
  ),
  unreachable: message<Wait>(
    ({ about, detail }) =>
      `Jalon ne joint pas Notion (${detail}). Rien n’est perdu pour ${named('fr', about)}. Vérifiez la connexion à Internet, le pare-feu et NOTION_BASE_URL, puis relancez la commande.`,
    ({ about, detail }) =>
      `Jalon cannot reach Notion (${detail}). Nothing is lost for ${named('en', about)}. Check the Internet connection, the firewall and NOTION_BASE_URL, then run the command again.`,
  ),
  unanswered: message<Problem>(
    ({ about, detail }) =>
      `Notion n’a pas répondu clairement pour ${named('fr', about)} (${detail}). Rien n’est perdu\u00a0: relancez la commande, Jalon vérifiera d’abord ce que Notion a enregistré.`,
    ({ about, detail }) =>
      `Notion gave no clear answer for ${named('en', about)} (${detail}). Nothing is lost: run the command again, and Jalon will first check what Notion has saved.`,
  ),
  committed: message<{ about: About }>(
    ({ about }) =>
      `Notion a enregistré ${named('fr', about)}, mais sans pouvoir le montrer. Rien n’est perdu\u00a0: relancez la commande.`,
    ({ about }) =>
      `Notion has saved ${named('en', about)}, but could not show it. Nothing is lost: run the command again.`,
  ),
  tooLarge: message<{ about: About }>(
    ({ about }) =>
      `La réponse de Notion pour ${named('fr', about)} est trop volumineuse pour être lue. Supprimez-y les textes démesurés, puis relancez la commande.`,
    ({ about }) =>
      `Notion’s answer for ${named('en', about)} is too large to be read. Remove oversized texts from it, then run the command again.`,
  ),
  pagesLost: message<{ about: About }>(
    ({ about }) =>
      `Notion n’a pas donné toute la liste pour ${named('fr', about)}\u00a0: la suite manque ou se répète. Rien n’a été changé\u00a0: relancez la commande dans quelques minutes.`,
    ({ about }) =>
      `Notion did not give the whole list for ${named('en', about)}: its continuation is missing or repeats itself. Nothing was changed: run the command again in a few minutes.`,
  ),
};

const KINDS: Readonly<Record<About['type'], Readonly<Record<Locale, string>>>> = {
  page: { fr: 'la page', en: 'the page' },
  database: { fr: 'la base de données', en: 'the database' },
  block: { fr: 'le contenu de', en: 'the content of' },
  view: { fr: 'la vue', en: 'the view' },
  comment: { fr: 'les commentaires de', en: 'the comments of' },
  file: { fr: 'le fichier', en: 'the file' },
  people: { fr: 'les membres de', en: 'the members of' },
  workspace: { fr: 'l’espace de travail', en: 'the workspace' },
};

function named(locale: Locale, { type, name }: About): string {
  return namedThing(locale, KINDS[type][locale], name);
}

function quoted(locale: Locale, detail: string): string {
  return quotedFrom(locale, 'Notion', detail);
}
