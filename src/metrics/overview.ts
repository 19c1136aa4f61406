import type { Confidence } from '#src/plan/template.ts';

/** Where a project stands: the figures that the status command, the dashboard sheet and the digest all show. */
export interface Overview {
  /** From 0 to 1. Dropped and archived tasks do not count; the ticked part of a checklist does. */
  readonly progress: number;
  readonly steps: readonly StepProgress[];
  readonly late: readonly LateTask[];
  readonly obligations: readonly ObligationState[];
}

export interface StepProgress {
  readonly key: string;
  readonly title: string;
  readonly color: string;
  readonly done: number;
  readonly total: number;
  readonly progress: number;
}

export interface LateTask {
  readonly key: string;
  readonly title: string;
  readonly due: string;
  readonly people: readonly string[];
  readonly priority: string;
}

export interface ObligationState {
  readonly id: string;
  readonly title: string;
  readonly date: string;
  /** Negative once the date has passed. */
  readonly daysLeft: number;
  readonly kind: 'deadline' | 'event';
  readonly confidence: Confidence;
  readonly note: string;
  readonly postponableUntil: string | null;
  readonly verifiedOn: string;
  readonly source: { readonly title: string; readonly url: string };
}
