import { type PortfolioGroup, type SharedReaders, sharedReaders } from '#src/digest/weekly/shared-readers.ts';
import { dueDigest, tellDigest } from './digest.ts';
import { tellPortfolio } from './portfolio.ts';
import type { CycleReport } from './report.ts';
import type { CycleDeps, RunningProject } from './running-project.ts';

/** All projects that somebody may follow together. */
export interface Installation {
  /** Those that can be opened. */
  projects(): Promise<readonly RunningProject[]>;
  /** From so many digests for the same people on, these get one portfolio. */
  readonly portfolioFrom: number;
}

export interface DigestRound {
  /** Tells the digest of the project, if its moment has come, and the portfolio of its group at the first one’s turn. */
  tell(project: RunningProject, deps: CycleDeps): Promise<readonly CycleReport[]>;
}

/** Who gets what, with the projects among which that was found out. */
export interface Readers extends SharedReaders {
  readonly projects: readonly RunningProject[];
  /** Those that are told already, or being told. */
  readonly told: Set<PortfolioGroup>;
}

/** Who shares readers is found out once for each moment, since all projects are looked at for it. */
export function createDigestRound(installation: Installation | undefined): DigestRound {
  let known: { readonly due: string; readonly readers: Promise<Readers> } | undefined;
  const readersAt = (due: Date, everybody: Installation): Promise<Readers> => {
    const moment = due.toISOString();
    if (known?.due !== moment) known = { due: moment, readers: readersOf(everybody) };
    const { readers } = known;
    readers.catch(() => {
      known = undefined;
    });
    return readers;
  };

  return {
    async tell(project, deps) {
      const due = await dueDigest(project, deps);
      if (due === undefined) return [];
      const { slug, delivery } = project;
      const readers = installation && (await readersAt(due, installation));
      // Before its own: a project that is told is not looked at again.
      if (readers) await tellPortfolios(project, readers, deps, due);
      const channels = readers?.alone.get(slug) ?? delivery.channels;
      return (await tellDigest(project, deps, { channels, due }))?.reports ?? [];
    },
  };
}

export async function readersOf({ projects, portfolioFrom }: Installation): Promise<Readers> {
  const all = await projects();
  return { projects: all, told: new Set(), ...sharedReaders(all, portfolioFrom) };
}

/** Tells the portfolios in which the project is, unless a project before it has; what fails is left to the next one. */
export async function tellPortfolios(
  host: RunningProject,
  { portfolios, projects, told }: Readers,
  deps: CycleDeps,
  due?: Date,
): Promise<void> {
  const mine = portfolios.filter((group) => group.members.includes(host.slug) && !told.has(group));
  for (const group of mine) {
    told.add(group);
    try {
      await tellPortfolio(group, projects, deps, { host, due });
    } catch (error) {
      told.delete(group);
      throw error;
    }
  }
}
