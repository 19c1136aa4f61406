import { html } from 'hono/html';
import { companiesWords, companyWords as words } from '#src/i18n/dashboard.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { shortDate } from '#src/i18n/status.ts';
import { DASHBOARD, STATUS_LABELS } from '#src/i18n/workbook.ts';
import { STATUSES } from '#src/plan/item.ts';
import type { TaskRow } from './company-view.ts';
import { type Html, table } from './layout.ts';

/** Which of the tasks are shown. */
export interface TaskFilter {
  /** A status, `late`, or `''`: any. */
  readonly status: string;
  /** The name of a person; `''`: anybody. */
  readonly who: string;
}

const LATE = 'late';

/** Every task of the plan, or those that are asked for. */
export function taskSection(locale: Locale, tasks: readonly TaskRow[], filter: TaskFilter): Html {
  const shown = tasks.filter((task) => isMeant(task, filter));
  const isFiltered = filter.status !== '' || filter.who !== '';
  return html`<h2>${say(locale, words.tasks)}</h2>
<details id="tasks" ${isFiltered ? 'open' : ''}>
<summary>${say(locale, words.tasksShown, { shown: shown.length, all: tasks.length })}</summary>
${filterForm(locale, tasks, filter)}
${shown.length === 0 ? html`<p>${say(locale, words.noTask)}</p>` : taskTable(locale, shown)}</details>`;
}

function taskTable(locale: Locale, tasks: readonly TaskRow[]): Html {
  return table(
    say(locale, words.tasks),
    [
      { title: say(locale, words.task) },
      { title: say(locale, DASHBOARD.step) },
      { title: say(locale, words.status) },
      { title: say(locale, words.due) },
      { title: say(locale, words.person) },
    ],
    tasks.map(({ title, step, status, due, late, who }) => [
      title,
      step,
      say(locale, STATUS_LABELS[status]),
      html`${due === null ? '' : shortDate(locale, due)}${late ? html` <strong class="late">${say(locale, DASHBOARD.late)}</strong>` : ''}`,
      who,
    ]),
  );
}

function isMeant({ status, late, people }: TaskRow, filter: TaskFilter): boolean {
  const isStatus = filter.status === '' || (filter.status === LATE ? late : status === filter.status);
  return isStatus && (filter.who === '' || people.includes(filter.who));
}

function filterForm(locale: Locale, tasks: readonly TaskRow[], filter: TaskFilter): Html {
  const people = [...new Set(tasks.flatMap((task) => task.people))].toSorted(
    new Intl.Collator(locale).compare,
  );
  return html`<form method="get" action="#tasks">
<label>${say(locale, words.status)} <select name="status">
${option('', say(locale, words.everyStatus), filter.status)}
${option(LATE, say(locale, DASHBOARD.late), filter.status)}
${STATUSES.map((status) => option(status, say(locale, STATUS_LABELS[status]), filter.status))}
</select></label>
${
  people.length === 0
    ? ''
    : html`<label>${say(locale, words.person)} <select name="who">
${option('', say(locale, words.everyone), filter.who)}
${people.map((person) => option(person, person, filter.who))}
</select></label>`
}
<button type="submit">${say(locale, companiesWords.show)}</button>
</form>`;
}

function option(value: string, text: string, chosen: string): Html {
  return html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${text}</option>`;
}
