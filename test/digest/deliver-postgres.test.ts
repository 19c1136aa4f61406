import { afterAll, beforeAll } from 'vitest';
import { postgres, startPostgres, type TestServer } from '../store/postgres-server.ts';
import { deliverSuite } from './deliver-suite.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startPostgres();
}, 120_000);
afterAll(() => server.stop());

deliverSuite(postgres(() => server));
