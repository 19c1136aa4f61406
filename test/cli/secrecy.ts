import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Desk, Ended } from './jalon.ts';

/** That a secret is in nothing that was printed, nor in any file of the desk, the store and its journal included. */
export function expectSecret(desk: Desk, secret: string, ...runs: Ended[]): void {
  const encoded = Buffer.from(secret).toString('base64');
  for (const { out, err } of runs) {
    for (const text of [out, err]) for (const form of [secret, encoded]) expect(text).not.toContain(form);
  }
  for (const file of everyFile(desk.folder)) expect(readFileSync(file).includes(secret), file).toBe(false);
}

function everyFile(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? everyFile(path) : [path];
  });
}
