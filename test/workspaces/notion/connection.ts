import { z } from 'zod';
import type { About } from '#src/i18n/notion.ts';
import { Gate, type GateRequest, type Hear } from '#src/workspaces/gate/gate.ts';
import { createLedger } from '#src/workspaces/gate/ledger.ts';
import { notionPace } from '#src/workspaces/gate/rates.ts';
import {
  type Ask,
  createNotionClient,
  type NotionClient,
  type NotionClientOptions,
  type SentRequest,
} from '#src/workspaces/notion/client.ts';
import { Page, Touched } from '#src/workspaces/notion/schema.ts';
import { FakeTime } from '../../support/fake-time.ts';

export const ORIGIN = 'https://notion.test';
export const TOKEN = 'ntn_s3cret/Token+42=';
export const PAGE_ID = '11111111-2222-3333-4444-555555555555';
export const ABOUT: About = { type: 'page', name: 'Choisir la plateforme' };
export const ASK: Ask = { project: 'martin', about: ABOUT };

/** A gate that tells whether the network is at work: only while it is not may a test move the clock. */
class WatchedGate extends Gate {
  underWay = 0;

  override run<T>(request: GateRequest, send: (hear: Hear) => Promise<T>): Promise<T> {
    return super.run(request, async (hear) => {
      this.underWay += 1;
      try {
        return await send(hear);
      } finally {
        this.underWay -= 1;
      }
    });
  }
}

export interface Connection {
  readonly time: FakeTime;
  readonly gate: WatchedGate;
  readonly client: NotionClient;
  readonly sent: SentRequest[];
}

export function connect(changes: Partial<NotionClientOptions> = {}): Connection {
  const time = new FakeTime();
  const gate = new WatchedGate({ pace: notionPace('test'), ledger: createLedger(), time, random: () => 0 });
  const sent: SentRequest[] = [];
  const client = createNotionClient({
    token: TOKEN,
    baseUrl: ORIGIN,
    gate,
    time,
    random: () => 0,
    onRequest: (request) => sent.push(request),
    ...changes,
  });
  return { time, gate, client, sent };
}

export function readPage(client: NotionClient, ask: Ask = ASK) {
  return client.call(ask, (sdk) => sdk.pages.retrieve({ page_id: PAGE_ID }), Page);
}

export function createPage(client: NotionClient, ask: Ask = ASK) {
  const parent = { type: 'page_id' as const, page_id: PAGE_ID };
  return client.call(ask, (sdk) => sdk.pages.create({ parent, properties: {} }), Touched);
}

export function updatePage(client: NotionClient, ask: Ask = ASK) {
  return client.call(ask, (sdk) => sdk.pages.update({ page_id: PAGE_ID, in_trash: false }), Touched);
}

export function appendBlock(client: NotionClient, ask: Ask = ASK) {
  const children = [{ divider: {} }];
  const Anything = z.unknown();
  return client.call(ask, (sdk) => sdk.blocks.children.append({ block_id: PAGE_ID, children }), Anything);
}

export function aPage(changes: object = {}): object {
  return {
    object: 'page',
    id: PAGE_ID,
    url: 'https://www.notion.so/x',
    in_trash: false,
    parent: { type: 'page_id', page_id: PAGE_ID },
    created_time: '2026-11-23T08:00:00.000Z',
    last_edited_time: '2026-11-23T08:00:00.000Z',
    properties: {},
    ...changes,
  };
}

export function anError(status: number, code: string, additional_data?: object): object {
  return { object: 'error', status, code, message: `${code}!`, request_id: 'req-1', additional_data };
}

/** Waits for a call. Where it only waits for time to pass, time passes. */
export async function finish<T>({ time, gate }: Connection, call: Promise<T>): Promise<T> {
  let done = false;
  const end = () => {
    done = true;
  };
  call.then(end, end);
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    if (gate.underWay === 0 && !done) await time.next();
  }
  return call;
}
