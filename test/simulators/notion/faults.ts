import { ArmedFaults } from '../armed-faults.ts';
import type { JsonObject } from './json.ts';
import type { LoggedRequest } from './request-log.ts';

/** Whether the request does its work before it fails. */
export type When = 'before' | 'after';

export type Fault =
  | {
      readonly type: 'status';
      readonly status: number;
      readonly code: string;
      readonly when: When;
      /** After the commit: names what was written in `additional_data`. */
      readonly namesCommitted?: boolean;
      /** After the commit: only so many of the children of the request have been written. */
      readonly childrenCommitted?: number;
      /** Seconds, in the header and the body. */
      readonly retryAfter?: number;
      readonly additionalData?: JsonObject;
    }
  /** The page of a gateway in place of JSON. */
  | { readonly type: 'html'; readonly status: number; readonly when: When }
  /** 200, but no JSON. */
  | { readonly type: 'not-json'; readonly when: When }
  /** The connection ends in the middle of the body. */
  | { readonly type: 'cut'; readonly when: 'after' }
  | { readonly type: 'reset'; readonly when: When }
  /** Silence for ever, with or without the headers of a 200 and the first bytes. */
  | { readonly type: 'stall'; readonly when: When; readonly headers: boolean }
  /** 202: the work is promised, and done or not. */
  | { readonly type: 'accepted'; readonly when: When };

/** Faults that wait for their request. */
export class Faults extends ArmedFaults<Fault, LoggedRequest> {}

/** What a fault is called in the log and in the names of tests. */
export function nameOf(fault: Fault): string {
  switch (fault.type) {
    case 'status': {
      const reason = fault.additionalData?.rate_limit_reason;
      const details = [
        fault.retryAfter === undefined ? '' : `wait ${fault.retryAfter} s`,
        typeof reason === 'string' ? reason : '',
        fault.namesCommitted === true ? 'naming what was written' : '',
      ].filter(Boolean);
      const more = details.length === 0 ? '' : ` (${details.join(', ')})`;
      return `${fault.status} ${fault.code}${more} ${fault.when} the commit`;
    }
    case 'html':
      return `${fault.status} as HTML ${fault.when} the commit`;
    case 'not-json':
      return `200 that is no JSON ${fault.when} the commit`;
    case 'stall':
      return `stall ${fault.headers ? 'after the headers' : 'with no answer'} ${fault.when} the commit`;
    default:
      return `${fault.type} ${fault.when} the commit`;
  }
}

const moments = ['before', 'after'] as const;

/** Every fault that passes, and that a client is to survive with nothing lost and nothing twice. */
export function passingFaults(): readonly Fault[] {
  const limited = { type: 'status', status: 429, code: 'rate_limited', when: 'before' } as const;
  const limit = (reason: string): JsonObject => ({ rate_limit_reason: reason });
  return [
    { ...limited, retryAfter: 1, additionalData: limit('public_api_request_rate_limit') },
    { ...limited, retryAfter: 300, additionalData: limit('public_api_space_request_rate_limit') },
    { ...limited, additionalData: limit('public_api_endpoint_rate_limit') },
    { type: 'status', status: 529, code: 'service_overload', retryAfter: 5, when: 'before' },
    { type: 'status', status: 409, code: 'conflict_error', when: 'before' },
    ...moments.flatMap((when): Fault[] => [
      { type: 'status', status: 500, code: 'internal_server_error', when },
      { type: 'status', status: 502, code: 'bad_gateway', when },
      { type: 'html', status: 502, when },
      { type: 'status', status: 503, code: 'service_unavailable', when },
      { type: 'status', status: 503, code: 'database_connection_unavailable', when },
      { type: 'status', status: 504, code: 'gateway_timeout', when },
      { type: 'not-json', when },
      { type: 'reset', when },
      { type: 'stall', when, headers: true },
      { type: 'stall', when, headers: false },
    ]),
    { type: 'status', status: 503, code: 'service_unavailable', when: 'after', namesCommitted: true },
    { type: 'cut', when: 'after' },
  ];
}

/** We are told to stop, not to wait. */
export const blockedFault: Fault = {
  type: 'status',
  status: 429,
  code: 'rate_limited',
  when: 'before',
  additionalData: { rate_limit_reason: 'public_api_request_blocked' },
};
