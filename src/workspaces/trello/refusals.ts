import type { RefusalCode } from './outcome.ts';

/** An error as Trello words it. `code` is `''` where it gives none. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

/**
 * By Trello's words, since its status is a poor guide: 401 stands for a wrong key and for a missing right. The words
 * for limits and plans are published nowhere: what speaks of them is taken at its word, and quoted to the team.
 */
const BY_WORDS: readonly (readonly [RegExp, RefusalCode])[] = [
  [/API_TOO_MANY_CARDS_REQUESTED|too many cards/i, 'tooManyCards'],
  [/invalid (?:app )?(?:key|token)|expired token|token (?:was )?(?:revoked|expired)/i, 'unauthorized'],
  [/missing scopes?|insufficient scope/i, 'missingScope'],
  [/permission requested|not authorized|unauthorized/i, 'forbidden'],
  [/upgrade|premium|standard plan|paid plan|not available on|is not enabled/i, 'plan'],
  [/too long|\blength\b|\bcharacters\b/i, 'tooLong'],
  [
    /limit (?:has been )?(?:reached|exceeded)|reached (?:its|the) limit|LIMIT_EXCEEDED|too many|maximum|view[- ]only/i,
    'limit',
  ],
];

const BY_STATUS: ReadonlyMap<number, RefusalCode> = new Map([
  [400, 'invalid'],
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'notFound'],
  [410, 'notFound'],
  [422, 'invalid'],
]);

export function refusalCode(status: number, { code, message }: Failure): RefusalCode {
  const byStatus = BY_STATUS.get(status) ?? 'malformed';
  if (byStatus === 'notFound') return byStatus;
  const words = `${code} ${message}`;
  return BY_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? byStatus;
}
