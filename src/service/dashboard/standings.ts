import { type CompanyStanding, worstFirst } from '#src/digest/weekly/portfolio.ts';
import type { Locale } from '#src/i18n/message.ts';
import type { Time } from '#src/workspaces/gate/time.ts';
import { companyStanding } from '../portfolio.ts';
import type { CycleDeps, RunningProject } from '../running-project.ts';

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
  /** Looks at what has moved since the last time, for at most so long: then with what is known by now. */
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

/** A figure only moves with the plan, which the log tells, or with the day. */
export function createStandings(deps: StandingsDeps): Standings {
  const known = new Map<string, Known>();
  let slugs: readonly string[] = [];
  let pending = 0;
  let looking: Promise<void> | undefined;

  const lookAtAll = async (): Promise<void> => {
    slugs = await deps.projects();
    const present = new Set(slugs);
    for (const slug of known.keys()) if (!present.has(slug)) known.delete(slug);
    pending = slugs.length;
    for (const slug of slugs) {
      known.set(slug, await lookAt(slug, known.get(slug), deps));
      pending -= 1;
    }
  };

  return {
    async look(patienceMs) {
      looking ??= lookAtAll().finally(() => {
        looking = undefined;
      });
      await patiently(looking, patienceMs, deps.time);
      return { ...seen(known, slugs, deps.locale), pending };
    },
  };
}

async function lookAt(slug: string, before: Known | undefined, deps: StandingsDeps): Promise<Known> {
  const { store, today } = deps.cycle;
  try {
    const project = await deps.open(slug);
    const [last] = await store.readAudit(slug, { limit: 1 });
    const stamp = `${today()} ${last?.id ?? ''}`;
    if (before?.project === project && before.stamp === stamp) return before;
    const standing = await companyStanding(project, deps.locale, deps.cycle);
    return { project, stamp, found: standing ? { standing } : { company: project.blueprint.company } };
  } catch (error) {
    return { project: undefined, stamp: '', found: { error } };
  }
}

function seen(
  known: ReadonlyMap<string, Known>,
  slugs: readonly string[],
  locale: Locale,
): Omit<SeenStandings, 'pending'> {
  const all = slugs.flatMap((slug) => {
    const found = known.get(slug)?.found;
    return found ? [{ slug, found }] : [];
  });
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
    // Whoever gave up waiting does not hear of it: the next look tries again, and tells.
    work.catch(() => undefined);
  }
}
