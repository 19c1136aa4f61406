import { createHash } from 'node:crypto';
import { type Locale, say } from '#src/i18n/message.ts';
import { percent } from '#src/i18n/metrics.ts';
import { HOME } from '#src/i18n/notion-home.ts';
import { longDate } from '#src/i18n/plan.ts';
import { statusMessages } from '#src/i18n/status.ts';
import { DASHBOARD } from '#src/i18n/workbook.ts';
import type { Overview, StepProgress } from '#src/metrics/overview.ts';
import { altText } from '#src/metrics/progress-picture.ts';
import { type LegalDate, legalDates } from '../legal-dates.ts';
import type { Blueprint } from '../workspace.ts';

import { ARRAY_LIMIT } from './limits.ts';
import { markedSpans, markerIn } from './markers.ts';
import { plainText } from './read-values.ts';
import type { BlockRequest } from './requests.ts';
import { richText, type Span, type TextPiece } from './rich-text.ts';
import type { Block } from './schema.ts';

/**
 * The page where a team begins: what it is about, where we stand, the picture, the next legal dates, and below them
 * the databases, which Notion adds to the end of the page. Four of its blocks are kept up to date in place, so that
 * none is ever created after the first run; a block that people delete stays deleted.
 */

export type HomePart = 'figures' | 'picture' | 'dates';
export const HOME_PARTS: readonly HomePart[] = ['figures', 'picture', 'dates'];

const ICONS = { notice: '🧭', figures: '📊', dates: '📅' } as const;

export function homeTitle({ company, title, locale }: Blueprint): string {
  return say(locale, HOME.title, { company, title });
}

/** The blocks of a new page, in one request. Without a picture where none could be drawn. */
export function homeBlocks(
  overview: Overview,
  blueprint: Blueprint,
  uploadId: string | undefined,
): BlockRequest[] {
  const { locale, project, notice } = blueprint;
  const about = [notice, say(locale, HOME.keptBy)].filter((text) => text !== '').join('\n');
  return [
    callout('notice', richText(markedSpans(about, { project, parent: undefined }))),
    heading(say(locale, HOME.where)),
    callout('figures', figures(overview, blueprint)),
    ...(uploadId === undefined ? [] : [pictureBlock(overview, locale, uploadId)]),
    heading(say(locale, HOME.dates)),
    callout('dates', dates(overview, locale)),
    heading(say(locale, HOME.databases)),
  ];
}

function heading(words: string): BlockRequest {
  return { heading_2: { rich_text: richText(words) } };
}

function callout(kind: keyof typeof ICONS, rich_text: TextPiece[]) {
  return { callout: { rich_text, icon: { emoji: ICONS[kind] }, color: 'gray_background' as const } };
}

export function pictureBlock(overview: Overview, locale: Locale, uploadId: string) {
  const caption = richText(altText(overview, locale));
  return { image: { type: 'file_upload' as const, file_upload: { id: uploadId }, caption } };
}

/** What `blocks.update` is to be given for a part. */
export function partContent(
  part: HomePart,
  overview: Overview,
  blueprint: Blueprint,
  uploadId: string | undefined,
) {
  if (part === 'figures') return { callout: { rich_text: figures(overview, blueprint) } };
  if (part === 'dates') return { callout: { rich_text: dates(overview, blueprint.locale) } };
  if (uploadId === undefined) throw new TypeError('A picture needs its upload.');
  return {
    image: { file_upload: { id: uploadId }, caption: richText(altText(overview, blueprint.locale)) },
  };
}

/** What each part shows, as a digest: equal digests, nothing to do. Days left are in none: time alone changes the picture, once a week. */
export function partDigests(overview: Overview, blueprint: Blueprint): Readonly<Record<HomePart, string>> {
  const { progress, steps, late, week } = overview;
  const shown = legalDates(overview, blueprint.locale);
  return {
    figures: digest(figures(overview, blueprint)),
    picture: digest([progress, steps, late.length, shown, blueprint.locale, week]),
    dates: digest(dates(overview, blueprint.locale)),
  };
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

const BAR_WIDTH = 10;

function figures(overview: Overview, { locale }: Blueprint): TextPiece[] {
  const { progress, steps, late } = overview;
  const done = steps.reduce((sum, step) => sum + step.done, 0);
  const total = steps.reduce((sum, step) => sum + step.total, 0);
  const tally = say(locale, statusMessages.doneOf, { done, total });
  const overdue =
    late.length === 0 ? say(locale, HOME.noLate) : say(locale, statusMessages.late, { n: late.length });
  const head = `${percent(locale, progress)} · ${tally} · ${overdue}`;
  return pieces([{ text: head, bold: true }, ...steps.map((step) => ({ text: stepLine(step, locale) }))]);
}

function stepLine({ title, done, total, progress }: StepProgress, locale: Locale): string {
  const filled = Math.round(progress * BAR_WIDTH);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
  return `\n${bar} ${percent(locale, progress)} · ${title} (${say(locale, statusMessages.doneOf, { done, total })})`;
}

function dates(overview: Overview, locale: Locale): TextPiece[] {
  const shown = legalDates(overview, locale);
  if (shown.length === 0) return richText(say(locale, HOME.noDates));
  return pieces(shown.flatMap((one, index) => dateSpans(one, index, locale)));
}

function dateSpans(one: LegalDate, index: number, locale: Locale): Span[] {
  const when = one.inForce ? say(locale, HOME.inForce, one.date) : longDate(locale, one.date);
  const and = say(locale, DASHBOARD.and);
  const facts = [one.toKnow.replace(/\.$/, ''), say(locale, HOME.verifiedOn, one.verifiedOn)];
  return [
    { text: `${index === 0 ? '' : '\n'}${when.charAt(0).toUpperCase()}${when.slice(1)}`, bold: true },
    { text: ` – ${one.title} (` },
    { text: one.source.title, link: one.source.url },
    { text: `${and}${facts.filter((fact) => fact !== '').join(and)})` },
  ];
}

function pieces(spans: readonly Span[]): TextPiece[] {
  return richText(spans).slice(0, ARRAY_LIMIT);
}

/** Whether one of the blocks of a page says that it is the home page of the project. */
export function isHomeOf(project: string, blocks: readonly Block[]): boolean {
  return blocks.some((block) => {
    const marker = markerIn(textOf(block));
    return marker?.project === project && marker.parent === undefined;
  });
}

/** The ids of the parts; `null` for one that is not there any more. */
export function findParts(blocks: readonly Block[]): Readonly<Record<HomePart, string | null>> {
  const byIcon = (icon: string) => blocks.find(({ callout }) => callout?.icon?.emoji === icon)?.id ?? null;
  return {
    figures: byIcon(ICONS.figures),
    picture: blocks.find(({ type }) => type === 'image')?.id ?? null,
    dates: byIcon(ICONS.dates),
  };
}

function textOf({ callout }: Block): string {
  return plainText(callout?.rich_text ?? []);
}

/** Kept for those who count: a page with its blocks. */
export const HOME_BLOCKS = 8;
