import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { BadInput, type JalonError, NeedsAttention, NotNow } from '#src/errors.ts';
import { openStore, type Store } from '#src/store/store.ts';
import { NOW } from './databases.ts';
import { aCommit, aTask } from './samples.ts';
import { sqlite, temporaryFolder } from './sqlite-files.ts';
import { everySuite } from './suites/every.ts';

everySuite(sqlite());

function openIn(home: string): Promise<Store> {
  return openStore({ home, now: () => NOW });
}

async function failureOf(work: Promise<unknown>): Promise<JalonError> {
  return work.then(
    () => expect.fail('it did not fail'),
    (error: JalonError) => error,
  );
}

function fileIn(home: string, make: (file: Database.Database) => void): string {
  const path = join(home, 'jalon.db');
  const file = new Database(path);
  make(file);
  file.close();
  return path;
}

describe('the file of the store', () => {
  it('is made with its folders when it is missing', async () => {
    const home = join(temporaryFolder(), 'a', 'b');

    const store = await openIn(home);
    await store.close();

    expect(existsSync(join(home, 'jalon.db'))).toBe(true);
  });

  it('is one file again once every store is closed', async () => {
    const home = temporaryFolder();
    const store = await openIn(home);
    await store.commit('martin', aCommit({ agreed: [aTask('a')] }));
    await store.close();

    expect(existsSync(join(home, 'jalon.db-wal'))).toBe(false);
  });

  it('is not written to by opening it again', async () => {
    const home = temporaryFolder();
    await (await openIn(home)).close();
    const before = readFileSync(join(home, 'jalon.db'));

    const store = await openIn(home);
    await store.load('martin');
    await store.close();

    expect(readFileSync(join(home, 'jalon.db')).equals(before)).toBe(true);
  });

  it('is found again where an earlier process was stopped before it could make the tables', async () => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'jalon.db'), '');

    const store = await openIn(home);
    const projects = await store.projects();
    await store.close();

    expect(projects).toEqual([]);
  });

  it('never shows a reader of the same process the half of a commit', async () => {
    const home = temporaryFolder();
    const store = await openIn(home);
    await store.commit('martin', aCommit({ agreed: [aTask('a', { n: 1 }), aTask('b', { n: 1 })] }));

    const committing = store.commit(
      'martin',
      aCommit({ agreed: [aTask('a', { n: 2 }), aTask('b', { n: 2 })] }),
    );
    const pairs = await Promise.all(Array.from({ length: 20 }, () => store.load('martin')));
    await committing;
    await store.close();

    for (const { agreed } of pairs) expect(agreed.get('a')?.fields.n).toBe(agreed.get('b')?.fields.n);
  });
});

describe('a file that cannot be used', () => {
  it('is left alone when it is no database, and the words say which file and what to do', async () => {
    const home = temporaryFolder();
    const path = join(home, 'jalon.db');
    writeFileSync(path, 'Bonjour, je suis une lettre.\n'.repeat(40));
    const before = readFileSync(path);

    const failure = await failureOf(openIn(home));

    expect(failure).toBeInstanceOf(NeedsAttention);
    expect(failure.said('fr')).toContain(path);
    expect(failure.said('fr')).toContain('déplacez ce fichier');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('is left alone when it is the database of another program', async () => {
    const home = temporaryFolder();
    const path = fileIn(home, (file) => file.exec('create table customers (name text)'));

    const failure = await failureOf(openIn(home));

    expect(failure).toBeInstanceOf(NeedsAttention);
    expect(failure.said('en')).toContain(`${path} is the database of a program other than Jalon`);
  });

  it('is left alone when a later version of Jalon has made it', async () => {
    const home = temporaryFolder();
    await (await openIn(home)).close();
    const path = fileIn(home, (file) => file.pragma('user_version = 99'));

    const failure = await failureOf(openIn(home));

    expect(failure).toBeInstanceOf(BadInput);
    expect(failure.said('en')).toContain(`${path} comes from a later version of Jalon (schema 99`);
  });

  it('is told of when it is damaged in the middle', async () => {
    const home = temporaryFolder();
    const store = await openIn(home);
    await store.commit('martin', aCommit({ agreed: Array.from({ length: 300 }, (_, n) => aTask(`t/${n}`)) }));
    await store.close();
    const path = join(home, 'jalon.db');
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xff, 4096, bytes.length));

    const failure = await failureOf(openIn(home).then((damaged) => damaged.load('martin')));

    expect(failure).toBeInstanceOf(NeedsAttention);
    expect(failure.said('fr')).toContain(path);
  });

  it('is told of when a folder has its name', async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'jalon.db'));

    const failure = await failureOf(openIn(home));

    expect(failure).toBeInstanceOf(BadInput);
    expect(failure.said('en')).toContain(join(home, 'jalon.db'));
  });

  it('is told of when its folder is a file', async () => {
    const home = join(temporaryFolder(), 'file');
    writeFileSync(home, '');

    const failure = await failureOf(openIn(home));

    expect(failure).toBeInstanceOf(BadInput);
    expect(failure.said('en')).toContain('JALON_HOME');
  });

  it.skipIf(process.getuid?.() === 0)('is told of when its folder cannot be written', async () => {
    const home = temporaryFolder();
    chmodSync(home, 0o500);

    const failure = await failureOf(openIn(home));

    expect(failure).toBeInstanceOf(BadInput);
    expect(failure.said('en')).toContain('cannot read and write');
  });

  it.skipIf(process.platform !== 'linux')('is told of on a disk that lets nobody write', async () => {
    const failure = await failureOf(openIn('/proc/jalon'));

    expect(failure).toBeInstanceOf(BadInput);
    expect(failure.said('fr')).toContain('/proc/jalon/jalon.db');
  });
});

