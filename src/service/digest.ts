import { dayIn } from '#src/config/clock.ts';
import { type UnreadSource, type WeeklyDigest, weeklyDigest } from '#src/digest/weekly/digest.ts';
import { type DigestPicture, digestMessage } from '#src/digest/weekly/message.ts';
import { lastMoment } from '#src/digest/weekly/moment.ts';
import { DIGEST, DIGEST_REGISTER, digestReplica, digestRow } from '#src/digest/weekly/row.ts';
import { weekOf } from '#src/digest/weekly/week.ts';
import { NotNow } from '#src/errors.ts';
import type { Locale } from '#src/i18n/message.ts';
import { type Outlook, reasonText } from '#src/metrics/outlook.ts';
import { type Overview, overviewOf } from '#src/metrics/overview.ts';
import { altText } from '#src/metrics/progress-picture.ts';
import { obligationProgress } from '#src/metrics/status.ts';
import type { Item } from '#src/plan/item.ts';
import type { Channel, OutgoingMessage } from '#src/plan/outgoing-message.ts';
import { worksOn } from '#src/plan/working-days.ts';
import type { ProjectState } from '#src/store/store.ts';
import { watchHealth } from '#src/watch/health.ts';
import { REMEMBERED_URL } from '#src/workspaces/workspace.ts';
import { courseFor } from './course.ts';
import { runCycle } from './cycle.ts';
import { keepOnly } from './keep-only.ts';
import { outlookFor } from './outlook.ts';
import type { CycleReport } from './report.ts';
import type { CycleDeps, RunningProject } from './running-project.ts';
import { basisOf } from './standing.ts';
import { sourcesOf } from './watch.ts';

/** A digest that has been told. */
export interface ToldDigest {
  readonly digest: WeeklyDigest;
  readonly message: OutgoingMessage;
  /** Of the cycle that looked how things stand, and of the one that told it. */
  readonly reports: readonly [CycleReport, CycleReport];
}

export interface DigestOrder {
  /** The ways that its message takes; none: there is a row, and no message. */
  readonly channels: readonly Channel[];
  /** When it was to be told. Absent: now, since somebody asks for it. */
  readonly due?: Date | undefined;
}

/** Under this name the store keeps what was told last. */
const TOLD = 'told';

/** All ISO instants but the week, which is `''` as long as no digest was told. */
interface Told {
  readonly week: string;
  /** From when on that week’s digest tells what was done. */
  readonly since: string;
  /** When it was first told, which is when its message left. */
  readonly first: string;
  readonly last: string;
}

const DAY_MS = 24 * 3_600_000;
/** What a first digest looks back on. */
const FIRST_LOOK_BACK_MS = 7 * DAY_MS;
/** From when on a digest says that it comes late: a retry or a reboot does not make it so. */
const LATE_AFTER_MS = DAY_MS / 2;
/** While another run tells the same project. */
const LOCK_WAIT_MS = 60_000;

/** This week’s digest as it would be told now, from what was last agreed. `undefined`: the plan was never applied. */
export async function previewDigest(
  project: RunningProject,
  deps: CycleDeps,
): Promise<Pick<ToldDigest, 'digest' | 'message'> | undefined> {
  const prepared = await prepare(project, deps, undefined);
  if (!prepared) return undefined;
  const { digest, overview } = prepared;
  const alt = altText(overview, project.blueprint.locale);
  const picture = project.delivery.channels.includes('email') ? { png: new Uint8Array(), alt } : undefined;
  return { digest, message: digestMessage(digest, picture) };
}

/**
 * Looks how things stand and tells it: as the week’s row in every place, and as one message. Said again in the same week,
 * the row is brought up to date where people have left it alone, and the message is the same and not sent again. That it
 * was told is kept in one commit with what is told. `undefined`: the plan was never applied, or what was due has been
 * told.
 */
export async function tellDigest(
  project: RunningProject,
  deps: CycleDeps,
  { channels, due }: DigestOrder,
): Promise<ToldDigest | undefined> {
  return asTeller(project, deps, async () => {
    if ((await deps.store.load(project.slug)).templateVersion === null) return undefined;
    // Another process may have told it while this one waited.
    if (due && isTold(await lastTold(project.slug, deps), due)) return undefined;
    const looked = await runCycle(project, 'sync', deps);
    const prepared = await prepare(project, deps, due);
    if (!prepared) return undefined;
    const { digest, state } = prepared;
    const register = project.template.registers.find(({ key }) => key === DIGEST_REGISTER);
    const seen = state.seen.get(DIGEST) ?? new Map();
    const picture = channels.includes('email') ? await pictureOf(project, prepared, deps) : undefined;
    const message = digestMessage(digest, picture);
    const told = await runCycle(project, 'sync', deps, {
      voices: register ? [digestReplica(digestRow(digest, register), seen)] : [],
      marks: [markOf(prepared.told)],
      messages: [{ ...message, channels }],
    });
    return { digest, message, reports: [looked, told] };
  });
}

