import { say } from '#src/i18n/message.ts';
import { longDate } from '#src/i18n/plan.ts';
import { PRIORITY_LABELS, STATUS_LABELS } from '#src/i18n/workbook.ts';
import { PLACEHOLDER } from '#src/plan/automation.ts';
import { type Item, list, type Priority, type Status, text, type Value } from '#src/plan/item.ts';
import type { Column, Text } from '#src/plan/template.ts';
import type { Cause } from './causes.ts';
import { daysBetween } from './days.ts';
import type { Situation, Team } from './situation.ts';

/** What a text of a rule is filled from: the item that it is about, if any, and what set the rule off. */
export interface Subject {
  readonly item: Item | undefined;
  readonly cause: Cause;
  readonly items: ReadonlyMap<string, Item>;
}

/**
 * The text in the team's language, each name in braces replaced by what it stands for; what is not known leaves its
 * place empty.
 */
export function fill(
  source: Text | string,
  subject: Subject,
  { team, today }: Pick<Situation, 'team' | 'today'>,
): string {
  const words = typeof source === 'string' ? source : source[team.locale];
  const filled = words.replace(PLACEHOLDER, (_whole, name: string) => meaningOf(name, subject, team, today));
  // An empty value may leave a line of nothing but spaces behind.
  return filled.replace(/[ \t]+$/gm, '').trim();
}

function meaningOf(name: string, subject: Subject, team: Team, today: string): string {
  if (name === 'company') return team.company;
  if (name === 'today') return longDate(team.locale, today);
  return ofCause(name, subject, team, today) ?? (subject.item ? ofItem(name, subject.item, team) : '');
}

function ofCause(
  name: string,
  { cause, items }: Subject,
  { locale }: Team,
  today: string,
): string | undefined {
  if (cause.kind === 'dependency' && name === 'dependency') return callIt(items.get(cause.on));
  if ((cause.kind === 'due' || cause.kind === 'overdue') && name === 'days')
    return String(Math.abs(daysBetween(cause.due, today)));
  if (cause.kind !== 'kpi') return undefined;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  if (name === 'kpi') return cause.kpi;
  return name === 'value' ? number.format(cause.value) : name === 'limit' ? number.format(cause.limit) : '';
}

/** A field as a person would say it: a date in words, a choice by its label. */
function ofItem(name: string, item: Item, team: Team): string {
  const { locale, template } = team;
  const titleIn = (options: readonly { readonly key: string; readonly title: Text }[], key: string) =>
    options.find((option) => option.key === key)?.title[locale] ?? key;
  if (item.kind === 'row') return ofRow(name, item, team);
  switch (name) {
    case 'status':
      return say(locale, STATUS_LABELS[text(item, 'status') as Status] ?? STATUS_LABELS.todo);
    case 'priority':
      return say(locale, PRIORITY_LABELS[text(item, 'priority') as Priority] ?? PRIORITY_LABELS.normal);
    case 'step':
      return titleIn(template.steps, text(item, 'step'));
    case 'role':
      return titleIn(template.roles, text(item, 'role'));
    case 'people':
      return list(item, 'people').join(', ') || titleIn(template.roles, text(item, 'role'));
    default:
      return spoken(item.fields[name], team);
  }
}

function ofRow(name: string, item: Item, team: Team): string {
  const columns = team.template.registers.find(({ key }) => key === item.parent)?.columns ?? [];
  const named = columns.find((column) => column.key === name);
  const column = named ?? (name === 'title' ? columns[0] : undefined);
  return column ? spoken(labelled(column, item.fields[column.key], team), team) : '';
}

function labelled({ options }: Column, value: Value | undefined, { locale }: Team): Value | undefined {
  return options?.find(({ key }) => key === value)?.title[locale] ?? value;
}

function spoken(value: Value | undefined, { locale }: Team): string {
  if (value === undefined || value === null || typeof value === 'boolean') return '';
  if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
  if (Array.isArray(value)) return value.join(', ');
  return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? longDate(locale, String(value)) : String(value);
}

/** What people call the item: its title; of a row, its first text. */
export function callIt(item: Item | undefined): string {
  if (!item) return '';
  const first = Object.values(item.fields).find((value) => typeof value === 'string' && value !== '');
  return text(item, 'title') || (typeof first === 'string' ? first : item.key);
}
