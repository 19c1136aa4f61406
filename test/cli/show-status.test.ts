import { describe, expect, it } from 'vitest';
import { showStanding } from '#src/cli/show-status.ts';
import type { Locale } from '#src/i18n/message.ts';
import type { Forecast } from '#src/metrics/forecast.ts';
import { anObligationState, anOverview } from '../builders/overview.ts';

function shown(locale: Locale, today: string, forecasts: readonly Forecast[]): string {
  const obligations = [
    anObligationState('2026-09-01', -83, { id: 'receive', title: 'Recevoir' }),
    anObligationState('2027-09-01', 282, { id: 'issue', title: 'Émettre' }),
  ];
  const overview = anOverview({ obligations });
  const standing = { company: 'Martin', title: 'Plan', urls: [], reason: '', today, overview, forecasts };
  return showStanding(standing, locale, (_, text) => text).replaceAll('\u00a0', ' ');
}

describe('what status shows of a date', () => {
  it.each(['2026-11-23', '2026-11-24'])('that is met, on %s and on any day, is that all is done', (today) => {
    const forecasts = [
      { id: 'receive', p50: today, p85: today, enough: true },
      { id: 'issue', p50: '2027-05-12', p85: '2027-07-03', enough: true },
    ];

    const french = shown('fr', today, forecasts);

    expect(french).toContain('  Recevoir : tout est fait\n  Émettre : vers le 12 mai 2027');
    expect(shown('en', today, forecasts)).toContain('  Recevoir: all is done\n');
  });
});
