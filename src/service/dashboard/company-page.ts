import { html } from 'hono/html';
import { safeLink } from '#src/digest/send/link.ts';
import { sectionsOf } from '#src/digest/weekly/lines.ts';
import { frameWords, companyWords as words } from '#src/i18n/dashboard.ts';
import { digestMessages } from '#src/i18n/digest.ts';
import { kpiGoal, kpiNames, kpiValue } from '#src/i18n/kpis.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { percent } from '#src/i18n/metrics.ts';
import { fromToday, shortDate, statusMessages } from '#src/i18n/status.ts';
import { DASHBOARD } from '#src/i18n/workbook.ts';
import type { CompanyView, DateRow, NamedPart } from './company-view.ts';
import { backTo, type Html, pageOf, table } from './layout.ts';
import { progressBar, verdictMark } from './marks.ts';
import { type TaskFilter, taskSection } from './task-section.ts';

export interface CompanyPage {
  readonly view: CompanyView;
  readonly up: string;
  /** Whether there are others, to which the page leads back. */
  readonly isOneOfMany: boolean;
  readonly pictures: readonly Picture[];
  readonly places: readonly Place[];
  /** What keeps it from working, in sentences. */
  readonly troubles: readonly string[];
  readonly filter: TaskFilter;
  readonly footer: Html;
}

export interface Picture {
  /** The course of the plan, the only one that is not told in the tables. */
  readonly isCourse: boolean;
  /** From the address of the page. */
  readonly src: string;
  readonly alt: string;
}

export interface Place {
  /** `Notion` */
  readonly name: string;
  /** A web address, or the path of a file. */
  readonly url: string;
}

/** One company: what a weekly digest says, as of now, and what it comes from. */
export function companyPage(page: CompanyPage): Html {
  const { view, up, isOneOfMany, places, footer, pictures, filter } = page;
  const { company, title, locale, digest } = view;
  return pageOf({
    ...{ locale, up },
    title: company,
    footer: html`${footer}${view.notice === '' ? '' : html`<p>${view.notice}</p>`}`,
    header: html`${isOneOfMany ? backTo(up, say(locale, frameWords.allCompanies)) : ''}
<h1>${company}</h1>
<p>${title}</p>
${placeList(locale, places)}`,
    main: html`
${page.troubles.length > 0 ? troubleList(locale, page.troubles) : ''}
<p class="lead">${verdictMark(digest.verdict, digest.reason)}</p>
<div class="glance">
${readiness(view)}
${pictures.filter(({ isCourse }) => isCourse).map(pictureOf)}
</div>
<div class="cards">${sectionsOf({ ...digest, dates: [], kpis: [] }).map(
      ({ heading, lines }) =>
        html`<article><h2>${heading}</h2><ul>${lines.map(
          ({ text, link }) => html`<li>${linked(text, link)}</li>`,
        )}</ul></article>`,
    )}</div>
${dateSection(view)}
${breakdownSection(view)}
${kpiSection(view)}
${trendSection(locale, pictures)}
${taskSection(locale, view.tasks, filter)}`,
  });
}

function linked(text: string, link: string | undefined): Html | string {
  const href = safeLink(link);
  return href === undefined ? text : html`<a href="${href}" rel="noreferrer">${text}</a>`;
}

function placeList(locale: Locale, places: readonly Place[]): Html {
  return html`<p>${say(locale, words.places)} ${places.map(
    ({ name, url }, index) =>
      html`${index > 0 ? ' · ' : ''}${
        safeLink(url) === undefined ? html`${name} <code>${url}</code>` : linked(name, url)
      }`,
  )}</p>`;
}

function troubleList(locale: Locale, troubles: readonly string[]): Html {
  return html`<aside role="alert" class="trouble"><h2>${say(locale, words.troubles)}</h2>
<ul>${troubles.map((text) => html`<li class="lines">${text}</li>`)}</ul></aside>`;
}

/** How far the plan is, and how far each thing to be ready for: to receive and to issue are figures of their own. */
function readiness({ dates, locale, digest: { progress } }: CompanyView): Html {
  const asked = dates.flatMap(({ title, ready }) => (ready === undefined ? [] : [{ title, ready }]));
  const rows = asked.map(({ title, ready }) => html`<dt>${title}</dt><dd>${progressBar(locale, ready)}</dd>`);
  return html`<div>
<dl class="readiness">
<dt>${say(locale, statusMessages.progress)} (${say(locale, statusMessages.doneOf, progress)})</dt>
<dd>${progressBar(locale, progress.progress)}</dd>
</dl>
${rows.length === 0 ? '' : html`<h2>${say(locale, words.readiness)}</h2><dl class="readiness">${rows}</dl>`}
</div>`;
}

