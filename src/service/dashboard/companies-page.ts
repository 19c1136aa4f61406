import { html } from 'hono/html';
import { type CompanyStanding, tallyOf } from '#src/digest/weekly/portfolio.ts';
import { companiesWords as words } from '#src/i18n/dashboard.ts';
import { digestMessages, distance, readiness } from '#src/i18n/digest.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { portfolioMessages } from '#src/i18n/portfolio.ts';
import { shortDate, statusMessages } from '#src/i18n/status.ts';
import type { UpcomingDate } from '#src/metrics/upcoming.ts';
import { VERDICTS, type Verdict } from '#src/metrics/verdict.ts';
import { fold } from '#src/plan/slug.ts';
import { type Html, pageOf, table } from './layout.ts';
import { progressBar, verdictMark } from './marks.ts';
import type { SeenStandings } from './standings.ts';
import { whyText } from './why.ts';

/** Which of the companies are shown. */
export interface CompanyFilter {
  /** Part of a name; `''`: any. */
  readonly name: string;
  readonly verdict: Verdict | undefined;
}

export interface CompaniesPage {
  readonly locale: Locale;
  readonly seen: SeenStandings;
  readonly filter: CompanyFilter;
  /** Whether a place of the company could not be read or written in its last cycle. */
  readonly hasTrouble: (slug: string) => boolean;
  readonly footer: Html;
}

/** How long a browser waits before it asks again for what was not known yet, in seconds. */
const AGAIN_IN = 2;

/** All companies, a line each, the worst first. */
export function companiesPage({ locale, seen, filter, hasTrouble, footer }: CompaniesPage): Html {
  const { companies, without, sick, pending } = seen;
  const all = companies.length + without.length + sick.length + pending;
  const shown = companies.filter((one) => isMeant(one, filter));
  return pageOf({
    ...{ locale, footer },
    up: '',
    title: say(locale, words.title),
    // Not while somebody is looking for something: what they type would be gone.
    againIn: pending > 0 && filter.name === '' ? AGAIN_IN : undefined,
    header: html`<h1>${say(locale, words.title)}</h1>
<p>${all === 0 ? say(locale, words.none) : say(locale, portfolioMessages.tally, tallyOf(companies))}</p>`,
    main: html`
${pending > 0 ? computing(locale, all - pending, all) : ''}
${sick.length > 0 ? sickOnes(locale, sick) : ''}
${companies.length > 0 ? filterForm(locale, filter) : ''}
${shown.length > 0 ? listOf(locale, shown, hasTrouble) : companies.length > 0 ? html`<p>${say(locale, words.nothingFound)}</p>` : ''}
${without.length > 0 ? withoutPlan(locale, without) : ''}`,
  });
}

function isMeant({ company, verdict }: CompanyStanding, filter: CompanyFilter): boolean {
  const isNamed = fold(company).includes(fold(filter.name.trim()));
  return isNamed && (filter.verdict === undefined || filter.verdict === verdict);
}

function computing(locale: Locale, known: number, all: number): Html {
  const text = say(locale, words.computing, { known, all });
  return html`<p role="status"><progress max="${all}" value="${known}" aria-label="${text}"></progress> ${text}</p>`;
}

function filterForm(locale: Locale, { name, verdict }: CompanyFilter): Html {
  return html`<form method="get" role="search">
<label>${say(locale, words.search)} <input type="search" name="name" value="${name}"></label>
<label>${say(locale, words.standing)} <select name="verdict">
<option value="">${say(locale, words.any)}</option>
${VERDICTS.toReversed().map(
  (one) =>
    html`<option value="${one}" ${one === verdict ? 'selected' : ''}>${say(locale, digestMessages.verdicts[one])}</option>`,
)}
</select></label>
<button type="submit">${say(locale, words.show)}</button>
</form>`;
}

function listOf(
  locale: Locale,
  companies: readonly CompanyStanding[],
  hasTrouble: (slug: string) => boolean,
): Html {
  return table(
    say(locale, words.title),
    [
      { title: say(locale, words.company) },
      { title: say(locale, words.standing) },
      { title: say(locale, statusMessages.progress) },
      { title: say(locale, words.overdue), isNumber: true },
      { title: say(locale, words.next) },
    ],
    companies.map(({ slug, company, verdict, reason, progress, overdue, unmet, next }) => [
      html`${linkTo(slug, company)}${hasTrouble(slug) ? html`<br><small class="late"><span aria-hidden="true">⚠</span> ${say(locale, words.hasTrouble)}</small>` : ''}`,
      verdictMark(verdict, reason),
      progressBar(locale, progress),
      overdue,
      html`${unmet ? dateOf(locale, unmet) : ''}${unmet && next ? html`<br>` : ''}${next ? dateOf(locale, next) : ''}`,
    ]),
  );
}

/** `ready`: of what is in force and not met. */
function dateOf(locale: Locale, { date, daysLeft, title, ready }: UpcomingDate & { ready?: number }): Html {
  const state = ready === undefined ? '' : ` (${readiness(locale, ready)})`;
  return html`${shortDate(locale, date)}, ${distance(locale, daysLeft)}${state}<br><small>${title}</small>`;
}

function sickOnes(locale: Locale, sick: SeenStandings['sick']): Html {
  return html`<aside role="alert" class="trouble"><h2>${say(locale, words.sick)} (${sick.length})</h2>
<dl>${sick.map(({ slug, error }) => html`<dt>${slug}</dt><dd class="lines">${whyText(error, locale)}</dd>`)}</dl></aside>`;
}

function withoutPlan(locale: Locale, without: SeenStandings['without']): Html {
  return html`<h2>${say(locale, words.without)} (${without.length})</h2>
<ul>${without.map(({ slug, company }) => html`<li>${linkTo(slug, company)}</li>`)}</ul>`;
}

function linkTo(slug: string, company: string): Html {
  return html`<a href="projects/${encodeURIComponent(slug)}">${company}</a>`;
}
