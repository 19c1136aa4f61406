import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BadInput, type JalonError, NotNow, Refused } from '#src/errors.ts';
import { openStore, type Store } from '#src/store/store.ts';
import { NOW } from './databases.ts';
import { postgres, query, startPostgres, type TestServer } from './postgres-server.ts';
import { aCommit, aTask } from './samples.ts';
import { everySuite } from './suites/every.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startPostgres();
}, 120_000);
afterAll(() => server.stop());

const kind = postgres(() => server);
everySuite(kind);

function openAt(databaseUrl: string): Promise<Store> {
  return openStore({ home: '/nowhere', databaseUrl, now: () => NOW });
}

async function failureOf(work: Promise<unknown>): Promise<JalonError> {
  return work.then(
    () => expect.fail('it did not fail'),
    (error: JalonError) => error,
  );
}

describe('a PostgreSQL that cannot be used', () => {
  it.each(['jalon.example.org', 'mysql://u:p@localhost/x', 'postgres:'])(
    'is refused when its address is none: %s',
    async (address) => {
      const failure = await failureOf(openAt(address));

      expect(failure).toBeInstanceOf(BadInput);
      expect(failure.said('fr')).toContain('DATABASE_URL');
    },
  );

  it('is refused when the database does not exist', async () => {
    const failure = await failureOf(openAt(server.url({ database: 'nulle_part' })));

    expect(failure).toBeInstanceOf(BadInput);
    expect(failure.said('fr')).toMatch(/127\.0\.0\.1:\d+\/nulle_part.*n’existe pas/);
  });

  it('refuses a wrong password, which appears nowhere in the words', async () => {
    const failure = await failureOf(openAt(server.url({ password: 's3cret' })));

    expect(failure).toBeInstanceOf(Refused);
    expect(failure.said('en')).toContain('DATABASE_URL');
    expect(failure.said('en')).not.toContain('s3cret');
  });

  it('refuses a user who may not make our tables', async () => {
    await kind.create();
    await query(server.databaseUrl, `create user guest password 'guest'`);

    const failure = await failureOf(openAt(server.url({ user: 'guest', password: 'guest' })));

    expect(failure).toBeInstanceOf(Refused);
    expect(failure.said('en')).toContain('schema “jalon”');
  });

  it('is not there just now', async () => {
    const failure = await failureOf(openAt('postgres://jalon@127.0.0.1:1/jalon'));

    expect(failure).toBeInstanceOf(NotNow);
    expect(failure.said('en')).toContain('127.0.0.1:1/jalon');
  });

  it('is left alone when a later version of Jalon has made its schema', async () => {
    await kind.create();
    await (await openAt(server.databaseUrl)).close();
    await query(server.databaseUrl, 'update jalon.schema_version set version = 99');

    const failure = await failureOf(openAt(server.databaseUrl));

    expect(failure).toBeInstanceOf(BadInput);
    expect(failure.said('en')).toContain('schema 99');
  });
});

describe('a connection that the server closes', () => {
  it('is replaced by the next one, and the process lives on', async () => {
    await kind.create();
    const store = await openAt(server.databaseUrl);
    await store.commit('martin', aCommit({ agreed: [aTask('a')] }));
    await query(
      server.databaseUrl,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'jalon'`,
    );

    const attempt = () => store.load('martin').catch(() => undefined);
    const state = (await attempt()) ?? (await attempt());

    await store.close();
    expect(state?.agreed.size).toBe(1);
  });
});
