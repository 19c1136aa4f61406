import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planIn, raw } from './client.ts';
import { asObject, type Json, type JsonObject } from './json.ts';
import { type NotionSimulator, startNotion } from './simulator.ts';

/** Ids that a body may name: the shared page, a database and its data source. */
export interface Ids {
  readonly home: string;
  readonly database: string;
  readonly source: string;
}

export type RefusedCase = readonly [name: string, body: (ids: Ids) => JsonObject, message: RegExp];

/** Bodies that Notion refuses, sent as they are. HOME and SOURCE in the path stand for ids. */
export function refused(request: string, cases: readonly RefusedCase[]): void {
  describe(`${request} refuses`, () => {
    let notion: NotionSimulator;
    let ids: Ids;
    beforeAll(async () => {
      notion = await startNotion();
      const plan = await planIn(notion);
      ids = { home: notion.home.id, database: plan.id, source: plan.source };
    });
    afterAll(() => notion.stop());

    it.each(cases)('%s', async (_name, body, message) => {
      const [method = '', path = ''] = request.split(' ');
      const url = path.replace('HOME', ids.home).replace('SOURCE', ids.source);

      const response = await raw(notion, method, url, body(ids));

      const answer = asObject((await response.json()) as Json);
      expect(answer).toMatchObject({ object: 'error', status: 400, code: 'validation_error' });
      expect(answer.message).toMatch(message);
    });
  });
}

export function many<T>(count: number, item: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => item(index));
}
