import { describe, expect, it } from 'vitest';
import { type OverviewInput, overviewOf } from '#src/metrics/overview.ts';
import type { Item } from '#src/plan/item.ts';
import { agreedOn, anItem, aPoint } from '../builders/items.ts';
import { anObligation, words } from '../builders/template.ts';

const TODAY = '2026-11-23';

function overview(items: readonly Item[], more: Partial<OverviewInput> = {}) {
  return overviewOf({
    agreed: agreedOn(...items),
    steps: [
      { key: 'first', title: 'First step', color: '#2f6f9f' },
      { key: 'second', title: 'Second step', color: '#3c8d7d' },
    ],
    obligations: [],
    sources: [],
    locale: 'fr',
    today: TODAY,
    ...more,
  });
}

describe('progress', () => {
  it('is worked out by hand for a small plan', () => {
    const items = [
      anItem('first/done', { status: 'done' }),
      anItem('first/half', { status: 'doing' }),
      aPoint('first/half', 'a', { done: true }),
      aPoint('first/half', 'b'),
      anItem('first/untouched'),
      anItem('first/dropped', { status: 'dropped' }),
      anItem('second/quarter', { status: 'blocked' }),
      aPoint('second/quarter', 'a', { done: true }),
      aPoint('second/quarter', 'b'),
      aPoint('second/quarter', 'c'),
      aPoint('second/quarter', 'd'),
    ];

    const { progress, steps } = overview(items);

    // First: (1 + 1/2 + 0) / 3. Second: 1/4. Overall: (1 + 1/2 + 0 + 1/4) / 4.
    expect(steps).toEqual([
      { key: 'first', title: 'First step', color: '#2f6f9f', done: 1, total: 3, progress: 0.5 },
      { key: 'second', title: 'Second step', color: '#3c8d7d', done: 0, total: 1, progress: 0.25 },
    ]);
    expect(progress).toBe(1.75 / 4);
  });

  it('of an empty plan is 0 of 0, and divides nothing by zero', () => {
    const { progress, steps, late } = overview([]);

    expect(progress).toBe(0);
    expect(steps.map(({ done, total, progress: share }) => [done, total, share])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(late).toEqual([]);
  });

  it('of a plan whose tasks are all dropped is that of an empty plan', () => {
    expect(overview([anItem('first/a', { status: 'dropped' })])).toEqual(overview([]));
  });

  it('is 1 when every task that counts is done', () => {
    const items = [
      anItem('first/a', { status: 'done' }),
      aPoint('first/a', 'never-ticked'),
      anItem('first/b', { status: 'dropped' }),
      anItem('second/c', { status: 'done' }),
    ];

    expect(overview(items).progress).toBe(1);
  });

  it('stays below 1 while a task with every point ticked is not said to be done', () => {
    const items = [anItem('first/a', { status: 'doing' }), aPoint('first/a', 'p', { done: true })];

    const { progress, steps } = overview(items);

    expect(progress).toBe(0.99);
    expect(steps[0]).toMatchObject({ done: 0, total: 1 });
  });

  it('does not count archived tasks, archived points, or rows of registers', () => {
    const items = [
      anItem('first/kept', { status: 'doing' }),
      aPoint('first/kept', 'ticked', { done: true }),
      aPoint('first/kept', 'open'),
      aPoint('first/kept', 'retired', { archived: true }),
      aPoint('first/kept', 'retired-ticked', { done: true, archived: true }),
      anItem('first/gone', { status: 'done', archived: true }),
      { key: 'tools:row', kind: 'row', parent: 'tools', fields: { status: 'done' } } satisfies Item,
    ];

    expect(overview(items).progress).toBe(0.5);
  });

  it('takes a task whose points are all archived for a task without points', () => {
    const items = [anItem('first/a'), aPoint('first/a', 'p', { done: true, archived: true })];

    expect(overview(items).progress).toBe(0);
  });

  it('counts a task of no known step overall, and in no step', () => {
    const items = [anItem('first/a'), anItem('our-own-task', { status: 'done', step: '' })];

    const { progress, steps } = overview(items);

    expect(progress).toBe(0.5);
    expect(steps.map(({ done, total }) => [done, total])).toEqual([
      [0, 1],
      [0, 0],
    ]);
  });

  it.each([undefined, null, '', 'Terminé', 'DONE', 1, true])('takes the status %j for todo', (status) => {
    const item = anItem('first/a', { due: '2026-11-22' });
    const fields = { ...item.fields, ...(status === undefined ? {} : { status }) };

    const { progress, steps, late } = overview([{ ...item, fields }]);

    expect(progress).toBe(0);
    expect(steps[0]).toMatchObject({ done: 0, total: 1 });
    expect(late).toHaveLength(1);
  });
});

describe('late tasks', () => {
  it('are those due before today, today excluded', () => {
    const items = [
      anItem('first/yesterday', { due: '2026-11-22', priority: 'high', people: ['Claire', 'Samir'] }),
      anItem('first/today', { due: TODAY }),
      anItem('first/tomorrow', { due: '2026-11-24' }),
      anItem('first/undated', { due: null }),
    ];

    expect(overview(items).late).toEqual([
      {
        key: 'first/yesterday',
        title: 'first/yesterday',
        due: '2026-11-22',
        people: ['Claire', 'Samir'],
        priority: 'high',
      },
    ]);
  });

  it('are neither done, nor dropped, nor archived', () => {
    const due = '2026-01-01';

    const { late } = overview([
      anItem('first/done', { due, status: 'done' }),
      anItem('first/dropped', { due, status: 'dropped' }),
      anItem('first/archived', { due, archived: true }),
      anItem('first/blocked', { due, status: 'blocked' }),
    ]);

    expect(late.map(({ key }) => key)).toEqual(['first/blocked']);
  });

  it('come by date, then by title as the language sorts it', () => {
    const items = [
      anItem('first/a', { due: '2026-11-02', title: 'Zèbre' }),
      anItem('first/b', { due: '2026-11-02', title: 'Émettre' }),
      anItem('first/c', { due: '2026-11-02', title: 'facture 10' }),
      anItem('first/d', { due: '2026-11-02', title: 'Facture 9' }),
      anItem('first/e', { due: '2026-11-01', title: 'Zoé' }),
    ];

    expect(overview(items).late.map(({ title }) => title)).toEqual([
      'Zoé',
      'Émettre',
      'Facture 9',
      'facture 10',
      'Zèbre',
    ]);
  });

  it('do not hold a task whose date is not a date', () => {
    expect(overview([anItem('first/a', { due: '01/11/2026' })]).late).toEqual([]);
  });
});

describe('obligations', () => {
  const source = { id: 'law', title: { fr: 'La loi', en: 'The law' }, url: 'https://example.org/law' };

  it('say how many days are left, and negative days once passed', () => {
    const obligations = ['2026-11-22', TODAY, '2026-11-24', '2027-09-01'].map((date) => ({
      obligation: anObligation('issue', date),
      date,
    }));

    const { obligations: states } = overview([], { obligations });

    expect(states.map(({ daysLeft }) => daysLeft)).toEqual([-1, 0, 1, 282]);
  });

  it('count the night of summer time as one day', () => {
    const obligations = [{ obligation: anObligation('issue', '2027-03-29'), date: '2027-03-29' }];

    const { obligations: states } = overview([], { obligations, today: '2027-03-27' });

    expect(states[0]?.daysLeft).toBe(2);
  });

  it('carry their words and their source in the language of the team', () => {
    const obligation = anObligation('issue', '2027-09-01', {
      title: { fr: 'Émettre', en: 'Issue' },
      note: { fr: 'Note', en: 'A note' },
      postponableUntil: '2027-12-01',
      confidence: 'likely',
    });

    const { obligations } = overview([], {
      obligations: [{ obligation, date: '2027-09-01' }],
      sources: [source],
      locale: 'en',
    });

    expect(obligations).toEqual([
      {
        id: 'issue',
        title: 'Issue',
        date: '2027-09-01',
        daysLeft: 282,
        kind: 'deadline',
        confidence: 'likely',
        note: 'A note',
        postponableUntil: '2027-12-01',
        verifiedOn: '2026-10-10',
        source: { title: 'The law', url: 'https://example.org/law' },
      },
    ]);
  });

  it.each([
    ['2027-08-31', '2027-12-01'],
    ['2027-09-01', null],
    ['2028-01-15', null],
  ])('on %s may be put off until %s', (today, until) => {
    const obligation = anObligation('issue', '2027-09-01', { postponableUntil: '2027-12-01' });

    const { obligations } = overview([], { obligations: [{ obligation, date: '2027-09-01' }], today });

    expect(obligations[0]?.postponableUntil).toBe(until);
  });

  it('keep the trace of a source that is not there', () => {
    const obligation = anObligation('issue', '2027-09-01', { title: words('Issue'), source: 'lost' });

    const { obligations } = overview([], { obligations: [{ obligation, date: '2027-09-01' }] });

    expect(obligations[0]).toMatchObject({
      note: '',
      postponableUntil: null,
      source: { title: 'lost', url: '' },
    });
  });
});
