/** Writes the French public holidays of the coming years, as the library date-holidays knows them: `npm run holidays`. */
import { writeFileSync } from 'node:fs';
import Holidays from 'date-holidays';

export const FIRST_YEAR = 2020;
export const LAST_YEAR = 2040;

/** All of them, as ISO days, in their order. */
export function holidaysFromLibrary(): string[] {
  const calendar = new Holidays('FR', { types: ['public'] });
  const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, i) => FIRST_YEAR + i);
  return years
    .flatMap((year) => calendar.getHolidays(year).map((holiday) => holiday.date.slice(0, 10)))
    .sort();
}

if (import.meta.main) {
  writeFileSync(
    new URL('../src/config/holidays.json', import.meta.url),
    `${JSON.stringify(holidaysFromLibrary(), null, 2)}\n`,
  );
}
