import { dayIn } from '#src/config/clock.ts';
import {
  type CompanyStanding,
  type Portfolio,
  portfolioMessage,
  worstFirst,
} from '#src/digest/weekly/portfolio.ts';
import { DIGEST } from '#src/digest/weekly/row.ts';
import type { PortfolioGroup } from '#src/digest/weekly/shared-readers.ts';
import { weekOf } from '#src/digest/weekly/week.ts';
import type { Locale } from '#src/i18n/message.ts';
import { obligationProgress } from '#src/metrics/status.ts';
import { unmetDuties, upcomingDates } from '#src/metrics/upcoming.ts';
import type { Channel } from '#src/plan/outgoing-message.ts';
import { dashboardOf, webAddress } from './addresses.ts';
import { isLate } from './digest-told.ts';
import { keepOnly } from './keep-only.ts';
import type { OutlookDeps } from './outlook.ts';
import type { CycleDeps, RunningProject } from './running-project.ts';
import type { KnownSisters } from './sisters.ts';
import { basisOf } from './standing.ts';
import { standingOf } from './standing-now.ts';

/** Where each of these companies stands, the worst first. Changes nothing. */
export async function portfolioOf(
  projects: readonly RunningProject[],
  locale: Locale,
  deps: CycleDeps,
  due?: Date,
): Promise<Portfolio> {
  const { timeZone } = deps;
  const companies: CompanyStanding[] = [];
  const without: string[] = [];
  const sisters: KnownSisters = new Map();
  for (const project of projects) {
    const standing = await companyStanding(project, locale, { ...deps, sisters });
    if (standing) companies.push(standing);
    else without.push(project.blueprint.company);
  }
  return {
    week: weekOf(due ? dayIn(timeZone, due) : deps.today()),
    locale,
    companies: worstFirst(companies, locale),
    without,
    dashboard: deps.dashboardUrl === undefined ? undefined : `${deps.dashboardUrl}/`,
    late: due && isLate(due, deps.now()) ? dayIn(timeZone, due) : undefined,
  };
}

/** `undefined`: its plan was never applied. */
export async function companyStanding(
  project: RunningProject,
  locale: Locale,
  deps: CycleDeps & Pick<OutlookDeps, 'sisters'>,
): Promise<CompanyStanding | undefined> {
  const { agreed, templateVersion } = await deps.store.load(project.slug);
  if (templateVersion === null) return undefined;
  const { overview, outlook, reason } = await standingOf(project, agreed, deps, locale);
  const ready = obligationProgress(agreed, basisOf(project).obligations, deps.today());
  return {
    slug: project.slug,
    company: project.blueprint.company,
    verdict: outlook.verdict,
    reason,
    progress: overview.progress,
    overdue: overview.late.length,
    unmet: unmetDuties(overview.obligations, ready)[0],
    next: upcomingDates(overview.obligations, 1)[0],
    url: (await webAddress(project, deps)) ?? dashboardOf(project, deps),
  };
}

export interface PortfolioOrder {
  /** The member whose turn it is. */
  readonly host: RunningProject;
  /** When it was to be told. Absent: now, since somebody asks for it. */
  readonly due?: Date | undefined;
}

/**
 * Puts the portfolio of a group into the outbox of one of its members, whose people they all share: there it is sent,
 * and seen by `doctor`, as any message of that company. Which member that was is kept with it, so that it stays the
 * same one for the week, whoever tells it next: said again, it is not sent again.
 */
export async function tellPortfolio(
  { members, channels }: PortfolioGroup,
  projects: readonly RunningProject[],
  deps: CycleDeps,
  { host, due }: PortfolioOrder,
): Promise<Portfolio> {
  const together = new Set(members);
  const group = projects.filter(({ slug }) => together.has(slug));
  const portfolio = await portfolioOf(group, host.blueprint.locale, deps, due);
  if (portfolio.companies.length === 0) return portfolio;
  for (const channel of channels) {
    const { slug } = (await memberThatHasIt(group, channel, portfolio.week, deps)) ?? host;
    const marks = [{ replica: DIGEST, name: markName(channel), value: portfolio.week }];
    const messages = [{ ...portfolioMessage(portfolio), channels: [channel] }];
    await keepOnly(slug, { marks, messages }, deps);
  }
  return portfolio;
}

async function memberThatHasIt(
  group: readonly RunningProject[],
  channel: Channel,
  week: string,
  { store }: CycleDeps,
): Promise<RunningProject | undefined> {
  for (const project of group) {
    const memory = await store.memory(project.slug, DIGEST);
    if (memory.get(markName(channel)) === week) return project;
  }
  return undefined;
}

function markName(channel: Channel): string {
  return `portfolio:${channel}`;
}
