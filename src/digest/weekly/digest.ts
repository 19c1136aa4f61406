import type { Locale } from '#src/i18n/message.ts';
import { activityOf } from '#src/metrics/activity.ts';
import { addDays } from '#src/metrics/days.ts';
import type { Forecast } from '#src/metrics/forecast.ts';
import { isOpen } from '#src/metrics/goals.ts';
import type { LoggedChange } from '#src/metrics/history.ts';
import { type IsWorkingDay, type Kpi, kpisOf } from '#src/metrics/kpis.ts';
import { byText } from '#src/metrics/order.ts';
import type { Overview } from '#src/metrics/overview.ts';
import { type Progress, progressOf } from '#src/metrics/progress.ts';
import { type TaskState, taskStates } from '#src/metrics/task-state.ts';
import { kpiTrends } from '#src/metrics/trends.ts';
import { type UpcomingDate, unmetDuties, upcomingDates } from '#src/metrics/upcoming.ts';
import type { Verdict } from '#src/metrics/verdict.ts';
import type { Item } from '#src/plan/item.ts';
import { type DoneTask, doneSince, type LoggedStatus } from './done-since.ts';
import { type StuckTask, stuckTasks } from './stuck.ts';
import { type NoticeToDecide, noticesToDecide } from './to-decide.ts';

/** One week of one project, in figures: what the row, the messages and `digest --json` all show. Plain data. */
export interface WeeklyDigest {
  /** ISO week, e.g. `2026-W48`. */
  readonly week: string;
  readonly company: string;
  readonly locale: Locale;
  /** `YYYY-MM-DD`, as all days here. */
  readonly today: string;
  /** What was done is told from this day on. */
  readonly since: string;
  /** What is due is told up to this day. */
  readonly until: string;
  readonly verdict: Verdict;
  /** The verdict and why, in one sentence in the team's language. */
  readonly reason: string;
  readonly progress: Progress;
  readonly stuck: readonly StuckTask[];
  readonly toDecide: readonly NoticeToDecide[];
  readonly due: readonly DueTask[];
  readonly done: readonly DoneTask[];
  /** What is in force and not met, then what is to come. */
  readonly dates: readonly ToldDate[];
  /** Those of which something is known. */
  readonly kpis: readonly ToldKpi[];
  /** What the watch has been unable to read for days. */
  readonly unread: readonly UnreadSource[];
  /** Where people open the plan; `undefined` when it has no web address. */
  readonly url: string | undefined;
  /** The page of the company on the dashboard; `undefined`: it is not open to those who read this. */
  readonly dashboard: string | undefined;
  /** The day on which it was to be told, when it comes late. */
  readonly late: string | undefined;
}

/** An official source that people had better read by hand meanwhile. */
export interface UnreadSource {
  readonly id: string;
  readonly since: string;
  readonly link: string;
}

export interface DueTask {
  readonly key: string;
  readonly title: string;
  readonly due: string;
  readonly who: string;
}

/** A legal date, with what the team's pace says of it; `undefined`: nothing can be said. */
export interface ToldDate extends UpcomingDate {
  /** From 0 to 1: how much of what the plan asks for it is done; `undefined` for what asks for nothing. */
  readonly ready: number | undefined;
  readonly forecast: Pick<Forecast, 'p50' | 'p85'> | undefined;
}

/** An indicator, with what it was at the last digest; `undefined`: nothing was known. */
export interface ToldKpi extends Kpi {
  readonly value: number;
  readonly before: number | undefined;
}

type LogEntry = LoggedStatus & LoggedChange;

export interface WeeklyInput {
  readonly week: string;
  readonly company: string;
  readonly locale: Locale;
  readonly today: string;
  /** What was done is told from this instant on, ISO; and its day where the team lives. */
  readonly since: { readonly at: string; readonly day: string };
  readonly agreed: ReadonlyMap<string, Item>;
  /** The whole log, the latest first. */
  readonly entries: readonly LogEntry[];
  readonly timeZone: string;
  readonly overview: Overview;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly forecasts: readonly Forecast[];
  /** By obligation, how much of what the plan asks for it is done. */
  readonly ready: ReadonlyMap<string, number>;
  readonly isWorkingDay: IsWorkingDay;
  /** The titles of the roles, by key. */
  readonly roles: ReadonlyMap<string, string>;
  /** The register of notices. */
  readonly watchLog: string | undefined;
  readonly unread: readonly UnreadSource[];
  readonly url: string | undefined;
  readonly dashboard: string | undefined;
  readonly late: string | undefined;
}

