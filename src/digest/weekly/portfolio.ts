import { digestMessages as words } from '#src/i18n/digest.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { portfolioMessages } from '#src/i18n/portfolio.ts';
import { byText } from '#src/metrics/order.ts';
import type { UnmetDuty, UpcomingDate } from '#src/metrics/upcoming.ts';
import { VERDICTS, type Verdict } from '#src/metrics/verdict.ts';
import type { MessageBlock, MessageLine, OutgoingMessage } from '#src/plan/outgoing-message.ts';
import { linkTo } from './message.ts';
import { daysOfWeek } from './week.ts';

/** Many companies in one text, a line each. Plain data. */
export interface Portfolio {
  /** ISO week. */
  readonly week: string;
  readonly locale: Locale;
  /** The worst first. */
  readonly companies: readonly CompanyStanding[];
  /** Names of those of which nothing can be said: their plan was never applied. */
  readonly without: readonly string[];
  /** Where all of them are shown; `undefined`: it is not open to those who read this. */
  readonly dashboard: string | undefined;
  /** The day on which it was to be told, when it comes late. */
  readonly late: string | undefined;
}

export interface CompanyStanding {
  readonly slug: string;
  readonly company: string;
  readonly verdict: Verdict;
  /** The verdict and why, in one sentence. */
  readonly reason: string;
  /** From 0 to 1. */
  readonly progress: number;
  /** How many tasks are overdue. */
  readonly overdue: number;
  /** What has been in force for longest, and is not met; `undefined`: there is nothing. */
  readonly unmet: UnmetDuty | undefined;
  /** The next legal date; `undefined`: none is to come. */
  readonly next: UpcomingDate | undefined;
  /** Where its plan is opened, else its page on the dashboard. */
  readonly url: string | undefined;
}

/**
 * The worst first: by verdict, then by how many tasks are overdue, then by how near the next legal date is, then by how
 * little is done. Equal ones come by name, and the order in which they are given never matters.
 */
export function worstFirst(
  companies: readonly CompanyStanding[],
  locale: Locale,
): readonly CompanyStanding[] {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  return companies.toSorted(
    (a, b) =>
      VERDICTS.indexOf(b.verdict) - VERDICTS.indexOf(a.verdict) ||
      b.overdue - a.overdue ||
      byText(a.next?.date ?? '9', b.next?.date ?? '9') ||
      a.progress - b.progress ||
      compare(a.company, b.company) ||
      byText(a.slug, b.slug),
  );
}

/** The portfolio as a message to whoever receives the digests of these companies. */
export function portfolioMessage(portfolio: Portfolio): OutgoingMessage {
  const { week, locale, companies, without, dashboard, late } = portfolio;
  const { number } = daysOfWeek(week);
  return {
    key: `portfolio:${week}`,
    kind: 'digest',
    to: 'subscribers',
    sender: say(locale, portfolioMessages.sender),
    locale,
    subject: say(locale, portfolioMessages.subject, { number, ...tallyOf(companies) }),
    blocks: [
      ...VERDICTS.toReversed().flatMap((verdict) => group(verdict, portfolio)),
      ...(without.length === 0 ? [] : [small(say(locale, portfolioMessages.without, without))]),
      ...linkTo(say(locale, words.openDashboard), dashboard),
      ...(late === undefined ? [] : [small(say(locale, words.late, late))]),
    ],
  };
}

function group(verdict: Verdict, { locale, companies }: Portfolio): readonly MessageBlock[] {
  const some = companies.filter((one) => one.verdict === verdict);
  if (some.length === 0) return [];
  const title = say(locale, words.verdicts[verdict]);
  return [
    { kind: 'heading', text: say(locale, portfolioMessages.group, { title, companies: some.length }) },
    { kind: 'list', lines: some.map((one) => line(one, locale)) },
  ];
}

function line({ url, ...one }: CompanyStanding, locale: Locale): MessageLine {
  return { text: say(locale, portfolioMessages.line, one), ...(url !== undefined && { link: url }) };
}

/** How many there are, and how many of them are in trouble. */
export function tallyOf(companies: readonly CompanyStanding[]) {
  const countOf = (verdict: Verdict) => companies.filter((one) => one.verdict === verdict).length;
  return { companies: companies.length, late: countOf('late'), atRisk: countOf('at-risk') };
}

function small(text: string): MessageBlock {
  return { kind: 'smallPrint', text };
}