/**
 * The moment for which a digest is to be told now: the last one, unless it was told since. A project that is seen for
 * the first time has its first digest at the next moment. `undefined`: there is nothing to tell.
 */
export async function dueDigest(
  { slug, digest }: RunningProject,
  deps: CycleDeps,
): Promise<Date | undefined> {
  const due = lastMoment(deps.now(), digest, zoneOf(deps));
  const told = await lastTold(slug, deps);
  if (told) return isTold(told, due) ? undefined : due;
  const { templateVersion } = await deps.store.load(slug);
  if (templateVersion === null) return undefined;
  const now = deps.now().toISOString();
  const marks = [markOf({ week: '', since: now, first: now, last: now })];
  await keepOnly(slug, { marks }, deps);
  return undefined;
}

interface Prepared {
  readonly digest: WeeklyDigest;
  readonly told: Told;
  readonly state: ProjectState;
  readonly overview: Overview;
}

async function prepare(
  project: RunningProject,
  deps: CycleDeps,
  due: Date | undefined,
): Promise<Prepared | undefined> {
  const { slug, template, blueprint } = project;
  const { store } = deps;
  const state = await store.load(slug);
  if (state.templateVersion === null) return undefined;
  const { agreed } = state;
  const timeZone = zoneOf(deps);
  const now = deps.now();
  const week = weekOf(due ? dayIn(timeZone, due) : deps.today());
  const told = toldNow(await lastTold(slug, deps), week, now);
  const { overview, outlook, reason } = await standingOf(project, agreed, deps);
  const digest = weeklyDigest({
    ...{ week, company: blueprint.company, locale: blueprint.locale, today: deps.today(), agreed, overview },
    since: { at: told.since, day: dayIn(timeZone, new Date(told.since)) },
    entries: await store.readAudit(slug),
    timeZone,
    ready: obligationProgress(agreed, basisOf(project).obligations, deps.today()),
    isWorkingDay: worksOn(deps.isHoliday),
    ...{ verdict: outlook.verdict, reason, forecasts: outlook.forecasts },
    roles: new Map(blueprint.roles.map(({ key, title }) => [key, title])),
    watchLog: template.watchLog,
    unread: await unreadSources(project, deps),
    url: await webAddress(project, deps),
    late: due && isLate(due, now) ? dayIn(timeZone, due) : undefined,
  });
  return { digest, told, state, overview };
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

/** A digest without its picture is worth more than none. */
async function pictureOf(
  project: RunningProject,
  { state, overview }: Prepared,
  deps: CycleDeps,
): Promise<DigestPicture | undefined> {
  const { locale } = project.blueprint;
  try {
    const course = await courseFor(project.slug, basisOf(project), state.agreed, deps);
    return { png: await deps.picture(overview, course, locale, 'whole'), alt: altText(overview, locale) };
  } catch (error) {
    if (!(error instanceof NotNow)) throw error;
    deps.log.warn({ project: project.slug, err: error }, 'digest without its picture');
    return undefined;
  }
}

function isTold(told: Told | undefined, due: Date): boolean {
  return told !== undefined && told.last >= due.toISOString();
}

/** Said again in its week, a digest looks back as far as it did at first; the next one goes on from when it was told. */
function toldNow(before: Told | undefined, week: string, now: Date): Told {
  const last = now.toISOString();
  if (before?.week === week) return { ...before, last };
  const since = before?.first ?? new Date(now.getTime() - FIRST_LOOK_BACK_MS).toISOString();
  return { week, since, first: last, last };
}

async function lastTold(slug: string, { store }: CycleDeps): Promise<Told | undefined> {
  const kept = (await store.memory(slug, DIGEST)).get(TOLD);
  return kept === undefined ? undefined : (JSON.parse(kept) as Told);
}

function markOf(told: Told) {
  return { replica: DIGEST, name: TOLD, value: JSON.stringify(told) };
}

/** Of two runs the second must see what the first has said, or it would take that for people’s words. */
function asTeller<T>(
  { slug }: RunningProject,
  { store, signal }: CycleDeps,
  work: () => Promise<T>,
): Promise<T> {
  return store.withLock(
    `:digest ${slug}`,
    { owner: 'digest', waitMs: LOCK_WAIT_MS, ...(signal && { signal }) },
    work,
  );
}

function zoneOf({ timeZone = 'UTC' }: CycleDeps): string {
  return timeZone;
}
