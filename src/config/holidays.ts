import type { IsHoliday } from '#src/plan/working-days.ts';
import days from './holidays.json' with { type: 'json' };

const holidays: ReadonlySet<string> = new Set(days);
const [first = ''] = days;
const lastYear = days.at(-1)?.slice(0, 4) ?? '';

/**
 * Public holidays of metropolitan France. They are written ahead by the library date-holidays
 * (`npm run holidays`), which would otherwise cost every service 35 MB and every plan a fifth of a second.
 * @throws RangeError for a day before or after the years that were written: a plan on wrong days would be worse.
 */
export const isFrenchHoliday: IsHoliday = (day) => {
  if (day < first || day.slice(0, 4) > lastYear) throw new RangeError(`no public holidays known for ${day}`);
  return holidays.has(day);
};