function pictureOf({ src, alt }: Picture): Html {
  return html`<figure class="wide"><img src="${src}" alt="${alt}" loading="lazy"></figure>`;
}

function dateSection({ locale, dates }: CompanyView): Html {
  if (dates.length === 0)
    return html`<h2>${say(locale, DASHBOARD.dates)}</h2><p>${say(locale, DASHBOARD.none)}</p>`;
  return html`<h2 id="dates">${say(locale, DASHBOARD.dates)}</h2>
${table(
  say(locale, DASHBOARD.dates),
  [
    { title: say(locale, DASHBOARD.what) },
    { title: say(locale, DASHBOARD.date) },
    { title: say(locale, words.ready), isNumber: true },
    { title: say(locale, words.forecast) },
    { title: say(locale, words.path) },
    { title: say(locale, DASHBOARD.source) },
  ],
  dates.map((date) => [
    html`${date.title}${date.toKnow === '' ? '' : html`<details class="note"><summary>${say(locale, DASHBOARD.toKnow)}</summary>${date.toKnow}</details>`}`,
    html`${shortDate(locale, date.date)}<br><small>${fromToday(locale, date.daysLeft)}</small>`,
    date.ready === undefined ? '' : percent(locale, date.ready),
    forecastOf(locale, date),
    pathOf(locale, date),
    html`${linked(date.source.title, date.source.url)}<br><small>${say(locale, statusMessages.verifiedOn, { day: date.verifiedOn })}</small>`,
  ]),
)}`;
}

function forecastOf(locale: Locale, { forecast, ready }: DateRow): string {
  if (!forecast || ready === 1) return '';
  return say(locale, statusMessages.expected, forecast);
}

/** In one line, which opens into the tasks themselves. */
function pathOf(locale: Locale, { path, daysLeft }: DateRow): Html | string {
  if (!path) return '';
  const { tasks, days, slack } = path;
  const text = say(locale, words.pathOf, { tasks: tasks.length, days, slack, isPast: daysLeft < 0 });
  if (tasks.length === 0) return text;
  return html`<details class="note"><summary>${text}</summary><ol>${tasks.map((title) => html`<li>${title}</li>`)}</ol></details>`;
}

function breakdownSection(view: CompanyView): Html {
  const { locale } = view;
  return html`<h2 id="breakdown">${say(locale, words.breakdown)}</h2>
${parts(locale, say(locale, DASHBOARD.step), say(locale, words.noStep), view.steps)}
${parts(locale, say(locale, words.role), say(locale, words.nobody), view.roles)}
${parts(locale, say(locale, words.person), say(locale, words.nobody), view.people)}
<p>${say(locale, words.byEffort, percent(locale, view.weighted))}
${view.cycleDays === null ? '' : say(locale, words.cycle, view.cycleDays)}</p>`;
}

function parts(locale: Locale, title: string, none: string, all: readonly NamedPart[]): Html {
  return table(
    title,
    [
      { title },
      { title: say(locale, statusMessages.progress) },
      { title: say(locale, DASHBOARD.done), isNumber: true },
      { title: say(locale, DASHBOARD.late), isNumber: true },
      { title: say(locale, words.blocked), isNumber: true },
    ],
    all.map((part) => [
      part.title === '' ? none : part.title,
      progressBar(locale, part.progress),
      `${part.done} / ${part.total}`,
      part.late,
      part.blocked,
    ]),
  );
}

function kpiSection({ locale, kpis }: CompanyView): Html | string {
  if (kpis.length === 0) return '';
  return html`<h2 id="indicators">${say(locale, digestMessages.kpis)}</h2>
${table(
  say(locale, digestMessages.kpis),
  [
    { title: say(locale, words.indicator) },
    { title: say(locale, words.value), isNumber: true },
    { title: say(locale, words.target) },
    { title: say(locale, words.before), isNumber: true },
  ],
  kpis.map((kpi) => [
    say(locale, kpiNames[kpi.id]),
    kpi.value === null ? say(locale, words.noData) : kpiValue(locale, kpi.unit, kpi.value),
    kpiGoal(locale, kpi),
    kpi.before === undefined ? '' : kpiValue(locale, kpi.unit, kpi.before),
  ]),
)}`;
}

function trendSection(locale: Locale, pictures: readonly Picture[]): Html | string {
  const trends = pictures.filter(({ isCourse }) => !isCourse);
  if (trends.length === 0) return '';
  return html`<h2 id="trends">${say(locale, words.trends)}</h2>
<div class="cards">${trends.map(pictureOf)}</div>`;
}
