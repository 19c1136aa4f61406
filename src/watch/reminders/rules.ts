/** When people are reminded of what is due. */
export interface ReminderRules {
  /** Days before the date on which to remind, `0` for the day itself; in no particular order. */
  readonly daysBefore: readonly number[];
  /** Once the date has passed, every so many days; `0`: not at all. */
  readonly everyDaysOverdue: number;
}

export const USUAL_RULES: ReminderRules = { daysBefore: [90, 30, 14, 7, 1, 0], everyDaysOverdue: 7 };

/** What people are reminded of: a legal date, or a task that the law requires. */
export interface Subject {
  readonly kind: 'obligation' | 'task';
  /** Id of the obligation, or key of the task. */
  readonly key: string;
  readonly title: string;
  /** `YYYY-MM-DD` */
  readonly due: string;
}

/** One thing to be told to people today. */
export interface Reminder {
  readonly subject: Subject;
  /** The day on which it was to be told; today, or earlier when nobody was there to tell it. */
  readonly on: string;
  /** From today to the date; negative once it has passed. */
  readonly daysLeft: number;
  /** Told later than it was meant to be. */
  readonly late: boolean;
}
