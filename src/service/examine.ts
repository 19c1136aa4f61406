import { Temporal } from 'temporal-polyfill';
import { doctorMessages as words } from '#src/i18n/doctor.ts';
import { said } from '#src/i18n/message.ts';
import { VERIFICATION_DAYS } from '#src/plan/calendar.ts';
import type { Template } from '#src/plan/template.ts';
import type { Diagnosis } from '#src/workspaces/workspace.ts';

/** Whether the template’s legal dates have been verified of late, and which are not settled. */
export function examineCalendar({ obligations }: Template, today: string): readonly Diagnosis[] {
  if (obligations.length === 0) return [];
  const stale = obligations.filter(({ verifiedOn }) => daysBetween(verifiedOn, today) > VERIFICATION_DAYS);
  const fromTheFuture = obligations.filter(({ verifiedOn }) => verifiedOn > today);
  const unsettled = obligations.filter(({ confidence }) => confidence === 'unsettled');
  const oldest = obligations.map(({ verifiedOn }) => verifiedOn).sort()[0] ?? '';
  return [
    stale.length > 0
      ? {
          level: 'warning',
          said: said(words.stale, { ids: stale.map(({ id }) => id), oldest, days: VERIFICATION_DAYS }),
        }
      : { level: 'ok', said: said(words.fresh, { n: obligations.length, oldest }) },
    ...(fromTheFuture.length > 0
      ? [
          {
            level: 'warning' as const,
            said: said(words.fromTheFuture, { ids: fromTheFuture.map(({ id }) => id) }),
          },
        ]
      : []),
    ...(unsettled.length > 0
      ? [{ level: 'warning' as const, said: said(words.unsettled, { ids: unsettled.map(({ id }) => id) }) }]
      : []),
  ];
}

function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).total('days');
}
