import type { Said } from './i18n/message.ts';

/** The exit codes of the command line. */
export const EXIT = {
  done: 0,
  unexpected: 1,
  badInput: 2,
  someFailed: 3,
  credentials: 4,
  pending: 10,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * A failure that Jalon can explain. `said` is what a person reads, in their language, and ends with how to
 * mend it; `message` is the same in English, for logs. Callers tell failures apart with `instanceof`.
 */
export class JalonError extends Error {
  readonly exitCode: ExitCode = EXIT.unexpected;
  readonly said: Said;

  constructor(said: Said, options?: ErrorOptions) {
    super(said('en'), options);
    this.name = new.target.name;
    this.said = said;
  }
}

/** What a person gave cannot be used: a file, a flag, a value of the environment. Nothing has been written. */
export class BadInput extends JalonError {
  override readonly exitCode = EXIT.badInput;
}

/** A service refused who we are, or what we may do. */
export class Refused extends JalonError {
  override readonly exitCode = EXIT.credentials;
}

/** A place cannot be reached or written just now. Trying again later is safe, and nothing is lost by waiting. */
export class NotNow extends JalonError {
  override readonly exitCode = EXIT.someFailed;
}

/** A place holds something that we must not touch or guess about: a person has to look at it first. */
export class NeedsAttention extends JalonError {
  override readonly exitCode = EXIT.someFailed;
}

/** What to print for any thrown value, in the reader's language. */
export function explain(error: unknown): Said {
  if (error instanceof JalonError) return error.said;
  const text = error instanceof Error ? error.message : String(error);
  return () => text;
}

export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof JalonError ? error.exitCode : EXIT.unexpected;
}
