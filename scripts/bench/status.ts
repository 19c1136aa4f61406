import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import { install, ROOT } from './install.ts';

const ROUNDS = 15;

/** `status` on a warm store, installed and from a checkout, against a bare Node, turn by turn in one run. */
export async function benchStatus(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-bench-'));
  try {
    const installed = install(folder);
    const checkout = join(ROOT, 'src/cli/main.ts');
    // Each with a store of its own: what it keeps is for the templates of its own package.
    const run = (name: string, args: string[]) =>
      execFileSync(process.execPath, args, {
        env: {
          ...process.env,
          JALON_HOME: join(folder, name),
          JALON_PROJECTS: join(folder, `${name}-projects`),
        },
        cwd: folder,
        stdio: 'pipe',
      });
    for (const [name, main] of Object.entries({ installed, checkout })) {
      run(name, [main, 'start', '--once']);
      run(name, [main, 'status']);
    }

    const commands = { bare: ['-e', '0'], installed: [installed, 'status'], checkout: [checkout, 'status'] };
    const best = {
      bare: Number.POSITIVE_INFINITY,
      installed: Number.POSITIVE_INFINITY,
      checkout: Number.POSITIVE_INFINITY,
    };
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, args] of Object.entries(commands) as [keyof typeof commands, string[]][]) {
        const begun = performance.now();
        run(name, args);
        best[name] = Math.min(best[name], performance.now() - begun);
      }
    }
    return [
      {
        what: 'status, installed, against node -e 0',
        measured: best.installed / best.bare,
        unit: 'times',
        bar: 6,
      },
      {
        what: 'status, from a checkout, against node -e 0',
        measured: best.checkout / best.bare,
        unit: 'times',
      },
      { what: 'node -e 0', measured: best.bare, unit: 'ms' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
