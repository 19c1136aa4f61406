import type { IsHoliday } from '#src/plan/working-days.ts';

/**
 * French public holidays, by the library date-holidays. It is loaded only when asked for: it costs a fifth of a
 * second and some 35 MB, and most commands do without.
 */
export async function frenchHolidays(): Promise<IsHoliday> {
  const { default: Holidays } = await import('date-holidays');
  const calendar = new Holidays('FR', { types: ['public'] });
  const byYear = new Map<string, ReadonlySet<string>>();
  return (day) => {
    const year = day.slice(0, 4);
    let days = byYear.get(year);
    if (!days) {
      days = new Set(calendar.getHolidays(Number(year)).map((holiday) => holiday.date.slice(0, 10)));
      byYear.set(year, days);
    }
    return days.has(day);
  };
}
