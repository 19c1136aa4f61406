import { describe, expect, it } from 'vitest';
import type { OverviewInput } from '#src/metrics/overview.ts';
import { itemsOf, obligationProgress } from '#src/metrics/status.ts';
import type { Item } from '#src/plan/item.ts';
import { agreedOn, anItem, aPoint } from '../builders/items.ts';
import { documentOf } from '../builders/status.ts';
import { anObligation } from '../builders/template.ts';

function inputOf(...items: readonly Item[]): OverviewInput {
  return {
    agreed: agreedOn(...items),
    steps: [
      { key: 'second', title: 'Second', color: '#3c8d7d' },
      { key: 'first', title: 'First', color: '#2f6f9f' },
    ],
    obligations: [
      { obligation: anObligation('receive', '2026-09-01'), date: '2026-09-01' },
      { obligation: anObligation('issue', '2027-09-01'), date: '2027-09-01' },
    ],
    sources: [],
    locale: 'fr',
    today: '2026-11-23',
  };
}

describe('the status document', () => {
  it('has the form that scripts rely on', () => {
    const input = inputOf(
      anItem('second/choose', { title: 'Choose', status: 'doing', due: '2026-11-20', role: 'lead' }),
      aPoint('second/choose', 'a', { done: true }),
      aPoint('second/choose', 'b'),
      anItem('first/read', { title: 'Read', status: 'done', due: '2026-08-31', role: 'lead' }),
    );

    const both = { done: 1, total: 2, progress: 0.75, weighted: 0.6666666666666666, late: 1, blocked: 0 };
    expect(JSON.parse(JSON.stringify(documentOf(input)))).toEqual({
      slug: 'x',
      progress: {
        overall: 0.75,
        weighted: 0.6666666666666666,
        steps: [
          { key: 'second', done: 0, total: 1, progress: 0.5 },
          { key: 'first', done: 1, total: 1, progress: 1 },
        ],
      },
      roles: [{ ...both, key: 'lead' }],
      people: [{ ...both, key: '' }],
      items: [
        { key: 'second/choose', title: 'Choose', status: 'doing', due: '2026-11-20', late: true },
        { key: 'first/read', title: 'Read', status: 'done', due: '2026-08-31', late: false },
      ],
      obligations: [
        { id: 'receive', date: '2026-09-01', daysLeft: -83, progress: 1, path: null },
        {
          ...{ id: 'issue', date: '2027-09-01', daysLeft: 282, progress: 0.75 },
          path: { id: 'issue', tasks: ['second/choose'], days: 1, slack: 281 },
        },
      ],
      verdict: 'at-risk',
      reason: 'À surveiller\u00a0: une tâche est en retard, mais elle n’est ni urgente ni exigée par la loi.',
      forecast: [
        { id: 'receive', p50: '2026-11-23', p85: '2026-11-23', enough: true },
        { id: 'issue', p50: null, p85: null, enough: false },
      ],
    });
  });

  it('counts for an obligation the tasks that are due on its date or before, and no others', () => {
    const { obligations } = documentOf(
      inputOf(
        anItem('first/on-the-day', { status: 'done', due: '2026-09-01' }),
        anItem('first/the-day-after', { due: '2026-09-02' }),
        anItem('first/undated', { due: null }),
        anItem('first/dropped', { status: 'dropped', due: '2026-01-01' }),
      ),
    );

    expect(obligations.map(({ progress }) => progress)).toEqual([1, 0.5]);
  });

  it('of an empty plan has no item, no progress, and is on track', () => {
    const document = documentOf(inputOf());

    expect(document).toMatchObject({ progress: { overall: 0 }, items: [], verdict: 'on-track' });
    expect(document.obligations.map(({ progress }) => progress)).toEqual([0, 0]);
  });
});

describe('how ready one is', () => {
  it('is no figure for a date for which the plan asks nothing, or nothing any more', () => {
    const { agreed, obligations, today } = inputOf(
      anItem('first/dropped', { status: 'dropped', due: '2026-01-01' }),
      anItem('first/open', { due: '2027-01-01' }),
    );

    expect([...obligationProgress(agreed, obligations, today)]).toEqual([['issue', 0]]);
  });
});

describe('the items', () => {
  it('come step by step, then by date, with own and undated tasks last', () => {
    const items = itemsOf(
      inputOf(
        anItem('own', { step: '', due: '2026-01-01' }),
        anItem('first/b', { due: '2026-12-01' }),
        anItem('first/undated', { due: null }),
        anItem('first/a', { due: '2026-12-01' }),
        anItem('first/early', { due: '2026-11-30' }),
        anItem('second/z', { due: '2027-06-01' }),
      ),
    );

    expect(items.map(({ key }) => key)).toEqual([
      'second/z',
      'first/early',
      'first/a',
      'first/b',
      'first/undated',
      'own',
    ]);
  });

  it('hold dropped tasks, and neither archived tasks, nor points', () => {
    const items = itemsOf(
      inputOf(
        anItem('first/dropped', { status: 'dropped' }),
        anItem('first/archived', { archived: true }),
        aPoint('first/dropped', 'p'),
      ),
    );

    expect(items.map(({ key, status }) => [key, status])).toEqual([['first/dropped', 'dropped']]);
  });
});

describe('the forecast', () => {
  it('of a team that does two tasks a week names a day for what is ahead', () => {
    const open = Array.from({ length: 10 }, (_, index) => anItem(`first/${index}`, { due: '2027-03-01' }));

    const { forecast, verdict } = documentOf(inputOf(...open), Array(10).fill(2));

    const issue = forecast.find(({ id }) => id === 'issue');
    expect(issue?.enough).toBe(true);
    expect(issue?.p50 && issue.p50 > '2026-12-20' && issue.p50 < '2027-01-10').toBe(true);
    expect(issue?.p85 && issue.p50 && issue.p85 > issue.p50).toBe(true);
    expect(verdict).toBe('on-track');
  });
});
