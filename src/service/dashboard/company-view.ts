import { type WeeklyDigest, whoIsOn } from '#src/digest/weekly/digest.ts';
import type { Locale } from '#src/i18n/message.ts';
import { activityOf, cycleDays } from '#src/metrics/activity.ts';
import { byPerson, byRole, byStep, type Part, weightedProgress } from '#src/metrics/breakdown.ts';
import { type CriticalPath, criticalPaths } from '#src/metrics/critical-path.ts';
import type { Forecast } from '#src/metrics/forecast.ts';
import { type Kpi, kpisOf } from '#src/metrics/kpis.ts';
import { inOrder } from '#src/metrics/status.ts';
import { type TaskState, taskStates } from '#src/metrics/task-state.ts';
import { type IsHoliday, worksOn } from '#src/plan/working-days.ts';
import { type LegalDate, legalDates } from '#src/workspaces/legal-dates.ts';
import type { DigestFigures } from '../digest-figures.ts';
import type { RunningProject } from '../running-project.ts';
import { basisOf } from '../standing.ts';

/** All that the page of a company shows of its figures. Plain data; texts are in the team's language. */
export interface CompanyView {
  readonly company: string;
  readonly title: string;
  readonly notice: string;
  readonly locale: Locale;
  readonly digest: WeeklyDigest;
  /** Progress where a task counts as much as its checklist is long. */
  readonly weighted: number;
  readonly steps: readonly NamedPart[];
  readonly roles: readonly NamedPart[];
  readonly people: readonly NamedPart[];
  readonly dates: readonly DateRow[];
  readonly kpis: readonly KpiRow[];
  /** The middle number of days that a task takes; `null` while none is done. */
  readonly cycleDays: number | null;
  readonly tasks: readonly TaskRow[];
}

export interface NamedPart extends Part {
  /** `''`: no step, no role, nobody. */
  readonly title: string;
}

/** What only a date to be ready for has is `undefined` on others. */
export interface DateRow extends LegalDate {
  readonly daysLeft: number;
  /** From 0 to 1. */
  readonly ready: number | undefined;
  readonly forecast: Forecast | undefined;
  /** The titles of its tasks, from the first to be done to the last. */
  readonly path: (Pick<CriticalPath, 'days' | 'slack'> & { readonly tasks: readonly string[] }) | undefined;
}

export interface KpiRow extends Kpi {
  /** At the last digest; `undefined`: nothing was known. */
  readonly before: number | undefined;
}

export interface TaskRow extends Pick<TaskState, 'title' | 'status' | 'due' | 'late' | 'people'> {
  /** Its title. */
  readonly step: string;
  /** Its people, else the role that answers for it. */
  readonly who: string;
}

export function companyView(
  project: RunningProject,
  { digest, state: { agreed }, overview, outlook, ready, entries }: DigestFigures,
  { isHoliday, timeZone }: { readonly isHoliday: IsHoliday; readonly timeZone: string },
): CompanyView {
  const { blueprint } = project;
  const { locale, today } = digest;
  const { obligations, registers } = basisOf(project);
  const tasks = taskStates(agreed, today);
  const roles = namesOf(blueprint.roles);
  const steps = namesOf(blueprint.steps);
  const titles = namesOf(tasks);
  const paths = criticalPaths(obligations, tasks, today);
  const told = new Map(digest.kpis.map(({ id, before }) => [id, before]));
  return {
    ...{ company: blueprint.company, title: blueprint.title, notice: blueprint.notice, locale, digest },
    weighted: weightedProgress(tasks),
    steps: named(byStep(tasks), steps).toSorted((a, b) => rankIn(steps, a) - rankIn(steps, b)),
    roles: named(byRole(tasks), roles).toSorted((a, b) => rankIn(roles, a) - rankIn(roles, b)),
    people: byPerson(tasks)
      .map((part) => ({ ...part, title: part.key }))
      .toSorted((a, b) => Number(a.title === '') - Number(b.title === '')),
    dates: legalDates(overview, locale).map((date): DateRow => {
      const binding = obligations.find(({ obligation }) => obligation.id === date.id);
      const asks = binding?.obligation.kind === 'deadline';
      return {
        ...date,
        daysLeft: overview.obligations.find(({ id }) => id === date.id)?.daysLeft ?? 0,
        ready: asks ? ready.get(date.id) : undefined,
        forecast: outlook.forecasts.find(({ id }) => id === date.id),
        path: withTitles(
          paths.find(({ id }) => id === date.id),
          titles,
        ),
      };
    }),
    kpis: [...kpisOf(agreed, worksOn(isHoliday), registers).values()].map((kpi) => ({
      ...kpi,
      before: told.get(kpi.id),
    })),
    cycleDays: cycleDays(activityOf(entries, agreed, timeZone)),
    tasks: inOrder(tasks, blueprint.steps).map((task) => ({
      ...task,
      step: steps.get(task.step) ?? '',
      who: whoIsOn(task, roles),
    })),
  };
}

function withTitles(path: CriticalPath | undefined, titles: Names): DateRow['path'] {
  return path && { ...path, tasks: path.tasks.map((key) => titles.get(key) ?? key) };
}

type Names = ReadonlyMap<string, string>;

function namesOf(named: readonly { readonly key: string; readonly title: string }[]): Names {
  return new Map(named.map(({ key, title }) => [key, title]));
}

function named(parts: readonly Part[], names: Names): readonly NamedPart[] {
  return parts.map((part) => ({ ...part, title: names.get(part.key) ?? '' }));
}

/** In the order of the template; what is none of its own comes last. */
function rankIn(names: Names, { key }: Part): number {
  const rank = [...names.keys()].indexOf(key);
  return rank === -1 ? names.size : rank;
}
