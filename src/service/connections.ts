import type { Logger } from 'pino';
import { createGates, credentialName } from '#src/workspaces/gate/gates.ts';
import { createLedger } from '#src/workspaces/gate/ledger.ts';
import { notionPace } from '#src/workspaces/gate/rates.ts';
import { machineTime, type Time } from '#src/workspaces/gate/time.ts';
import type { NotionConnection } from '#src/workspaces/notion/connection.ts';

export interface ConnectionSettings {
  readonly notion: { readonly baseUrl: string; readonly ratePerMinute: number };
  readonly log?: Logger | undefined;
  /** Told when a service wants to be left alone, and until when. */
  readonly onPause?: ((until: Date) => void) | undefined;
  readonly time?: Time;
  readonly random?: () => number;
}

/** The connections of one process: all projects that use the same token share one, its pace and what it has asked. */
export interface Connections {
  notion(token: string): Promise<NotionConnection>;
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

  return {
    notion(token) {
      const known = notion.get(token) ?? openNotion(token);
      notion.set(token, known);
      return known;
    },
    bots: () => new Set([...opened].flatMap(({ bot }) => bot ?? [])),
  };
}
