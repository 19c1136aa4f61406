import { describe, expect, it } from 'vitest';
import { LOCALES } from '#src/i18n/message.ts';
import type { Forecast } from '#src/metrics/forecast.ts';
import { reasonText } from '#src/metrics/outlook.ts';
import { taskStates } from '#src/metrics/task-state.ts';
import { type Judgement, judge, VERDICTS } from '#src/metrics/verdict.ts';
import type { Item } from '#src/plan/item.ts';
import { agreedOn, anItem } from '../builders/items.ts';
import { anObligation } from '../builders/template.ts';

const TODAY = '2026-11-23';
const OBLIGATIONS = [
  { obligation: anObligation('receive', '2026-09-01'), date: '2026-09-01' },
  {
    obligation: anObligation('issue', '2027-09-01', {
      title: { fr: 'Émettre ses factures', en: 'Issue invoices' },
    }),
    date: '2027-09-01',
  },
];

function judged(items: readonly Item[], issue?: Partial<Forecast>): Judgement {
  const forecasts: Forecast[] = [
    // In force since long: as things go it is met after its date in any case.
    { id: 'receive', p50: '2027-01-15', p85: '2027-02-15', enough: true },
    { id: 'issue', p50: null, p85: null, enough: false, ...issue },
  ];
  const tasks = taskStates(agreedOn(...items), TODAY);
  return judge({ tasks, obligations: OBLIGATIONS, forecasts, today: TODAY });
}

const overdue = { due: '2026-11-22' };
const sooner = { p50: '2027-05-01', p85: '2027-06-01', enough: true };
const tight = { p50: '2027-08-01', p85: '2027-10-01', enough: true };
const missed = { p50: '2027-10-01', p85: '2028-02-01', enough: true };

describe('the verdict', () => {
  it.each([
    ['on-track', anItem('first/a', { due: TODAY, required: true, priority: 'urgent' })],
    ['on-track', anItem('first/a', { ...overdue, required: true, status: 'done' })],
    ['at-risk', anItem('first/a', { ...overdue, priority: 'high' })],
    ['late', anItem('first/a', { ...overdue, required: true })],
    ['late', anItem('first/a', { ...overdue, priority: 'urgent' })],
  ])('without a forecast is %s for $fields', (verdict, item) => {
    expect(judged([item]).verdict).toBe(verdict);
  });

  it.each([
    ['on-track', sooner],
    ['at-risk', tight],
    ['late', missed],
    ['late', { p50: null, p85: null, enough: true }],
    ['at-risk', { p50: '2027-05-01', p85: null, enough: true }],
  ])('with nothing overdue is %s for a forecast of %j', (verdict, forecast) => {
    expect(judged([anItem('first/a', { due: '2027-01-01' })], forecast).verdict).toBe(verdict);
  });

  it('is ahead when more is done than was wanted, and the forecast leaves four weeks', () => {
    const done = [anItem('first/a', { due: '2027-01-01', status: 'done' }), anItem('first/b')];

    expect(judged(done, sooner).verdict).toBe('ahead');
    expect(judged(done, { ...sooner, p85: '2027-08-04' }).verdict).toBe('ahead');
    expect(judged(done, { ...sooner, p85: '2027-08-05' }).verdict).toBe('on-track');
    expect(judged(done).verdict).toBe('on-track');
  });

  it.each([
    ['late', {}],
    ['at-risk', { borrowed: true }],
  ] as const)('is %s where the date would be missed by a pace that is %j', (verdict, whose) => {
    const item = anItem('first/a', { due: '2027-01-01' });

    expect(judged([item], { ...missed, ...whose }).verdict).toBe(verdict);
    expect(judged([item], { p50: null, p85: null, enough: true, ...whose }).verdict).toBe(verdict);
  });

  it('does not call late what came into force before the plan could begin', () => {
    expect(judged([anItem('first/a', { due: '2026-12-24' })], sooner).verdict).toBe('on-track');
  });
});

describe('the reason', () => {
  const reasons = [
    judged([anItem('first/a', { ...overdue, required: true })]),
    judged([1, 2].map((n) => anItem(`first/${n}`, { ...overdue, required: true }))),
    judged([anItem('first/a', overdue)]),
    judged([1, 2].map((n) => anItem(`first/${n}`, overdue))),
    judged([], missed),
    judged([], { p50: null, p85: null, enough: true }),
    judged([], tight),
    judged([], { ...tight, p85: null }),
    judged([anItem('first/a', { status: 'done' })], sooner),
    judged([]),
  ];

  it('is one sentence in every language, and each its own', () => {
    const sentences = LOCALES.flatMap((locale) =>
      reasons.map(({ reason }) => reasonText(reason, OBLIGATIONS, locale)),
    );

    expect(new Set(sentences).size).toBe(20);
    for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}[^.]+\.$/u);
    expect(new Set(reasons.map(({ verdict }) => verdict))).toEqual(new Set(VERDICTS));
  });

  it('names what is missed, when it would be met and when it was to be', () => {
    const text = reasonText(judged([], missed).reason, OBLIGATIONS, 'fr').replaceAll(/[\u00a0\u202f]/g, ' ');

    expect(text).toBe(
      'En retard : à ce rythme, « Émettre ses factures » serait prêt vers le 1er octobre 2027, après la date du 1er septembre 2027.',
    );
  });

  it('of what is years away names the date alone', () => {
    const { reason } = judged([], { p50: null, p85: null, enough: true });
    const [french, english] = LOCALES.map((locale) =>
      reasonText(reason, OBLIGATIONS, locale).replaceAll(/[\u00a0\u202f]/g, ' '),
    );

    expect(french).toBe(
      'En retard : à ce rythme, « Émettre ses factures » ne serait prêt que dans plusieurs années, bien après le 1er septembre 2027.',
    );
    expect(english).toBe(
      'Late: at this pace, “Issue invoices” would only be ready in several years, well after 1 September 2027.',
    );
  });
});
