import { type JalonError, NeedsAttention } from '#src/errors.ts';

/** Several at once are told together, and not all of a hundred. */
const MOST_TOLD = 3;

/** @throws the failure, or what several of them say, if there are any. */
export function throwTogether(failures: readonly JalonError[]): void {
  const [first, ...more] = failures;
  if (!first) return;
  if (more.length === 0) throw first;
  const told = failures.slice(0, MOST_TOLD);
  throw new NeedsAttention((locale) => [...new Set(told.map(({ said }) => said(locale)))].join('\n'), {
    cause: first,
  });
}
