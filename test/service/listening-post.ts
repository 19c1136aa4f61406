import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createLog } from '#src/service/log.ts';
import type { Job } from '#src/service/scheduler.ts';
import { type Service, type ServiceOptions, startService } from '#src/service/start.ts';
import { openStore, type Store } from '#src/store/store.ts';
import type { Workspace } from '#src/workspaces/workspace.ts';
import { FakeTime } from '../support/fake-time.ts';
import { bytes, signed, TOKEN } from '../workspaces/notion/deliveries.ts';
import { SECRET } from '../workspaces/trello/deliveries.ts';

/** Once a year: nothing of the schedule falls into a test. */
const NEVER = '0 0 1 1 *';
const NOW = new Date('2026-11-23T09:00:00Z');

/** A service with a fake workspace in each project, reached over HTTP as others reach it. Its time stands still. */
export class ListeningPost {
  readonly time = new FakeTime(NOW.getTime());
  readonly store: Store;
  /** The projects of each round, one entry a round. */
  readonly rounds: string[][] = [];
  /** What each project's workspace was told. */
  readonly heard = new Map<string, string[]>();
  readonly logLines: string[] = [];
  #service: Service | undefined;

  private constructor(store: Store) {
    this.store = store;
  }

  /** `knows`: the remote ids that each project's workspace holds. */
  static async open(
    knows: Readonly<Record<string, readonly string[]>>,
    more: Partial<ServiceOptions> = {},
  ): Promise<ListeningPost> {
    const home = mkdtempSync(join(tmpdir(), 'jalon-webhooks-'));
    const store = await openStore({ home, now: () => NOW });
    const post = new ListeningPost(store);
    onTestFinished(async () => {
      await post.stop();
      await store.close();
      rmSync(home, { recursive: true, force: true });
    });
    post.#service = await startService({
      jobs: [post.#job()],
      projects: async () => Object.keys(knows),
      open: async (slug) => ({ workspaces: [post.#workspace(slug, knows[slug] ?? [])] }),
      notion: { webhookTokens: [TOKEN] },
      trello: { apiSecrets: [SECRET] },
      publicUrl: 'https://jalon.example.org',
      store,
      timeZone: 'Europe/Paris',
      http: { host: '127.0.0.1', port: 0 },
      version: 'test',
      now: () => new Date(post.time.now()),
      time: post.time,
      log: createLog({
        level: 'trace',
        run: 'test',
        secrets: [TOKEN, SECRET],
        stream: { write: (line) => post.logLines.push(line) },
      }),
      run: 'test',
      ...more,
    });
    post.rounds.length = 0;
    return post;
  }

  get url(): string {
    return this.#service?.url ?? '';
  }

  async stop(): Promise<void> {
    const service = this.#service;
    this.#service = undefined;
    await service?.stop();
  }

  async get(path: string): Promise<{ status: number; text: string }> {
    const answer = await fetch(`${this.url}${path}`);
    return { status: answer.status, text: await answer.text() };
  }

  /** Posts the body as it is, with no signature unless one is given. */
  async post(
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
    path = '/webhooks/notion',
  ): Promise<{ status: number; text: string }> {
    const raw = body instanceof Uint8Array ? new Uint8Array(body) : bytes(body);
    const answer = await fetch(`${this.url}${path}`, { method: 'POST', body: raw, headers });
    return { status: answer.status, text: await answer.text() };
  }

  /** Posts the event as Notion does. */
  async deliver(event: unknown): Promise<number> {
    const body = bytes(event);
    return (await this.post(body, await signed(body))).status;
  }

  /** A connection of its own, on which what is written stays as slow as the test likes. */
  async socket(): Promise<Socket & { received: () => string }> {
    const socket = connect(Number(new URL(this.url).port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    return Object.assign(socket, { received: () => text });
  }

  /** What the service has logged from WARN up, without its fixed parts. */
  warnings(): string[] {
    return this.logLines
      .map((line) => JSON.parse(line) as { level: number; msg: string })
      .filter(({ level }) => level >= 40)
      .map(({ msg }) => msg);
  }

  #job(): Job {
    return {
      name: 'sync',
      cron: NEVER,
      remembered: false,
      run: async (slug, period) => this.#note(slug, period),
    };
  }

  /** Projects of one round share their period, since time stands still meanwhile. */
  #note(slug: string, period: string): void {
    const last = this.rounds.at(-1);
    if (last?.[0] === period) last.push(slug);
    else this.rounds.push([period, slug]);
  }

  #workspace(slug: string, known: readonly string[]): Workspace {
    const hear = (ids: readonly string[]) => {
      this.heard.set(slug, [...(this.heard.get(slug) ?? []), ...ids]);
      return ids.some((id) => known.includes(id));
    };
    return { id: `notion:${slug}`, kind: 'notion', hear } as unknown as Workspace;
  }
}

/** Resolves once the condition holds; lets the machine's own work go on meanwhile. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
