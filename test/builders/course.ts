import type { Course } from '#src/metrics/course.ts';
import { addDays } from '#src/metrics/days.ts';

/** A plan of twenty tasks that has been under way for `dones.length` days, the last of them 2026-11-23. */
export function aCourse(dones: readonly number[] = [0, 2, 5, 8], more: Partial<Course> = {}): Course {
  const today = '2026-11-23';
  return {
    today,
    history: dones.map((done, index) => ({
      day: addDays(today, index - dones.length + 1),
      done,
      total: 20,
      progress: done / 20,
    })),
    planned: [
      { day: '2026-12-07', tasks: 6 },
      { day: '2027-06-30', tasks: 20 },
    ],
    expected: [],
    ...more,
  };
}
