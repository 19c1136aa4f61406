import type { Logger } from 'pino';
import { createGates, credentialName } from '#src/workspaces/gate/gates.ts';
import { createLedger } from '#src/workspaces/gate/ledger.ts';
import { notionPace, trelloPace } from '#src/workspaces/gate/rates.ts';
import { machineTime, type Time } from '#src/workspaces/gate/time.ts';
import type { SentRequest as NotionRequest } from '#src/workspaces/notion/client.ts';
import type { NotionConnection } from '#src/workspaces/notion/connection.ts';
import type { SentRequest as TrelloRequest } from '#src/workspaces/trello/client.ts';
import type { TrelloConnection } from '#src/workspaces/trello/connection.ts';

export type ServiceName = 'notion' | 'trello';

/** Told what goes to the services, for whoever watches them. */
export interface TrafficObserver {
  sent(service: ServiceName, request: Pick<NotionRequest | TrelloRequest, 'outcome' | 'durationMs'>): void;
  /** A service wants to be left alone, or to be so for longer. */
  paused(service: ServiceName): void;
}

export interface ConnectionSettings {
  readonly notion: { readonly baseUrl: string; readonly ratePerMinute: number };
  readonly trello: { readonly baseUrl: string; readonly ratePer10Seconds: number };
  readonly log?: Logger | undefined;
  /** Told when a service wants to be left alone, and until when. */
  readonly onPause?: ((until: Date) => void) | undefined;
  readonly observer?: TrafficObserver | undefined;
  readonly time?: Time;
  readonly random?: () => number;
}

export interface TrelloCredentials {
  readonly key: string;
  readonly token: string;
  /** Of the app. Never sent. */
  readonly secret: string | undefined;
}

/** The connections of one process: all projects that use the same token share one, its pace and what it has asked. */
export interface Connections {
  notion(token: string): Promise<NotionConnection>;
  trello(credentials: TrelloCredentials): Promise<TrelloConnection>;
  /** Ids of our own users, as far as they are known by now. */
  bots(): ReadonlySet<string>;
}

/** As whoever watches the process sees them. */
export interface WatchedConnections extends Connections {
  /** Requests that wait for their turn. */
  waiting(): Readonly<Record<ServiceName, number>>;
}

export function createConnections(settings: ConnectionSettings): WatchedConnections {
  const { log, observer, time = machineTime, random = Math.random } = settings;
  const ledger = createLedger();
  const gatesTo = (service: ServiceName) => {
    const onPause = (until: Date) => {
      log?.warn({ service, until }, 'a service asks us to wait');
      observer?.paused(service);
      settings.onPause?.(until);
    };
    return createGates({ ledger, time, random, onPause });
  };
  const gates = { notion: gatesTo('notion'), trello: gatesTo('trello') };
  const onRequest = (service: ServiceName) => (sent: NotionRequest | TrelloRequest) => {
    log?.debug(sent, `${service} request`);
    observer?.sent(service, sent);
  };
  const notion = new Map<string, Promise<NotionConnection>>();
  const opened = new Set<NotionConnection>();
  const trello = new Map<string, Promise<TrelloConnection>>();

  /** Its client is loaded when a project first needs it. */
  async function openNotion(token: string): Promise<NotionConnection> {
    const [{ createNotionClient }, { NotionConnection }] = await Promise.all([
      import('#src/workspaces/notion/client.ts'),
      import('#src/workspaces/notion/connection.ts'),
    ]);
    const { baseUrl, ratePerMinute } = settings.notion;
    const gate = gates.notion.of(notionPace(credentialName(token), ratePerMinute));
    const client = createNotionClient({
      token,
      baseUrl,
      gate,
      time,
      random,
      onRequest: onRequest('notion'),
    });
    const connection = new NotionConnection(client, time, ratePerMinute);
    opened.add(connection);
    return connection;
  }

  /** As Notion's: trello.js alone costs 50 ms. */
  async function openTrello({ key, token, secret }: TrelloCredentials): Promise<TrelloConnection> {
    const [{ createTrelloClient }, { TrelloConnection }] = await Promise.all([
      import('#src/workspaces/trello/client.ts'),
      import('#src/workspaces/trello/connection.ts'),
    ]);
    const { baseUrl, ratePer10Seconds } = settings.trello;
    const pace = trelloPace(credentialName(key), credentialName(token), ratePer10Seconds);
    const client = createTrelloClient({
      key,
      token,
      secret,
      baseUrl,
      gate: gates.trello.of(pace),
      pace,
      time,
      random,
      onRequest: onRequest('trello'),
    });
    return new TrelloConnection(client, time, ratePer10Seconds);
  }

  return {
    notion(token) {
      const known = notion.get(token) ?? openNotion(token);
      notion.set(token, known);
      return known;
    },
    trello(credentials) {
      const name = `${credentials.key} ${credentials.token}`;
      const known = trello.get(name) ?? openTrello(credentials);
      trello.set(name, known);
      return known;
    },
    bots: () => new Set([...opened].flatMap(({ bot }) => bot ?? [])),
    waiting: () => ({ notion: gates.notion.waiting(), trello: gates.trello.waiting() }),
  };
}
