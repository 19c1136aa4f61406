import { describe, expect, it } from 'vitest';
import { goalsOf } from '#src/metrics/goals.ts';
import { tasksFor } from '#src/metrics/obligation-tasks.ts';
import { taskStates } from '#src/metrics/task-state.ts';
import type { Item } from '#src/plan/item.ts';
import { agreedOn, anItem } from '../builders/items.ts';
import { anObligation } from '../builders/template.ts';

const TODAY = '2026-11-23';

const states = (...items: readonly Item[]) => taskStates(agreedOn(...items), TODAY);

function binding(id: string, date: string, more: Parameters<typeof anObligation>[2] = {}) {
  return { obligation: anObligation(id, date, more), date };
}

const PLAN = states(
  anItem('a/profile', { due: '2026-11-30', status: 'done' }),
  anItem('a/platform', { due: '2026-12-14', dependsOn: ['a/profile'] }),
  anItem('a/received', { due: '2027-01-11', dependsOn: ['a/platform', 'gone/away'] }),
  anItem('b/invoices', { due: '2026-12-07' }),
  anItem('b/switch', { due: '2027-09-01', dependsOn: ['b/invoices', 'a/platform'] }),
  anItem('b/review', { due: '2027-12-01' }),
  anItem('own/undated', { due: null }),
);

describe('the tasks of an obligation', () => {
  const keys = (...asked: Parameters<typeof tasksFor>) => tasksFor(...asked).map(({ key }) => key);

  it('are those that show that it is met and all that they depend on, also when its date has long passed', () => {
    const reception = binding('receive', '2026-09-01', { fulfilledBy: ['a/received'] });

    expect(keys(reception, PLAN)).toEqual(['a/profile', 'a/platform', 'a/received']);
  });

  it('are those due by its date where the template names none, or none that this plan holds', () => {
    const due = ['a/profile', 'a/platform', 'a/received', 'b/invoices', 'b/switch'];

    expect(keys(binding('issue', '2027-09-01'), PLAN)).toEqual(due);
    expect(keys(binding('issue', '2027-09-01', { fulfilledBy: ['not/here'] }), PLAN)).toEqual(due);
  });

  it('are found where people have made tasks wait for each other in a circle', () => {
    const circle = states(anItem('a/x', { dependsOn: ['a/y'] }), anItem('a/y', { dependsOn: ['a/x'] }));

    expect(keys(binding('issue', '2027-09-01', { fulfilledBy: ['a/x'] }), circle)).toEqual(['a/x', 'a/y']);
  });
});

describe('the way to an obligation', () => {
  it('counts what the team does before, in the order of the due dates, whatever it is for', () => {
    const goals = goalsOf(
      [
        binding('receive', '2026-09-01', { fulfilledBy: ['a/received'] }),
        binding('issue', '2027-09-01', { fulfilledBy: ['b/switch'] }),
        binding('change', '2027-01-01', { kind: 'event' }),
        binding('all', '2028-01-01'),
      ],
      PLAN,
    );

    // Open, by due date: invoices, platform, received, switch, review, undated.
    expect(goals).toEqual([
      { id: 'receive', tasks: 3 },
      { id: 'issue', tasks: 4 },
      { id: 'all', tasks: 5 },
    ]);
  });

  it('is nought once all its tasks are done or dropped, and there is none without a task', () => {
    const done = states(
      anItem('a/x', { due: '2026-12-01', status: 'done' }),
      anItem('a/y', { due: '2026-12-01', status: 'dropped' }),
    );

    expect(goalsOf([binding('soon', '2027-01-01')], done)).toEqual([{ id: 'soon', tasks: 0 }]);
    expect(goalsOf([binding('past', '2026-01-01')], done)).toEqual([]);
  });
});
