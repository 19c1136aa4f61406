import type { Environment } from '#src/config/environment.ts';
import { cliMessages } from '#src/i18n/cli.ts';
import { doctorMessages } from '#src/i18n/doctor.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { isDashboardClosed } from './dashboard-findings.ts';

/** What listens everywhere has no address of its own; from this machine it is here. */
const HERE: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' };

/** That the service runs, and where people open its dashboard. `listensOn`: as the service gives it, with its port. */
export function listeningText(
  environment: Pick<Environment, 'http' | 'publicUrl'>,
  listensOn: string,
  locale: Locale,
): string {
  if (isDashboardClosed(environment))
    return say(locale, cliMessages.listeningOnly, { why: say(locale, doctorMessages.dashboardClosed) });
  return say(locale, cliMessages.listening, { url: environment.publicUrl ?? fromHere(listensOn) });
}

function fromHere(listensOn: string): string {
  const { protocol, hostname, port } = new URL(listensOn);
  return `${protocol}//${HERE[hostname] ?? hostname}${port === '' ? '' : `:${port}`}`;
}
