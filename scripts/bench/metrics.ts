import { shippedFonts } from '#src/config/fonts.ts';
import { isFrenchHoliday } from '#src/config/holidays.ts';
import { courseOf } from '#src/metrics/course.ts';
import { addDays } from '#src/metrics/days.ts';
import { forecastOf } from '#src/metrics/forecast.ts';
import { goalsOf } from '#src/metrics/goals.ts';
import { historyOf, type LoggedChange } from '#src/metrics/history.ts';
import { kpisOf } from '#src/metrics/kpis.ts';
import { overviewOf } from '#src/metrics/overview.ts';
import { paceOf } from '#src/metrics/pace.ts';
import { progressChart } from '#src/metrics/progress-picture.ts';
import { renderPng } from '#src/metrics/render-chart.ts';
import { taskStates } from '#src/metrics/task-state.ts';
import type { BindingObligation } from '#src/plan/calendar.ts';
import type { Item } from '#src/plan/item.ts';
import { bestOf } from './best-of.ts';
import type { Figure } from './figure.ts';

const PROJECTS = 1000;
const TASKS = 60;
const POINTS = 4;
const START = '2026-09-07';
const TODAY = '2027-03-01';
const CALENDAR = { isHoliday: isFrenchHoliday, freeze: { from: '07-14', to: '08-31' } };
const INPUT = {
  steps: [{ key: 'only', title: 'Une étape', color: '#2f6f9f' }],
  sources: [],
  locale: 'fr',
  today: TODAY,
} as const;

interface Grown {
  readonly agreed: ReadonlyMap<string, Item>;
  readonly entries: readonly LoggedChange[];
}

/** A plan of sixty tasks, a task of which was done every six days. */
function grown(): Grown {
  const items: Item[] = [];
  const entries: LoggedChange[] = [];
  const log = (day: string, key: string, more: Partial<LoggedChange>) =>
    void entries.push({
      at: `${day}T09:00:00Z`,
      key,
      field: null,
      kind: 'created',
      old: null,
      ...more,
    });
  for (let task = 0; task < TASKS; task++) {
    const key = `only/t${task}`;
    const isDone = task < TASKS / 2;
    const due = addDays(START, 6 * task + 7);
    const fields = { title: key, step: 'only', status: isDone ? 'done' : 'todo', due };
    items.push({ key, kind: 'task', parent: 'plan', fields });
    for (let point = 0; point < POINTS; point++)
      items.push({ key: `${key}#${point}`, kind: 'check', parent: key, fields: { done: isDone } });
  }
  for (const { key } of items) log(START, key, {});
  for (let task = 0; task < TASKS / 2; task++)
    log(addDays(START, 5 * task + 1), `only/t${task}`, { field: 'status', kind: 'changed', old: 'todo' });
  return { agreed: new Map(items.map((item) => [item.key, item])), entries: entries.toReversed() };
}

const OBLIGATIONS: readonly BindingObligation[] = ['2027-01-01', '2027-09-01'].map((date, index) => ({
  date,
  obligation: {
    id: `o${index}`,
    title: { fr: 'Une échéance', en: 'A date' },
    dates: [{ date }],
    kind: 'deadline',
    confidence: 'sure',
    source: 'law',
    verifiedOn: START,
  },
}));

function figures({ agreed, entries }: Grown) {
  const overview = overviewOf({ ...INPUT, agreed, obligations: OBLIGATIONS });
  const history = historyOf(entries, agreed, TODAY, 'Europe/Paris');
  const kpis = kpisOf(agreed, (day) => !isFrenchHoliday(day));
  return { overview, history, kpis };
}

function forecasts({ agreed, entries }: Grown) {
  const history = historyOf(entries, agreed, TODAY, 'Europe/Paris');
  const goals = goalsOf(OBLIGATIONS, taskStates(agreed, TODAY));
  const pace = paceOf(history, CALENDAR);
  return forecastOf({ goals, pace, sisters: [], today: TODAY, calendar: CALENDAR });
}

/** The figures of many projects, the forecast of one, and a picture. */
export async function benchMetrics(): Promise<readonly Figure[]> {
  const project = grown();
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const all = Array.from({ length: PROJECTS }, () => figures(project));
  globalThis.gc?.();
  const heldMiB = (process.memoryUsage().heapUsed - before) / 1024 / 1024;
  const history = all[0]?.history ?? [];
  const overview = all[0]?.overview ?? overviewOf({ ...INPUT, agreed: new Map(), obligations: [] });
  const course = courseOf(history, project.agreed, forecasts(project), OBLIGATIONS, TODAY);
  const draw = () => renderPng(progressChart(overview, course, 'fr'), shippedFonts());
  await draw();
  return [
    {
      what: 'figures of 1,000 projects, 175 days of history each',
      measured: await bestOf(3, () => Array.from({ length: PROJECTS }, () => figures(project))),
      unit: 'ms',
    },
    { what: '… all of them kept at once', measured: heldMiB, unit: 'MiB' },
    {
      what: 'forecast of one project, 10,000 runs',
      measured: await bestOf(10, () => forecasts(project)),
      unit: 'ms',
    },
    { what: 'one picture, libraries loaded', measured: await bestOf(5, draw), unit: 'ms' },
  ];
}
