import type { RateReading } from './ledger.ts';
import type { TrelloPace } from './rates.ts';

/** What Trello says with every answer, also with refusals. Headers that are missing or odd say nothing. */
export function trelloReadings(headers: Headers, pace: TrelloPace): RateReading[] {
  return [
    { window: pace.token, header: 'x-rate-limit-api-token-remaining' },
    { window: pace.key, header: 'x-rate-limit-api-key-remaining' },
  ].flatMap(({ window, header }) => {
    const text = headers.get(header) ?? '';
    return /^\d+$/.test(text) ? [{ window, remaining: Number(text) }] : [];
  });
}
