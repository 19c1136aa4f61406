import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError } from './api-error.ts';
import type { Answer } from './endpoints/context.ts';
import { type Fault, type Faults, nameOf } from './faults.ts';
import { admit, type Incoming, parseJson, perform } from './gate.ts';
import { isObject, type JsonObject } from './json.ts';
import { Rates } from './rates.ts';
import type { LoggedRequest, RequestLog } from './request-log.ts';
import { type FoundRoute, findRoute } from './routes.ts';
import type { World } from './world.ts';

export interface Parts {
  readonly world: World;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Called once a request has done its work, before it is answered. */
  readonly beforeAnswer: (request: LoggedRequest) => void | Promise<void>;
}

/** Answers as Notion does, on a free port of this machine. */
export class NotionServer {
  readonly #parts: Parts;
  readonly #rates: Rates;
  readonly #server: Server;
  /** Requests that a fault leaves without an answer, as long as their client waits. */
  #stalled = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#rates = new Rates(parts.world.settings);
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  get stalled(): number {
    return this.#stalled;
  }

  /** The base URL once it listens. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ends also the connections on which a fault keeps silent. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const incoming = await receive(request);
    const found = findRoute(incoming.method, incoming.url.pathname);
    const logged = this.#note(incoming, found);
    response.on('close', () => {
      logged.abandoned = !response.writableFinished && logged.fault?.startsWith('reset') !== true;
    });
    const fault = this.#parts.faults.take(logged);
    if (fault !== undefined) logged.fault = nameOf(fault);
    if (fault?.type === 'stall') this.#countStall(response);
    try {
      const answer =
        fault?.when === 'before' ? undefined : await this.#commit(incoming, found, logged, fault);
      if (fault === undefined) send(response, logged, 200, answer?.body ?? {});
      else fail(response, logged, fault, answer);
    } catch (error) {
      sendError(response, logged, error);
    }
  }

  #countStall(response: ServerResponse): void {
    this.#stalled += 1;
    response.on('close', () => {
      this.#stalled -= 1;
    });
  }

  async #commit(
    incoming: Incoming,
    found: FoundRoute | undefined,
    logged: LoggedRequest,
    fault: Fault | undefined,
  ): Promise<Answer> {
    const { world } = this.#parts;
    const connection = admit(world, this.#rates, incoming);
    const partly = fault?.type === 'status' ? fault.childrenCommitted : undefined;
    const answer = await perform(world, connection, found, incoming, partly);
    logged.committed = true;
    await this.#parts.beforeAnswer(logged);
    return answer;
  }

  #note(incoming: Incoming, found: FoundRoute | undefined): LoggedRequest {
    const body = parseJson(incoming.raw);
    return this.#parts.log.add({
      at: new Date(this.#parts.world.now()),
      method: incoming.method,
      path: `${incoming.url.pathname}${incoming.url.search}`,
      route: found?.name,
      body: isObject(body) ? body : undefined,
    });
  }
}

async function receive(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join() : value,
    ]),
  );
  return {
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', 'http://127.0.0.1'),
    headers,
    raw: Buffer.concat(chunks),
  };
}

function send(
  response: ServerResponse,
  logged: LoggedRequest,
  status: number,
  body: JsonObject,
  headers: Record<string, string> = {},
): void {
  logged.status = status;
  response.writeHead(status, { ...jsonHeaders(logged), ...headers });
  response.end(JSON.stringify(body));
}

function jsonHeaders(logged: LoggedRequest): Record<string, string> {
  return { 'content-type': 'application/json; charset=utf-8', 'x-notion-request-id': requestId(logged) };
}

function requestId({ index }: LoggedRequest): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

/** A mistake of the simulator itself is told as such, so that a test does not take it for Notion. */
function sendError(response: ServerResponse, logged: LoggedRequest, error: unknown): void {
  const known = error instanceof ApiError;
  const { status, code, message, additionalData, headers } = known
    ? error
    : new ApiError(
        501,
        'simulator_error',
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
  sendRefusal(response, logged, { status, code, message, additionalData }, headers);
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly additionalData: JsonObject | undefined;
}

function sendRefusal(
  response: ServerResponse,
  logged: LoggedRequest,
  { status, code, message, additionalData }: Refusal,
  headers: Record<string, string>,
): void {
  logged.code = code;
  const body = { object: 'error', status, code, message, request_id: requestId(logged) };
  const more = additionalData === undefined ? {} : { additional_data: additionalData };
  send(response, logged, status, { ...body, ...more }, headers);
}

function fail(
  response: ServerResponse,
  logged: LoggedRequest,
  fault: Fault,
  answer: Answer | undefined,
): void {
  switch (fault.type) {
    case 'status':
      failWithStatus(response, logged, fault, answer);
      break;
    case 'html':
      sendText(response, logged, fault.status, 'text/html', gatewayPage);
      break;
    case 'not-json':
      sendText(response, logged, 200, 'application/json', 'upstream said nothing');
      break;
    case 'accepted':
      send(response, logged, 202, promiseOf(logged));
      break;
    case 'reset':
      response.socket?.resetAndDestroy();
      break;
    case 'stall':
      if (fault.headers) begin(response, logged, answer);
      break;
    case 'cut':
      begin(response, logged, answer, () => response.socket?.destroy());
      break;
  }
}

const gatewayPage = '<html><body><h1>Bad gateway</h1></body></html>';

function promiseOf(logged: LoggedRequest): JsonObject {
  return { object: 'async_task', id: requestId(logged), status: 'pending', poll_after_seconds: 2 };
}

function failWithStatus(
  response: ServerResponse,
  logged: LoggedRequest,
  fault: Extract<Fault, { type: 'status' }>,
  answer: Answer | undefined,
): void {
  const seconds = fault.retryAfter === undefined ? undefined : String(fault.retryAfter);
  const committed = fault.namesCommitted === true && answer !== undefined ? committedData(answer) : {};
  const data: JsonObject = { ...fault.additionalData, ...committed, retry_after: seconds };
  const { status, code } = fault;
  const message = 'Something went wrong on our side. Please try again.';
  const known = Object.values(data).some((value) => value !== undefined);
  sendRefusal(
    response,
    logged,
    { status, code, message, additionalData: known ? data : undefined },
    seconds === undefined ? {} : { 'retry-after': seconds },
  );
}

function committedData({ resourceId, childIds }: Answer): JsonObject {
  return {
    committed_resource_id: resourceId,
    committed_child_ids: childIds === undefined ? undefined : [...childIds],
    retry_guidance: 'The write was saved. Do not send it again: read what these ids name.',
  };
}

function sendText(
  response: ServerResponse,
  logged: LoggedRequest,
  status: number,
  type: string,
  text: string,
): void {
  logged.status = status;
  response.writeHead(status, { 'content-type': type });
  response.end(text);
}

/** The headers and half of the body. */
function begin(
  response: ServerResponse,
  logged: LoggedRequest,
  answer: Answer | undefined,
  then: () => void = () => {},
): void {
  const body = JSON.stringify(answer?.body ?? { object: 'page' });
  logged.status = 200;
  response.writeHead(200, { ...jsonHeaders(logged), 'content-length': String(Buffer.byteLength(body)) });
  response.write(body.slice(0, Math.ceil(body.length / 2)), then);
}
