import { Temporal } from 'temporal-polyfill';
import { BadInput, EXIT, NeedsAttention } from '#src/errors.ts';
import { logMessages as words } from '#src/i18n/log.ts';
import { said, say } from '#src/i18n/message.ts';
import type { Item } from '#src/plan/item.ts';
import { runCycle } from '#src/service/cycle.ts';
import { titleOf } from '#src/service/report.ts';
import type { RunningProject } from '#src/service/running-project.ts';
import { isUndone, type NotUndoable, type Undoing, undoingOf, undoVoice } from '#src/service/undo.ts';
import type { AuditRecord, Store } from '#src/store/store.ts';
import { type ChosenProject, type Context, exitCodeFor, withContext } from '../context.ts';
import { cycleDeps, running } from '../cycle-deps.ts';
import { findItem } from '../find-item.ts';
import type { CommonOptions } from '../options.ts';
import { entryDocument, type LogTelling, showLog, undoCommand, undoDocument, undoText } from '../show-log.ts';
import { failureText, reportDocument } from '../show-report.ts';
import { showTroubles, type Trouble, troubleDocument } from '../show-troubles.ts';
import { tellingOf } from '../wording.ts';

export interface LogOptions extends CommonOptions {
  readonly item?: string;
  readonly since?: string;
  readonly limit?: string;
  readonly undo?: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

const USUAL_LIMIT = 30;

/** What has happened to the plan, from the audit log; with `--undo`, takes one entry back. */
export function log(options: LogOptions, slug?: string): Promise<number> {
  const project = slug === undefined ? options.project : [slug, ...(options.project ?? [])];
  return withContext({ ...options, ...(project && { project }) }, async (context) => {
    if (options.undo !== undefined) return undo(options, readEntry(options.undo), context);
    if (options.force || options.dryRun) throw new BadInput(said(words.undoOptions));
    return show(options, context);
  });
}

async function show(options: LogOptions, context: Context): Promise<number> {
  const limit = options.limit === undefined ? USUAL_LIMIT : readLimit(options.limit);
  const since = readSince(options.since, context.environment.timeZone);
  const { chosen, troubles } = await context.projects();
  const failed: Trouble[] = [...troubles];
  const documents: unknown[] = [];
  for (const project of chosen) {
    try {
      const { telling, store } = await open(project, context);
      const item = options.item === undefined ? undefined : findItem(options.item, telling.agreed);
      const found = await store.readAudit(project.slug, {
        ...(item && { key: keysOf(item, telling.agreed) }),
        ...(since !== undefined && { since }),
        limit: limit + 1,
      });
      const entries = found.slice(0, limit);
      documents.push({
        slug: project.slug,
        entries: entries.map((one) => entryDocument(one, telling)),
        errors: [],
      });
      context.print(context.paint('bold', project.source.project.company.name));
      context.print(entries.length > 0 ? showLog(entries, telling) : say(context.locale, words.empty));
      if (found.length > limit) context.print(context.paint('dim', say(context.locale, words.more, limit)));
    } catch (error) {
      failed.push({ slug: project.slug, error });
    }
  }
  showTroubles(failed, context.locale);
  context.document({
    projects: [...documents, ...failed.map((one) => troubleDocument(one, context.locale))],
  });
  return exitCodeFor(
    documents.length,
    failed.map(({ error }) => error),
  );
}

interface Opened {
  readonly opened: RunningProject;
  readonly telling: LogTelling;
  readonly store: Store;
}

async function open(project: ChosenProject, context: Context): Promise<Opened> {
  const opened = await running(project, context);
  const store = await context.store();
  const { agreed } = await store.load(project.slug);
  const { slug } = project;
  const { timeZone } = context.environment;
  const { blueprint, workspaces } = opened;
  return { opened, store, telling: { ...tellingOf(blueprint, context), slug, agreed, workspaces, timeZone } };
}

/** A task together with its points, and with what was said of it. */
function keysOf({ key }: Item, agreed: ReadonlyMap<string, Item>): readonly string[] {
  return [key, ...[...agreed.values()].filter(({ parent }) => parent === key).map((one) => one.key)];
}

async function undo(options: LogOptions, entry: number, context: Context): Promise<number> {
  const { chosen, troubles } = await context.projects();
  const found = await findEntry(entry, chosen, context);
  if (!found) {
    if (chosen.length === 0 && troubles[0]) throw troubles[0].error;
    throw new BadInput(
      said(words.unknownEntry, { entry, projects: chosen.map(({ slug }) => slug).join(', ') }),
    );
  }
  const { project, record } = found;
  const all = await open(project, context);
  const undoing = undoingOf(record, all.telling.agreed);
  if (typeof undoing === 'string') throw notUndoable(undoing, record, all.telling.agreed);
  if (isUndone(undoing, undoing.item))
    return tellOnly(undoing, all, say(context.locale, words.already, entry), context);
  if (options.dryRun) return preview(undoing, all, context);
  if (undoing.isOvertaken && !options.force) {
    const command = undoCommand(project.slug, entry);
    throw new BadInput(said(words.overtaken, { change: undoText(undoing, all.telling), command }));
  }
  return carryBack(undoing, project, all, context);
}

async function findEntry(
  id: number,
  projects: readonly ChosenProject[],
  context: Context,
): Promise<{ readonly project: ChosenProject; readonly record: AuditRecord } | undefined> {
  const store = await context.store();
  for (const project of projects) {
    const [record] = await store.readAudit(project.slug, { id });
    if (record) return { project, record };
  }
  return undefined;
}

function notUndoable(
  why: NotUndoable,
  { id, key }: AuditRecord,
  agreed: ReadonlyMap<string, Item>,
): BadInput {
  switch (why) {
    case 'nothing replaced':
      return new BadInput(said(words.nothingReplaced, id));
    case 'remark':
      return new BadInput(said(words.remark, id));
    case 'unknown item':
      return new BadInput(said(words.goneItem, { entry: id, key }));
    case 'follows its task':
      return new BadInput(
        said(words.followsTask, { entry: id, task: titleOf(agreed.get(agreed.get(key)?.parent ?? '')) }),
      );
  }
}

function preview(undoing: Undoing, all: Opened, context: Context): number {
  const change = undoText(undoing, all.telling);
  const lines = [
    say(context.locale, words.wouldUndo, { entry: undoing.entry, change }),
    ...(undoing.isOvertaken ? [say(context.locale, words.wouldOvertake)] : []),
  ];
  return tellOnly(undoing, all, lines.join('\n'), context);
}

function tellOnly(undoing: Undoing, { telling }: Opened, text: string, context: Context): number {
  context.print(text);
  const undone = undoDocument(undoing, telling, isUndone(undoing, undoing.item));
  context.document({ projects: [{ slug: telling.slug, undo: undone, errors: [] }] });
  return EXIT.done;
}

/** One cycle that hears the undo: every place gets the value, and the log gets an entry of it. */
async function carryBack(
  undoing: Undoing,
  project: ChosenProject,
  { opened, telling, store }: Opened,
  context: Context,
): Promise<number> {
  const { slug } = project;
  const { locale } = context;
  const report = await runCycle(opened, 'sync', await cycleDeps(context), {
    voices: [undoVoice(undoing)],
  });
  context.progress.done();
  const { agreed } = await store.load(slug);
  const { entry, item } = undoing;
  const done = isUndone(undoing, agreed.get(item.key));
  const beaten = new NeedsAttention(said(words.beaten, { entry, title: titleOf(item) }));
  if (done) context.print(say(locale, words.undone, { entry, change: undoText(undoing, telling) }));
  for (const { workspace, error } of report.failures)
    process.stderr.write(`${failureText(workspace, error, locale)}\n`);
  if (!done) process.stderr.write(`${beaten.said(locale)}\n`);
  context.document({
    projects: [{ ...(reportDocument(report, locale) as object), undo: undoDocument(undoing, telling, done) }],
  });
  return done && report.failures.length === 0 ? EXIT.done : EXIT.someFailed;
}

function readEntry(found: string): number {
  const entry = wholeNumber(found.replace(/^#/, ''));
  if (entry === undefined) throw new BadInput(said(words.badEntry, found));
  return entry;
}

function readLimit(found: string): number {
  const limit = wholeNumber(found);
  if (limit === undefined) throw new BadInput(said(words.badLimit, found));
  return limit;
}

function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/** A day begins at midnight where the team is. */
function readSince(found: string | undefined, timeZone: string): string | undefined {
  if (found === undefined) return undefined;
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(found))
      return Temporal.PlainDate.from(found).toZonedDateTime(timeZone).toInstant().toString();
    return Temporal.Instant.from(found).toString();
  } catch (error) {
    throw new BadInput(said(words.badSince, found), { cause: error });
  }
}
