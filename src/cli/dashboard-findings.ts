import type { Environment } from '#src/config/environment.ts';
import { doctorMessages as words } from '#src/i18n/doctor.ts';
import { said } from '#src/i18n/message.ts';
import { isReachedFromElsewhere, LEAST_TOKEN } from '#src/service/guard.ts';
import type { Diagnosis } from '#src/workspaces/workspace.ts';

/** Others could reach it, and no token guards it: nobody gets in. */
export function isDashboardClosed({ http, publicUrl }: Pick<Environment, 'http' | 'publicUrl'>): boolean {
  return http.token === undefined && isReachedFromElsewhere({ host: http.host, publicUrl });
}

/** Who can open the dashboard of the service, and how safely. */
export function dashboardFindings({ http, publicUrl }: Environment): readonly Diagnosis[] {
  const { token, host } = http;
  const isOpenToOthers = isReachedFromElsewhere({ host, publicUrl });
  if (token === undefined) {
    return isDashboardClosed({ http, publicUrl })
      ? [{ level: 'warning', said: said(words.dashboardClosed) }]
      : [{ level: 'ok', said: said(words.dashboardHere) }];
  }
  const isInClear = isOpenToOthers && !publicUrl?.startsWith('https:');
  const warnings: Diagnosis[] = [
    ...(isInClear ? [{ level: 'warning', said: said(words.dashboardInClear) } as const] : []),
    ...(token.length < LEAST_TOKEN
      ? [{ level: 'warning', said: said(words.dashboardShortToken, { least: LEAST_TOKEN }) } as const]
      : []),
  ];
  return warnings.length > 0 ? warnings : [{ level: 'ok', said: said(words.dashboardGuarded) }];
}
