import { expect } from 'vitest';
import type { CompanyStanding } from '#src/digest/weekly/portfolio.ts';
import type { ServiceOptions } from '#src/service/start.ts';
import { parseExposition, type ScrapedFamily } from '../support/exposition.ts';
import * as notion from '../workspaces/notion/deliveries.ts';
import { ListeningPost } from './listening-post.ts';

export const TOKEN = 'the-token-of-the-service';
/** Where a service of a test listens. */
export const HERE = { host: '127.0.0.1', port: 0 };

/** A service that can be asked without a token, since it is only reached from this machine. */
export function openHere(more: Partial<ServiceOptions> = {}): Promise<ListeningPost> {
  return ListeningPost.open(
    { martin: [notion.PAGE], lebrun: [] },
    { http: HERE, publicUrl: undefined, ...more },
  );
}

export function openWithToken(): Promise<ListeningPost> {
  return ListeningPost.open({ martin: [] }, { http: { ...HERE, token: TOKEN } });
}

export function ask({ url }: ListeningPost, token?: string): Promise<Response> {
  return fetch(
    `${url}/metrics`,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );
}

/** What a scrape finds, checked to the last sign. */
export async function scrape(post: ListeningPost): Promise<ReadonlyMap<string, ScrapedFamily>> {
  const answer = await ask(post);
  expect(answer.status).toBe(200);
  return parseExposition(await answer.text());
}

export function aStanding(slug: string, more: Partial<CompanyStanding> = {}): CompanyStanding {
  return {
    slug,
    company: 'Boulangerie Martin & Fils',
    verdict: 'late',
    reason: 'Une échéance est dépassée.',
    progress: 0.25,
    overdue: 3,
    unmet: undefined,
    next: { date: '2027-09-01', daysLeft: 282, title: 'Émettre ses factures', sure: true, others: 0 },
    url: 'https://example.org/plan',
    ...more,
  };
}
