import type { Locale } from '#src/i18n/message.ts';
import type { Item } from '#src/plan/item.ts';
import type { Watched } from './concern.ts';

/** A project as notices are told to it. */
export interface Reader extends Watched {
  readonly locale: Locale;
  /** Names of the persons who hold a role, by role. */
  readonly people: Readonly<Record<string, string>>;
  readonly agreed: ReadonlyMap<string, Item>;
  /** `YYYY-MM-DD` */
  readonly today: string;
}
