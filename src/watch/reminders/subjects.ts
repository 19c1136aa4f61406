import type { Locale } from '#src/i18n/message.ts';
import type { BindingObligation } from '#src/plan/calendar.ts';
import { type Item, isArchived, text } from '#src/plan/item.ts';
import type { Subject } from './rules.ts';

const SETTLED: ReadonlySet<string> = new Set(['done', 'dropped']);
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * What a project is to be reminded of: its legal dates that are still to come or are today, and the tasks that the law
 * requires and that are neither done nor dropped. A legal date that has passed is in force: what is left to do for it
 * are tasks.
 */
export function subjectsOf(
  agreed: ReadonlyMap<string, Item>,
  obligations: readonly BindingObligation[],
  locale: Locale,
  today: string,
): readonly Subject[] {
  const dates = obligations
    .filter(({ date }) => date >= today)
    .map(({ obligation, date }): Subject => {
      return { kind: 'obligation', key: obligation.id, title: obligation.title[locale], due: date };
    });
  const tasks = [...agreed.values()].filter(isWanted).map(
    (item): Subject => ({
      kind: 'task',
      key: item.key,
      title: text(item, 'title'),
      due: text(item, 'due'),
    }),
  );
  return [...dates, ...tasks];
}

function isWanted(item: Item): boolean {
  if (item.kind !== 'task' || isArchived(item) || item.fields.required !== true) return false;
  return DAY.test(text(item, 'due')) && !SETTLED.has(text(item, 'status'));
}
