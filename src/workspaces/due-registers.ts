import { type Item, isArchived, text } from '#src/plan/item.ts';
import type { Blueprint, RegisterShape } from './workspace.ts';

/**
 * The keys of the registers to be made now: those whose step has begun, and those that hold lines beside the planned
 * ones: a person has added them elsewhere, or Jalon posts them there, as notices and digests. A step has begun once one of its tasks is more than `todo`, or its first task is to start.
 *
 * `today` is `YYYY-MM-DD`.
 */
export function dueRegisters(
  { registers, steps }: Blueprint,
  agreed: ReadonlyMap<string, Item>,
  today: string,
): ReadonlySet<string> {
  const items = [...agreed.values()].filter((item) => !isArchived(item));
  const begun = new Set(items.filter((item) => hasBegun(item, today)).map((item) => text(item, 'step')));
  // Steps follow each other: before one that has begun, all have.
  const lastBegun = steps.findLastIndex(({ key }) => begun.has(key));
  const open = new Set(steps.slice(0, Math.max(lastBegun, 0) + 1).map(({ key }) => key));
  const isKnown = ({ step }: RegisterShape) => steps.some(({ key }) => key === step);
  const isUsed = ({ key, planned }: RegisterShape) =>
    items.some((item) => item.kind === 'row' && item.parent === key && !planned.includes(item.key));
  const due = registers.filter((one) => open.has(one.step) || !isKnown(one) || isUsed(one));
  return new Set(due.map(({ key }) => key));
}

function hasBegun(item: Item, today: string): boolean {
  if (item.kind !== 'task') return false;
  const start = text(item, 'start');
  return (start !== '' && start <= today) || !['todo', 'dropped', ''].includes(text(item, 'status'));
}