describe('a store that another program keeps busy', () => {
  it('can be read meanwhile, and says so when its patience ends', { timeout: 20_000 }, async () => {
    const home = temporaryFolder();
    const store = await openIn(home);
    await store.commit('martin', aCommit({ agreed: [aTask('a')] }));
    const other = new Database(join(home, 'jalon.db'));
    other.exec('begin immediate');

    const { agreed } = await store.load('martin');
    const failure = await failureOf(store.commit('martin', aCommit({ agreed: [aTask('b')] })));

    other.close();
    expect(agreed.size).toBe(1);
    expect(failure).toBeInstanceOf(NotNow);
    await store.commit('martin', aCommit({ agreed: [aTask('b')] }));
    await store.close();
    expect(statSync(join(home, 'jalon.db')).size).toBeGreaterThan(0);
  });
});

const SMALL_DISK = 'mount -t tmpfs -o size=400k none "$0" && exec "$@"';

/** Runs the script on a disk of its own of 400 kB, which only it can see. `undefined` where that is not allowed. */
async function onSmallDisk(script: string): Promise<string | undefined> {
  const home = temporaryFolder();
  const inside = (command: string[]) =>
    promisify(execFile)('unshare', ['--map-root-user', '--mount', 'sh', '-c', SMALL_DISK, home, ...command]);
  const allowed = await inside(['true']).catch(() => undefined);
  if (!allowed) return undefined;
  const { stdout } = await inside([process.execPath, fileURLToPath(new URL(script, import.meta.url)), home]);
  return stdout;
}

/** What a script prints that has a process of its own. */
async function printedBy(script: string, home = temporaryFolder()): Promise<string> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  return (await promisify(execFile)(process.execPath, [file, home])).stdout;
}

describe('what the store costs', () => {
  it('reads a project without loading the query builder, which is slow to start', async () => {
    const home = temporaryFolder();
    await (await openIn(home)).close();

    expect(JSON.parse(await printedBy('what-loads.ts', home))).toEqual(['better-sqlite3']);
  });

  it('holds no memory for what it has written and read', { timeout: 60_000 }, async () => {
    expect(Number(await printedBy('memory-held.ts'))).toBeLessThan(50);
  });
});

describe('a full disk', () => {
  it('stores nothing of what does not fit, and keeps what there was', { timeout: 30_000 }, async ({
    skip,
  }) => {
    const told = await onSmallDisk('fill-disk.ts');

    skip(told === undefined, 'this system lets nobody mount a small disk');
    const { name, said, committed, found } = JSON.parse(told ?? '');
    expect(name).toBe('BadInput');
    expect(said).toMatch(/jalon\.db est plein\. Rien n’a été enregistré/);
    expect(committed).toBeGreaterThan(0);
    expect(found).toBe(committed);
  });
});
