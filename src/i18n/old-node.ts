/**
 * Said by whatever Node there is, before anything else is loaded: nothing here may be newer than the oldest of them, and
 * nothing is imported.
 */
export const oldNode = {
  fr: (found: string, least: number) =>
    `Jalon demande Node ${least} ou plus récent, et celui qui tourne ici est Node ${found}\u00a0: installez la version en cours (https://nodejs.org), puis relancez la commande.`,
  en: (found: string, least: number) =>
    `Jalon needs Node ${least} or later, and the one that runs here is Node ${found}: install the current version (https://nodejs.org), then run the command again.`,
};
