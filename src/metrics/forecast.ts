import { capacityOf, type WorkCalendar } from './capacity.ts';
import { addDays } from './days.ts';
import { type Random, randomFrom } from './random.ts';

export interface Goal {
  readonly id: string;
  /** How many tasks the team will have done when this is reached; 0 when it is reached already. */
  readonly tasks: number;
}

/** When a goal is reached. `enough: false`: there is too little to tell by, and no date. */
export interface Forecast {
  readonly id: string;
  /** The day by which it is reached in half of the runs; `null` also when that is years away. */
  readonly p50: string | null;
  /** … in 85 % of the runs. */
  readonly p85: string | null;
  readonly enough: boolean;
  /** The team’s own pace is not known yet: this is what others would need. Absent: it is. */
  readonly borrowed?: true;
}

export interface ForecastInput {
  readonly goals: readonly Goal[];
  /** How many tasks got done in each of the team's own weeks. */
  readonly pace: readonly number[];
  /** The same of other projects on the same template, without saying whose. */
  readonly sisters: readonly (readonly number[])[];
  readonly today: string;
  readonly calendar: WorkCalendar;
  /** How many runs; {@link RUNS} when absent. */
  readonly runs?: number;
}

export const RUNS = 10_000;
/** What is further away than this is not a date any more. */
const HORIZON_WEEKS = 260;
/** Weeks and tasks done in them, without which a team's pace is not known: neither its own nor a sister's. */
const LEAST_WEEKS = 4;
const LEAST_DONE = 3;
/** Weeks of a sister that each run borrows. */
const BORROWED_WEEKS = 4;

/**
 * When each goal is reached if the team goes on as it has, by {@link RUNS} runs of a simulation. The same input gives
 * the same dates.
 *
 * Teams finish nought to three tasks a week, in no steady rhythm, so no bell curve fits: every run draws whole weeks
 * out of those that there were. How often a run draws each of them is itself drawn (a Bayesian bootstrap): few weeks
 * leave the pace uncertain, and the range wide. A run also borrows weeks of one sister, picked anew, so that a young
 * project spreads over what teams do on this template; without sisters it borrows a quiet and a busy week of its own.
 * Holidays and the summer thin a week out task by task.
 */
export function forecastOf(input: ForecastInput): readonly Forecast[] {
  const { goals, today } = input;
  // One at which nobody has worked yet says nothing of how fast people are.
  const sisters = input.sisters.filter(isPace);
  const isKnown = isPace(input.pace);
  const open = goals.filter(({ tasks }) => tasks > 0);
  const days = isKnown || sisters.length > 0 ? simulate(open, input, sisters) : undefined;
  return goals.map(({ id, tasks }) => {
    if (tasks <= 0) return { id, p50: today, p85: today, enough: true };
    const reached = days?.get(id);
    if (!reached) return { id, p50: null, p85: null, enough: false };
    reached.sort();
    const [p50, p85] = [dayAt(reached, 0.5, today), dayAt(reached, 0.85, today)];
    return { id, p50, p85, enough: true, ...(!isKnown && { borrowed: true }) };
  });
}

/** Whether weeks like these tell anything of how fast people are. */
export function isPace(weeks: readonly number[]): boolean {
  return weeks.length >= LEAST_WEEKS && weeks.reduce((sum, done) => sum + done, 0) >= LEAST_DONE;
}

