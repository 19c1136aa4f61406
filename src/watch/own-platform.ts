import { say } from '#src/i18n/message.ts';
import { noticeMessages as words } from '#src/i18n/watch.ts';
import { type Item, isArchived, text } from '#src/plan/item.ts';
import type { PlatformColumns } from '#src/plan/watch-source.ts';
import type { Notice } from './notice.ts';
import { platformKey, type Roll, type RollChange } from './platforms.ts';
import type { Reader } from './reader.ts';
import { sourceKey } from './source-key.ts';

/** A platform of the company's own that is no longer what it was. */
export interface LostPlatform {
  readonly name: string;
  /** `demoted`: from the registered ones back to those that wait. */
  readonly kind: 'gone' | 'demoted';
}

const DAYS_TO_REACT = 7;

/** Those platforms that the company has chosen and that the change takes away. */
export function lostPlatforms({ removed, moved }: RollChange, reader: Reader): readonly LostPlatform[] {
  const { platforms } = reader.template.watch;
  if (!platforms) return [];
  const { column, option } = platforms.chosen;
  const gone = new Set(removed.map(({ name }) => platformKey(name)));
  const demoted = new Set(moved.filter(({ to }) => to === 'waiting').map(({ name }) => platformKey(name)));
  return rowsOf(platforms, reader)
    .filter((row) => row.fields[column] === option)
    .flatMap((row): LostPlatform[] => {
      const name = platformIn(row, platforms);
      const key = platformKey(name);
      if (gone.has(key)) return [{ name, kind: 'gone' }];
      return demoted.has(key) ? [{ name, kind: 'demoted' }] : [];
    });
}

/** What to do once the company's platform is gone: urgent, in the step in which platforms are chosen. */
export function replacementTask(
  notice: Notice,
  lost: readonly LostPlatform[],
  reader: Reader,
): readonly Item[] {
  const { template, people, locale, today } = reader;
  const { platforms, role } = template.watch;
  const step = template.registers.find(({ key }) => key === platforms?.register)?.step;
  const names = lost.filter(({ kind }) => kind === 'gone').map(({ name }) => name);
  if (step === undefined || names.length === 0) return [];
  const person = people[role ?? ''];
  const found = reader.sources.filter((source) => notice.sources.includes(sourceKey(source)));
  const sources = new Set(found.flatMap(({ touches }) => touches?.sources ?? []));
  return [
    {
      key: `${step}/watch-${notice.id}`,
      kind: 'task',
      parent: 'plan',
      fields: {
        title: say(locale, words.replaceTitle, { names }),
        step,
        status: 'todo',
        priority: 'urgent',
        role: role ?? template.roles[0]?.key ?? '',
        with: [],
        people: person === undefined ? [] : [person],
        start: today,
        due: new Date(Date.parse(today) + DAYS_TO_REACT * 86_400_000).toISOString().slice(0, 10),
        description: say(locale, words.replaceDescription),
        deliverable: say(locale, words.replaceDeliverable),
        proof: say(locale, words.replaceProof),
        repeat: '',
        dependsOn: [],
        sources: [...sources],
        required: false,
        notes: '',
        archived: false,
      },
    },
  ];
}

/**
 * What the official lists say of the platforms that the team compares: filled in where nothing stands yet, and changed
 * where the lists have changed. What people wrote of a name that is on no list stays.
 */
export function comparisonRows(
  { roll, changes }: { readonly roll: Roll | undefined; readonly changes: readonly RollChange[] },
  reader: Reader,
): readonly Item[] {
  const { platforms } = reader.template.watch;
  if (!platforms || roll === undefined) return [];
  const news = new Map(changes.flatMap(newsOf));
  return rowsOf(platforms, reader).flatMap((row): Item[] => {
    const key = platformKey(platformIn(row, platforms));
    if (key === '') return [];
    const listed = roll[key];
    const blank = text(row, platforms.status) === '';
    const status = news.get(key) ?? (blank && listed && !listed.missing ? listed.status : undefined);
    if (status === undefined || status === text(row, platforms.status)) return [];
    const fields = { [platforms.status]: status, [platforms.readOn]: reader.today };
    return [{ key: row.key, kind: 'row', parent: row.parent, fields }];
  });
}

function newsOf({ added, removed, moved }: RollChange): [string, string][] {
  return [
    ...added.map(({ name, status }): [string, string] => [platformKey(name), status]),
    ...moved.map(({ name, to }): [string, string] => [platformKey(name), to]),
    ...removed.map(({ name }): [string, string] => [platformKey(name), 'absent']),
  ];
}

function rowsOf({ register }: PlatformColumns, { agreed }: Reader): readonly Item[] {
  return [...agreed.values()].filter((item) => item.parent === register && !isArchived(item));
}

/** The platform that carries the invoices: the one behind the offer, or the offer itself. */
function platformIn(row: Item, { name, behind }: PlatformColumns): string {
  return text(row, behind) || text(row, name);
}
