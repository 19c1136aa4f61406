import type { WatchSource } from '#src/plan/watch-source.ts';
import { type Entry, oneLine, type Reading } from '../reading.ts';
import { Sick } from '../sickness.ts';
import { dayIn, dayOf } from './dates.ts';

type JsonSource = Extract<WatchSource, { kind: 'json' }>;

const UNREADABLE = { why: 'unreadable', expected: 'json' } as const;
/** What a record says of itself is cut there: whole texts of law are compared by their version. */
const LONGEST_TEXT = 4000;

/**
 * The records of a JSON document. One without its id, or a document without its list, is not what was asked for.
 * @throws Sick
 */
export function readJson(text: string, { items, fields }: JsonSource): Reading {
  const document = parsed(text);
  const list = items === undefined ? document : at(document, items);
  if (!Array.isArray(list)) throw new Sick(UNREADABLE);
  const entries = list.map((record): Entry => {
    const id = word(at(record, fields.id));
    if (id === '') throw new Sick(UNREADABLE);
    const link = fields.link === undefined ? '' : word(at(record, fields.link));
    return {
      id,
      title: fields.title === undefined ? id : word(at(record, fields.title)) || id,
      text: fields.text
        .map((path) => shown(at(record, path)))
        .filter((part) => part !== '')
        .join(' · ')
        .slice(0, LONGEST_TEXT),
      link: /^https?:\/\//.test(link) ? link : null,
      date: fields.date === undefined ? null : day(at(record, fields.date)),
    };
  });
  return { kind: 'records', entries };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Sick(UNREADABLE);
  }
}

function at(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

function word(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? oneLine(String(value)) : '';
}

/** A moment in milliseconds, as Légifrance gives them, is shown as a day. */
function shown(value: unknown): string {
  return (isMoment(value) ? day(value) : null) ?? word(value);
}

function day(value: unknown): string | null {
  if (isMoment(value)) return dayOf(new Date(value));
  return typeof value === 'string' ? dayIn(value) : null;
}

/** From 1973 to the year 5138: no count that a record holds is as large. */
function isMoment(value: unknown): value is number {
  return typeof value === 'number' && value >= 1e11 && value < 1e14;
}
