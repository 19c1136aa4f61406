import { logMessages as words } from '#src/i18n/log.ts';
import { type Locale, say } from '#src/i18n/message.ts';
import { momentText } from '#src/i18n/moment.ts';
import { ARCHIVED, type Item, type Value } from '#src/plan/item.ts';
import { AGREED, TEMPLATE } from '#src/reconcile/replica.ts';
import { titleOf } from '#src/service/report.ts';
import { UNDO, type Undoing } from '#src/service/undo.ts';
import type { AuditRecord } from '#src/store/store.ts';
import type { Workspace } from '#src/workspaces/workspace.ts';
import { invocation } from './invocation.ts';
import type { Telling } from './wording.ts';

/** What the entries of one project are told with. */
export interface LogTelling extends Telling {
  readonly slug: string;
  readonly agreed: ReadonlyMap<string, Item>;
  readonly workspaces: readonly Pick<Workspace, 'id' | 'kind'>[];
  readonly timeZone: string;
}

const RULE = 'rule:';

/** Entries in lines for a person to read, in the order given: a number to undo by, when, who, and what. */
export function showLog(entries: readonly AuditRecord[], telling: LogTelling): string {
  return entries.map((entry) => showEntry(entry, telling)).join('\n');
}

function showEntry(entry: AuditRecord, telling: LogTelling): string {
  const { locale, paint, timeZone, slug } = telling;
  const who = actorName(entry.actor, telling);
  const heading = [
    paint('bold', `#${entry.id}`),
    momentText(locale, { at: entry.at, timeZone }),
    entry.kind === 'conflict' ? say(locale, words.lostFrom, who) : who,
  ].join(' · ');
  const keptHere = say(locale, words.keptHere, { command: undoCommand(slug, entry.id) });
  return [
    heading,
    `    ${changeText(entry, telling)}`,
    ...(entry.note === undefined ? [] : [`    ${entry.note}`]),
    ...(entry.kind === 'conflict' ? [paint('yellow', `    ${keptHere}`)] : []),
  ].join('\n');
}

export function undoCommand(slug: string, entry: number): string {
  return `${invocation()} log ${slug} --undo ${entry}`;
}

/** One change in a sentence: which item, which field by its name, what it was and what it is. */
function changeText(
  { kind, key, field, old, new: value }: Pick<AuditRecord, 'kind' | 'key' | 'field' | 'old' | 'new'>,
  { locale, wording, agreed }: LogTelling,
): string {
  const title = entryTitle(key, value, agreed);
  if (kind === 'created' || kind === 'archived' || kind === 'restored')
    return say(locale, words[kind], { title });
  if (field === null) return say(locale, words.keptItem, { title });
  return say(locale, words[kind], {
    title,
    field: wording.field(key, field),
    old: wording.value(key, field, old),
    new: wording.value(key, field, value),
  });
}

/** A point or a remark is told with the task or row that it belongs to. */
function entryTitle(key: string, value: Value, agreed: ReadonlyMap<string, Item>): string {
  const item = agreed.get(key);
  if (!item) return typeof value === 'string' && value !== '' ? value : key;
  const owner = agreed.get(item.parent);
  return owner ? `${titleOf(owner)} › ${titleOf(item)}` : titleOf(item);
}

/** What an undo would do, in the same words as the log will tell it. */
export function undoText({ item, field, stands, restores }: Undoing, telling: LogTelling): string {
  const kind = field !== ARCHIVED ? 'changed' : restores === true ? 'archived' : 'restored';
  return changeText({ kind, key: item.key, field, old: stands, new: restores }, telling);
}

/** Who did it: a place by its name, the template, a rule, an undo. */
export function actorName(
  actor: string,
  { locale, workspaces }: { readonly locale: Locale; readonly workspaces: LogTelling['workspaces'] },
): string {
  if (actor === TEMPLATE) return say(locale, words.template);
  if (actor === AGREED) return say(locale, words.agreed);
  if (actor.startsWith(UNDO)) return say(locale, words.undoing, actor.slice(UNDO.length));
  if (actor.startsWith(RULE)) return say(locale, words.rule, actor.slice(RULE.length));
  if (actor === 'watch' || actor === 'reminders' || actor === 'recurring' || actor === 'digest')
    return say(locale, words[actor]);
  const [kind = '', ...rest] = actor.split(':');
  const id = rest.join(':');
  if (kind === 'excel') return say(locale, words.excel, id);
  if (kind !== 'notion' && kind !== 'trello') return actor;
  // A place that was detached is told by its id as soon as there is another one of its kind.
  const others = workspaces.filter((one) => one.kind === kind && one.id !== actor);
  return say(locale, words[kind], others.length > 0 ? id : '');
}

/** An entry for scripts: keys and values as they are stored, beside the words for them. */
export function entryDocument(entry: AuditRecord, telling: LogTelling): unknown {
  const { id, at, run, kind, key, field, actor, old, new: value, note } = entry;
  return {
    entry: id,
    at,
    run,
    kind,
    key,
    title: titleOf(telling.agreed.get(key)),
    field,
    fieldName: field === null ? null : telling.wording.field(key, field),
    actor,
    who: actorName(actor, telling),
    old,
    new: value,
    ...(note !== undefined && { note }),
  };
}

export function undoDocument(
  { entry, item, field, stands, restores, isOvertaken }: Undoing,
  telling: LogTelling,
  done: boolean,
): unknown {
  return {
    entry,
    key: item.key,
    title: titleOf(item),
    field,
    fieldName: telling.wording.field(item.key, field),
    old: stands,
    new: restores,
    overtaken: isOvertaken,
    done,
  };
}
