import { existsSync } from 'node:fs';
import type { Value } from '#src/plan/item.ts';
import { runCycle } from '#src/service/cycle.ts';
import type { CycleReport } from '#src/service/report.ts';
import type { CycleMode } from '#src/service/running-project.ts';
import type { Store } from '#src/store/store.ts';
import { passingFaults as notionFaults } from '../../simulators/notion/faults.ts';
import { passingFaults as trelloFaults } from '../../simulators/trello/faults.ts';
import type { Act, Death } from './acts.ts';
import { type Hands, handsIn, type SeenTask } from './hands.ts';
import type { Tool, ToolsTeam } from './team.ts';

/** What a person has said of a task: it must stand in the end, or be told in the audit log. */
export interface Deed {
  readonly tool: Tool;
  /** `''`: of a task that had no key yet. */
  readonly key: string;
  readonly field: string;
  readonly value: Value;
  /** The task, of a point that had no key yet. */
  readonly on?: string;
  /** On our clock, in ms. */
  readonly at: number;
}

type Said = Omit<Deed, 'at'>;

/** Of requests in a storm, one in so many fails. */
const STORM = 6;
/** After that long, Notion shows what was edited at its real time. */
const LATE_MS = 180_000;
const FOR_EVER = Number.POSITIVE_INFINITY;

class Died extends Error {}

/** Plays a story, and keeps what people have said in it. */
export class Life {
  readonly team: ToolsTeam;
  /** Deeds that a cycle has seen, or may have seen. */
  readonly known: Deed[] = [];
  /** Deeds that no cycle has seen for sure: a later one of the same place and field takes their place. */
  #fresh: Deed[] = [];
  /** Every comment that was made, with the task it was made on. */
  readonly comments: { readonly key: string; readonly text: string }[] = [];
  /** Tasks that somebody has taken away. */
  readonly removed = new Set<string>();
  /** Tasks that something in the workbook names by their title, and that no cycle has surely read there yet. */
  readonly #named = new Set<string>();
  readonly #hands: Readonly<Record<Tool, Hands>>;
  #count = 0;

  constructor(team: ToolsTeam) {
    this.team = team;
    this.#hands = handsIn(team);
  }

  async play(act: Act): Promise<void> {
    switch (act.do) {
      case 'restart':
        return this.team.restart();
      case 'wait':
        return this.team.time.advance(act.minutes * 60_000);
      case 'outage':
        return this.#outage(act.tool, act.out);
      case 'storm':
        return this.#storm(act.tool, act.seed);
      case 'cycle':
        return void (await this.cycle(act.mode, act.death));
      default:
        return this.#person(act);
    }
  }

  /** Everything works from now on. */
  calm(): void {
    this.team.notion.faults.clear();
    this.team.trello.faults.clear();
  }

  get deeds(): readonly Deed[] {
    return [...this.known, ...this.#fresh];
  }

  /** `undefined` when the process died on the way. */
  async cycle(mode: CycleMode, death: Death = 'none'): Promise<CycleReport | undefined> {
    const deps = await this.team.deps();
    const store = death === 'none' ? deps.store : mortal(deps.store, death);
    const work = runCycle(await this.team.running(), mode, { ...deps, store });
    const report = await this.team.finish(work).catch((error: unknown) => {
      if (error instanceof Died) return undefined;
      throw error;
    });
    if (death !== 'none') this.team.restart();
    if (report)
      this.#hasRead(new Set(report.failures.map(({ workspace }) => workspace?.split(':')[0] ?? '')));
    return report;
  }

  /**
   * What was surely read must be told from now on, also when the same person says something else. Notion counts in
   * minutes, and a change of labels moves nothing in Trello: both may be read later.
   */
  #hasRead(failed: ReadonlySet<string>): void {
    const now = this.team.time.now();
    const isRead = ({ tool, field, at }: Deed) =>
      !failed.has(tool) &&
      (tool === 'excel' ||
        (tool === 'trello' && field !== 'status') ||
        (tool === 'notion' && now - at > LATE_MS));
    this.known.push(...this.#fresh.filter(isRead));
    this.#fresh = this.#fresh.filter((deed) => !isRead(deed));
    if (!failed.has('excel')) this.#named.clear();
  }

  async #person(act: Extract<Act, { tool: Tool }>): Promise<void> {
    const { tool } = act;
    if (tool === 'excel' && !existsSync(this.team.workbook)) return;
    const hands = this.#hands[tool];
    if (act.do === 'add task') {
      const title = `Ajout ${this.#next()}`;
      await hands.addTask(title);
      return this.#did({ tool, key: '', field: 'title', value: title });
    }
    const tasks = (await hands.tasks()).filter(({ key }) => key !== '');
    const task = 'task' in act ? tasks[act.task % Math.max(1, tasks.length)] : undefined;
    if (task) await this.#onTask(act as Extract<Act, { task: number }>, hands, task);
  }

