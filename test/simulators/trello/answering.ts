import type { ServerResponse } from 'node:http';
import type { Json, JsonObject } from '../json.ts';
import { ApiError } from './api-error.ts';
import type { Answer } from './endpoints/context.ts';
import type { LoggedRequest } from './request-log.ts';

const jsonType = 'application/json; charset=utf-8';
const textType = 'text/plain; charset=utf-8';

export function sendAnswer(response: ServerResponse, logged: LoggedRequest, answer: Answer): void {
  if ('body' in answer) sendJson(response, logged, 200, answer.body);
  else send(response, logged, 200, answer.mimeType, answer.bytes);
}

export function sendJson(response: ServerResponse, logged: LoggedRequest, status: number, body: Json): void {
  send(response, logged, status, jsonType, JSON.stringify(body));
}

/** A text as it is, or JSON. */
export function sendRefusal(
  response: ServerResponse,
  logged: LoggedRequest,
  status: number,
  body: string | JsonObject,
): void {
  logged.code = typeof body === 'string' ? body : String(body.error ?? body.message);
  if (typeof body === 'string') send(response, logged, status, textType, body);
  else sendJson(response, logged, status, body);
}

/** A mistake of the simulator itself is told as such, so that a test does not take it for Trello. */
export function sendError(response: ServerResponse, logged: LoggedRequest, error: unknown): void {
  if (error instanceof ApiError) sendRefusal(response, logged, error.status, error.body);
  else sendRefusal(response, logged, 501, error instanceof Error ? String(error.stack) : String(error));
}

export function sendPage(
  response: ServerResponse,
  logged: LoggedRequest,
  status: number,
  title: string,
): void {
  send(response, logged, status, 'text/html', `<html><body><h1>${title}</h1></body></html>`);
}

function send(
  response: ServerResponse,
  logged: LoggedRequest,
  status: number,
  type: string,
  body: string | Buffer,
): void {
  logged.status = status;
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}

/** The headers and half of the body. */
export function begin(
  response: ServerResponse,
  logged: LoggedRequest,
  answer: Answer | undefined,
  then: () => void = () => {},
): void {
  const body = JSON.stringify(answer !== undefined && 'body' in answer ? answer.body : { id: 'stalled' });
  logged.status = 200;
  response.writeHead(200, { 'content-type': jsonType, 'content-length': String(Buffer.byteLength(body)) });
  response.write(body.slice(0, Math.ceil(body.length / 2)), then);
}
