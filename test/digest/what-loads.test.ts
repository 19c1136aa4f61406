import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { openStore } from '#src/store/store.ts';
import { temporaryFolder } from '../store/sqlite-files.ts';

it('loads neither the mail library nor the query builder while no message waits', async () => {
  const home = temporaryFolder();
  await (await openStore({ home, now: () => new Date() })).close();
  const file = fileURLToPath(new URL('what-loads.ts', import.meta.url));

  const { stdout } = await promisify(execFile)(process.execPath, [file, home]);

  expect(JSON.parse(stdout)).toEqual(['zod', 'better-sqlite3']);
});
