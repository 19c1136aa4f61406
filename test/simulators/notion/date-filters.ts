import type { Json, JsonObject } from './json.ts';

const DAY_MS = 86_400_000;

/** Whether a date or time, empty for none, passes a date condition. Days are those of UTC. */
export function matchesDate(at: string, condition: JsonObject, now: number): boolean {
  return Object.entries(condition).every(([operator, wanted]) => matchesOne(at, operator, wanted, now));
}

function matchesOne(at: string, operator: string, wanted: Json | undefined, now: number): boolean {
  if (operator === 'is_empty') return at === '';
  if (operator === 'is_not_empty') return at !== '';
  if (at === '') return false;
  const span = spans[operator];
  if (span !== undefined) {
    const day = dayOf(Date.parse(at)) - dayOf(now);
    return day >= span[0] && day <= span[1];
  }
  const target = String(wanted);
  const other = relative(target, now) ?? target;
  // Compared with a bare day, a time counts as its day.
  const [mine, theirs] =
    other.length === 10
      ? [Date.parse(at.slice(0, 10)), Date.parse(other)]
      : [Date.parse(at), Date.parse(other)];
  switch (operator) {
    case 'equals':
      return mine === theirs;
    case 'before':
      return mine < theirs;
    case 'after':
      return mine > theirs;
    case 'on_or_before':
      return mine <= theirs;
    case 'on_or_after':
      return mine >= theirs;
    default:
      throw new Error(`The simulator does not know the date condition ${operator}.`);
  }
}

/** Days from today, both ends included. */
const spans: Record<string, readonly [number, number]> = {
  this_week: [-6, 6],
  past_week: [-7, 0],
  past_month: [-30, 0],
  past_year: [-365, 0],
  next_week: [0, 7],
  next_month: [0, 30],
  next_year: [0, 365],
};

const relativeDays: Record<string, number> = {
  today: 0,
  tomorrow: 1,
  yesterday: -1,
  one_week_ago: -7,
  one_week_from_now: 7,
  one_month_ago: -30,
  one_month_from_now: 30,
};

function relative(text: string, now: number): string | undefined {
  const days = relativeDays[text];
  return days === undefined ? undefined : new Date(now + days * DAY_MS).toISOString().slice(0, 10);
}

function dayOf(at: number): number {
  return Math.floor(at / DAY_MS);
}
