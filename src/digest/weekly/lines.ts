import { digestMessages as words } from '#src/i18n/digest.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import type { MessageLine } from '#src/plan/outgoing-message.ts';
import type { WeeklyDigest } from './digest.ts';

/** A part of the digest; one that would be empty is left out. */
export interface Section {
  readonly heading: string;
  readonly lines: readonly MessageLine[];
  /** How many things there are, of which the lines may tell the first only. */
  readonly size: number;
}

/** Of more things than that the rest is only counted: what is not read in ten seconds is not read. */
const MOST_LINES = 6;
/** In the row, where there is less room, and the legal dates and the indicators have places of their own. */
const MOST_IN_SUMMARY = 1;

/** The sections that say something, the most important first. */
export function sectionsOf(digest: WeeklyDigest): readonly Section[] {
  return [...ofTheWeek(digest), ...ofThePlan(digest)].filter(({ size }) => size > 0);
}

function ofTheWeek(digest: WeeklyDigest): readonly Section[] {
  const { locale, stuck, toDecide, due, done, since, until } = digest;
  return [
    section(
      say(locale, words.stuck),
      stuck.map((task) => ({ text: say(locale, words.stuckLine, task) })),
    ),
    section(
      say(locale, words.toDecide),
      toDecide.map((notice) => ({
        text: say(locale, words.noticeLine, notice),
        ...(notice.link !== '' && { link: notice.link }),
      })),
    ),
    section(
      say(locale, words.due, until),
      due.map((task) => ({ text: say(locale, words.dueLine, task) })),
    ),
    section(
      say(locale, words.done, since),
      done.map(({ title }) => ({ text: title })),
    ),
  ];
}

function ofThePlan({ locale, dates, kpis, unread, today }: WeeklyDigest): readonly Section[] {
  return [
    section(
      say(locale, words.dates),
      dates.map((date) => ({ text: say(locale, words.dateLine, { ...date, today }) })),
    ),
    section(
      say(locale, words.kpis),
      kpis.map((kpi) => ({ text: say(locale, words.kpiLine, kpi) })),
    ),
    section(
      say(locale, words.unread),
      unread.map(({ link, ...source }) => ({ text: say(locale, words.unreadLine, source), link })),
    ),
  ];
}

function section(heading: string, lines: readonly MessageLine[]): Section {
  return { heading, lines, size: lines.length };
}

/** The first lines, and how many there are besides. */
export function firstLines(
  { lines }: Section,
  locale: Locale,
  most: number = MOST_LINES,
): readonly MessageLine[] {
  // One more takes no more room than the line that says so.
  if (lines.length <= most + 1) return lines;
  return [...lines.slice(0, most), { text: say(locale, words.andOthers, lines.length - most) }];
}

/** The digest in a few lines of text, for the cell of a table. */
export function summaryOf(digest: WeeklyDigest): string {
  const { locale, reason } = digest;
  const [colon, semicolon] = locale === 'fr' ? ['\u00a0:', '\u202f;'] : [':', ';'];
  const parts = ofTheWeek(digest)
    .filter(({ size }) => size > 0)
    .map((one) => {
      const told = firstLines(one, locale, MOST_IN_SUMMARY).map(({ text }) => text);
      return `${one.heading}${colon} ${told.join(`${semicolon} `)}`;
    });
  return [reason, ...parts].join('\n');
}
