import { beforeAll, describe, expect, it } from 'vitest';
import { isFrenchHoliday } from '#src/config/holidays.ts';
import { buildPlan } from '#src/plan/build-plan.ts';
import { SIZES, type Size, VAT_REGIMES, type VatRegime } from '#src/plan/company.ts';
import type { Item } from '#src/plan/item.ts';
import type { Template } from '#src/plan/template.ts';
import type { Change } from '#src/reconcile/replica.ts';
import { blueprintOf } from '#src/service/blueprint.ts';
import { dueRegisters } from '#src/workspaces/due-registers.ts';
import { costOf, minutesFor, readingCost, type Standing } from '#src/workspaces/notion/cost.ts';
import { shippedTemplate } from '../../builders/shipped-template.ts';

const START = '2026-11-23';
const nothing: Standing = {
  home: false,
  plan: false,
  registers: new Set(),
  look: 0,
};

/** The figures of the home page and its picture, which go with any change. */
const REFRESH = 4;

let template: Template;
beforeAll(async () => {
  template = await shippedTemplate();
});

function project(profile: string, size: Size = 'micro', vat: VatRegime = 'reel-mensuel') {
  const company = { name: 'Boulangerie Martin', size, vat, facts: {} };
  const plan = buildPlan({
    template,
    company,
    profile,
    start: START,
    locale: 'fr',
    people: {},
    isHoliday: isFrenchHoliday,
  });
  return {
    items: plan.items,
    blueprint: blueprintOf({ slug: 'martin', company, locale: 'fr', template, people: {} }),
  };
}

function creates(items: Iterable<Item>): Change[] {
  return [...items].map((item) => ({ kind: 'create', key: item.key, item }));
}

function task(key: string, step: string, changes: Record<string, string> = {}): Item {
  const fields = { title: key, step, status: 'todo', start: '2027-03-01', ...changes };
  return { key, kind: 'task', parent: 'plan', fields };
}

function agreed(...items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.key, item]));
}

describe('the essential profile', () => {
  it.each(SIZES.flatMap((size) => VAT_REGIMES.map((vat) => [size, vat] as const)))(
    'of a company of size %s under the VAT regime %s costs at most 250 blocks, all registers included',
    (size, vat) => {
      const { items, blueprint } = project('essentiel', size, vat);
      const all = new Set(blueprint.registers.map(({ key }) => key));

      expect(costOf(creates(items.values()), all, nothing).blocks).toBeLessThanOrEqual(250);
    },
  );

  it('asks for nothing where everything stands', () => {
    const { items, blueprint } = project('essentiel');
    const registers = dueRegisters(blueprint, items, START);
    const standing = { home: true, plan: true, registers, look: 0 };

    expect(costOf([], registers, standing)).toEqual({ blocks: 0, requests: 0, minutes: 0 });
  });

  it('fits into the first minute of a Free workspace', () => {
    const { items, blueprint } = project('essentiel');

    const { requests, minutes } = costOf(
      creates(items.values()),
      dueRegisters(blueprint, items, START),
      nothing,
    );

    expect(requests).toBeLessThanOrEqual(180);
    expect(minutes).toBeLessThan(1);
  });
});

describe('registers', () => {
  it('are created when their step begins, the first at once', () => {
    const { blueprint } = project('essentiel');

    expect([...dueRegisters(blueprint, agreed(), START)]).toEqual(['watch-log']);
    const onDay = agreed(task('cartographier/x', 'cartographier'));
    expect([...dueRegisters(blueprint, onDay, '2027-02-28')]).toEqual(['watch-log']);
    expect([...dueRegisters(blueprint, onDay, '2027-03-01')]).toEqual(['tools-and-flows', 'watch-log']);
    const early = agreed(task('choisir/x', 'choisir', { status: 'doing' }));
    expect(dueRegisters(blueprint, early, START)).toContain('platform-comparison');
    expect(dueRegisters(blueprint, early, START)).toContain('tools-and-flows');
  });

  it('are created when someone has written a line elsewhere', () => {
    const { blueprint } = project('essentiel');
    const line: Item = { key: 'training:own-x', kind: 'row', parent: 'training', fields: { topic: 'TVA' } };

    expect(dueRegisters(blueprint, agreed(line), START)).toContain('training');
  });

  it('are created when Jalon posts a line there, and not for the lines that the plan brings along', () => {
    const { blueprint } = project('essentiel');
    const registers = blueprint.registers.map((one) =>
      one.key === 'training' ? { ...one, planned: ['training:tva'] } : one,
    );
    const line = (key: string): Item => ({ key, kind: 'row', parent: 'training', fields: { topic: 'TVA' } });
    const due = (key: string) => dueRegisters({ ...blueprint, registers }, agreed(line(key)), START);

    expect(due('training:tva')).not.toContain('training');
    expect(due('training:posted')).toContain('training');
  });

  it('that are not due cost nothing, nor do their lines', () => {
    const line: Item = { key: 'software-checks:a', kind: 'row', parent: 'software-checks', fields: {} };
    const standing = { home: true, plan: true, registers: new Set<string>(), look: 0 };

    expect(costOf(creates([line]), new Set(), standing)).toMatchObject({ blocks: 0, requests: REFRESH });
    expect(costOf(creates([line]), new Set(['software-checks']), standing)).toMatchObject({
      blocks: 2,
      requests: REFRESH + 5,
    });
  });
});

describe('changes', () => {
  const standing = { home: true, plan: true, registers: new Set<string>(), look: 0 };
  const points = (key: string, count: number): Item[] =>
    Array.from({ length: count }, (_, rank) => ({
      key: `${key}#${rank}`,
      kind: 'check',
      parent: key,
      fields: { rank },
    }));

  it('of what stands cost a request each, and no block', () => {
    const item = task('a/b', 'a');
    const update: Change = { kind: 'update', key: item.key, item, fields: { archived: true } };

    expect(costOf([update], new Set(), standing)).toMatchObject({ blocks: 0, requests: REFRESH + 1 });
  });

  it('that create a task bring its first hundred points in the same request', () => {
    const cost = (count: number) =>
      costOf(creates([task('a/b', 'a'), ...points('a/b', count)]), new Set(), standing);

    expect(cost(0)).toMatchObject({ blocks: 1, requests: REFRESH + 1 });
    expect(cost(100)).toMatchObject({ blocks: 101, requests: REFRESH + 1 });
    expect(cost(101)).toMatchObject({ blocks: 102, requests: REFRESH + 2 });
  });

  it('that add points to tasks that stand are appended task by task', () => {
    const added = [...points('a/b', 3), ...points('a/c', 2)];

    expect(costOf(creates(added), new Set(), standing)).toMatchObject({ blocks: 5, requests: REFRESH + 4 });
  });
});

describe('time', () => {
  it('is short while one minute allows all, and grows by the minute beyond', () => {
    expect(minutesFor(0)).toBe(0);
    expect(minutesFor(180)).toBeLessThan(1);
    expect(minutesFor(181)).toBeGreaterThan(1);
    expect(minutesFor(2_318)).toBeCloseTo(12.1, 0);
    expect(minutesFor(2_318, 600)).toBeLessThan(4);
  });

  it('of a full read is a request for each page of tasks, and two for each small database', () => {
    const { items } = project('essentiel');
    const tasks = [...items.values()].filter(({ kind }) => kind === 'task').length;

    expect(readingCost(items.values())).toEqual({ blocks: 0, requests: tasks + 4 });
  });
});
