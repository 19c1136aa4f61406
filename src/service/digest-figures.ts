import { dayIn } from '#src/config/clock.ts';
import { type UnreadSource, type WeeklyDigest, weeklyDigest } from '#src/digest/weekly/digest.ts';
import { weekOf } from '#src/digest/weekly/week.ts';
import type { Outlook } from '#src/metrics/outlook.ts';
import type { Overview } from '#src/metrics/overview.ts';
import { obligationProgress } from '#src/metrics/status.ts';
import { worksOn } from '#src/plan/working-days.ts';
import type { AuditRecord, ProjectState } from '#src/store/store.ts';
import { watchHealth } from '#src/watch/health.ts';
import { dashboardOf, webAddress } from './addresses.ts';
import { isLate, lastTold, sinceTold, type Told, toldNow } from './digest-told.ts';
import type { CycleDeps, RunningProject } from './running-project.ts';
import { basisOf } from './standing.ts';
import { standingOf } from './standing-now.ts';
import { sourcesOf } from './watch.ts';

/** A digest as it would be told now, with what it comes from. */
export interface DigestFigures {
  readonly digest: WeeklyDigest;
  /** What is to be kept of it once it is told. */
  readonly told: Told;
  readonly state: ProjectState;
  readonly overview: Overview;
  readonly outlook: Outlook;
  /** By obligation, how much of what the plan asks for it is done. */
  readonly ready: ReadonlyMap<string, number>;
  /** The whole log, the latest first. */
  readonly entries: readonly AuditRecord[];
}

export interface FiguresOrder {
  /** When it is to be told; absent: now. */
  readonly due?: Date | undefined;
  /**
   * From when on it tells what was done, and with what it compares. `week`: as this week’s digest does, which says the
   * same when it is told again. `told`: since the digest that was told last, be it this week’s.
   */
  readonly since?: 'week' | 'told';
}

/** From what was last agreed, without asking any workspace. `undefined`: the plan was never applied. */
export async function digestFigures(
  project: RunningProject,
  deps: CycleDeps,
  { due, since = 'week' }: FiguresOrder = {},
): Promise<DigestFigures | undefined> {
  const { slug, template, blueprint } = project;
  const { store, timeZone } = deps;
  const state = await store.load(slug);
  if (state.templateVersion === null) return undefined;
  const { agreed } = state;
  const now = deps.now();
  const week = weekOf(due ? dayIn(timeZone, due) : deps.today());
  const before = await lastTold(slug, deps);
  const told = toldNow(before, week, now);
  const from = since === 'told' ? sinceTold(before, now) : told.since;
  const entries = await store.readAudit(slug);
  const { overview, outlook, reason } = await standingOf(project, agreed, deps);
  const ready = obligationProgress(agreed, basisOf(project).obligations, deps.today());
  const digest = weeklyDigest({
    ...{ week, company: blueprint.company, locale: blueprint.locale, today: deps.today(), agreed, overview },
    since: { at: from, day: dayIn(timeZone, new Date(from)) },
    ...{ entries, timeZone },
    ready,
    isWorkingDay: worksOn(deps.isHoliday),
    ...{ verdict: outlook.verdict, reason, forecasts: outlook.forecasts },
    roles: new Map(blueprint.roles.map(({ key, title }) => [key, title])),
    watchLog: template.watchLog,
    unread: await unreadSources(project, deps),
    url: await webAddress(project, deps),
    dashboard: dashboardOf(project, deps),
    late: due && isLate(due, now) ? dayIn(timeZone, due) : undefined,
  });
  return { digest, told, state, overview, outlook, ready, entries };
}

/** Told once it lasts, as `doctor` does; of what waits for an access of its own nothing was ever read. */
async function unreadSources(
  project: RunningProject,
  { store, now }: CycleDeps,
): Promise<readonly UnreadSource[]> {
  const { sick } = await watchHealth(sourcesOf(project), store.watch, now());
  return sick.map(({ source: { id, page, url }, illness }) => {
    return { id, since: illness.since.slice(0, 10), link: page ?? url };
  });
}