/** By goal, the day on which each run reached it, counted from today. */
function simulate(
  goals: readonly Goal[],
  { pace, today, calendar, runs = RUNS }: ForecastInput,
  sisters: readonly (readonly number[])[],
): ReadonlyMap<string, Int32Array> {
  const ordered = goals.toSorted((a, b) => a.tasks - b.tasks);
  const reached = new Map(ordered.map(({ id }) => [id, new Int32Array(runs)]));
  const random = randomFrom(JSON.stringify([today, pace, sisters, ordered]));
  const capacities = new Float64Array(HORIZON_WEEKS).fill(-1);
  const capacity = (week: number) => {
    if ((capacities[week] ?? -1) < 0) capacities[week] = capacityOf(addDays(today, 1 + 7 * week), calendar);
    return capacities[week] ?? 1;
  };
  const table = new WeekTable(pace, sisters);
  for (let run = 0; run < runs; run++) {
    table.shuffle(random);
    let done = 0;
    let next = 0;
    for (let week = 0; next < ordered.length; week++) {
      const isBeyond = week >= HORIZON_WEEKS;
      const finished = isBeyond ? 0 : thin(table.draw(random), capacity(week), random);
      for (
        let goal = ordered[next];
        goal && (isBeyond || goal.tasks <= done + finished);
        goal = ordered[next]
      ) {
        const days = isBeyond ? BEYOND : 7 * week + dayInWeek(goal.tasks - done, finished);
        reached.get(goal.id)?.fill(days, run, run + 1);
        next += 1;
      }
      done += finished;
    }
  }
  return reached;
}

const BEYOND = 2_147_483_647;

/** What gets done in a week is spread over its days. */
function dayInWeek(rank: number, finished: number): number {
  return Math.ceil((7 * rank) / (finished + 1));
}

/** In a week of fewer days each task has so much less of a chance. */
function thin(finished: number, capacity: number, random: Random): number {
  if (capacity >= 1) return finished;
  let left = 0;
  for (let task = 0; task < finished; task++) if (random() < capacity) left += 1;
  return left;
}

/** `days` in order. */
function dayAt(days: Int32Array, share: number, today: string): string | null {
  const day = days[Math.ceil(share * days.length) - 1] ?? BEYOND;
  return day === BEYOND ? null : addDays(today, day);
}

/** The weeks that a run draws from: which counts there are, and how likely each is this time. */
class WeekTable {
  readonly #own: readonly number[];
  readonly #lenders: readonly (readonly number[])[];
  readonly #counts: readonly number[];
  readonly #ranks: ReadonlyMap<number, number>;
  readonly #ceilings: Float64Array;

  constructor(own: readonly number[], sisters: readonly (readonly number[])[]) {
    this.#own = own;
    this.#lenders = sisters.length > 0 ? sisters : [ownLoan(own)];
    this.#counts = [...new Set([...own, ...this.#lenders.flat()])].toSorted((a, b) => a - b);
    this.#ranks = new Map(this.#counts.map((count, rank) => [count, rank]));
    this.#ceilings = new Float64Array(this.#counts.length);
  }

  /** Each week gets a weight of its own: Dirichlet(1, 1, …) by exponential draws. */
  shuffle(random: Random): void {
    const weights = this.#ceilings.fill(0);
    const add = (count: number) => {
      const rank = this.#ranks.get(count) ?? 0;
      weights[rank] = (weights[rank] ?? 0) - Math.log(1 - random());
    };
    for (const count of this.#own) add(count);
    const lender = this.#lenders[Math.floor(random() * this.#lenders.length)] ?? [];
    const borrowed = Math.min(BORROWED_WEEKS, lender.length);
    for (let week = 0; week < borrowed; week++) add(lender[Math.floor(random() * lender.length)] ?? 0);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let sum = 0;
    for (let rank = 0; rank < weights.length; rank++) {
      sum += (weights[rank] ?? 0) / total;
      weights[rank] = sum;
    }
  }

  draw(random: Random): number {
    const at = random();
    let rank = 0;
    while (rank < this.#ceilings.length - 1 && at >= (this.#ceilings[rank] ?? 1)) rank += 1;
    return this.#counts[rank] ?? 0;
  }
}

/** A quiet week and a busy one: what a few weeks have not shown yet may still come. */
function ownLoan(own: readonly number[]): readonly number[] {
  const mean = own.reduce((sum, done) => sum + done, 0) / Math.max(1, own.length);
  return [0, Math.ceil(2 * mean)];
}
