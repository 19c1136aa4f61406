import { describe, expect, it } from 'vitest';
import { clockFrom, dayIn } from '#src/config/clock.ts';

describe('the clock', () => {
  it('is the machine’s unless told otherwise', () => {
    const machine = () => new Date('2026-11-23T09:00:00Z');

    expect(clockFrom(undefined, machine)()).toEqual(machine());
  });

  it('runs on from the instant that it is given', () => {
    let machineMs = Date.parse('2026-11-23T09:00:00Z');
    const now = clockFrom(new Date('2027-09-01T00:00:00Z'), () => new Date(machineMs));

    machineMs += 90_000;

    expect(now().toISOString()).toBe('2027-09-01T00:01:30.000Z');
  });

  it('tells the day of a time zone, not of the machine', () => {
    const instant = new Date('2026-11-23T23:30:00Z');

    expect(dayIn('Europe/Paris', instant)).toBe('2026-11-24');
    expect(dayIn('America/New_York', instant)).toBe('2026-11-23');
  });
});
