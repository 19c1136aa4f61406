import type { styleText } from 'node:util';
import { type Locale, say } from '#src/i18n/message.ts';
import { percent } from '#src/i18n/metrics.ts';
import { DATE_WIDTH, fromToday, shortDate, statusMessages as words } from '#src/i18n/status.ts';
import type { Forecast } from '#src/metrics/forecast.ts';
import type { LateTask, ObligationState, Overview, StepProgress } from '#src/metrics/overview.ts';

/** Colours a text for a terminal, or leaves it as it is. */
export type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

export interface Standing {
  readonly company: string;
  readonly title: string;
  /** Where people open the plan. */
  readonly urls: readonly string[];
  readonly overview: Overview;
  /** How it stands and why, in one sentence. */
  readonly reason: string;
  readonly forecasts: readonly Forecast[];
  /** `YYYY-MM-DD`, where the team lives. */
  readonly today: string;
}

const BAR_WIDTH = 20;
const TITLE_WIDTH = 52;
const MOST_LATE = 8;

/** Where one project stands, in lines for a person to read. */
export function showStanding(standing: Standing, locale: Locale, paint: Paint): string {
  const { company, title, urls, overview, reason } = standing;
  const done = overview.steps.reduce((sum, step) => sum + step.done, 0);
  const total = overview.steps.reduce((sum, step) => sum + step.total, 0);
  return [
    paint('bold', `${company} · ${title}`),
    ...urls.map((url) => `${say(locale, words.where)}${locale === 'fr' ? '\u00a0' : ''}: ${url}`),
    '',
    `${paint('bold', say(locale, words.progress))}  ${percent(locale, overview.progress)}  (${say(locale, words.doneOf, { done, total })})`,
    ...overview.steps.map((step) => stepLine(step, paint)),
    '',
    paint('bold', reason),
    ...lateLines(overview.late, locale, paint),
    '',
    ...obligationLines(overview.obligations, locale, paint),
    ...forecastLines(standing, locale, paint),
  ].join('\n');
}

function stepLine({ title, progress, done, total }: StepProgress, paint: Paint): string {
  const filled = Math.round(progress * BAR_WIDTH);
  const bar = paint('green', '█'.repeat(filled)) + paint('gray', '░'.repeat(BAR_WIDTH - filled));
  return `  ${shorten(title, TITLE_WIDTH).padEnd(TITLE_WIDTH)} ${bar} ${String(done).padStart(3)} / ${total}`;
}

function lateLines(late: readonly LateTask[], locale: Locale, paint: Paint): string[] {
  if (late.length === 0) return [];
  const more = late.length - MOST_LATE;
  return [
    paint(['bold', 'red'], say(locale, words.late, { n: late.length })),
    ...late.slice(0, MOST_LATE).map((task) => lateLine(task, locale)),
    ...(more > 0 ? [`  ${say(locale, words.andMore, { n: more })}`] : []),
  ];
}

function lateLine({ due, title, people }: LateTask, locale: Locale): string {
  const who = people.length > 0 ? ` (${people.join(', ')})` : '';
  return `  ${dateCell(locale, due)}  ${title}${who}`;
}

function obligationLines(obligations: readonly ObligationState[], locale: Locale, paint: Paint): string[] {
  if (obligations.length === 0) return [say(locale, words.noLegalDates)];
  return [
    paint('bold', say(locale, words.legalDates)),
    ...obligations.flatMap((one) => obligationLine(one, locale, paint)),
  ];
}

/** Where not even one can be forecast, that is said once. */
function forecastLines(
  { forecasts, overview: { obligations }, today }: Standing,
  locale: Locale,
  paint: Paint,
): string[] {
  if (forecasts.length === 0) return [];
  const heading = ['', paint('bold', say(locale, words.forecast))];
  if (forecasts.every(({ enough }) => !enough)) return [...heading, `  ${say(locale, words.notEnough)}`];
  return [
    ...heading,
    ...forecasts.map((forecast) => {
      const title = obligations.find(({ id }) => id === forecast.id)?.title ?? forecast.id;
      // What takes a day at least is never expected today: this is done.
      const when =
        forecast.p50 === today ? say(locale, words.allDone) : say(locale, words.expected, forecast);
      return `  ${title}${locale === 'fr' ? '\u00a0' : ''}: ${when}`;
    }),
  ];
}

function obligationLine(one: ObligationState, locale: Locale, paint: Paint): string[] {
  const when = fromToday(locale, one.daysLeft);
  const remarks = [
    ...(one.confidence === 'unsettled' ? [say(locale, words.toConfirm)] : []),
    ...(one.confidence === 'likely' ? [say(locale, words.likely)] : []),
    ...(one.postponableUntil ? [say(locale, words.postponable, { until: one.postponableUntil })] : []),
    say(locale, words.verifiedOn, { day: one.verifiedOn }),
  ];
  return [
    `  ${dateCell(locale, one.date)}  ${one.title} (${when})`,
    paint('gray', `  ${' '.repeat(DATE_WIDTH[locale])}  ${remarks.join(' · ')}`),
  ];
}

function dateCell(locale: Locale, day: string): string {
  return shortDate(locale, day).padEnd(DATE_WIDTH[locale]);
}

function shorten(text: string, width: number): string {
  const letters = [...text];
  return letters.length <= width ? text : `${letters.slice(0, width - 1).join('')}…`;
}
