import { explain } from '#src/errors.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { fieldName, showValue, reportMessages as words } from '#src/i18n/report.ts';
import type { CycleReport, Disagreement } from '#src/service/report.ts';
import type { Paint } from './show-status.ts';

/** What one cycle did, in lines for a person. */
export function showReport(report: CycleReport, company: string, locale: Locale, paint: Paint): string {
  return [
    paint('bold', company),
    ...report.workspaces.map((one) => `  ${one.url}\n  ${say(locale, words.totals, one)}`),
    ...report.remarks.map((remark) => paint('yellow', `  ${remark(locale)}`)),
    ...report.conflicts.map((one) =>
      paint('yellow', `  ${say(locale, words.conflict, spoken(one, locale))}`),
    ),
    ...report.kept.map((one) => `  ${showKept(one, locale)}`),
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
    remarks: report.remarks.map((remark) => remark(locale)),
    errors: report.failures.map(({ workspace, error }) => ({ workspace, message: explain(error)(locale) })),
  };
}

export function failureText(workspace: string | null, error: unknown, locale: Locale): string {
  const why = explain(error)(locale);
  return workspace === null ? why : say(locale, words.failed, { where: workspace, why });
}

export function showKept(one: Disagreement, locale: Locale): string {
  if (one.field === null) return say(locale, words.keptItem, { title: one.title });
  return say(locale, words.kept, spoken(one, locale));
}

function spoken(one: Disagreement, locale: Locale) {
  return {
    title: one.title,
    field: fieldName(locale, one.field ?? ''),
    stands: showValue(locale, one.stands),
    setAside: showValue(locale, one.setAside),
    from: one.from,
  };
}
