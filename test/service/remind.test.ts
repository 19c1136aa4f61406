import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { isFrenchHoliday } from '#src/config/holidays.ts';
import type { VatRegime } from '#src/plan/company.ts';
import { text } from '#src/plan/item.ts';
import { voice } from '#src/reconcile/replica.ts';
import { runCycle } from '#src/service/cycle.ts';
import { remind } from '#src/service/remind.ts';
import type { CycleDeps, RunningProject } from '#src/service/running-project.ts';
import { shippedTemplate } from '../builders/shipped-template.ts';
import { daysFrom, expectedDays, FIRST } from '../watch/reminders/year.ts';
import { CompanyAtWork } from './company.ts';

/** The rest of the year: `test/watch/reminders/year.test.ts`. */
const SPRING = '2027-03-01';

/** A company with the shipped plan, which tells people by e-mail and in no tool: the store alone is real. */
async function companyUnder(vat: VatRegime) {
  const company = new CompanyAtWork(await shippedTemplate());
  const opened = await company.running();
  const project: RunningProject = {
    ...opened,
    planInput: { ...opened.planInput, company: { ...opened.planInput.company, vat }, profile: 'essentiel' },
    workspaces: [],
    delivery: { ...opened.delivery, channels: ['email'] },
    rules: [],
  };
  const deps: CycleDeps = { ...(await company.deps()), isHoliday: isFrenchHoliday };
  await runCycle(project, 'apply', deps);
  return { company, project, deps };
}

describe('a winter of reminders', () => {
  it('is told day by day, each of them once and in time', { timeout: 120_000 }, async () => {
    const { company, project, deps } = await companyUnder('franchise');
    const told = new Map<string, string[]>();
    for (const day of daysFrom(FIRST, SPRING)) {
      company.today = day;
      const { told: today } = await remind(project, deps);
      for (const { subject, on, late } of today.reminders) {
        expect({ on, late }).toEqual({ on: day, late: false });
        told.set(subject.key, [...(told.get(subject.key) ?? []), on]);
      }
    }

    const required = [...(await company.agreed()).values()].filter(({ fields }) => fields.required === true);
    for (const task of required)
      expect(told.get(task.key) ?? [], task.key).toEqual(
        expectedDays(text(task, 'due'), 'task').filter((day) => day <= SPRING),
      );
  });
});

describe('reminders', () => {
  it('are a remark on each task and one message, and nothing the second time on the same day', async () => {
    const { company, project, deps } = await companyUnder('franchise');
    const [task] = [...(await company.agreed()).values()].filter(({ fields }) => fields.required === true);
    company.today = task ? text(task, 'due') : '';

    const first = await remind(project, deps);
    const second = await remind(project, deps);

    const store = await company.store();
    const remarks = [...(await company.agreed()).values()].filter(({ kind }) => kind === 'comment');
    const messages = await store.outbox.entries('martin');
    expect(first.told.reminders.length).toBeGreaterThan(0);
    expect(remarks.map(({ parent }) => parent)).toContain(task?.key);
    expect(second.told.reminders).toEqual([]);
    expect(messages.map(({ key, channel }) => [key, channel])).toEqual([
      [`reminders:${company.today}`, 'email'],
    ]);
  });

  it('are told all or not at all by a process that dies', async () => {
    const { company, project, deps } = await companyUnder('franchise');
    const [task] = [...(await company.agreed()).values()].filter(({ fields }) => fields.required === true);
    company.today = task ? text(task, 'due') : '';
    const dying = { ...deps.store, commit: () => Promise.reject(new Error('power cut')) };

    await expect(remind(project, { ...deps, store: dying })).rejects.toThrow('power cut');
    const { told } = await remind(project, deps);

    const store = await company.store();
    expect(told.reminders.length).toBeGreaterThan(0);
    expect(await store.outbox.entries('martin')).toHaveLength(1);
  });

  it('are told of the others when somebody has typed a date for which no holidays are known', async () => {
    const { company, project, deps } = await companyUnder('franchise');
    const [slip, task] = [...(await company.agreed()).values()].filter(
      ({ fields }) => fields.required === true,
    );
    if (!slip || !task) throw new Error('two tasks are required');
    const typed = voice('test', [{ ...slip, fields: { due: '2072-09-01' } }]);
    await runCycle(project, 'sync', deps, { voices: [typed] });
    company.today = text(task, 'due');

    const { told } = await remind(project, deps);

    expect(told.reminders.map(({ subject }) => subject.key)).toContain(task.key);
  });

  it('bring back a recurring duty that is done, once its day has passed', async () => {
    const { company, project, deps } = await companyUnder('franchise');
    const key = 'comprendre/veille-hebdomadaire';
    const duty = (await company.agreed()).get(key);
    const due = duty ? text(duty, 'due') : '';
    if (duty)
      await runCycle(project, 'sync', deps, {
        voices: [voice('test', [{ ...duty, fields: { status: 'done' } }])],
      });

    company.today = due;
    await remind(project, deps);
    const onTheDay = (await company.agreed()).get(key)?.fields.status;
    company.today = Temporal.PlainDate.from(due).add({ days: 1 }).toString();
    await remind(project, deps);

    const after = (await company.agreed()).get(key)?.fields;
    expect(onTheDay).toBe('done');
    expect(after?.status).toBe('todo');
    expect(after?.due).toBe(Temporal.PlainDate.from(due).add({ days: 7 }).toString());
  });
});
