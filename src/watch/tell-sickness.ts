import { type Said, said } from '#src/i18n/message.ts';
import { sicknessMessages as words } from '#src/i18n/watch.ts';
import type { Sickness } from './sickness.ts';

/** Why nothing can be said of a source, without a full stop. */
export function tellSickness(sickness: Sickness): Said {
  switch (sickness.why) {
    case 'status':
      return said(words.status, sickness);
    case 'timeout':
      return said(words.timeout, sickness);
    case 'too-large':
      return said(words['too-large'], sickness);
    case 'unreachable':
      return said(words.unreachable, sickness);
    case 'insecure':
    case 'private':
    case 'closed':
      return said(words[sickness.why], sickness);
    case 'unreadable':
      return said(words.unreadable, sickness);
    default:
      return said(words[sickness.why]);
  }
}
