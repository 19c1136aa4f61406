import { type Locale, say } from '#src/i18n/message.ts';
import { reminderMessages as words } from '#src/i18n/reminders.ts';
import type { Item } from '#src/plan/item.ts';
import type { MessageBlock, OutgoingMessage } from '#src/plan/outgoing-message.ts';
import type { Reminder, Subject } from './rules.ts';

export interface Audience {
  readonly company: string;
  readonly locale: Locale;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** So many tasks are told each on its own; of more, the most urgent one tells of all. */
const MOST_COMMENTS = 5;
const AUTHOR = 'Jalon';
/** Made again on the same day, a remark is the same to the last sign. */
const MORNING = 'T06:00:00.000Z';

/**
 * The remarks to be made on tasks. Their keys follow from the task, its date and the day of the reminder: the same
 * reminder is the same remark, however often it is made.
 */
export function remarksOf(
  reminders: readonly Reminder[],
  { locale, today }: Pick<Audience, 'locale' | 'today'>,
): readonly Item[] {
  const tasks = reminders.filter(({ subject }) => subject.kind === 'task');
  const [first, ...others] = tasks;
  if (!first) return [];
  const told = tasks.length <= MOST_COMMENTS ? tasks : [first];
  return told.map((reminder) => {
    const own = say(locale, words.onTask, detailsOf(reminder));
    const titles = others.map(({ subject }) => subject.title);
    const text = told.length === tasks.length ? own : `${own}\n${say(locale, words.andOthers, titles)}`;
    return remark(reminder, text, today);
  });
}

function remark({ subject: { key, due }, on }: Reminder, text: string, today: string): Item {
  const at = `${today}${MORNING}`;
  return {
    key: `${key}@jalon-reminder-${due}-${on}`,
    kind: 'comment',
    parent: key,
    fields: { text, author: AUTHOR, origin: 'jalon', at, archived: false },
  };
}

/** One message that tells of all that is due; `undefined` when nothing is. Its key is the day: there is one a day. */
export function messageOf(reminders: readonly Reminder[], audience: Audience): OutgoingMessage | undefined {
  if (reminders.length === 0) return undefined;
  const { company, locale, today } = audience;
  return {
    key: `reminders:${today}`,
    kind: 'reminder',
    to: 'subscribers',
    locale,
    subject: say(locale, words.subject, { company, things: reminders.length }),
    blocks: [...section('obligation', reminders, locale), ...section('task', reminders, locale)],
  };
}

function section(kind: Subject['kind'], all: readonly Reminder[], locale: Locale): readonly MessageBlock[] {
  const lines = all
    .filter(({ subject }) => subject.kind === kind)
    .map((reminder) => ({
      text: say(locale, words.line, { title: reminder.subject.title, ...detailsOf(reminder) }),
    }));
  if (lines.length === 0) return [];
  const heading = say(locale, kind === 'task' ? words.tasks : words.obligations);
  return [
    { kind: 'heading', text: heading },
    { kind: 'list', lines },
  ];
}

function detailsOf({ subject: { due }, daysLeft, late }: Reminder) {
  return { due, daysLeft, late };
}
