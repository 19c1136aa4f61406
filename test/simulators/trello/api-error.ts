import type { JsonObject } from '../json.ts';

/** An answer by which Trello refuses a request: most are plain text, some are JSON. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: string | JsonObject;

  constructor(status: number, body: string | JsonObject) {
    super(typeof body === 'string' ? body : String(body.message));
    this.status = status;
    this.body = body;
  }
}

export function invalidId(): ApiError {
  return new ApiError(400, 'invalid id');
}

export function invalidValue(parameter: string): ApiError {
  return new ApiError(400, `invalid value for ${parameter}`);
}

export function notFound(): ApiError {
  return new ApiError(404, 'The requested resource was not found.');
}

/** No access is 401, as if there were no credential. */
export function noPermission(what: string): ApiError {
  return new ApiError(401, `unauthorized ${what} permission requested`);
}

export function missingScopes(): ApiError {
  return new ApiError(401, { message: 'missing scopes' });
}

/**
 * What nobody has written down. The real service may let it pass, which would hide a mistake of ours: it is refused,
 * and the text says by whom.
 */
export function notModelled(message: string): ApiError {
  return new ApiError(400, `The simulator refuses: ${message}`);
}

export const rateRefusals = {
  token: { error: 'API_TOKEN_LIMIT_EXCEEDED', message: 'Rate limit exceeded' },
  key: { error: 'API_KEY_LIMIT_EXCEEDED', message: 'Rate limit exceeded' },
  database: { error: 'API_TOKEN_DB_LIMIT_EXCEEDED', message: 'Rate limit exceeded' },
  members: { error: 'RATE_LIMIT_EXCEEDED', message: 'Exceeded rate limit to /1/member' },
} as const satisfies Record<string, JsonObject>;

export type RateRefusal = keyof typeof rateRefusals;

export function rateLimited(which: RateRefusal): ApiError {
  return new ApiError(429, rateRefusals[which]);
}
