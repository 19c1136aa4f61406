import type { Settings } from './settings.ts';

export function iso(at: number): string {
  return new Date(at).toISOString();
}

const known = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(Z|[+-]\d\d:?\d\d)?$/;

/** What Trello has been seen to keep of an empty date. */
export const INVALID_DATE = 'Invalid date';

/**
 * A date as Trello keeps it, to the millisecond in UTC. One that names no zone shifts, as users report; an empty one
 * is kept as nonsense. Undefined: it is no date.
 */
export function keptDate(text: string, settings: Settings): string | undefined {
  if (text === '') return INVALID_DATE;
  const [, day = '', time = '00:00', zone] = known.exec(text) ?? [];
  const at = Date.parse(`${day}T${time}${zone ?? 'Z'}`);
  if (Number.isNaN(at)) return undefined;
  return iso(zone === undefined ? at + settings.unzonedShiftMinutes * 60_000 : at);
}
