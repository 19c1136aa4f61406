/**
 * How many ms a `Retry-After` asks to wait: seconds or an HTTP date, as far away as it says.
 * `undefined`: there is none, or it is neither.
 */
export function retryAfterMs(value: string | null | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  // Date.parse takes many things for a date, "-5" among them: an HTTP date begins with its weekday.
  const date = /^[A-Z][a-z]{2,8}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
