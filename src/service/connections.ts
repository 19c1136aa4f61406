import type { Logger } from 'pino';
import { createGates, credentialName } from '#src/workspaces/gate/gates.ts';
import { createLedger } from '#src/workspaces/gate/ledger.ts';
import { notionPace, trelloPace } from '#src/workspaces/gate/rates.ts';
import { machineTime, type Time } from '#src/workspaces/gate/time.ts';
import type { NotionConnection } from '#src/workspaces/notion/connection.ts';
import type { TrelloConnection } from '#src/workspaces/trello/connection.ts';

export interface ConnectionSettings {
  readonly notion: { readonly baseUrl: string; readonly ratePerMinute: number };
  readonly trello: { readonly baseUrl: string; readonly ratePer10Seconds: number };
  readonly log?: Logger | undefined;
  /** Told when a service wants to be left alone, and until when. */
  readonly onPause?: ((until: Date) => void) | undefined;
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

export function createConnections(settings: ConnectionSettings): Connections {
  const { log, time = machineTime, random = Math.random } = settings;
  const onPause = (until: Date) => {
    log?.warn({ until }, 'a service asks us to wait');
    settings.onPause?.(until);
  };
  const gates = createGates({ ledger: createLedger(), time, random, onPause });
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
    const gate = gates.of(notionPace(credentialName(token), ratePerMinute));
    const client = createNotionClient({
      token,
      baseUrl,
      gate,
      time,
      random,
      onRequest: (sent) => log?.debug(sent, 'notion request'),
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
      gate: gates.of(pace),
      pace,
      time,
      random,
      onRequest: (sent) => log?.debug(sent, 'trello request'),
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
  };
}
