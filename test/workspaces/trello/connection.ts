import type { About } from '#src/i18n/trello.ts';
import { Gate, type GateRequest, type Hear } from '#src/workspaces/gate/gate.ts';
import { createLedger } from '#src/workspaces/gate/ledger.ts';
import { trelloPace } from '#src/workspaces/gate/rates.ts';
import {
  type Ask,
  createTrelloClient,
  type SentRequest,
  type TrelloClient,
  type TrelloClientOptions,
} from '#src/workspaces/trello/client.ts';
import { createCard, getCard, updateCard } from '#src/workspaces/trello/endpoints/cards.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { CARD_ID, LIST_ID } from './things.ts';

export const ORIGIN = 'https://trello.test';
export const KEY = 'k3y/0123456789+abcdef=';
export const TOKEN = 'ATTAs3cret/Token+42=0123';
export const SECRET = 'app s3cret/never-sent';
export const ABOUT: About = { type: 'card', name: 'Choisir la plateforme' };
export const ASK: Ask = { project: 'martin' };

/** Trello sends them with every answer, refusals included. */
export const RATE_HEADERS = {
  'x-rate-limit-api-token-max': '100',
  'x-rate-limit-api-token-remaining': '99',
  'x-rate-limit-api-key-max': '300',
  'x-rate-limit-api-key-remaining': '299',
} as const;

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
  readonly client: TrelloClient;
  readonly sent: SentRequest[];
}

export function connect(changes: Partial<TrelloClientOptions> = {}): Connection {
  const time = new FakeTime();
  const pace = trelloPace('key', 'token');
  const gate = new WatchedGate({ pace, ledger: createLedger(), time, random: () => 0 });
  const sent: SentRequest[] = [];
  const client = createTrelloClient({
    key: KEY,
    token: TOKEN,
    secret: SECRET,
    baseUrl: `${ORIGIN}/1`,
    gate,
    pace,
    time,
    random: () => 0,
    onRequest: (request) => sent.push(request),
    ...changes,
  });
  return { time, gate, client, sent };
}

export function readCard(client: TrelloClient, ask: Ask = ASK) {
  return client.call(ask, getCard(CARD_ID));
}

export function makeCard(client: TrelloClient, ask: Ask = ASK) {
  return client.call(ask, createCard({ idList: LIST_ID, name: 'Choisir', pos: 1 }));
}

export function changeCard(client: TrelloClient, ask: Ask = ASK) {
  return client.call(ask, updateCard(CARD_ID, { due: null }));
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
