import { type ItemRef, PRIORITIES, STATUSES, type TaskField, type Value } from '#src/plan/item.ts';
import type { Blueprint } from '../workspace.ts';
import { fitComment } from './comment-text.ts';
import { plainDay } from './dates.ts';
import { NAME_LIMIT } from './limits.ts';
import { cutText, fitLine, fitText, splitNames } from './markdown.ts';
import { fitRow } from './register-card.ts';

/** What Trello shows of each field of a task, whatever the layout. */
const TASK: Readonly<Record<TaskField, (value: Value) => Value>> = {
  title: fitName,
  step: fitKey,
  status: (value) => STATUSES.find((status) => status === value) ?? 'todo',
  priority: (value) => PRIORITIES.find((priority) => priority === value) ?? 'normal',
  role: fitKey,
  with: fitKeys,
  people: (value) => splitNames(asList(value).join(', ')),
  start: fitDay,
  due: fitDay,
  description: fitLong,
  deliverable: fitLong,
  proof: fitLong,
  repeat: fitLong,
  dependsOn: fitKeys,
  sources: fitKeys,
  required: (value) => value === true,
  notes: fitLong,
  archived: (value) => value === true,
};

const CHECK: Readonly<Record<string, (value: Value) => Value>> = {
  title: fitName,
  done: (value) => value === true,
  rank: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null),
  archived: (value) => value === true,
};

/**
 * What Trello would show for the value of a field, as it is then read. The texts of a description are never shortened
 * here: where it has no room for all of them, it says nothing of those that were cut. A field that Trello does not show
 * comes back as it is.
 */
export function fitField(
  { key, kind, parent }: ItemRef,
  field: string,
  value: Value,
  { registers, roles, locale }: Pick<Blueprint, 'registers' | 'roles' | 'locale'>,
): Value {
  if (kind === 'row') {
    const register = registers.find(({ key }) => key === parent);
    return register ? fitRow(register, field, value) : value;
  }
  if (kind === 'check') return CHECK[field]?.(value) ?? value;
  if (kind === 'comment') return field === 'text' ? fitComment(key, asText(value), locale) : value;
  // A role without a label is shown as none.
  if (field === 'role') return roles.some(({ key }) => key === value) ? value : '';
  return Object.hasOwn(TASK, field) ? TASK[field as TaskField](value) : value;
}

/** The name of a card, list, label or point: one line. */
export function fitName(value: Value): string {
  return cutText(fitLine(asText(value)), NAME_LIMIT);
}

function fitLong(value: Value): string {
  return fitText(asText(value));
}

function fitKey(value: Value): string {
  return typeof value === 'string' ? value : '';
}

function fitKeys(value: Value): readonly string[] {
  return [...new Set(asList(value).filter((key) => key !== ''))];
}

function fitDay(value: Value): string | null {
  return typeof value === 'string' ? (plainDay(value) ?? null) : null;
}

function asText(value: Value): string {
  if (typeof value === 'string') return value;
  return value === null || value === false ? '' : String(value);
}

function asList(value: Value): readonly string[] {
  if (typeof value === 'object') return value ?? [];
  return typeof value === 'string' ? splitNames(value) : [];
}
