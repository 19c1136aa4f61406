import type { WeeklyDigest } from '#src/digest/weekly/digest.ts';
import { type DigestPicture, digestMessage } from '#src/digest/weekly/message.ts';
import { lastMoment } from '#src/digest/weekly/moment.ts';
import { DIGEST, DIGEST_REGISTER, digestReplica, digestRow } from '#src/digest/weekly/row.ts';
import { NotNow } from '#src/errors.ts';
import { altText } from '#src/metrics/progress-picture.ts';
import type { Channel, OutgoingMessage } from '#src/plan/outgoing-message.ts';
import { courseFor } from './course.ts';
import { runCycle } from './cycle.ts';
import { type DigestFigures, digestFigures } from './digest-figures.ts';
import { isTold, lastTold, markOf } from './digest-told.ts';
import { keepOnly } from './keep-only.ts';
import type { CycleReport } from './report.ts';
import type { CycleDeps, RunningProject } from './running-project.ts';
import { basisOf } from './standing.ts';

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

/** While another run tells the same project. */
const LOCK_WAIT_MS = 60_000;

/** This week’s digest as it would be told now, from what was last agreed. `undefined`: the plan was never applied. */
export async function previewDigest(
  project: RunningProject,
  deps: CycleDeps,
): Promise<Pick<ToldDigest, 'digest' | 'message'> | undefined> {
  const prepared = await digestFigures(project, deps);
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
    const prepared = await digestFigures(project, deps, { due });
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
  const due = lastMoment(deps.now(), digest, deps.timeZone);
  const told = await lastTold(slug, deps);
  if (told) return isTold(told, due) ? undefined : due;
  const { templateVersion } = await deps.store.load(slug);
  if (templateVersion === null) return undefined;
  const now = deps.now().toISOString();
  const marks = [markOf({ week: '', since: now, first: now, last: now })];
  await keepOnly(slug, { marks }, deps);
  return undefined;
}

/** A digest without its picture is worth more than none. */
async function pictureOf(
  project: RunningProject,
  { state: { agreed }, entries, overview }: DigestFigures,
  deps: CycleDeps,
): Promise<DigestPicture | undefined> {
  const { locale } = project.blueprint;
  try {
    const course = await courseFor(project.slug, basisOf(project), { agreed, entries }, deps);
    return { png: await deps.picture(overview, course, locale, 'whole'), alt: altText(overview, locale) };
  } catch (error) {
    if (!(error instanceof NotNow)) throw error;
    deps.log.warn({ project: project.slug, err: error }, 'digest without its picture');
    return undefined;
  }
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
