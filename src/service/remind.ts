import { bindingObligations } from '#src/plan/calendar.ts';
import { type Item, text } from '#src/plan/item.ts';
import { comingBack, recurringTasks } from '#src/plan/recurring.ts';
import { knownHolidays, workingDays } from '#src/plan/working-days.ts';
import { voice } from '#src/reconcile/replica.ts';
import { messageOf, remarksOf } from '#src/watch/reminders/announce.ts';
import { dueReminders } from '#src/watch/reminders/due-reminders.ts';
import type { Reminder } from '#src/watch/reminders/rules.ts';
import { subjectsOf } from '#src/watch/reminders/subjects.ts';
import { runCycle } from './cycle.ts';
import { keepOnly } from './keep-only.ts';
import type { CycleReport } from './report.ts';
import type { CycleDeps, RunningProject } from './running-project.ts';

/** What a day asks people to be reminded of. */
export interface Reminding {
  readonly reminders: readonly Reminder[];
  /** Recurring duties that are to be done again, with what changes of them. */
  readonly back: readonly Item[];
}

/** Under these names the store keeps until which day reminders are told. */
const MEMORY = 'reminders';
const TOLD_UNTIL = 'told-until';

/** What is to be told today, and has not been. Changes nothing. */
export async function remindersOf(project: RunningProject, deps: CycleDeps): Promise<Reminding> {
  const { store, isHoliday } = deps;
  const today = deps.today();
  const [{ agreed }, memory] = await Promise.all([
    store.load(project.slug),
    store.memory(project.slug, MEMORY),
  ]);
  const { template, company, locale } = project.planInput;
  const obligations = bindingObligations(template, company);
  return {
    reminders: dueReminders({
      subjects: subjectsOf(agreed, obligations, locale, today),
      rules: project.reminders,
      toldUntil: memory.get(TOLD_UNTIL) ?? null,
      today,
      days: workingDays(knownHolidays(isHoliday)),
    }),
    back: dutiesBack(project, agreed, today, deps),
  };
}

/** The plan is only built again where a recurring duty is done: on most days none is. */
function dutiesBack(
  { planInput }: RunningProject,
  agreed: ReadonlyMap<string, Item>,
  today: string,
  { isHoliday }: CycleDeps,
): readonly Item[] {
  const isDone = (item: Item) => text(item, 'repeat') !== '' && text(item, 'status') === 'done';
  if (![...agreed.values()].some(isDone)) return [];
  return comingBack(recurringTasks({ ...planInput, isHoliday }), agreed, today, knownHolidays(isHoliday));
}

/**
 * Tells people what is due: as a remark on each task, and as one message where the project has channels. That a day is
 * told is kept in one commit with what is told: a process that dies has told all of it or nothing, remarks have keys
 * that make them the same remark, and the outbox knows the message by its day. `undefined`: there was nothing to tell.
 */
export async function remind(
  project: RunningProject,
  deps: CycleDeps,
): Promise<{ readonly told: Reminding; readonly report: CycleReport | undefined }> {
  const told = await remindersOf(project, deps);
  const { reminders, back } = told;
  const today = deps.today();
  const marks = [{ replica: MEMORY, name: TOLD_UNTIL, value: today }];
  if (reminders.length === 0 && back.length === 0) {
    await keepOnly(project.slug, { marks }, deps);
    return { told, report: undefined };
  }
  const { company, locale } = project.blueprint;
  const audience = { company, locale, today };
  const message = messageOf(reminders, audience);
  const report = await runCycle(project, 'sync', deps, {
    voices: [voice('reminders', remarksOf(reminders, audience)), voice('recurring', back)],
    marks,
    messages: message ? [message] : [],
  });
  return { told, report };
}
