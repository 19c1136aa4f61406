/** The indicators that the registers allow, by id. Each is explained in `docs/metrics.md`. */
export const KPI_IDS = [
  'rejection-rate',
  'refusal-rate',
  'first-time-acceptance',
  'processing-days',
  'siren-coverage',
  'mentions-coverage',
  'training',
  'exposure',
] as const;
export type KpiId = (typeof KPI_IDS)[number];
