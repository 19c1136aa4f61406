import { APIResponseError, Client, LogLevel, UnknownHTTPResponseError } from '@notionhq/client';
import { asObject, asObjects, asText, type Json, type JsonObject } from './json.ts';
import type { NotionSimulator } from './simulator.ts';

export { clockAt } from '../clock.ts';

/** The real SDK, pointed at the simulator, which retries nothing. */
export function clientOf(notion: NotionSimulator, token = notion.token): Client {
  return new Client({
    auth: token,
    baseUrl: notion.url,
    notionVersion: '2026-03-11',
    retry: false,
    logLevel: LogLevel.ERROR,
  });
}

/** What the SDK gives is typed by unions that say little: tests read it as what it is, JSON. */
export async function json(answer: Promise<unknown>): Promise<JsonObject> {
  return asObject((await answer) as Json);
}

/** A request that the SDK would not let through as it is. */
export function raw(
  notion: NotionSimulator,
  method: string,
  path: string,
  body?: JsonObject | string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${notion.url}/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${notion.token}`,
      'notion-version': '2026-03-11',
      'content-type': 'application/json',
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly data: JsonObject;
}

/** The refusal of a request that must not pass. */
export async function refusalOf(answer: Promise<unknown>): Promise<Refusal> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof APIResponseError || error instanceof UnknownHTTPResponseError) {
      const body = asObject(JSON.parse(error.body));
      return {
        status: error.status,
        code: asText(body.code),
        message: asText(body.message),
        data: asObject(body.additional_data),
      };
    }
    throw error;
  }
  throw new Error('The request was not refused.');
}

export function text(content: string): [{ text: { content: string } }] {
  return [{ text: { content } }];
}

export function todo(words: string, checked = false) {
  return { to_do: { rich_text: text(words), checked } };
}

/** A database with a column of each kind that a plan needs. Gives its id and that of its data source. */
export async function planIn(
  notion: NotionSimulator,
  title = 'Plan',
): Promise<{ id: string; source: string }> {
  const status = {
    options: [option('À faire', 'To-do'), option('En cours', 'In progress'), option('Fait', 'Complete')],
  };
  const database = await json(
    clientOf(notion).databases.create({
      parent: { type: 'page_id', page_id: notion.home.id },
      title: text(title),
      initial_data_source: {
        properties: {
          Nom: { title: {} },
          Clé: { rich_text: {} },
          Statut: { status },
          Étape: { select: { options: [{ name: 'Cadrer', color: 'blue' }, { name: 'Choisir' }] } },
          Rôles: { multi_select: { options: [{ name: 'Direction' }, { name: 'Comptable' }] } },
          Personnes: { people: {} },
          Échéance: { date: {} },
          Avancement: { number: { format: 'percent' } },
          Preuve: { url: {} },
          Utile: { checkbox: {} },
        },
      },
    }),
  );
  return { id: asText(database.id), source: asText(asObjects(database.data_sources)[0]?.id) };
}

/** `group` is known to Notion, not yet to the SDK's types. */
function option(name: string, group: string): { name: string } {
  return { name, group } as { name: string };
}

/** Adds a row through the API. Gives its id. */
export async function addRow(
  notion: NotionSimulator,
  source: string,
  name: string,
  properties: JsonObject = {},
): Promise<string> {
  const page = await json(
    clientOf(notion).pages.create({
      parent: { type: 'data_source_id', data_source_id: source },
      properties: { Nom: { title: text(name) }, ...(properties as Record<string, never>) },
    }),
  );
  return asText(page.id);
}
