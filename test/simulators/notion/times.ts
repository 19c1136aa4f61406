/** As pages, data sources, blocks and comments show a time: the seconds are cut off. */
export function toTheMinute(at: number): string {
  return new Date(Math.floor(at / 60_000) * 60_000).toISOString();
}

/** As database objects show a time: with milliseconds and a numeric offset. */
export function withMilliseconds(at: number): string {
  return new Date(at).toISOString().replace('Z', '+00:00');
}
