import type { JsonObject } from './json.ts';

/** An answer by which Notion refuses a request. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly additionalData: JsonObject | undefined;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { additionalData?: JsonObject; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.additionalData = more.additionalData;
    this.headers = more.headers ?? {};
  }
}

export function invalid(message: string): ApiError {
  return new ApiError(400, 'validation_error', message);
}

export function invalidBody(message: string): ApiError {
  return invalid(`body failed validation: ${message}`);
}

/** Not there and not shared look the same from outside. */
export function notFound(what: string, id: string, integrationId: string): ApiError {
  return new ApiError(
    404,
    'object_not_found',
    `Could not find ${what} with ID: ${id}. Make sure the relevant pages and databases are shared with your integration.`,
    { additionalData: { integration_id: integrationId } },
  );
}

export function inTrash(): ApiError {
  return invalid("Can't edit block that is archived. You must unarchive the block before editing.");
}

export function blockCapReached(): ApiError {
  return new ApiError(
    403,
    'restricted_resource',
    'This workspace has reached its block limit. Upgrade the plan to create more blocks.',
    { additionalData: { block_limit: 'block_creation' } },
  );
}

export function restricted(message: string): ApiError {
  return new ApiError(403, 'restricted_resource', message);
}

export function rateLimited(retryAfter: number | null, reason: string): ApiError {
  const seconds = retryAfter === null ? undefined : String(retryAfter);
  return new ApiError(429, 'rate_limited', 'You have been rate limited. Please try again in a few minutes.', {
    additionalData: { rate_limit_reason: reason, retry_after: seconds },
    headers: seconds === undefined ? {} : { 'retry-after': seconds },
  });
}
