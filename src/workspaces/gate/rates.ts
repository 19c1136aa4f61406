/** So many requests in any stretch of so much time. Limits are data: what they are, and who says so. */
export interface RateWindow {
  /** Names the allowance wherever it is shared: gates and processes that use the same name draw on the same allowance. */
  readonly name: string;
  readonly requests: number;
  readonly perMs: number;
  /** Where the number comes from. */
  readonly source: string;
}

/** What one service allows one credential, and how it says that it has had enough. */
export interface Pace {
  /** Every request counts against each of these. */
  readonly windows: readonly RateWindow[];
  /** Requests under way at once. */
  readonly maxInFlight: number;
  /** How long to keep away when the service says "too many" without saying for how long. */
  readonly unsaidPauseMs: number;
  /** How long one answer is expected to take, until some have been timed. */
  readonly expectedAnswerMs: number;
}

export const NOTION_DEFAULT_PER_MINUTE = 180;

/** `credential` names the connection without revealing it: see `credentialName`. */
export function notionPace(credential: string, perMinute = NOTION_DEFAULT_PER_MINUTE): Pace {
  return {
    windows: [
      {
        name: `notion/${credential}`,
        requests: perMinute,
        perMs: 60_000,
        // 180 a minute for each connection (Free, Plus), 600 (Business, Enterprise), which may be spent in one burst.
        source: 'https://developers.notion.com/reference/request-limits',
      },
    ],
    // No limit on concurrency is published; the burst must not arrive as 180 connections at once.
    maxInFlight: 10,
    unsaidPauseMs: 10_000,
    expectedAnswerMs: 400,
  };
}

const TRELLO_LIMITS = 'https://developer.atlassian.com/cloud/trello/guides/rest-api/rate-limits/';
export const TRELLO_DEFAULT_PER_10_SECONDS = 100;

export interface TrelloPace extends Pace {
  readonly token: RateWindow;
  readonly key: RateWindow;
  /** Requests below /members and /search count against this one as well. */
  readonly membersAndSearch: RateWindow;
}

/** `key` and `token` name the two without revealing them. Gates of several tokens of one key share the key's window. */
export function trelloPace(
  key: string,
  token: string,
  per10Seconds = TRELLO_DEFAULT_PER_10_SECONDS,
): TrelloPace {
  const tokenWindow: RateWindow = {
    name: `trello/token/${token}`,
    requests: per10Seconds,
    perMs: 10_000,
    // 100 in 10 s for each token; answers repeat it as x-rate-limit-api-token-max.
    source: TRELLO_LIMITS,
  };
  const keyWindow: RateWindow = {
    name: `trello/key/${key}`,
    requests: 300,
    perMs: 10_000,
    // 300 in 10 s for each API key; answers repeat it as x-rate-limit-api-key-max.
    source: TRELLO_LIMITS,
  };
  return {
    windows: [tokenWindow, keyWindow],
    token: tokenWindow,
    key: keyWindow,
    membersAndSearch: {
      name: `trello/members/${token}`,
      requests: 100,
      perMs: 900_000,
      // 100 in 900 s below /members; for /search no figure is published beyond "stricter", so it shares this one.
      source: TRELLO_LIMITS,
    },
    maxInFlight: 10,
    // Trello sends no Retry-After: the interval itself has to pass.
    unsaidPauseMs: 10_000,
    expectedAnswerMs: 300,
  };
}
