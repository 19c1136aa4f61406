import type { ObligationState, Overview, StepProgress } from '#src/metrics/overview.ts';

export function aStepAt(progress: number, more: Partial<StepProgress> = {}): StepProgress {
  const done = Math.floor(progress * 10);
  return { key: 'step', title: 'Une étape', color: '#2f6f9f', done, total: 10, progress, ...more };
}

export function anObligationState(
  date: string,
  daysLeft: number,
  more: Partial<ObligationState> = {},
): ObligationState {
  return {
    id: `on-${date}`,
    title: `À faire le ${date}`,
    date,
    daysLeft,
    kind: 'deadline',
    confidence: 'sure',
    note: '',
    postponableUntil: null,
    verifiedOn: '2026-10-10',
    source: { title: 'La loi', url: 'https://example.org/law' },
    ...more,
  };
}

/** A project that is under way, to be changed by each test. */
export function anOverview(more: Partial<Overview> = {}): Overview {
  return {
    progress: 0.42,
    steps: [
      aStepAt(0.83, { title: 'Comprendre la réforme et s’organiser', color: '#2f6f9f' }),
      aStepAt(0.25, { title: 'Choisir sa plateforme agréée', color: '#b7791f' }),
    ],
    late: [],
    obligations: [anObligationState('2027-01-01', 39), anObligationState('2027-09-01', 282)],
    week: '2026-11-23',
    ...more,
  };
}
