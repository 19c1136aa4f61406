import { type Locale, say } from '#src/i18n/message.ts';
import { fieldName, showValue, reportMessages as words } from '#src/i18n/report.ts';
import { shortDate } from '#src/i18n/status.ts';
import { ARCHIVED, type Item, isArchived, text } from '#src/plan/item.ts';
import type { Change, Happening } from '#src/reconcile/replica.ts';
import { disagreements, titleOf } from '#src/service/report.ts';
import type { Comparison } from '#src/service/running-project.ts';
import { failureText, showKept } from './show-report.ts';
import type { Paint } from './show-status.ts';

/** Whether an `apply` would change anything anywhere. */
export function isPending({ outcome }: Comparison): boolean {
  return outcome.changed.length > 0 || outcome.writes.size > 0;
}

/** What an `apply` would do, line by line. */
export function showPlan(comparison: Comparison, company: string, locale: Locale, paint: Paint): string {
  const { outcome, visits } = comparison;
  const failures = visits.flatMap((visit) => visit.failure ?? []);
  return [
    paint('bold', company),
    ...visits.flatMap(({ workspace }) => [
      ...teamLines(comparison, workspace.id, locale, paint),
      ...writeLines(comparison, workspace.id, workspace.url, locale, paint),
    ]),
    ...disagreements(outcome, 'kept').map((one) => `  ${showKept(one, locale)}`),
    ...failures.map((one) => paint('red', `  ${failureText(one.workspace, one.error, locale)}`)),
    ...(isPending(comparison) || failures.length > 0 ? [] : [`  ${say(locale, words.nothingToDo)}`]),
  ].join('\n');
}

function teamLines({ outcome }: Comparison, replica: string, locale: Locale, paint: Paint): string[] {
  const edits = outcome.happenings.filter((one) => one.actor === replica && one.kind !== 'conflict');
  if (edits.length === 0) return [];
  return [
    `  ${say(locale, words.willAgree, { where: replica })}`,
    ...edits.map((one) => paint('cyan', `    ${happeningLine(one, outcome.agreed.get(one.key), locale)}`)),
  ];
}

function happeningLine(one: Happening, item: Item | undefined, locale: Locale): string {
  const title = titleOf(item);
  if (one.kind === 'created') return say(locale, words.willCreate, { title, due: '' });
  if (one.kind === 'archived') return say(locale, words.willArchive, { title });
  if (one.kind === 'restored') return say(locale, words.willRestore, { title });
  return `~ ${title} · ${fieldLine(one.field ?? '', one.old, one.new, locale)}`;
}

function writeLines(
  { outcome, state }: Comparison,
  replica: string,
  url: string,
  locale: Locale,
  paint: Paint,
): string[] {
  const changes = outcome.writes.get(replica) ?? [];
  if (changes.length === 0) return [];
  const seen = state.seen.get(replica);
  const small = changes.filter((change) => change.kind === 'create' && change.item.kind !== 'task');
  const points = small.filter((change) => change.item.kind === 'check').length;
  const rows = small.length - points;
  return [
    `  ${say(locale, words.willWrite, { where: url })}`,
    ...changes
      .filter((change) => !small.includes(change))
      .flatMap((change) => changeLines(change, seen?.get(change.key), locale, paint)),
    ...(small.length > 0
      ? [paint('green', `    ${say(locale, words.willCreateMany, { points, rows })}`)]
      : []),
  ];
}

function changeLines(
  change: Change,
  seen: Item['fields'] | undefined,
  locale: Locale,
  paint: Paint,
): string[] {
  const title = titleOf(change.item);
  const due = text(change.item, 'due');
  if (change.kind === 'create') {
    return [
      paint('green', `    ${say(locale, words.willCreate, { title, due: due && shortDate(locale, due) })}`),
    ];
  }
  if (ARCHIVED in change.fields) {
    const sentence = isArchived(change.item) ? words.willArchive : words.willRestore;
    return [paint(isArchived(change.item) ? 'red' : 'green', `    ${say(locale, sentence, { title })}`)];
  }
  return Object.entries(change.fields).map(([field, value]) =>
    paint('yellow', `    ~ ${title} · ${fieldLine(field, seen?.[field] ?? null, value, locale)}`),
  );
}

function fieldLine(
  field: string,
  before: Item['fields'][string],
  after: Item['fields'][string],
  locale: Locale,
): string {
  return `${fieldName(locale, field)} : ${showValue(locale, before)} → ${showValue(locale, after)}`;
}

/** The JSON of `plan`, for one project. */
export function planDocument(comparison: Comparison, slug: string, locale: Locale): unknown {
  const { outcome, visits } = comparison;
  return {
    slug,
    pending: isPending(comparison),
    workspaces: visits.map(({ workspace }) => ({
      kind: workspace.kind,
      url: workspace.url,
      changes: (outcome.writes.get(workspace.id) ?? []).map((change) => ({
        kind: change.kind,
        key: change.key,
        title: titleOf(change.item),
        fields: change.kind === 'update' ? change.fields : change.item.fields,
      })),
    })),
    edits: outcome.happenings.filter((one) => one.actor !== 'template' && one.kind !== 'conflict'),
    conflicts: disagreements(outcome, 'conflict'),
    kept: disagreements(outcome, 'kept'),
    errors: visits.flatMap(({ failure }) =>
      failure ? [{ workspace: failure.workspace, message: failureText(null, failure.error, locale) }] : [],
    ),
  };
}
