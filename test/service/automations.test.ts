import { describe, expect, it } from 'vitest';
import { comparePlaces, runCycle } from '#src/service/cycle.ts';
import { rules } from '../builders/rules.ts';
import { aStep, aTask } from '../builders/template.ts';
import { rowOf, type } from '../workspaces/excel/person.ts';
import { CompanyAtWork, smallTemplate } from './company.ts';

const RULES = rules(`
  - id: open-next
    title: { fr: "Ouvrir la suite", en: "Open the next" }
    when: { dependency-done: all }
    if: { status: [todo] }
    then:
      - set-status: doing
      - comment: { fr: "{dependency} est terminée.", en: "{dependency} is done." }
      - notify: { to: [owner], text: { fr: "À vous : {title}", en: "Yours: {title}" } }
`);

/** Two tasks, the second waits for the first, and a rule opens it. */
function company() {
  const template = smallTemplate({
    steps: [aStep('first', aTask('one'), aTask('two', { dependsOn: ['first/one'] }))],
    automations: RULES,
  });
  return new CompanyAtWork(template);
}

const finishOne = (at: CompanyAtWork) =>
  at.edit(({ grid }) => type(grid('plan'), rowOf(grid('plan'), 'first/one'), 'status', 'Fait'));

describe('a cycle with rules', () => {
  it('carries out what they say in the same run, stores why, and has nothing left to do', async () => {
    const at = company();
    await at.cycle();
    await finishOne(at);

    const report = await at.cycle('sync');

    expect(report.automations.map(({ rule, item, why }) => [rule, item, why('en')])).toEqual([
      ['open-next', 'first/two', 'nothing holds it up any more since “one”'],
    ]);
    expect((await at.agreed()).get('first/two')?.fields.status).toBe('doing');
    await at.edit(({ grid }) => {
      const sheet = grid('plan');
      expect(sheet.fieldText(rowOf(sheet, 'first/two'), 'status')).toBe('En cours');
    });
    expect(await (await at.store()).readAudit('martin', { key: 'first/two', limit: 1 })).toMatchObject([
      { kind: 'changed', field: 'status', actor: 'rule:open-next', old: 'todo', new: 'doing' },
    ]);
    expect(await at.cycle('sync')).toMatchObject({ automations: [], workspaces: [{ updated: 0, edits: 0 }] });
  });

  it('writes the remark that a rule makes, with Jalon as its author', async () => {
    const at = company();
    await at.cycle();
    await finishOne(at);
    await at.cycle('sync');

    const remarks = [...(await at.agreed()).values()].filter((item) => item.kind === 'comment');

    expect(remarks.map(({ parent, fields }) => [parent, fields.text, fields.author, fields.origin])).toEqual([
      ['first/two', 'one est terminée.', 'Jalon', 'jalon'],
    ]);
  });

  it('puts what a rule has to tell into the outbox, once, with what it did', async () => {
    const at = company();
    await at.cycle();
    await finishOne(at);
    const project = await at.running();
    const reachable = { ...project, delivery: { ...project.delivery, channels: ['slack' as const] } };

    await runCycle(reachable, 'sync', await at.deps());
    await runCycle(reachable, 'sync', await at.deps());

    const { outbox } = await at.store();
    expect(await outbox.entries('martin')).toMatchObject([
      { channel: 'slack', state: 'waiting', subject: 'Boulangerie Martin · Ouvrir la suite' },
    ]);
  });

  it('does what it stored even when it dies before it writes', async () => {
    const at = company();
    await at.cycle();
    await finishOne(at);
    const deps = await at.deps();
    const dying = { ...deps, store: { ...deps.store, acknowledge: () => Promise.reject(new Error('cut')) } };
    await expect(runCycle(await at.running(), 'sync', dying)).rejects.toThrow('cut');

    await at.cycle('sync');

    await at.edit(({ grid }) => {
      const sheet = grid('plan');
      expect(sheet.fieldText(rowOf(sheet, 'first/two'), 'status')).toBe('En cours');
    });
  });

  it('does all of it again when it dies before it stores, and so once', async () => {
    const at = company();
    await at.cycle();
    await finishOne(at);
    const deps = await at.deps();
    const dying = { ...deps, store: { ...deps.store, commit: () => Promise.reject(new Error('cut')) } };
    await expect(runCycle(await at.running(), 'sync', dying)).rejects.toThrow('cut');

    const { automations } = await at.cycle('sync');

    expect(automations).toHaveLength(1);
    expect((await at.cycle('sync')).automations).toEqual([]);
  });

  it('shows beforehand what the rules will do, and does nothing', async () => {
    const at = company();
    await at.cycle();
    await finishOne(at);

    const { reaction, outcome } = await comparePlaces(await at.running(), 'apply', await at.deps());

    expect(reaction.firings.map(({ rule }) => rule.id)).toEqual(['open-next']);
    expect(outcome.writes.get('excel:plan.xlsx')?.[0]).toMatchObject({
      key: 'first/two',
      fields: { status: 'doing' },
    });
    expect((await at.agreed()).get('first/two')?.fields.status).toBe('todo');
  });

  it('takes no rule from a version of the template that the team has not accepted', async () => {
    const at = company();
    at.template = { ...at.template, automations: [] };
    await at.cycle();
    at.template = { ...at.template, automations: RULES, version: '2.0.0' };
    await finishOne(at);

    expect((await at.cycle('sync')).automations).toEqual([]);
  });

  it('takes what a workbook brings that joins the project for no news', async () => {
    const at = company();
    await at.cycle();
    await finishOne(at);
    await at.loseStore();

    expect((await at.cycle('sync')).automations).toEqual([]);
    expect((await at.cycle()).automations).toEqual([]);
  });
});
