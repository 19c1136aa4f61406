import type { ActiveRule, If, When } from '#src/plan/automation.ts';
import { type Item, isArchived, type Status, text } from '#src/plan/item.ts';
import { TEMPLATE } from '#src/reconcile/replica.ts';
import { type Cause, isOver } from './causes.ts';
import { addDays } from './days.ts';
import type { Situation } from './situation.ts';

/** Whether this is the kind of cause that the rule waits for; its `if` is another question. */
export function isSetOffBy({ when }: ActiveRule, cause: Cause, items: ReadonlyMap<string, Item>): boolean {
  switch (cause.kind) {
    case 'status':
      return statusMatches(when['status-changed'], cause.from, cause.to);
    case 'created':
      return creationMatches(when['item-created'], cause.by, items.get(cause.key));
    case 'notice':
      return when['notice-posted'] === true;
    case 'assigned':
      return when.assigned === true;
    case 'checklist':
      return when['checklist-complete'] === true;
    case 'dependency':
      return when['dependency-done'] === cause.extent;
    case 'due':
      return when['due-in']?.days === cause.days;
    case 'overdue':
      return when['overdue-by']?.days === cause.days;
    case 'kpi': {
      const wanted = when[cause.side === 'over' ? 'kpi-over' : 'kpi-under'];
      return wanted?.kpi === cause.kpi && wanted.value === cause.limit;
    }
  }
}

function statusMatches(wanted: When['status-changed'], from: Status, to: Status): boolean {
  if (!wanted) return false;
  return (wanted.from?.includes(from) ?? true) && (wanted.to?.includes(to) ?? true);
}

function creationMatches(
  wanted: When['item-created'],
  by: 'person' | 'watch',
  item: Item | undefined,
): boolean {
  if (!wanted || !item || (wanted.by !== undefined && wanted.by !== by)) return false;
  return wanted.register === undefined
    ? item.kind === 'task'
    : item.kind === 'row' && item.parent === wanted.register;
}

/** Whether all that the rule asks for besides holds. `item` is absent for what concerns the whole project. */
export function holds(wanted: If | undefined, item: Item | undefined, profile: string): boolean {
  if (wanted === undefined) return true;
  const { step, role, status, priority, required, fields = {} } = wanted;
  if (wanted.profile && !wanted.profile.includes(profile)) return false;
  if (!item) return true;
  const isOneOf = (values: readonly string[] | undefined, field: string) =>
    values === undefined || values.includes(text(item, field));
  return (
    isOneOf(step, 'step') &&
    isOneOf(role, 'role') &&
    isOneOf(status, 'status') &&
    isOneOf(priority, 'priority') &&
    (required === undefined || (item.fields.required === true) === required) &&
    Object.entries(fields).every(([name, values]) => equalsOne(item.fields[name], values))
  );
}

/** Of a list, one entry is enough. */
function equalsOne(found: Item['fields'][string] | undefined, values: readonly unknown[]): boolean {
  if (Array.isArray(found)) return found.some((one) => values.includes(one));
  return values.includes(found);
}

/** What the rule waits for on its dates, as a cause, if it holds of this task on that day. */
function timeCause({ when }: ActiveRule, item: Item, day: string): Cause | undefined {
  const due = text(item, 'due');
  if (item.kind !== 'task' || due === '' || isArchived(item) || isOver(item)) return undefined;
  const { key } = item;
  const soon = when['due-in'];
  if (soon && due >= day && due <= addDays(day, soon.days)) return { kind: 'due', key, due, days: soon.days };
  const late = when['overdue-by'];
  if (late && due <= addDays(day, -late.days)) return { kind: 'overdue', key, due, days: late.days };
  return undefined;
}

/** The name of the mark that holds the day of the last cycle. */
export const DAY = 'day';

/**
 * The dates that came near or went by since the last cycle: what a rule waits for holds now, and did not at the end of
 * that cycle. So a service that slept over the day still tells it, and a rule that is new does not go over the past.
 * What the template has just dated is not news either. `items`: as they stand now.
 */
export function timeCauses(situation: Situation, items: ReadonlyMap<string, Item>): readonly Cause[] {
  const { rules, before, today, remembered, team } = situation;
  const timed = rules.filter(({ when }) => when['due-in'] || when['overdue-by']);
  const lastDay = remembered(DAY);
  if (timed.length === 0 || lastDay === undefined) return [];
  const dated = datedByTemplate(situation);
  const isSameDay = lastDay === today;
  const candidates = [...items.values()].filter(
    (item) => item.kind === 'task' && !dated.has(item.key) && !(isSameDay && before.get(item.key) === item),
  );
  const heldOn = (rule: ActiveRule, item: Item | undefined, day: string) =>
    item && holds(rule.if, item, team.profile) ? timeCause(rule, item, day) : undefined;
  return timed.flatMap((rule) =>
    candidates.flatMap((item) => {
      const cause = heldOn(rule, item, today);
      return cause && !heldOn(rule, before.get(item.key), lastDay) ? [cause] : [];
    }),
  );
}

function datedByTemplate({ happenings }: Situation): ReadonlySet<string> {
  return new Set(
    happenings
      .filter((one) => one.actor === TEMPLATE && (one.kind === 'created' || one.field === 'due'))
      .map(({ key }) => key),
  );
}

/** On which side of its limit the rule's KPI was, as the last cycle left it. */
export function kpiMark({ id }: ActiveRule): string {
  return `kpi:${id}`;
}

/** The KPIs that have crossed a limit since they were last known, and where each known one is now, by mark. */
export function kpiCauses({ rules, kpis, remembered }: Situation): {
  readonly causes: readonly Cause[];
  readonly marks: ReadonlyMap<string, string>;
} {
  const causes: Cause[] = [];
  const marks = new Map<string, string>();
  for (const rule of rules) {
    const side = rule.when['kpi-over'] ? 'over' : 'under';
    const wanted = rule.when[`kpi-${side}`];
    const value = wanted && kpis.get(wanted.kpi);
    if (wanted === undefined || value === undefined || value === null) continue;
    const isBeyond = side === 'over' ? value > wanted.value : value < wanted.value;
    const mark = isBeyond ? 'beyond' : 'within';
    const known = remembered(kpiMark(rule));
    if (mark === known) continue;
    marks.set(kpiMark(rule), mark);
    if (isBeyond) causes.push({ kind: 'kpi', kpi: wanted.kpi, side, limit: wanted.value, value });
  }
  return { causes, marks };
}
