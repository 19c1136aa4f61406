import {
  type Act,
  type ActiveRule,
  type Day,
  type NewRow,
  type NewTask,
  OWNER,
} from '#src/plan/automation.ts';
import { type Item, list, text, type Value } from '#src/plan/item.ts';
import type { Recipients } from '#src/plan/outgoing-message.ts';
import { type Cause, causeId, dependentsOf, digestOf, isOver } from './causes.ts';
import { addWorkingDays, workingDaysBetween } from './days.ts';
import { fill, type Subject } from './fill.ts';
import type { Situation, Team } from './situation.ts';
import type { WorkingCopy } from './working-copy.ts';

/** One thing that a rule does. */
export type Effect =
  | {
      readonly kind: 'set';
      readonly item: Item;
      readonly field: string;
      readonly old: Value;
      readonly new: Value;
    }
  | { readonly kind: 'add'; readonly item: Item }
  | {
      readonly kind: 'tell';
      readonly to: Recipients;
      readonly text: string;
      readonly link: string | undefined;
    };

/** A rule and what has set it off. */
export interface Occasion {
  readonly rule: ActiveRule;
  readonly cause: Cause;
  /** The task or row that it is about, as it was when the rule was set off; `undefined` for the whole project. */
  readonly item: Item | undefined;
}

/** Does what the rule asks for on the working copy, in its order, and tells what has come of it. */
export function perform(occasion: Occasion, copy: WorkingCopy, situation: Situation): readonly Effect[] {
  return occasion.rule.then.flatMap((act, index) => performOne(act, { ...occasion, index }, copy, situation));
}

/** One act of a rule, and which of them it is. */
type Turn = Occasion & { readonly index: number };

function performOne(act: Act, occasion: Turn, copy: WorkingCopy, situation: Situation): readonly Effect[] {
  const { item } = occasion;
  const { team } = situation;
  const words = (source: Parameters<typeof fill>[0]) => fill(source, subjectOf(occasion, copy), situation);
  return [
    ...(item ? actsOnItem(act, item, copy, situation) : []),
    ...(item && act.comment ? add(commentOn(item, words(act.comment), occasion, situation), copy) : []),
    ...(isOfRules(item, situation) ? [] : createdBy(act, occasion, words, copy, situation)),
    ...(act.notify
      ? [
          {
            kind: 'tell' as const,
            to: recipients(act.notify.to, current(occasion, copy), team),
            text: words(act.notify.text),
            link: item?.kind === 'row' ? linkOf(item, team) : undefined,
          },
        ]
      : []),
  ];
}

/** What a rule has made makes nothing in turn: or a rule on near dates would fill the plan with tasks about tasks. */
function isOfRules(item: Item | undefined, { rules }: Situation): boolean {
  const maker = MADE.exec(item?.key ?? '')?.[1];
  return maker !== undefined && rules.some(({ id }) => id === maker);
}

/** The key of what a rule has made, see `nameOf`. */
const MADE = /[/:]([a-z0-9-]+)-[0-9a-f]{12}$/;

function createdBy(
  act: Act,
  occasion: Turn,
  words: Fill,
  copy: WorkingCopy,
  situation: Situation,
): readonly Effect[] {
  return [
    ...(act['create-task'] ? add(newTask(act['create-task'], occasion, words, situation), copy) : []),
    ...(act['create-row'] ? add(newRow(act['create-row'], occasion, words, situation), copy) : []),
  ];
}

function subjectOf(occasion: Occasion, copy: WorkingCopy): Subject {
  return { item: current(occasion, copy), cause: occasion.cause, items: copy.items };
}

/** The item as the acts before this one have left it. */
function current({ item }: Occasion, { items }: WorkingCopy): Item | undefined {
  return item && (items.get(item.key) ?? item);
}

function actsOnItem(act: Act, item: Item, copy: WorkingCopy, situation: Situation): readonly Effect[] {
  return [
    ...settings(act, item, situation).flatMap(([field, value]) => set(copy, item.key, field, value)),
    ...(act['shift-dependents'] ? shiftDependents(item, copy, situation) : []),
  ];
}

/** The fields of the task that an act gives a value. */
function settings(act: Act, item: Item, situation: Situation): readonly (readonly [string, Value])[] {
  const day = (wanted: Day | undefined) => wanted && dayFor(wanted, item, situation);
  const wanted: Readonly<Record<string, Value | undefined>> = {
    status: act['set-status'],
    priority: act['set-priority'],
    start: startFor(day(act['set-start']), item),
    due: day(act['set-due']),
    people: act['set-people'] && holders(act['set-people'], situation.team),
  };
  return Object.entries(wanted).flatMap(([field, value]) => (value === undefined ? [] : [[field, value]]));
}

/**
 * Whether a person, or an earlier rule, has given another value to what the rule would set: then it has nothing to say
 * at all, or its comment would tell of a change that did not come.
 */
export function isStopped({ rule, item }: Occasion, copy: WorkingCopy, situation: Situation): boolean {
  return (
    item !== undefined &&
    rule.then.some((act) =>
      settings(act, item, situation).some(([field, value]) => copy.isSettled(item.key, field, value)),
    )
  );
}

function set(copy: WorkingCopy, key: string, field: string, value: Value): readonly Effect[] {
  const item = copy.set(key, field, value);
  return item ? [{ kind: 'set', item, field, old: item.fields[field] ?? null, new: value }] : [];
}

