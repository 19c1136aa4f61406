import { isFrenchHoliday } from '#src/config/holidays.ts';
import type { OutlookDeps } from '#src/service/outlook.ts';
import type { Store } from '#src/store/store.ts';
import type { Context } from './context.ts';

export function outlookDeps({ today, environment }: Context, store: Store): OutlookDeps {
  return { store, today, timeZone: environment.timeZone, isHoliday: isFrenchHoliday };
}
