/** From Monday on, as ISO counts days. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** When a team wants its digest, each week, on its own clock. */
export interface DigestMoment {
  readonly day: Weekday;
  /** 0 to 23 */
  readonly hour: number;
}

export const USUAL_MOMENT: DigestMoment = { day: 'monday', hour: 8 };
