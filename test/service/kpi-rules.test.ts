import { describe, expect, it } from 'vitest';
import { type ActiveRule, Rule } from '#src/plan/automation.ts';
import { voice } from '#src/reconcile/replica.ts';
import { runCycle } from '#src/service/cycle.ts';
import { CompanyAtWork } from './company.ts';

const RULE: ActiveRule = {
  ...Rule.parse({
    id: 'trop-de-rejets',
    title: { fr: 'Trop de rejets', en: 'Too many rejections' },
    when: { 'kpi-over': { kpi: 'rejection-rate', value: 0.1 } },
    // biome-ignore lint/suspicious/noThenProperty: a list, which nobody takes for a promise
    then: [
      { 'create-task': { title: { fr: 'Revoir les rejets', en: 'Look at rejections' }, step: 'first' } },
    ],
  }),
  from: 'project',
};

function invoice(name: string, status: string) {
  const fields = { name, status, direction: 'sent', archived: false };
  return { key: `test-invoices:${name}`, kind: 'row', parent: 'test-invoices', fields } as const;
}

describe('a rule that waits for an indicator', () => {
  it('is set off once by what stands in the registers', async () => {
    const company = new CompanyAtWork();
    const project = { ...(await company.running()), rules: [RULE], workspaces: [] };
    const deps = await company.deps();
    const cycle = (...rows: readonly ReturnType<typeof invoice>[]) =>
      runCycle(project, 'sync', deps, { voices: rows.length === 0 ? [] : [voice('test', rows)] });
    await runCycle(project, 'apply', deps);

    const calm = await cycle(invoice('a', '212'), invoice('b', '212'));
    const over = await cycle(invoice('c', '213'));
    const again = await cycle();

    expect(calm.automations).toEqual([]);
    expect(over.automations).toMatchObject([{ rule: 'trop-de-rejets' }]);
    expect(again.automations).toEqual([]);
    expect([...(await company.agreed()).values()].map(({ fields }) => fields.title)).toContain(
      'Revoir les rejets',
    );
  });
});
