import { count, message, type Said } from './message.ts';

/** Words of the command line itself: its help and what is wrong with a call. */
export const cliMessages = {
  about: message(
    'Le plan de passage à la facturation électronique, tenu à jour dans vos outils.',
    'The plan for moving to e-invoicing, kept true in your own tools.',
  ),
  init: message(
    'crée un projet\u00a0: quelques questions, ou des options',
    'creates a project: a few questions, or flags',
  ),
  plan: message('montre ce qui changerait, sans rien changer', 'shows what would change, changes nothing'),
  apply: message(
    'met le plan en place, le met à niveau, le répare',
    'makes it so: provisions, upgrades, repairs',
  ),
  sync: message(
    'reporte partout ce qui a été modifié quelque part',
    'carries what was edited anywhere everywhere',
  ),
  watch: message(
    'regarde les sources officielles et note ce qui a changé',
    'looks at the official sources and notes what has changed',
  ),
  accept: message(
    'tient ce que la source montre désormais pour son état normal (à répéter)',
    'takes what the source shows now for its normal state (repeatable)',
  ),
  status: message('avancement, retards, échéances légales', 'progress, late tasks, legal dates'),
  remind: message(
    'rappelle les échéances du jour, chacune une seule fois',
    'reminds of the dates of the day, each of them once',
  ),
  digest: message(
    'fait le point de la semaine dans chaque outil, et l’envoie à ses destinataires',
    'writes the weekly digest in each tool, and sends it to whoever receives it',
  ),
  portfolio: message(
    'montre toutes les entreprises, une ligne chacune, sans rien changer',
    'shows all companies, a line each, and changes nothing',
  ),
  deliver: message(
    'envoie maintenant les messages en attente (e-mail, Slack, Teams)',
    'sends now the messages that wait (e-mail, Slack, Teams)',
  ),
  deliverTest: message(
    'envoie un message d’essai sur chaque canal configuré',
    'sends a test message over each channel that is set up',
  ),
  deliverAgain: message(
    'renvoie aussi les messages qui ont échoué et ceux dont le sort est inconnu',
    'also sends again the messages that failed, and those whose fate is unknown',
  ),
  doctor: message('dit ce qui ne va pas et comment y remédier', 'says what is wrong and how to mend it'),
  webhooks: message(
    'dit comment brancher les webhooks de Notion, et montre le jeton à y coller',
    'says how to set up the webhooks of Notion, and shows the token to paste there',
  ),
  start: message('démarre le service', 'starts the service'),
  once: message('fait chaque travail une fois, puis s’arrête', 'does every job once, then ends'),
  template: message('vérifie un modèle, ou montre sa forme', 'checks a template, or shows its form'),
  templateCheck: message(
    'vérifie un modèle\u00a0: un dossier ou un nom',
    'checks a template: a folder or a name',
  ),
  templateSchema: message(
    'écrit le schéma JSON d’un fichier de modèle',
    'prints the JSON Schema of a template’s file',
  ),
  import: message(
    'crée un projet par ligne d’un fichier CSV',
    'creates a project for each line of a CSV file',
  ),
  initName: message('nom de l’entreprise', 'name of the company'),
  initSiren: message('numéro SIREN, 9 chiffres', 'SIREN number, 9 digits'),
  initSize: message('taille\u00a0: micro, pme, eti ou ge', 'size: micro, pme, eti or ge'),
  initVat: message(
    'régime de TVA\u00a0: franchise, simplifie, reel-trimestriel, reel-mensuel ou exonere',
    'VAT regime: franchise, simplifie, reel-trimestriel, reel-mensuel or exonere',
  ),
  initFact: message(
    'réponse à une question du modèle (à répéter)',
    'answer to one of the template’s questions (repeatable)',
  ),
  initStart: message('premier jour du projet, AAAA-MM-JJ', 'first day of the project, YYYY-MM-DD'),
  initTemplate: message('modèle de plan', 'template of the plan'),
  initProfile: message(
    'étendue du plan, par exemple essentiel ou complet',
    'extent of the plan, e.g. essentiel or complet',
  ),
  initWorkspace: message(
    'outil de l’équipe\u00a0: excel, notion ou trello',
    'the team’s tool: excel, notion or trello',
  ),
  initFile: message('classeur Excel', 'Excel workbook'),
  initParent: message(
    'page Notion sous laquelle créer le plan',
    'Notion page below which to create the plan',
  ),
  initOrganization: message('espace de travail Trello', 'Trello workspace'),
  initBoard: message('tableau Trello existant', 'existing Trello board'),
  initYes: message('ne pose aucune question', 'asks nothing'),
  initForce: message('remplace le projet s’il existe', 'replaces the project if it exists'),
  explain: message(
    'dit aussi ce que fera chaque règle, et pourquoi',
    'also says what each rule will do, and why',
  ),
  dryRun: message('montre ce qui serait fait, sans rien écrire', 'shows what would be done, writes nothing'),
  strict: message('n’écrit rien si une seule ligne est mauvaise', 'writes nothing if a single line is bad'),
  usage: message('Usage\u00a0:', 'Usage:'),
  options: message('Options\u00a0:', 'Options:'),
  commands: message('Commandes\u00a0:', 'Commands:'),
  arguments: message('Arguments\u00a0:', 'Arguments:'),
  project: message('ne traite que ce projet (à répéter au besoin)', 'only this project (may be repeated)'),
  json: message('écrit un document JSON sur la sortie', 'writes one JSON document to the output'),
  locale: message('langue\u00a0: fr ou en', 'language: fr or en'),
  help: message('affiche cette aide', 'shows this help'),
  version: message('affiche la version', 'shows the version'),
  badCall: message<{ problem: Said; help: string }>(
    ({ problem, help }) => `${problem('fr')} Pour l’aide\u00a0: ${help}`,
    ({ problem, help }) => `${problem('en')} For help: ${help}`,
  ),
  unknownCommand: message<{ found: string }>(
    ({ found }) => `La commande «\u00a0${found}\u00a0» n’existe pas.`,
    ({ found }) => `There is no command “${found}”.`,
  ),
  unknownOption: message<{ found: string }>(
    ({ found }) => `L’option «\u00a0${found}\u00a0» n’existe pas pour cette commande.`,
    ({ found }) => `This command has no option “${found}”.`,
  ),
  missingArgument: message<{ found: string }>(
    ({ found }) => `Il manque «\u00a0${found}\u00a0» à la fin de la commande.`,
    ({ found }) => `The command needs “${found}” at its end.`,
  ),
  optionNeedsValue: message<{ found: string }>(
    ({ found }) => `L’option «\u00a0${found}\u00a0» attend une valeur.`,
    ({ found }) => `The option “${found}” needs a value.`,
  ),
  excessArguments: message<{ found: string }>(
    'La commande a reçu trop de mots. Mettez entre guillemets ce qui contient des espaces.',
    'The command was given too many words. Put what has spaces in it between quotes.',
  ),
  unknownLocale: message<{ found: string }>(
    ({ found }) => `--locale\u00a0: trouvé «\u00a0${found}\u00a0», attendu fr ou en.`,
    ({ found }) => `--locale: found “${found}”, expected fr or en.`,
  ),
  templateGood: message<{ key: string; version: string; steps: number; tasks: number; registers: number }>(
    (t) =>
      `${t.key} ${t.version}\u00a0: rien à redire. ${count('fr', t.steps, 'étape', 'étapes')}, ${count('fr', t.tasks, 'tâche', 'tâches')}, ${count('fr', t.registers, 'registre', 'registres')}.`,
    (t) =>
      `${t.key} ${t.version}: nothing wrong. ${count('en', t.steps, 'step', 'steps')}, ${count('en', t.tasks, 'task', 'tasks')}, ${count('en', t.registers, 'register', 'registers')}.`,
  ),
  unknownSchema: message<{ found: string; known: string }>(
    ({ found, known }) => `Aucun schéma «\u00a0${found}\u00a0». Ceux qui existent\u00a0: ${known}.`,
    ({ found, known }) => `No schema “${found}”. Those that exist: ${known}.`,
  ),
  noProjects: message<{ folder: string }>(
    ({ folder }) => `Aucun projet dans ${folder}. Créez-en un\u00a0: jalon init`,
    ({ folder }) => `No project in ${folder}. Create one: jalon init`,
  ),
  waiting: message<{ host: string; pid: number; since: string }>(
    ({ host, pid, since }) =>
      `Un autre Jalon travaille sur ce projet depuis le ${since} (${host}, processus ${pid}). On attend qu’il ait fini.`,
    ({ host, pid, since }) =>
      `Another Jalon has been working on this project since ${since} (${host}, process ${pid}). Waiting for it to finish.`,
  ),
  paused: message<{ until: string }>(
    ({ until }) => `Le service demande d’attendre jusqu’à ${until}. Jalon reprendra de lui-même.`,
    ({ until }) => `The service asks to wait until ${until}. Jalon will go on by itself.`,
  ),
  writing: message('Écriture du plan', 'Writing the plan'),
  exampleWritten: message<{ file: string; command: string }>(
    ({ file, command }) =>
      `Aucun projet pour l’instant\u00a0: un exemple a été écrit dans ${file}.\nModifiez-le, ou créez le vôtre avec\u00a0: ${command} init`,
    ({ file, command }) =>
      `No project yet: an example was written to ${file}.\nEdit it, or create yours with: ${command} init`,
  ),
  listening: message<{ url: string }>(
    ({ url }) =>
      `Le service tourne et reporte ce que vous modifiez. Tableau de bord\u00a0: ${url} (Ctrl-C pour arrêter).`,
    ({ url }) => `The service is running and carries your edits. Dashboard: ${url} (Ctrl-C to stop).`,
  ),
  /** `why`: the dashboard is not to be opened. */
  listeningOnly: message<{ why: string }>(
    ({ why }) => `Le service tourne et reporte ce que vous modifiez (Ctrl-C pour arrêter). ${why}`,
    ({ why }) => `The service is running and carries your edits (Ctrl-C to stop). ${why}`,
  ),
  stopping: message('Arrêt en cours…', 'Stopping…'),
};
