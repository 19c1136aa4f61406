/** What time it is. The rest of Jalon asks it instead of the machine. */
export type Clock = () => Date;

/**
 * The machine's clock, or, given an instant, one that reads that instant now and runs on from there: a service
 * that is started as of a given day still sees its days pass.
 */
export function clockFrom(now: Date | undefined, machine: Clock = () => new Date()): Clock {
  if (now === undefined) return machine;
  const shiftMs = now.getTime() - machine().getTime();
  return () => new Date(machine().getTime() + shiftMs);
}

/** The day that it is in the time zone, as `YYYY-MM-DD`. */
export function dayIn(timeZone: string, instant: Date): string {
  // Swedish writes dates as ISO does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(instant);
}