  async #onTask(act: Extract<Act, { task: number }>, hands: Hands, task: SeenTask): Promise<void> {
    const { tool } = act;
    const { key } = task;
    const unsure = await this.#isUnsure(tool, key);
    switch (act.do) {
      case 'write': {
        // A point or a remark that names a task by a title that is no more is told, and waits for a person.
        if (tool === 'excel' && act.field === 'title' && this.#named.has(key)) return;
        const words = `${act.field} ${this.#next()}`;
        await (act.field === 'title' ? hands.setTitle(key, words) : hands.setNotes(key, words));
        return this.#did({ tool, key, field: act.field, value: words });
      }
      case 'set due': {
        const due = new Date(Date.UTC(2027, 0, 4 + this.#next())).toISOString().slice(0, 10);
        await hands.setDue(key, due);
        return this.#did({ tool, key, field: 'due', value: due });
      }
      case 'set status':
        await hands.setStatus(key, act.status);
        // Back to what it was, before anyone could note that the last write had come: nobody can tell it from that.
        return unsure ? this.#forget(tool, key, 'status') : this.#said(tool, key, 'status', act.status);
      case 'tick': {
        const point = task.points[act.point % Math.max(1, task.points.length)];
        if (point !== undefined) await hands.tick(key, point, act.done);
        return;
      }
      case 'add point': {
        const words = `Point ${this.#next()}`;
        await hands.addPoint(key, words);
        if (tool === 'excel') this.#named.add(key);
        return this.#did({ tool, key: '', field: 'title', value: words, on: key });
      }
      case 'remove':
        this.#takenAway(tool, key);
        return hands.remove(key);
      case 'comment': {
        if (!(await this.#holdsComments(tool))) return;
        const text = `Remarque ${this.#next()}`;
        if (!(await hands.comment(key, text))) return;
        if (tool === 'excel') this.#named.add(key);
        this.comments.push({ key, text });
      }
    }
  }

  /** What was said of it just before in the same place goes with it. */
  #takenAway(tool: Tool, key: string): void {
    this.removed.add(key);
    this.#fresh = this.#fresh.filter((one) => one.tool !== tool || (one.key !== key && one.on !== key));
  }

  #did(said: Said): void {
    this.#forget(said.tool, said.key, said.field);
    this.#fresh.push({ ...said, at: this.team.time.now() });
  }

  /** What was said before of the same field in the same place, and not surely read, is gone. */
  #forget(tool: Tool, key: string, field: string): void {
    if (key === '') return;
    this.#fresh = this.#fresh.filter((one) => !(one.tool === tool && one.key === key && one.field === field));
  }

  /** A word that says what stands already says nothing. */
  async #said(tool: Tool, key: string, field: string, value: Value): Promise<void> {
    const seen = (await (await this.team.store()).load('martin')).seen;
    const last = [...seen].find(([replica]) => replica.startsWith(tool))?.[1].get(key)?.[field];
    if (last === value) this.#forget(tool, key, field);
    else this.#did({ tool, key, field, value });
  }

  async #isUnsure(tool: Tool, key: string): Promise<boolean> {
    const intents = await (await this.team.store()).openIntents('martin');
    return intents.some((one) => one.replica.startsWith(tool) && one.key === key);
  }

  async #holdsComments(tool: Tool): Promise<boolean> {
    const { workspaces } = await this.team.running();
    const place = workspaces.find(({ kind }) => kind === tool);
    return place?.holds({ key: 'a/b@c', kind: 'comment', parent: 'a/b' }, 'text') === true;
  }

  #outage(tool: 'notion' | 'trello', out: boolean): void {
    const { notion, trello } = this.team;
    const { faults } = tool === 'notion' ? notion : trello;
    if (!out) {
      faults.clear();
      return;
    }
    const always = { times: FOR_EVER };
    if (tool === 'notion')
      notion.faults.when(
        () => true,
        { type: 'status', status: 502, code: 'bad_gateway', when: 'before' },
        always,
      );
    else trello.faults.when(() => true, { type: 'status', status: 502, when: 'before' }, always);
  }

  #storm(tool: 'notion' | 'trello', seed: number): void {
    const chance = chanceOf(seed);
    const { notion, trello } = this.team;
    const strike = (faults: number) => () => chance() < 1 / STORM / faults;
    if (tool === 'notion') {
      const all = notionFaults();
      for (const fault of all) notion.faults.when(strike(all.length), fault, { times: FOR_EVER });
    } else {
      const all = trelloFaults();
      for (const fault of all) trello.faults.when(strike(all.length), fault, { times: FOR_EVER });
    }
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }
}

/** A store whose process dies at that moment: from then on it keeps nothing. */
function mortal(store: Store, death: Death): Store {
  let dead = false;
  const alive = async <T>(work: () => Promise<T>): Promise<T> => {
    if (dead) throw new Died(death);
    return work();
  };
  return {
    ...store,
    commit: async (project, change) => {
      dead ||= death === 'before commit';
      await alive(() => store.commit(project, change));
      dead = death === 'after writes';
      if (death === 'before writes') throw new Died(death);
    },
    acknowledge: (...input) => alive(() => store.acknowledge(...input)),
    memory: async (...input) => {
      const memory = await store.memory(...input);
      return { ...memory, flush: () => alive(() => memory.flush()) };
    },
  };
}

/** Numbers from 0 to 1, always the same for a seed (a linear congruence). */
function chanceOf(seed: number): () => number {
  let state = seed % 2_147_483_647 || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
