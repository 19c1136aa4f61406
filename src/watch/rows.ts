import { type Locale, say } from '#src/i18n/message.ts';
import { noticeMessages as words } from '#src/i18n/watch.ts';
import { type Item, isArchived, type Value } from '#src/plan/item.ts';
import type { OutgoingMessage } from '#src/plan/outgoing-message.ts';
import { type Concern, concernOf } from './concern.ts';
import { excerptOf } from './excerpt.ts';
import type { Notice } from './notice.ts';
import { type LostPlatform, lostPlatforms, replacementTask } from './own-platform.ts';
import type { RollChange } from './platforms.ts';
import type { Reader } from './reader.ts';

/** A notice with the instant at which it was found. */
export interface Found {
  readonly notice: Notice;
  /** ISO instant. */
  readonly foundAt: string;
  /** That instant's day in the team's time zone. */
  readonly foundOn: string;
}

/**
 * What a notice has to say to a project: a row of its watch log, a remark on each task that it touches, and a task where
 * the company's own platform is gone. Empty where it does not concern the project, or was said before: a row that people
 * have deleted stays deleted.
 */
export function itemsOf(found: Found, reader: Reader): readonly Item[] {
  const { template, agreed } = reader;
  const log = template.registers.find(({ key }) => key === template.watchLog);
  if (!log) return [];
  const key = `${log.key}:${found.notice.id}`;
  if (agreed.has(key)) return [];
  const concern = concernOf(found.notice, reader);
  if (!concern) return [];
  const lost = found.notice.platforms ? lostPlatforms(found.notice.platforms, reader) : [];
  const columns = new Set(log.columns.map((column) => column.key));
  const fields = Object.entries(rowFields(found, concern, lost, reader)).filter(([name]) =>
    columns.has(name),
  );
  return [
    { key, kind: 'row', parent: log.key, fields: { ...Object.fromEntries(fields), archived: false } },
    ...remarks(found, concern, reader),
    ...replacementTask(found.notice, lost, reader),
  ];
}

/**
 * What cannot wait until somebody looks into the log: the company's own platform is gone, or no longer registered.
 * `undefined`: it can, or it was told.
 */
export function urgentMessage(found: Found, reader: Reader): OutgoingMessage | undefined {
  const { notice } = found;
  const { template, agreed, locale } = reader;
  const lost = notice.platforms ? lostPlatforms(notice.platforms, reader) : [];
  const concern = lost.length === 0 ? undefined : concernOf(notice, reader);
  if (!concern || agreed.has(`${template.watchLog}:${notice.id}`)) return undefined;
  const source = { text: concern.source.title[locale], link: linkOf(notice, concern) };
  return {
    key: `notice:${notice.id}`,
    kind: 'notice',
    to: 'subscribers',
    locale,
    subject: titleOf(notice, concern, lost, locale),
    blocks: [
      { kind: 'paragraph', text: notice.platforms ? rollText(notice.platforms, locale) : '' },
      { kind: 'paragraph', ...source },
    ],
  };
}

function rowFields(
  { notice, foundOn }: Found,
  concern: Concern,
  lost: readonly LostPlatform[],
  { template, people, locale }: Reader,
): Readonly<Record<string, Value>> {
  const { source } = concern;
  return {
    title: titleOf(notice, concern, lost, locale),
    date: notice.entry?.date ?? foundOn,
    source: source.title[locale],
    link: linkOf(notice, concern),
    excerpt: notice.platforms ? rollText(notice.platforms, locale) : excerptText(notice, locale),
    touches: touchesText(concern, locale),
    'assigned-to': people[template.watch.role ?? ''] ?? '',
    decision: 'to-decide',
  };
}

function titleOf(
  { entry, platforms }: Notice,
  { source }: Concern,
  lost: readonly LostPlatform[],
  locale: Locale,
): string {
  const names = (kind: LostPlatform['kind']) =>
    lost.filter((one) => one.kind === kind).map(({ name }) => name);
  if (names('gone').length > 0) return say(locale, words.platformGone, { names: names('gone') });
  if (names('demoted').length > 0) return say(locale, words.platformDemoted, { names: names('demoted') });
  const title = source.title[locale];
  if (platforms) {
    const { added, removed, moved } = platforms;
    return say(locale, words.lists, { added: added.length, removed: removed.length, moved: moved.length });
  }
  if (entry === null) return say(locale, words.page, { source: title });
  if (source.kind === 'rss') return entry.title === '' ? title : entry.title;
  return say(locale, words.record, { source: title, title: entry.title });
}

function linkOf({ entry }: Notice, { source }: Concern): string {
  return entry?.link ?? source.page ?? source.url;
}

function excerptText(notice: Notice, locale: Locale): string {
  const { snippets, more } = excerptOf(notice);
  // All of a piece of news is new: no need to say so.
  if (notice.entry !== null && snippets.length === 1 && snippets[0]?.kind === 'added')
    return snippets[0].text;
  const lines = snippets.map((one) =>
    one.kind === 'changed' ? say(locale, words.changed, one) : say(locale, words[one.kind], one.text),
  );
  return [...lines, ...(more > 0 ? [say(locale, words.more, more)] : [])].join('\n');
}

function rollText({ added, removed, moved }: RollChange, locale: Locale): string {
  const named = (list: readonly { readonly name: string }[]) => ({ names: list.map(({ name }) => name) });
  const registered = moved.filter(({ to }) => to === 'registered');
  const waiting = moved.filter(({ to }) => to === 'waiting');
  return [
    ...(removed.length > 0 ? [say(locale, words.gonePlatforms, named(removed))] : []),
    ...(waiting.length > 0 ? [say(locale, words.waitingPlatforms, named(waiting))] : []),
    ...(registered.length > 0 ? [say(locale, words.registeredPlatforms, named(registered))] : []),
    ...(added.length > 0 ? [say(locale, words.newPlatforms, named(added))] : []),
  ].join('\n');
}

function touchesText({ tasks, obligations }: Concern, locale: Locale): string {
  if (tasks.length + obligations.length === 0) return say(locale, words.touchesUnknown);
  return [
    ...obligations.map(({ obligation, date }) =>
      say(locale, words.touchedObligation, {
        title: obligation.title[locale],
        date,
        verifiedOn: obligation.verifiedOn,
      }),
    ),
    ...(tasks.length > 0
      ? [say(locale, words.touchedTasks, { names: tasks.map(({ task }) => task.title[locale]) })]
      : []),
  ].join('\n');
}

/** On the tasks that are there: one that people have taken out of the plan stays out, and is not spoken of. */
function remarks({ notice, foundAt }: Found, concern: Concern, { agreed, locale }: Reader): Item[] {
  const text = say(locale, words.comment, {
    title: titleOf(notice, concern, [], locale),
    source: concern.source.title[locale],
    link: linkOf(notice, concern),
  });
  return concern.tasks.flatMap(({ key }): Item[] => {
    const task = agreed.get(key);
    if (!task || isArchived(task) || task.fields.status === 'dropped') return [];
    const fields = { text, author: 'Jalon', origin: 'jalon', at: foundAt, archived: false };
    return [{ key: `${key}@${notice.id}`, kind: 'comment', parent: key, fields }];
  });
}
