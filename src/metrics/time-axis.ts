import { addDays, daysBetween } from './days.ts';

/** A stretch of days laid along a width, in pixels. */
export interface TimeAxis {
  readonly from: string;
  readonly to: string;
  readonly left: number;
  readonly width: number;
  /** Where a day stands; outside the width for a day outside the stretch. */
  x(day: string): number;
}

export function timeAxis(from: string, to: string, left: number, width: number): TimeAxis {
  const days = Math.max(1, daysBetween(from, to));
  return { from, to, left, width, x: (day) => left + (daysBetween(from, day) / days) * width };
}

/** Every so many months a label: round steps, so that January is always among them. */
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60];

/** The first days of months that have room for a label of `labelWidth`, whole within the axis. */
export function monthTicks(axis: TimeAxis, labelWidth: number): readonly string[] {
  for (const step of MONTH_STEPS) {
    const ticks = firstsOfMonths(axis, step).filter(
      (day) =>
        axis.x(day) - labelWidth / 2 >= axis.left && axis.x(day) + labelWidth / 2 <= axis.left + axis.width,
    );
    if (
      ticks.every((day, index) => index === 0 || axis.x(day) - axis.x(ticks[index - 1] ?? day) >= labelWidth)
    )
      return ticks;
  }
  return [];
}

function firstsOfMonths({ from, to }: TimeAxis, step: number): readonly string[] {
  const firsts: string[] = [];
  let day = `${from.slice(0, 7)}-01`;
  while (day <= to) {
    if (day >= from && (Number(day.slice(5, 7)) - 1) % Math.min(step, 12) === 0 && isStepYear(day, step))
      firsts.push(day);
    day = `${addDays(day, 31).slice(0, 7)}-01`;
  }
  return firsts;
}

function isStepYear(day: string, step: number): boolean {
  return step <= 12 || Number(day.slice(0, 4)) % (step / 12) === 0;
}
