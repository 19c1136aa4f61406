const ALWAYS = new Set(['GET', 'DELETE']);

/** PUT that send someone a message each time. */
const PUT_THAT_MAY_NOT = [/^\/boards\/[^/]+\/members$/];

/**
 * Whether carrying the request out twice leaves the same as carrying it out once. Reads, deletions and changes of
 * values do; whatever creates does not, and Trello knows no key by which to tell the second time from the first. A
 * deletion that is repeated may be answered with "not found".
 */
export function isRepeatable(method: string, path: string): boolean {
  if (ALWAYS.has(method)) return true;
  return method === 'PUT' && !PUT_THAT_MAY_NOT.some((one) => one.test(path));
}
