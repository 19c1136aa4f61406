import { explain } from '#src/errors.ts';
import type { Locale } from '#src/i18n/message.ts';

/** A project that could not be worked on, and why. */
export interface Trouble {
  readonly slug: string;
  readonly error: unknown;
}

/** Tells on stderr what kept projects from being worked on. */
export function showTroubles(troubles: readonly Trouble[], locale: Locale): void {
  for (const { error } of troubles) process.stderr.write(`${explain(error)(locale)}\n`);
}

/** The place of such a project in a JSON document: the contract’s keys, empty, and what is wrong. */
export function troubleDocument({ slug, error }: Trouble, locale: Locale): unknown {
  return {
    slug,
    workspaces: [],
    conflicts: [],
    errors: [{ workspace: null, message: explain(error)(locale) }],
  };
}
