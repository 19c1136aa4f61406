/** Order of dates and keys by their characters: the same on every machine, whatever its language. */
export function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
