import { causeWords as words } from '#src/i18n/automations.ts';
import { type Said, said } from '#src/i18n/message.ts';
import type { Item } from '#src/plan/item.ts';
import type { Cause } from './causes.ts';
import { daysBetween } from './days.ts';
import { callIt } from './fill.ts';

/** Why this cause sets rules off, for whoever asks. */
export function whyOf(cause: Cause, items: ReadonlyMap<string, Item>, today: string): Said {
  switch (cause.kind) {
    case 'status':
      return said(words.status, cause);
    case 'created':
      return said(cause.by === 'watch' ? words.createdByWatch : words.createdByPerson);
    case 'notice':
      return said(words.notice);
    case 'assigned':
      return said(words.assigned, cause.people);
    case 'checklist':
      return said(words.checklist);
    case 'dependency':
      return said(cause.extent === 'all' ? words.free : words.dependency, callIt(items.get(cause.on)));
    case 'due':
    case 'overdue': {
      const days = Math.abs(daysBetween(today, cause.due));
      if (cause.kind === 'overdue') return said(words.overdue, { days, due: cause.due });
      return days === 0 ? said(words.dueToday) : said(words.due, { days, due: cause.due });
    }
    case 'kpi':
      return said(words[cause.side], cause);
  }
}
