import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';

/**
 * Mocks HTTP for the tests of a file, and no other way: an answer that nobody asks for fails the test, and so does
 * a request for which there is no answer. Nothing reaches the network.
 */
export function mockHttp(): (origin: string) => nock.Scope {
  const missing: string[] = [];
  const noteMissing = (request: { method?: string; path?: string }) =>
    missing.push(`${request.method} ${request.path}`);

  beforeAll(() => {
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
  });
  beforeEach(() => {
    missing.length = 0;
    nock.emitter.on('no match', noteMissing);
  });
  afterEach(() => {
    const unused = nock.pendingMocks();
    nock.emitter.off('no match', noteMissing);
    nock.abortPendingRequests();
    nock.cleanAll();
    expect({ unused, missing }).toEqual({ unused: [], missing: [] });
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });
  return (origin) => nock(origin);
}
