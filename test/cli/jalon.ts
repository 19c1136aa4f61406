import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, inject, onTestFinished } from 'vitest';
import { type ProjectDraft, projectText } from '#src/config/write-project.ts';

const BAKERY = 'boulangerie-martin';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder of one's own, in which the real command is run. */
export class Desk {
  readonly folder: string;
  readonly env: Record<string, string>;

  /** `isNew`: no command was ever run here. Otherwise one has read the shipped template before, as on most days. */
  constructor(env: Record<string, string> = {}, { isNew = false } = {}) {
    this.folder = mkdtempSync(join(tmpdir(), 'jalon-desk-'));
    this.env = {
      PATH: process.env.PATH ?? '',
      JALON_HOME: this.path('.jalon'),
      JALON_PROJECTS: this.path('projects'),
      JALON_NOW: '2026-11-23T09:00:00+01:00',
      // Nothing of a test ever reaches the network.
      COMPANY_API_BASE_URL: 'http://127.0.0.1:9',
      JALON_WATCH: 'off',
      ...env,
    };
    if (!isNew) cpSync(inject('readHome'), this.path('.jalon'), { recursive: true });
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  read(...parts: string[]): string {
    return readFileSync(this.path(...parts), 'utf8');
  }

  /** Writes the project of a bakery, as `init --name 'Boulangerie Martin' --vat franchise --yes` does. */
  found(workspace: ProjectDraft['workspaces'][number] = { kind: 'excel', file: `${BAKERY}.xlsx` }): void {
    const project = projectText({
      company: { name: 'Boulangerie Martin', size: 'micro', vat: 'franchise' },
      start: '2026-11-23',
      template: 'facturation-electronique',
      profile: 'essentiel',
      locale: 'fr',
      workspaces: [workspace],
    });
    mkdirSync(this.path('projects'), { recursive: true });
    writeFileSync(this.path('projects', `${BAKERY}.yaml`), project);
  }

  /** The same folder, with other variables. */
  with(env: Record<string, string>): Pick<Desk, 'jalon'> {
    return { jalon: (...args) => ended(this.#spawn(args, { ...this.env, ...env })) };
  }

  spawn(...args: string[]): ChildProcess {
    return this.#spawn(args, this.env);
  }

  #spawn(args: readonly string[], env: Record<string, string>): ChildProcess {
    return spawn(process.execPath, [inject('command'), ...args], {
      cwd: this.folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async jalon(...args: string[]): Promise<Ended> {
    return ended(this.spawn(...args));
  }

  /** As `jalon`, and reads the JSON document on its output. */
  async json<T>(...args: string[]): Promise<{ code: number | null; document: T }> {
    const { code, out, err } = await this.jalon(...args, '--json');
    try {
      return { code, document: JSON.parse(out) as T };
    } catch {
      throw new Error(`no JSON on the output of ${args.join(' ')}: ${out}\n${err}`);
    }
  }
}

/**
 * A folder with which several tests of a file begin: the first of them makes it with the real command, the others
 * get a copy. Call it where the file begins.
 */
export function madeOnce(make: (desk: Desk) => Promise<void>): (desk: Desk) => Promise<void> {
  const made = join(mkdtempSync(join(tmpdir(), 'jalon-made-')), 'desk');
  afterAll(() => rmSync(dirname(made), { recursive: true, force: true }));
  return async (desk) => {
    if (existsSync(made)) return cpSync(made, desk.folder, { recursive: true });
    await make(desk);
    cpSync(desk.folder, made, { recursive: true });
  };
}

export function ended(child: ChildProcess): Promise<Ended> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    );
  });
}

/** Resolves once the process has printed what is looked for, with that. */
export function printed(child: ChildProcess, wanted: RegExp, stream = child.stdout): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    stream?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const found = wanted.exec(out)?.[0];
      if (found !== undefined) resolve(found);
    });
    child.on('close', () => reject(new Error(`it ended before it said ${wanted}:\n${out}`)));
  });
}
