import { JalonError } from '#src/errors.ts';
import { frameWords } from '#src/i18n/dashboard.ts';
import { type Locale, say } from '#src/i18n/message.ts';

/** What a page says of a failure. The words of one that nobody has foreseen are for the log: they may hold anything. */
export function whyText(error: unknown, locale: Locale): string {
  return error instanceof JalonError ? error.said(locale) : say(locale, frameWords.unforeseen);
}
