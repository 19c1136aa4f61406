import { type Locale, say } from '#src/i18n/message.ts';
import { fieldName, showValue } from '#src/i18n/report.ts';
import { PRIORITY_LABELS, STATUS_LABELS } from '#src/i18n/workbook.ts';
import type { Value } from '#src/plan/item.ts';
import type { Blueprint, ColumnShape, Named } from '#src/workspaces/workspace.ts';
import type { Paint } from './show-status.ts';

/** What a sentence about a project is told with: its words, the reader’s language, a terminal’s colours. */
export interface Telling {
  readonly wording: Wording;
  readonly locale: Locale;
  readonly paint: Paint;
}

/** How the fields of one project’s items, and their values, are called in a sentence. */
export interface Wording {
  field(key: string, field: string): string;
  value(key: string, field: string, value: Value): string;
  register(key: string): string;
}

export function tellingOf(
  blueprint: Blueprint,
  { locale, paint }: Pick<Telling, 'locale' | 'paint'>,
): Telling {
  return { wording: wordingOf(blueprint, locale), locale, paint };
}

/** Values that stand for a choice are called what the team sees in its workspaces, never by their keys. */
export function wordingOf(blueprint: Blueprint, locale: Locale): Wording {
  const lists = choicesOf(blueprint, locale);
  const column = (key: string, field: string) => columnOf(blueprint, key, field);
  return {
    register: (key) => blueprint.registers.find((one) => one.key === key)?.title ?? key,
    field: (key, field) => column(key, field)?.title ?? fieldName(locale, field),
    value: (key, field, value) => {
      const choices = isRow(key) ? column(key, field)?.options : lists[field];
      return showValue(locale, choices ? labelOf(choices, value) : value);
    },
  };
}

function choicesOf(
  { steps, roles, sources }: Blueprint,
  locale: Locale,
): Readonly<Record<string, readonly Named[]>> {
  return {
    status: Object.entries(STATUS_LABELS).map(([key, label]) => ({ key, title: say(locale, label) })),
    priority: Object.entries(PRIORITY_LABELS).map(([key, label]) => ({ key, title: say(locale, label) })),
    step: steps,
    role: roles,
    with: roles,
    sources: [...sources].map(([key, { title }]) => ({ key, title })),
  };
}

function columnOf({ registers }: Blueprint, key: string, field: string): ColumnShape | undefined {
  const register = isRow(key) ? registers.find((one) => key.startsWith(`${one.key}:`)) : undefined;
  return register?.columns.find((one) => one.key === field);
}

/** Only the key of a register’s row has a colon. */
function isRow(key: string): boolean {
  return key.includes(':');
}

function labelOf(choices: readonly Named[], value: Value): Value {
  const label = (one: string) => choices.find(({ key }) => key === one)?.title ?? one;
  if (typeof value === 'string') return label(value);
  return Array.isArray(value) ? (value as readonly string[]).map(label) : value;
}
