import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { transform } from 'esbuild';
import { describe, expect, inject, it } from 'vitest';

const command = inject('command');

/** A Node of this machine that is too old for the command, as many people have one. */
function anOldNode(): { readonly node: string; readonly version: string } | undefined {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin']) {
    const node = join(folder, 'node');
    if (!existsSync(node)) continue;
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
    if (Number.parseInt(version, 10) < 24) return { node, version };
  }
  return undefined;
}

/** What a file loads before its first line runs, itself included. */
function loadedAtOnce(file: string): readonly string[] {
  const imports = readFileSync(file, 'utf8').matchAll(/(?:^|;)import(?:[^"';]*from)?"(\.[^"]+)"/gm);
  return [file, ...[...imports].flatMap(([, path = '']) => loadedAtOnce(join(dirname(file), path)))];
}

describe('the published command', () => {
  it('first loads only what an old Node reads as well', async () => {
    const files = loadedAtOnce(command);

    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      const as = async (target: string) => (await transform(text, { target, format: 'esm' })).code;
      expect(await as('node16')).toBe(await as('node24'));
      const taken = [...text.matchAll(/from ?["']node:[a-z/_]+["']/g)].map(([from]) => from);
      expect(new Set(taken)).toEqual(new Set(["from 'node:module'"]));
    }
    // Neither the command itself nor any of its messages.
    const sizes = files.map((file) => readFileSync(file).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6_000);
  });

  const old = anOldNode();
  it.skipIf(old === undefined)('says which Node it needs and which one runs, where that is too old', () => {
    const { node, version } = old ?? { node: '', version: '' };
    const run = (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(node, [command, ...args], { encoding: 'utf8' });
      return { status, stdout, stderr: stderr.replaceAll('\u00a0', ' ') };
    };

    const french = run('status', '--json');
    const english = run('status', '--locale', 'en');

    expect(french).toEqual({
      status: 2,
      stdout: '',
      stderr: `Jalon demande Node 24 ou plus récent, et celui qui tourne ici est Node ${version} : installez la version en cours (https://nodejs.org), puis relancez la commande.\n`,
    });
    expect(english.status).toBe(2);
    expect(english.stderr).toContain(
      `Jalon needs Node 24 or later, and the one that runs here is Node ${version}`,
    );
  });
});
