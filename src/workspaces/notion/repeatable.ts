const ALWAYS = new Set(['GET', 'DELETE']);

/** POST that only read, or set a value as a whole. */
const POST_THAT_MAY = [/\/v1\/search$/, /\/v1\/data_sources\/[^/]+\/query$/, /\/v1\/pages\/[^/]+\/move$/];

/** PATCH that add to what is there. */
const PATCH_THAT_MAY_NOT = [/\/v1\/blocks\/[^/]+\/children$/, /\/v1\/pages\/[^/]+\/markdown$/];

/**
 * Whether carrying the request out twice leaves the same as carrying it out once. Reads, deletions and changes of
 * values do; whatever creates or appends does not. A deletion that is repeated may be answered with "not found".
 */
export function isRepeatable(method: string, url: string): boolean {
  const { pathname } = new URL(url);
  if (ALWAYS.has(method)) return true;
  if (method === 'POST') return POST_THAT_MAY.some((path) => path.test(pathname));
  return method === 'PATCH' && !PATCH_THAT_MAY_NOT.some((path) => path.test(pathname));
}
