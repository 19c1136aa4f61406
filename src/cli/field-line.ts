import type { Value } from '#src/plan/item.ts';
import type { Telling } from './wording.ts';

/** `état : À faire → En cours` */
export function fieldLine(
  key: string,
  field: string,
  [before, after]: readonly [Value, Value],
  { wording, locale }: Telling,
): string {
  const change = `${wording.value(key, field, before)} → ${wording.value(key, field, after)}`;
  return `${wording.field(key, field)}${locale === 'fr' ? '\u00a0' : ''}: ${change}`;
}
