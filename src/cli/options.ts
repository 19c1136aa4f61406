import type { Locale } from '#src/i18n/message.ts';

/** What every command takes. */
export interface CommonOptions {
  readonly project?: readonly string[];
  readonly json?: boolean;
  readonly locale?: Locale;
}
