import { explain } from '#src/errors.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { reportMessages as words } from '#src/i18n/report.ts';
import type { CycleReport, Disagreement, Removal } from '#src/service/report.ts';
import { firedDocument, firedLines } from './show-automations.ts';
import type { Telling, Wording } from './wording.ts';

/** Beyond this many, removed items are only counted. */
const MOST_REMOVED = 5;

/** What one cycle did, in lines for a person. */
export function showReport(report: CycleReport, company: string, telling: Telling): string {
  const { wording, locale, paint } = telling;
  return [
    paint('bold', company),
    ...report.workspaces.map((one) => `  ${one.url}\n  ${say(locale, words.totals, one)}`),
    ...report.workspaces.flatMap(({ removed }) => removedLines(removed, telling)),
    ...firedLines(report.automations, locale).map((line) => `  ${line}`),
    ...report.remarks.map((remark) => paint('yellow', `  ${remark(locale)}`)),
    ...report.conflicts.map((one) =>
      paint('yellow', `  ${say(locale, words.conflict, spoken(one, wording))}`),
    ),
    ...report.kept.map((one) => `  ${showKept(one, telling)}`),
    ...report.failures.map(({ workspace, error }) =>
      paint('red', `  ${failureText(workspace, error, locale)}`),
    ),
  ].join('\n');
}

/** The part of the JSON contract that belongs to one project. */
export function reportDocument(report: CycleReport, locale: Locale): unknown {
  return {
    slug: report.slug,
    workspaces: report.workspaces,
    conflicts: report.conflicts,
    kept: report.kept,
    automations: firedDocument(report.automations, locale),
    remarks: report.remarks.map((remark) => remark(locale)),
    errors: report.failures.map(({ workspace, error }) => ({ workspace, message: explain(error)(locale) })),
  };
}

export function failureText(workspace: string | null, error: unknown, locale: Locale): string {
  const why = explain(error)(locale);
  return workspace === null ? why : say(locale, words.failed, { where: workspace, why });
}

function removedLines(removed: readonly Removal[], { locale, paint }: Telling): string[] {
  if (removed.length === 0) return [];
  const titles = removed.slice(0, MOST_REMOVED).map(({ title }) => title);
  const required = removed.filter((one) => one.required).length;
  const params = { titles, more: removed.length - titles.length, required };
  return [paint('yellow', `  ${say(locale, words.removed, params)}`)];
}

export function showKept(one: Disagreement, { wording, locale }: Telling): string {
  if (one.field === null) return say(locale, words.keptItem, { title: one.title });
  return say(locale, words.kept, spoken(one, wording));
}

function spoken(one: Disagreement, wording: Wording) {
  const field = one.field ?? '';
  return {
    title: one.title,
    field: wording.field(one.key, field),
    stands: wording.value(one.key, field, one.stands),
    setAside: wording.value(one.key, field, one.setAside),
    from: one.from,
  };
}
