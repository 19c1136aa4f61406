/** The day that a text names first, as official sites write it: `30/09/2026`, `2026-09-30`. */
export function dayIn(text: string): string | null {
  const french = /\b(\d{2})\/(\d{2})\/(\d{4})\b/.exec(text);
  if (french) return real(`${french[3]}-${french[2]}-${french[1]}`);
  const iso = /\b\d{4}-\d{2}-\d{2}\b/.exec(text);
  return iso ? real(iso[0]) : null;
}

/** Midnight in Paris falls on the day before in UTC: a day is taken where it is meant. */
export function dayOf(date: Date): string | null {
  if (Number.isNaN(date.getTime())) return null;
  return date.toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
}

function real(day: string): string | null {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : null;
}
