import { dayIn } from '#src/config/clock.ts';
import { type UnreadSource, type WeeklyDigest, weeklyDigest } from '#src/digest/weekly/digest.ts';
import { weekOf } from '#src/digest/weekly/week.ts';
import type { Locale } from '#src/i18n/message.ts';
import { type Outlook, reasonText } from '#src/metrics/outlook.ts';
import { type Overview, overviewOf } from '#src/metrics/overview.ts';
import { obligationProgress } from '#src/metrics/status.ts';
import type { Item } from '#src/plan/item.ts';
import { worksOn } from '#src/plan/working-days.ts';
import type { AuditRecord, ProjectState } from '#src/store/store.ts';
import { watchHealth } from '#src/watch/health.ts';
import { REMEMBERED_URL } from '#src/workspaces/workspace.ts';
import { lastTold, sinceTold, type Told, toldNow } from './digest-told.ts';
import { outlookFor } from './outlook.ts';
import type { CycleDeps, RunningProject } from './running-project.ts';
import { basisOf } from './standing.ts';
import { sourcesOf } from './watch.ts';

/** A digest as it would be told now, with what it comes from. */
export interface DigestFigures {
  readonly digest: WeeklyDigest;
  /** What is to be kept of it once it is told. */
  readonly told: Told;
  readonly state: ProjectState;
  readonly overview: Overview;
  readonly outlook: Outlook;
  /** The whole log, the latest first. */
  readonly entries: readonly AuditRecord[];
}

/** From when on a digest says that it comes late: a retry or a reboot does not make it so. */
const LATE_AFTER_MS = 12 * 3_600_000;

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
  const { store } = deps;
  const state = await store.load(slug);
  if (state.templateVersion === null) return undefined;
  const { agreed } = state;
  const timeZone = zoneOf(deps);
  const now = deps.now();
  const week = weekOf(due ? dayIn(timeZone, due) : deps.today());
  const before = await lastTold(slug, deps);
  const told = toldNow(before, week, now);
  const from = since === 'told' ? sinceTold(before, now) : told.since;
  const entries = await store.readAudit(slug);
  const { overview, outlook, reason } = await standingOf(project, agreed, deps);
  const digest = weeklyDigest({
    ...{ week, company: blueprint.company, locale: blueprint.locale, today: deps.today(), agreed, overview },
    since: { at: from, day: dayIn(timeZone, new Date(from)) },
    ...{ entries, timeZone },
    ready: obligationProgress(agreed, basisOf(project).obligations, deps.today()),
    isWorkingDay: worksOn(deps.isHoliday),
    ...{ verdict: outlook.verdict, reason, forecasts: outlook.forecasts },
    roles: new Map(blueprint.roles.map(({ key, title }) => [key, title])),
    watchLog: template.watchLog,
    unread: await unreadSources(project, deps),
    url: await webAddress(project, deps),
    dashboard: dashboardOf(project, deps),
    late: due && isLate(due, now) ? dayIn(timeZone, due) : undefined,
  });
  return { digest, told, state, overview, outlook, entries };
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

/** Whether what was due then comes late by now. */
export function isLate(due: Date, now: Date): boolean {
  return now.getTime() - due.getTime() > LATE_AFTER_MS;
}

/** Where the project stands and why, as `status` says it. */
export async function standingOf(
  project: RunningProject,
  agreed: ReadonlyMap<string, Item>,
  deps: CycleDeps,
  locale: Locale = project.blueprint.locale,
): Promise<{ readonly overview: Overview; readonly outlook: Outlook; readonly reason: string }> {
  const basis = { ...basisOf(project), locale };
  const outlook = await outlookFor(project.slug, basis, agreed, { ...deps, timeZone: zoneOf(deps) });
  return {
    overview: overviewOf({ ...basis, agreed, today: deps.today() }),
    outlook,
    reason: reasonText(outlook.reason, basis.obligations, locale),
  };
}

/** Where people open the plan in a browser, as its places remember it; a workbook has no such address. */
export async function webAddress(
  { slug, workspaces }: RunningProject,
  { store }: Pick<CycleDeps, 'store'>,
): Promise<string | undefined> {
  for (const { id, url } of workspaces) {
    const known = (await store.memory(slug, id)).get(REMEMBERED_URL) ?? url;
    if (/^https?:/.test(known)) return known;
  }
  return undefined;
}

/** The page of the project on the dashboard. */
export function dashboardOf(
  { slug }: RunningProject,
  { dashboardUrl }: Pick<CycleDeps, 'dashboardUrl'>,
): string | undefined {
  return dashboardUrl === undefined ? undefined : `${dashboardUrl}/projects/${encodeURIComponent(slug)}`;
}

function zoneOf({ timeZone = 'UTC' }: CycleDeps): string {
  return timeZone;
}
