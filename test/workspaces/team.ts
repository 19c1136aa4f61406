import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Item } from '#src/plan/item.ts';
import { comparePlaces, runCycle } from '#src/service/cycle.ts';
import type { CycleReport } from '#src/service/report.ts';
import type { Comparison, CycleDeps, CycleMode, RunningProject } from '#src/service/running-project.ts';
import { openStore, type Store } from '#src/store/store.ts';
import type { Workspace } from '#src/workspaces/workspace.ts';
import { isHoliday } from '../builders/template.ts';
import { FakeTime } from '../support/fake-time.ts';
import { passTime } from '../support/pass-time.ts';

/** One pixel: the pictures have tests of their own. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** A company with one place, a real store, and a clock that a test moves. */
export abstract class Team {
  readonly time = new FakeTime();
  /** Works under way on this machine’s own disk, for which no time passes. */
  atDisk = 0;
  readonly folder = mkdtempSync(join(tmpdir(), 'jalon-team-'));
  #store: Store | undefined;
  #opened: Promise<RunningProject> | undefined;

  protected abstract open(): Promise<RunningProject>;
  /** Whether a request is on its way to the simulator and will be answered. */
  protected abstract isWaitingForAnswer(): boolean;

  get today(): string {
    return new Date(this.time.now()).toISOString().slice(0, 10);
  }

  async store(): Promise<Store> {
    this.#store ??= await openStore({ home: this.folder, now: () => new Date(this.time.now()) });
    return this.#store;
  }

  /** The bytes of its database; `undefined` when it has none. The store is closed for it. */
  protected async storeBytes(): Promise<Buffer | undefined> {
    await this.#closeStore();
    const file = join(this.folder, 'jalon.db');
    return existsSync(file) ? readFileSync(file) : undefined;
  }

  protected putStore(bytes: Buffer | undefined): void {
    if (bytes) writeFileSync(join(this.folder, 'jalon.db'), bytes);
  }

  async loseStore(): Promise<void> {
    await this.#closeStore();
    for (const file of ['jalon.db', 'jalon.db-wal', 'jalon.db-shm'])
      rmSync(join(this.folder, file), { force: true });
    this.restart();
  }

  async #closeStore(): Promise<void> {
    await this.#store?.close();
    this.#store = undefined;
  }

  protected async removeFolder(): Promise<void> {
    await this.#closeStore();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Another process: what was in memory is gone, what the store holds is there. */
  restart(): void {
    this.#opened = undefined;
  }

  running(): Promise<RunningProject> {
    this.#opened ??= this.open();
    return this.#opened;
  }

  async workspace(): Promise<Workspace> {
    const [workspace] = (await this.running()).workspaces;
    if (!workspace) throw new Error('There is no workspace.');
    return workspace;
  }

  async deps(): Promise<CycleDeps> {
    return {
      store: await this.store(),
      today: () => this.today,
      now: () => new Date(this.time.now()),
      isHoliday,
      log: pino({ level: 'silent' }),
      run: 'test',
      timeZone: 'UTC',
      picture: async () => PIXEL,
    };
  }

  async cycle(mode: CycleMode = 'apply'): Promise<CycleReport> {
    return this.finish(runCycle(await this.running(), mode, await this.deps()));
  }

  async compare(): Promise<Comparison> {
    return this.finish(comparePlaces(await this.running(), 'apply', await this.deps()));
  }

  async agreed(): Promise<ReadonlyMap<string, Item>> {
    return (await (await this.store()).load('martin')).agreed;
  }

  /** Waits for work. Where it only waits for time to pass, time passes. */
  finish<T>(work: Promise<T>): Promise<T> {
    return passTime(work, this.time, () => this.atDisk > 0 || this.isWaitingForAnswer());
  }
}
