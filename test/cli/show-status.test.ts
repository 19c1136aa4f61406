import { describe, expect, it } from 'vitest';
import { showStanding } from '#src/cli/show-status.ts';
import type { Locale } from '#src/i18n/message.ts';
import { momentText } from '#src/i18n/moment.ts';
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

  it('stands in a column of its own, whatever the month', () => {
    const lines = (locale: Locale) =>
      shown(locale, '2026-11-23', [])
        .split('\n')
        .filter((line) => /(^ {2}\d|^ {9,})/.test(line));

    expect(lines('en').slice(0, 2)).toEqual([
      '  1 Sept 2026   Recevoir (in force for 83 days)',
      expect.stringMatching(/^ {16}verified on/),
    ]);
    expect(lines('fr')[0]).toBe('  01/09/2026  Recevoir (en vigueur depuis 83 jours)');
  });
});

describe('a moment', () => {
  it('is said as people say it', () => {
    const moment = { at: '2026-11-23T08:05:00Z', timeZone: 'Europe/Paris' };

    expect(momentText('fr', moment)).toBe('23\u00a0novembre\u00a02026 à 9\u00a0h\u00a005');
    expect(momentText('en', moment)).toBe('23\u00a0November\u00a02026 at 09:05');
    expect(momentText('fr', { ...moment, at: '2026-11-23T23:00:00Z' })).toContain('24\u00a0novembre');
    expect(momentText('fr', { ...moment, at: '2026-11-23T23:00:00Z' })).toContain('à 0\u00a0h\u00a000');
  });
});
