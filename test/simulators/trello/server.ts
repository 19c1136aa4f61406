import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isObject } from '../json.ts';
import { begin, sendAnswer, sendError, sendJson, sendPage, sendRefusal } from './answering.ts';
import { ApiError, rateLimited } from './api-error.ts';
import { hasSecretInUrl, knownCredential } from './credentials.ts';
import type { Answer } from './endpoints/context.ts';
import { type Fault, type Faults, nameOf } from './faults.ts';
import { admit, MAX_TARGET, perform } from './gate.ts';
import { type Incoming, jsonFrom, receive } from './incoming.ts';
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

/** Longer than any URL that is tried: Trello itself is to refuse it, not Node. */
const MAX_HEADER_BYTES = 1024 * 1024;

/** Answers as Trello does, on a free port of this machine. */
export class TrelloServer {
  readonly #parts: Parts;
  readonly #rates: Rates;
  readonly #server: Server;
  /** Requests that a fault leaves without an answer, as long as their client waits. */
  #stalled = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#rates = new Rates(parts.world.settings);
    this.#server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
      this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  get stalled(): number {
    return this.#stalled;
  }

  /** The base URL, `/1` included, once it listens. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/1`;
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
    this.#parts.world.passRequest();
    if (incoming.target.length > MAX_TARGET) {
      sendPage(response, logged, 414, 'Request-URI Too Large');
      return;
    }
    const fault = this.#parts.faults.take(logged);
    if (fault !== undefined) logged.fault = nameOf(fault);
    if (fault?.type === 'stall') this.#countStall(response);
    try {
      const answer = fault?.when === 'before' ? undefined : await this.#commit(incoming, found, logged);
      if (!isFromGateway(fault)) {
        this.#tellRates(response, incoming, fault?.type === 'rate' ? 429 : undefined);
      }
      if (fault === undefined) sendAnswer(response, logged, answer ?? { body: {} });
      else fail(response, logged, fault, answer);
    } catch (error) {
      this.#tellRates(response, incoming, error instanceof ApiError ? error.status : undefined);
      sendError(response, logged, error);
    }
  }

  #countStall(response: ServerResponse): void {
    this.#stalled += 1;
    response.on('close', () => {
      this.#stalled -= 1;
    });
  }

  async #commit(incoming: Incoming, found: FoundRoute | undefined, logged: LoggedRequest): Promise<Answer> {
    const { world } = this.#parts;
    const credential = admit(world, this.#rates, incoming, found);
    const answer = await perform(world, credential, found, incoming);
    logged.committed = true;
    await this.#parts.beforeAnswer(logged);
    return answer;
  }

  /** With every answer, refusals included; only an unknown credential has no rates to tell. */
  #tellRates(response: ServerResponse, incoming: Incoming, status: number | undefined): void {
    const { world } = this.#parts;
    const credential = knownCredential(world, incoming);
    const isSilent = status === 429 && !world.settings.ratesOnRefusal;
    if (credential === undefined || isSilent) return;
    for (const [name, value] of Object.entries(this.#rates.headers(credential, world.now()))) {
      response.setHeader(name, value);
    }
  }

  #note(incoming: Incoming, found: FoundRoute | undefined): LoggedRequest {
    const { world, log } = this.#parts;
    const body = jsonFrom(incoming.raw);
    return log.add({
      at: new Date(world.now()),
      method: incoming.method,
      path: incoming.target,
      route: found?.name,
      body: isObject(body) ? body : undefined,
      secretInUrl: hasSecretInUrl(world, incoming),
      clientIdentifier: incoming.headers['x-trello-client-identifier'],
    });
  }
}

/** What never came to Trello knows nothing of its rates. */
function isFromGateway(fault: Fault | undefined): boolean {
  return fault?.type === 'html' || (fault?.type === 'status' && fault.body === undefined);
}

function fail(
  response: ServerResponse,
  logged: LoggedRequest,
  fault: Fault,
  answer: Answer | undefined,
): void {
  switch (fault.type) {
    case 'status':
      sendRefusal(response, logged, fault.status, fault.body ?? 'upstream connect error');
      break;
    case 'rate': {
      const { status, body } = rateLimited(fault.which);
      sendRefusal(response, logged, status, body);
      break;
    }
    case 'html':
      sendPage(response, logged, fault.status, fault.status === 200 ? 'Maintenance' : 'Bad gateway');
      break;
    case 'not-json':
      sendRefusal(response, logged, 200, 'upstream said nothing');
      break;
    case 'accepted':
      sendJson(response, logged, 202, {});
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
