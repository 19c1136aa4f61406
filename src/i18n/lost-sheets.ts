import { message } from './message.ts';

/** What a team is told of a sheet that has lost the hidden cells by which it is known. */
export const LOST_SHEETS = {
  found: message<string>(
    (sheet) =>
      `Feuille «\u00a0${sheet}\u00a0»\u00a0: sa ligne ou sa colonne masquée avait été supprimée. La feuille a été reconnue à ses titres, et ces repères sont remis.`,
    (sheet) =>
      `Sheet “${sheet}”: its hidden row or column had been deleted. The sheet was known again by its titles, and these marks are put back.`,
  ),
  unknown: message<string>(
    (sheet) =>
      `Feuille «\u00a0${sheet}\u00a0»\u00a0: sa ligne et sa colonne masquées ont été supprimées, ce qu’on y écrit n’est plus lu. Une feuille neuve la remplace\u00a0: recopiez-y vos saisies, puis supprimez l’ancienne.`,
    (sheet) =>
      `Sheet “${sheet}”: its hidden row and column have been deleted, what is written in it is no longer read. A new sheet takes its place: copy your entries into it, then delete the old one.`,
  ),
};
