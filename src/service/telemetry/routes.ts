import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Admission, Guard } from '../guard.ts';
import type { Exposition } from './exposition.ts';

export const METRICS_PATH = '/metrics';

interface Refusal {
  readonly status: ContentfulStatusCode;
  readonly headers?: Readonly<Record<string, string>>;
  /** Which way it is mended, for the operator who asks by hand: Prometheus shows the status alone. */
  readonly text: string;
}

const REFUSALS: Readonly<Record<Exclude<Admission, 'in'>, Refusal>> = {
  stranger: {
    status: 401,
    headers: { 'www-authenticate': 'Bearer' },
    text: 'Token missing or wrong: give the value of HTTP_TOKEN as "authorization: credentials" in the scrape config.',
  },
  later: {
    status: 429,
    headers: { 'retry-after': '60' },
    text: 'Too many wrong tokens: correct "authorization: credentials" in the scrape config to the value of HTTP_TOKEN, and wait a minute.',
  },
  closed: {
    status: 403,
    text: 'The service can be reached from other machines and has no token: set HTTP_TOKEN, restart it, and give the same value as "authorization: credentials" in the scrape config.',
  },
  misnamed: {
    status: 403,
    text: 'Without a token the service answers to localhost or 127.0.0.1 only: use that as the target of the scrape config, or set HTTP_TOKEN and give it there as "authorization: credentials".',
  },
};

/** `/metrics`, for whoever the guard lets in. */
export function metricsRoutes(guard: Pick<Guard, 'admit'>, scrape: () => Promise<Exposition>): Hono {
  return new Hono().get(METRICS_PATH, async (context) => {
    context.header('cache-control', 'no-store');
    const admission = await guard.admit(context);
    if (admission !== 'in') {
      const { status, headers, text } = REFUSALS[admission];
      return context.text(`${text}\n`, status, headers);
    }
    const { contentType, text } = await scrape();
    return context.body(text, 200, { 'content-type': contentType });
  });
}
