import { ArmedFaults } from '../armed-faults.ts';
import type { JsonObject } from '../json.ts';
import { type RateRefusal, rateRefusals } from './api-error.ts';
import type { LoggedRequest } from './request-log.ts';

/** Whether the request does its work before it fails. */
export type When = 'before' | 'after';

export type Fault =
  | {
      readonly type: 'status';
      readonly status: number;
      /** Plain text, or JSON. Absent: what a gateway says. */
      readonly body?: string | JsonObject;
      readonly when: When;
    }
  /** Over a rate, and nothing says how long to wait. That nothing was done is believed of it, not known. */
  | { readonly type: 'rate'; readonly which: RateRefusal; readonly when: When }
  /** A page in place of JSON: of a gateway, or, with 200, of a service that is being maintained. */
  | { readonly type: 'html'; readonly status: number; readonly when: When }
  /** 200, but no JSON. */
  | { readonly type: 'not-json'; readonly when: When }
  /** The connection ends in the middle of the body. */
  | { readonly type: 'cut'; readonly when: 'after' }
  | { readonly type: 'reset'; readonly when: When }
  /** Silence for ever, with or without the headers of a 200 and the first bytes. */
  | { readonly type: 'stall'; readonly when: When; readonly headers: boolean }
  /** 202 and an empty object in place of 200: done, or not. */
  | { readonly type: 'accepted'; readonly when: When };

/** Faults that wait for their request. */
export class Faults extends ArmedFaults<Fault, LoggedRequest> {}

/** What a fault is called in the log and in the names of tests. */
export function nameOf(fault: Fault): string {
  switch (fault.type) {
    case 'status':
      return `${fault.status} ${fault.when} the commit`;
    case 'rate':
      return `429 ${rateRefusals[fault.which].error} (${fault.which}) ${fault.when} the commit`;
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
  const rates = Object.keys(rateRefusals) as RateRefusal[];
  return [
    ...rates.map((which): Fault => ({ type: 'rate', which, when: 'before' })),
    ...moments.flatMap((when): Fault[] => [
      ...[500, 502, 503, 504].map((status): Fault => ({ type: 'status', status, when })),
      { type: 'html', status: 502, when },
      { type: 'html', status: 200, when },
      { type: 'not-json', when },
      { type: 'accepted', when },
      { type: 'reset', when },
      { type: 'stall', when, headers: true },
      { type: 'stall', when, headers: false },
    ]),
    { type: 'cut', when: 'after' },
  ];
}
