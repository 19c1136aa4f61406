import type { CompanyHint } from '#src/config/company-api.ts';
import { reasons, remarks } from '#src/i18n/init.ts';
import { type Said, said } from '#src/i18n/message.ts';
import { formatSiren } from '#src/plan/siren.ts';

/** Tells a person what the public register says of a company. None of it stops anything. */
export function tellHint(
  siren: string,
  hint: CompanyHint,
  tell: (words: Said, level: 'info' | 'warning') => void,
): void {
  switch (hint.outcome) {
    case 'found':
      tell(said(remarks.found, { name: hint.name, siren: formatSiren(siren) }), 'info');
      break;
    case 'masked':
      tell(said(remarks.masked), 'info');
      break;
    case 'notFound':
      tell(said(remarks.notFound, formatSiren(siren)), 'warning');
      break;
    case 'unreachable':
      tell(said(remarks.unreachable, said(reasons[hint.reason])), 'warning');
      break;
  }
  if ('state' in hint && hint.state === 'ceased') tell(said(remarks.ceased), 'warning');
}
