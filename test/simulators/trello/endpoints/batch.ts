import { asList, asText, type Json, type JsonObject } from '../../json.ts';
import { ApiError, invalidValue, notModelled } from '../api-error.ts';
import * as p from '../parameters.ts';
import type { Answer, Context, Route } from './context.ts';

const MAX_URLS = 10;

export const batchRoutes = {
  batch: {
    method: 'GET',
    path: 'batch',
    endpoint: runBatch,
    parameters: { urls: p.words },
    required: ['urls'],
  },
} as const satisfies Record<string, Route>;

/** How many addresses a batch names. They stand between commas, so that each must be encoded of itself. */
export function batchSize(urls: string | null): number {
  return urls === null ? 1 : urls.split(',').length;
}

async function runBatch(context: Context): Promise<Answer> {
  const urls = asList(context.given.urls).map(asText);
  if (urls.length === 0 || urls.length > MAX_URLS) throw invalidValue('urls');
  const wrong = urls.find((url) => !url.startsWith('/') || url.startsWith('/1/') || url.startsWith('/batch'));
  if (wrong !== undefined) throw notModelled(`“${wrong}” is no address for a batch.`);
  const body: Json[] = [];
  for (const url of urls) body.push(await readOne(context, url));
  return { body };
}

async function readOne(context: Context, url: string): Promise<JsonObject> {
  try {
    return { '200': await context.read(url) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { status: statusCode, message } = error;
    return { name: 'TrelloError', message, statusCode };
  }
}
