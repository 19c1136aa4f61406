import { expect } from 'vitest';
import { BadInput } from '#src/errors.ts';
import type { Locale } from '#src/i18n/message.ts';

/** What the reader is told, with plain spaces for the no-break ones. Fails unless the work is refused as bad input. */
export async function refusal(work: () => unknown, locale: Locale = 'fr'): Promise<string> {
  try {
    await work();
  } catch (error) {
    expect(error).toBeInstanceOf(BadInput);
    return wordsOf(error as BadInput, locale);
  }
  return expect.unreachable('nothing was refused');
}

export function wordsOf(error: BadInput, locale: Locale = 'fr'): string {
  return error.said(locale).replace(/[\u00a0\u202f]/g, ' ');
}