/** This week and the next. */
const DAYS_AHEAD = 14;
const MOST_DATES = 3;

/** All that a weekly digest says of a project. Pure. */
export function weeklyDigest(input: WeeklyInput): WeeklyDigest {
  const { week, company, locale, today, since, verdict, reason, agreed, unread } = input;
  const { url, dashboard, late } = input;
  const tasks = taskStates(agreed, today);
  const until = addDays(today, DAYS_AHEAD);
  const whoOf = (task: TaskState) => whoIsOn(task, input.roles);
  const activity = activityOf(input.entries, agreed, input.timeZone);
  const stuck = stuckTasks(tasks, activity, today, whoOf);
  return {
    ...{ week, company, locale, today, until, verdict, reason, unread, url, dashboard, late },
    since: since.day,
    progress: progressOf(tasks),
    stuck,
    toDecide: noticesToDecide(agreed, input.watchLog),
    due: dueTasks(tasks, new Set(stuck.map(({ key }) => key)), { today, until }, whoOf),
    done: doneSince(input.entries, agreed, since.at),
    dates: [...datesUnmet(input), ...datesToCome(input)],
    kpis: toldKpis(input),
  };
}

/** What is stuck is told there. */
function dueTasks(
  tasks: readonly TaskState[],
  stuck: ReadonlySet<string>,
  { today, until }: { readonly today: string; readonly until: string },
  whoOf: (task: TaskState) => string,
): readonly DueTask[] {
  return tasks
    .flatMap((task) => {
      const { key, title, due } = task;
      const isDue = due !== null && due >= today && due <= until;
      return isOpen(task) && !stuck.has(key) && isDue ? [{ key, title, due, who: whoOf(task) }] : [];
    })
    .toSorted((a, b) => byText(a.due, b.due) || byText(a.key, b.key));
}

function datesUnmet({ overview: { obligations }, forecasts, ready }: WeeklyInput): readonly ToldDate[] {
  return unmetDuties(obligations, ready).map(({ id, ...duty }) => ({
    ...duty,
    forecast: forecastFor(id, forecasts),
  }));
}

function datesToCome({ overview: { obligations }, forecasts, ready }: WeeklyInput): readonly ToldDate[] {
  return upcomingDates(obligations, MOST_DATES).map((date) => {
    const told = obligations.find((one) => one.date === date.date && one.title === date.title);
    const isAsked = told?.kind === 'deadline';
    return {
      ...date,
      ready: isAsked ? ready.get(told.id) : undefined,
      forecast: forecastFor(told?.id, forecasts),
    };
  });
}

function forecastFor(id: string | undefined, forecasts: readonly Forecast[]): ToldDate['forecast'] {
  const found = forecasts.find((one) => one.id === id && one.enough);
  return found && { p50: found.p50, p85: found.p85 };
}

/** Beside what they were on the eve of the last digest. */
function toldKpis({ agreed, since, isWorkingDay, ...input }: WeeklyInput): readonly ToldKpi[] {
  const trends = kpiTrends({ ...input, agreed }, [addDays(since.day, -1)], isWorkingDay);
  return [...kpisOf(agreed, isWorkingDay).values()].flatMap(({ value, ...kpi }) =>
    value === null ? [] : [{ ...kpi, value, before: trends.get(kpi.id)?.[0]?.value ?? undefined }],
  );
}

/** The people of the task, else the role that answers for it; `''`: nobody. */
export function whoIsOn(
  { people, role }: Pick<TaskState, 'people' | 'role'>,
  roles: ReadonlyMap<string, string>,
): string {
  return people.length > 0 ? people.join(', ') : (roles.get(role) ?? '');
}
