import { addDays } from './days.ts';

export interface WorkCalendar {
  /** Whether an ISO day is a public holiday where the company works. */
  readonly isHoliday: (day: string) => boolean;
  /** Days of the year (`MM-DD`), both included, in which most of the team is away. */
  readonly freeze?: { readonly from: string; readonly to: string } | undefined;
}

const WORKING_DAYS = 5;
/** In summer someone minds the shop: of five days of work, about one goes to the plan. */
const FREEZE_SHARE = 0.2;

/** How much of a usual week's work the seven days from `day` on hold: 0 to 1. */
export function capacityOf(day: string, { isHoliday, freeze }: WorkCalendar): number {
  let days = 0;
  for (let index = 0; index < 7; index++) {
    const one = addDays(day, index);
    const isWeekend = [0, 6].includes(new Date(one).getUTCDay());
    if (isWeekend || isHoliday(one)) continue;
    days += freeze && isWithin(one.slice(5), freeze) ? FREEZE_SHARE : 1;
  }
  return Math.min(1, days / WORKING_DAYS);
}

/** A stretch may run over New Year. */
function isWithin(monthDay: string, { from, to }: { readonly from: string; readonly to: string }): boolean {
  return from <= to ? from <= monthDay && monthDay <= to : monthDay >= from || monthDay <= to;
}
