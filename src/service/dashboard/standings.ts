import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { type CompanyStanding, worstFirst } from '#src/digest/weekly/portfolio.ts';
import { JalonError } from '#src/errors.ts';
import type { Locale } from '#src/i18n/message.ts';
import type { Time } from '#src/workspaces/gate/time.ts';
import { companyStanding } from '../portfolio.ts';
import type { CycleDeps, RunningProject } from '../running-project.ts';
import type { KnownSisters } from '../sisters.ts';

export interface StandingsDeps {
  readonly projects: () => Promise<readonly string[]>;
  readonly open: (slug: string) => Promise<RunningProject>;
  readonly cycle: CycleDeps;
  readonly locale: Locale;
  readonly time: Time;
}

/** Where all companies of the installation stand, as far as that is known. */
export interface SeenStandings {
  /** The worst first. */
  readonly companies: readonly CompanyStanding[];
  /** Those whose plan was never applied, by name. */
  readonly without: readonly { readonly slug: string; readonly company: string }[];
  readonly sick: readonly { readonly slug: string; readonly error: unknown }[];
  /** How many are still to be looked at: with a thousand companies the first look of a day takes seconds. */
  readonly pending: number;
}

export interface Standings {
  /** Looks at what has moved since the last time, for at most so long: then with what has been looked at by now. */
  look(patienceMs: number): Promise<SeenStandings>;
}

type Found =
  | { readonly standing: CompanyStanding }
  | { readonly company: string }
  | { readonly error: unknown };

interface Known {
  readonly project: RunningProject | undefined;
  /** While it is the same, so is what was found. */
  readonly stamp: string;
  readonly found: Found;
}

/** One look at all companies. */
interface Round {
  readonly looked: ReadonlyMap<string, Known>;
  readonly over: Promise<void>;
}

/** A figure only moves with the plan, which its log tells, or with the day. */
export function createStandings(deps: StandingsDeps): Standings {
  let known: ReadonlyMap<string, Known> = new Map();
  let underWay: Round | undefined;

  const begin = (slugs: readonly string[]): Round => {
    const round = lookAtAll(slugs, known, deps);
    const end = () => {
      known = round.looked;
      underWay = undefined;
    };
    round.over.then(end, end);
    return round;
  };

  return {
    async look(patienceMs) {
      const slugs = await deps.projects();
      underWay ??= begin(slugs);
      const { looked, over } = underWay;
      await patiently(over, patienceMs, deps.time);
      // What is not looked at yet is not shown: it would be of another day.
      const found = slugs.flatMap((slug) => {
        const one = looked.get(slug);
        return one ? [{ slug, found: one.found }] : [];
      });
      return { ...sorted(found, deps.locale), pending: slugs.length - found.length };
    },
  };
}

function lookAtAll(slugs: readonly string[], before: Round['looked'], deps: StandingsDeps): Round {
  const looked = new Map<string, Known>();
  const sisters: KnownSisters = new Map();
  const work = async () => {
    for (const slug of slugs) {
      looked.set(slug, await lookAt(slug, before.get(slug), sisters, deps));
      // With SQLite nothing here waits for anything else: the rest of the service would stand still meanwhile.
      await yieldToOthers();
    }
  };
  return { looked, over: work() };
}

async function lookAt(
  slug: string,
  before: Known | undefined,
  sisters: KnownSisters,
  deps: StandingsDeps,
): Promise<Known> {
  const { store, today, log } = deps.cycle;
  try {
    const project = await deps.open(slug);
    const stamp = `${today()} ${await store.revision(slug)}`;
    if (before?.project === project && before.stamp === stamp) return before;
    const standing = await companyStanding(project, deps.locale, { ...deps.cycle, sisters });
    return { project, stamp, found: standing ? { standing } : { company: project.blueprint.company } };
  } catch (error) {
    // The page says what can be said to people; the log says the rest, once.
    const isNews = before === undefined || !('error' in before.found);
    if (isNews && !(error instanceof JalonError))
      log.error({ project: slug, err: error }, 'standing not found out');
    return { project: undefined, stamp: '', found: { error } };
  }
}

function sorted(
  all: readonly { readonly slug: string; readonly found: Found }[],
  locale: Locale,
): Omit<SeenStandings, 'pending'> {
  return {
    companies: worstFirst(
      all.flatMap(({ found }) => ('standing' in found ? [found.standing] : [])),
      locale,
    ),
    without: all.flatMap(({ slug, found }) => ('company' in found ? [{ slug, company: found.company }] : [])),
    sick: all.flatMap(({ slug, found }) => ('error' in found ? [{ slug, error: found.error }] : [])),
  };
}

/** Resolves when the work is done, or after so long; rejects when the work does so first. */
async function patiently(work: Promise<void>, patienceMs: number, time: Time): Promise<void> {
  const enough = Promise.withResolvers<void>();
  const cancel = time.after(patienceMs, enough.resolve);
  try {
    await Promise.race([work, enough.promise]);
  } finally {
    cancel();
  }
}