function add(item: Item, copy: WorkingCopy): readonly Effect[] {
  return copy.add(item) ? [{ kind: 'add', item }] : [];
}

/** A task without a due date has none to count from. */
function dayFor({ days, from }: Day, item: Item, { today, team }: Situation): string | undefined {
  const base = from === 'today' ? today : text(item, 'due');
  return base === '' ? undefined : addWorkingDays(base, days, team.isHoliday);
}

/** A task never starts after it is due. */
function startFor(start: string | undefined, item: Item): string | undefined {
  const due = text(item, 'due');
  return start !== undefined && due !== '' && start > due ? undefined : start;
}

/** `undefined` when nobody holds any of the roles: a task is not taken from its people for nobody. */
function holders(roles: readonly string[], { people }: Team): readonly string[] | undefined {
  const names = [...new Set(roles.flatMap((role) => people[role] ?? []))];
  return names.length > 0 ? names : undefined;
}

/**
 * Moves all that waits for the task, however far, by the working days that it is late. What the law dates stays where
 * it is, and so does what is over.
 */
function shiftDependents(item: Item, copy: WorkingCopy, { today, team }: Situation): readonly Effect[] {
  const { isHoliday } = team;
  const due = text(item, 'due');
  const delay = due !== '' && due < today ? workingDaysBetween(due, today, isHoliday) : 0;
  if (delay === 0) return [];
  return allDependents(item.key, copy.items)
    .filter((one) => !isOver(one) && one.fields.required !== true)
    .flatMap((one) =>
      (['start', 'due'] as const).flatMap((field) => {
        const day = text(one, field);
        const hasBegun = field === 'start' && text(one, 'status') !== 'todo';
        return day === '' || hasBegun ? [] : set(copy, one.key, field, addWorkingDays(day, delay, isHoliday));
      }),
    );
}

function allDependents(key: string, items: ReadonlyMap<string, Item>): readonly Item[] {
  const found = new Map<string, Item>();
  const queue = [key];
  for (const one of queue) {
    for (const item of dependentsOf(one, items)) {
      if (found.has(item.key) || item.key === key) continue;
      found.set(item.key, item);
      queue.push(item.key);
    }
  }
  return [...found.values()];
}

/** The same whenever the same cause sets the same rule off; another for each of its acts. */
function nameOf({ rule, cause, index }: Turn, { today }: Situation): string {
  return `${rule.id}-${digestOf(`${causeId(cause, today)} ${index}`)}`;
}

function commentOn(item: Item, words: string, occasion: Turn, situation: Situation): Item {
  return {
    key: `${item.key}@rule-${nameOf(occasion, situation)}`,
    kind: 'comment',
    parent: item.key,
    fields: { text: words, author: 'Jalon', origin: 'jalon', at: situation.at, archived: false },
  };
}

type Fill = (source: Parameters<typeof fill>[0]) => string;

function newTask(wanted: NewTask, occasion: Turn, words: Fill, situation: Situation): Item {
  const { team, today } = situation;
  const { item } = occasion;
  const step = wanted.step ?? (item && text(item, 'step')) ?? '';
  const person = wanted.role === undefined ? undefined : team.people[wanted.role];
  return {
    key: `${step}/${nameOf(occasion, situation)}`,
    kind: 'task',
    parent: 'plan',
    fields: {
      title: words(wanted.title),
      step,
      status: 'todo',
      priority: wanted.priority,
      role: wanted.role ?? '',
      with: [],
      people: person === undefined ? [] : [person],
      start: today,
      due: wanted.due ? addWorkingDays(today, wanted.due.days, team.isHoliday) : null,
      description: wanted.description ? words(wanted.description) : '',
      deliverable: '',
      proof: '',
      repeat: '',
      dependsOn: [],
      sources: [],
      required: false,
      notes: '',
      archived: false,
    },
  };
}

/** A value that its placeholders have left empty says nothing of its column. */
function newRow({ register, values }: NewRow, occasion: Turn, words: Fill, situation: Situation): Item {
  const filled = Object.entries(values).map(([name, value]): [string, Value] => [
    name,
    typeof value === 'number' || typeof value === 'boolean' ? value : words(value),
  ]);
  return {
    key: `${register}:${nameOf(occasion, situation)}`,
    kind: 'row',
    parent: register,
    fields: { ...Object.fromEntries(filled.filter(([, value]) => value !== '')), archived: false },
  };
}

/** A role that nobody holds tells nobody: then whoever receives the digest is told. */
function recipients(wanted: readonly string[], item: Item | undefined, team: Team): Recipients {
  const people = wanted.flatMap((name) =>
    name === OWNER ? ownersOf(item, team) : (team.people[name] ?? []),
  );
  return people.length > 0 ? [...new Set(people)] : 'subscribers';
}

function ownersOf(item: Item | undefined, team: Team): readonly string[] {
  if (!item) return [];
  const people = list(item, 'people');
  if (people.length > 0) return people;
  const holder = team.people[text(item, 'role')];
  return holder === undefined ? [] : [holder];
}

/** The first address that the row gives. */
function linkOf(item: Item, { template }: Team): string | undefined {
  const register = template.registers.find(({ key }) => key === item.parent);
  const column = register?.columns.find(({ type }) => type === 'url');
  return (column && text(item, column.key)) || undefined;
}
