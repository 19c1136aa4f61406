import { type Locale, say } from '#src/i18n/message.ts';
import { reportMessages as words } from '#src/i18n/report.ts';
import { shortDate } from '#src/i18n/status.ts';
import { ARCHIVED, type Item, isArchived, text } from '#src/plan/item.ts';
import type { Change, Happening, Outcome } from '#src/reconcile/replica.ts';
import { disagreements, firings, titleOf } from '#src/service/report.ts';
import type { Comparison } from '#src/service/running-project.ts';
import type { Workspace } from '#src/workspaces/workspace.ts';
import { fieldLine } from './field-line.ts';
import { explainDocument, explainLines, firedDocument } from './show-automations.ts';
import { failureText, showKept } from './show-report.ts';
import type { Telling } from './wording.ts';

interface Explained {
  readonly explain?: boolean | undefined;
}

/** Whether an `apply` would change anything anywhere. */
export function isPending({ outcome, reaction }: Comparison): boolean {
  return outcome.changed.length > 0 || outcome.writes.size > 0 || reaction.firings.length > 0;
}

/** What an `apply` would do, line by line; `explain`: also which rule does what, and why. */
export function showPlan(
  comparison: Comparison,
  company: string,
  telling: Telling,
  { explain = false }: Explained = {},
): string {
  const { locale, paint } = telling;
  const { outcome, visits, reaction } = comparison;
  const failures = visits.flatMap((visit) => visit.failure ?? []);
  return [
    paint('bold', company),
    ...(explain ? explainLines(reaction.firings, telling) : []),
    ...visits.flatMap(({ workspace }) => [
      ...teamLines(comparison, workspace.id, telling),
      ...writeLines(comparison, workspace.id, workspace.url, telling),
      ...costLines(comparison, workspace, telling),
    ]),
    ...visits
      .flatMap(({ reading }) => reading?.remarks ?? [])
      .map((remark) => paint('yellow', `  ${remark(locale)}`)),
    ...disagreements(outcome, 'kept').map((one) => `  ${showKept(one, telling)}`),
    ...failures.map((one) => paint('red', `  ${failureText(one.workspace, one.error, locale)}`)),
    ...(isPending(comparison) || failures.length > 0 ? [] : [`  ${say(locale, words.nothingToDo)}`]),
  ].join('\n');
}

function teamLines({ outcome }: Comparison, replica: string, telling: Telling): string[] {
  const { locale, paint } = telling;
  const edits = outcome.happenings.filter((one) => one.actor === replica && one.kind !== 'conflict');
  if (edits.length === 0) return [];
  return [
    `  ${say(locale, words.willAgree, { where: replica })}`,
    ...edits.map((one) => paint('cyan', `    ${happeningLine(one, outcome.agreed.get(one.key), telling)}`)),
  ];
}

function happeningLine(one: Happening, item: Item | undefined, telling: Telling): string {
  const { locale } = telling;
  const title = titleOf(item);
  if (one.kind === 'created') return say(locale, words.willCreate, { title, due: '' });
  if (one.kind === 'archived') return say(locale, words.willArchive, { title });
  if (one.kind === 'restored') return say(locale, words.willRestore, { title });
  return `~ ${title} · ${fieldLine(one.key, one.field ?? '', [one.old, one.new], telling)}`;
}

function writeLines(
  { outcome, state }: Comparison,
  replica: string,
  url: string,
  telling: Telling,
): string[] {
  const { locale, paint } = telling;
  const changes = outcome.writes.get(replica) ?? [];
  if (changes.length === 0) return [];
  const seen = state.seen.get(replica);
  const small = changes.filter((change) => change.kind === 'create' && change.item.kind !== 'task');
  const points = small.filter((change) => change.item.kind === 'check').length;
  const rows = small.filter((change) => change.item.kind === 'row').length;
  const comments = small.length - points - rows;
  return [
    `  ${say(locale, words.willWrite, { where: url })}`,
    ...changes
      .filter((change) => !small.includes(change))
      .flatMap((change) => changeLines(change, seen?.get(change.key), telling)),
    ...(small.length > 0
      ? [paint('green', `    ${say(locale, words.willCreateMany, { points, rows, comments })}`)]
      : []),
  ];
}

/** What it would cost, where that counts. */
function costLines({ outcome }: Comparison, workspace: Workspace, { locale, paint }: Telling): string[] {
  const changes = outcome.writes.get(workspace.id) ?? [];
  const cost = changes.length > 0 ? workspace.foresee?.(changes, outcome.agreed) : undefined;
  return cost ? [paint('dim', `  ${say(locale, words.willCost, cost)}`)] : [];
}

function changeLines(change: Change, seen: Item['fields'] | undefined, telling: Telling): string[] {
  const { locale, paint } = telling;
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
    paint(
      'yellow',
      `    ~ ${title} · ${fieldLine(change.key, field, [seen?.[field] ?? null, value], telling)}`,
    ),
  );
}

/** The JSON of `plan`, for one project. */
export function planDocument(
  comparison: Comparison,
  slug: string,
  locale: Locale,
  { explain = false }: Explained = {},
): unknown {
  const { outcome, visits, reaction } = comparison;
  const places = new Set(visits.map(({ workspace }) => workspace.id));
  return {
    slug,
    pending: isPending(comparison),
    workspaces: visits.map(({ workspace }) => ({
      kind: workspace.kind,
      url: workspace.url,
      ...costPart(outcome, workspace),
      changes: (outcome.writes.get(workspace.id) ?? []).map((change) => ({
        kind: change.kind,
        key: change.key,
        title: titleOf(change.item),
        fields: change.kind === 'update' ? change.fields : change.item.fields,
      })),
    })),
    edits: outcome.happenings.filter((one) => places.has(one.actor) && one.kind !== 'conflict'),
    conflicts: disagreements(outcome, 'conflict'),
    kept: disagreements(outcome, 'kept'),
    automations: explain
      ? explainDocument(reaction.firings, locale)
      : firedDocument(firings(reaction), locale),
    errors: visits.flatMap(({ failure }) =>
      failure ? [{ workspace: failure.workspace, message: failureText(null, failure.error, locale) }] : [],
    ),
  };
}

function costPart({ writes, agreed }: Outcome, workspace: Workspace): object {
  const cost = workspace.foresee?.(writes.get(workspace.id) ?? [], agreed);
  return cost ? { cost } : {};
}
