import { hostname } from 'node:os';
import { cliMessages } from '#src/i18n/cli.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { momentText } from '#src/i18n/moment.ts';
import type { LockHolder } from '#src/store/store.ts';

/**
 * Whom a command waits for. `undefined`: another job of this very process, which is nobody to tell of.
 */
export function waitText(
  { host, pid, since }: LockHolder,
  locale: Locale,
  timeZone: string,
): string | undefined {
  if (host === hostname() && pid === process.pid) return undefined;
  return say(locale, cliMessages.waiting, {
    ...{ host, pid },
    since: momentText(locale, { at: since, timeZone }),
  });
}
