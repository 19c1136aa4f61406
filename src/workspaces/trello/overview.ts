import { createHash } from 'node:crypto';
import { type Locale, say } from '#src/i18n/message.ts';
import { percent } from '#src/i18n/metrics.ts';
import { HOME } from '#src/i18n/notion-home.ts';
import { longDate } from '#src/i18n/plan.ts';
import { statusMessages } from '#src/i18n/status.ts';
import { DASHBOARD } from '#src/i18n/workbook.ts';
import type { Overview } from '#src/metrics/overview.ts';
import { type LegalDate, legalDates } from '../legal-dates.ts';
import type { Blueprint } from '../workspace.ts';
import { escapeText, fitLine } from './markdown.ts';
import { roomBeside, withMarker } from './marker.ts';

/** The card that shows how the plan is going: its figures, its legal dates, and the picture on its cover. */

/** In the last line of its description. No task or row has such a key. */
export const OVERVIEW_KEY = 'overview';

/** The whole description of the card. Days left are not in it, so that time alone changes nothing. */
export function overviewText(overview: Overview, { locale }: Blueprint): string {
  const { progress, steps, late } = overview;
  const done = steps.reduce((sum, step) => sum + step.done, 0);
  const total = steps.reduce((sum, step) => sum + step.total, 0);
  const tally = say(locale, statusMessages.doneOf, { done, total });
  const overdue =
    late.length === 0 ? say(locale, HOME.noLate) : say(locale, statusMessages.late, { n: late.length });
  const dates = legalDates(overview, locale);
  const text = [
    `**${percent(locale, progress)} · ${tally} · ${overdue}**`,
    steps
      .map((step) => {
        const share = say(locale, statusMessages.doneOf, { done: step.done, total: step.total });
        return `- ${plain(step.title)} – ${percent(locale, step.progress)} (${share})`;
      })
      .join('\n'),
    `### ${say(locale, HOME.dates)}`,
    dates.length === 0 ? say(locale, HOME.noDates) : dates.map((one) => dateLine(one, locale)).join('\n'),
  ].join('\n\n');
  return withMarker(text.slice(0, roomBeside(OVERVIEW_KEY)), OVERVIEW_KEY);
}

function dateLine(one: LegalDate, locale: Locale): string {
  const and = say(locale, DASHBOARD.and);
  const when = one.inForce ? say(locale, HOME.inForce, one.date) : longDate(locale, one.date);
  const facts = [one.toKnow.replace(/\.$/, ''), say(locale, HOME.verifiedOn, one.verifiedOn)];
  const source = `[${plain(one.source.title).replace(/[[\]]/g, '\\$&')}](${one.source.url})`;
  const known = facts.filter((fact) => fact !== '').map(plain);
  return `- **${when.charAt(0).toUpperCase()}${when.slice(1)}** – ${plain(one.title)} (${[source, ...known].join(and)})`;
}

function plain(text: string): string {
  return escapeText(fitLine(text), () => false);
}

/** What the picture shows, as a digest. It is part of the name of the file, by which an upload is known again. */
export function pictureDigest(overview: Overview, { locale }: Blueprint): string {
  const { progress, steps, late, week } = overview;
  const shown = [progress, steps, late.length, legalDates(overview, locale), locale, week];
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 12);
}

const PICTURE = /^jalon-[0-9a-f]{12}\.png$/;

export function pictureName(digest: string): string {
  return `jalon-${digest}.png`;
}

export function isPicture({ name }: { readonly name: string }): boolean {
  return PICTURE.test(name);
}
