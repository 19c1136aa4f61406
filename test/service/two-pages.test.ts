import { describe, expect, it, onTestFinished } from 'vitest';
import { type Item, text } from '#src/plan/item.ts';
import type { CycleReport } from '#src/service/report.ts';
import { ToolsTeam } from './tools/team.ts';

const TASK = 'first/one';

/** A company with a plan below each of two pages in Notion, and a person at each. */
class TwoPages {
  readonly team: ToolsTeam;
  readonly #parents: readonly [string, string];

  private constructor(team: ToolsTeam) {
    this.team = team;
    const second = team.notion.person.addPage('Cabinet comptable');
    team.notion.share(second.id);
    this.#parents = [team.notion.home.id, second.id];
  }

  static async start(): Promise<TwoPages> {
    const team = await ToolsTeam.start({ tools: ['notion'], notion: { searchLag: 0 } });
    onTestFinished(() => team.leave());
    return new TwoPages(team);
  }

  /** From now on the project has its plan below the first of them, or below both. */
  workOn(pages: 1 | 2): void {
    this.team.notionPages = this.#parents.slice(0, pages);
    this.team.restart();
  }

  async settle(): Promise<CycleReport> {
    await this.team.cycle('apply');
    await this.team.time.advance(300_000);
    return this.team.cycle('apply');
  }

  /** The page of the task below one of the two. */
  pageOf(place: 0 | 1): string {
    const { look, world } = this.team.notion;
    const isBelow = (id: string): boolean => {
      const { parent } = world.get('page', id) ?? {};
      return parent?.type === 'page_id' && parent.id === this.#parents[place];
    };
    const rows = look
      .databases('Plan')
      .filter(({ parent }) => parent.type === 'page_id' && isBelow(parent.id))
      .flatMap(({ dataSources }) => look.rows(dataSources[0] ?? ''))
      .filter(({ values }) => values.Clé === TASK);
    expect(rows).toHaveLength(1);
    return rows[0]?.id ?? '';
  }

  say(place: 0 | 1, words: string) {
    return this.team.notion.person.comment(this.pageOf(place), words);
  }

  /** As webhooks do that name both pages. */
  async hear(): Promise<void> {
    for (const workspace of (await this.team.running()).workspaces)
      workspace.hear?.([this.pageOf(0), this.pageOf(1)]);
  }

  async cycles(count: number): Promise<CycleReport> {
    let report: CycleReport | undefined;
    for (let cycle = 0; cycle < count; cycle += 1) {
      await this.hear();
      report = await this.team.cycle('apply');
    }
    if (!report) throw new Error('There was no cycle.');
    return report;
  }

  /** What people read on the page of the task, the marker left out. */
  shownOn(place: 0 | 1): readonly string[] {
    const all = this.team.notion.look.comments(this.pageOf(place));
    return all.map((words) => words.replace(/\njalon-ref:.*$/, '').replace(/^.*\), .*\n/, ''));
  }

  async agreed(): Promise<readonly Item[]> {
    return [...(await this.team.agreed()).values()].filter(({ kind }) => kind === 'comment');
  }
}

function changes({ workspaces }: CycleReport): number {
  return workspaces.reduce((sum, one) => sum + one.created + one.updated + one.adopted + one.edits, 0);
}

async function talkedOver(): Promise<TwoPages> {
  const pages = await TwoPages.start();
  pages.workOn(2);
  await pages.settle();
  pages.say(0, 'De la boulangerie');
  pages.say(1, 'Du cabinet');
  await pages.cycles(2);
  return pages;
}

const BOTH = ['De la boulangerie', 'Du cabinet'];

describe('a project with two pages in Notion', () => {
  it('has what is said on one of them once on the other, both ways, and then nothing more to do', async () => {
    const pages = await talkedOver();

    const calm = await pages.cycles(1);

    expect(pages.shownOn(0).toSorted()).toEqual(BOTH);
    expect(pages.shownOn(1).toSorted()).toEqual(BOTH);
    expect((await pages.agreed()).map((item) => text(item, 'text')).toSorted()).toEqual(BOTH);
    expect(changes(calm)).toBe(0);
  });

  it('knows each comment again with a lost store, and does not post again what was deleted where it was said', async () => {
    const pages = await talkedOver();
    const before = (await pages.agreed()).map(({ key }) => key).toSorted();
    const { world } = pages.team.notion;
    const [native] = world.commentsOn(pages.pageOf(0)).filter(({ richText }) => richText.length === 1);
    if (native) native.inTrash = true;
    await pages.team.loseStore();

    const report = await pages.cycles(2);

    expect(pages.shownOn(0)).toEqual(['Du cabinet']);
    expect(pages.shownOn(1).toSorted()).toEqual(BOTH);
    expect((await pages.agreed()).map(({ key }) => key).toSorted()).toEqual(before);
    expect(changes(report)).toBe(0);
  });

  it('has a comment once on each after a process that died before it could tell of it', async () => {
    const pages = await TwoPages.start();
    pages.workOn(2);
    await pages.settle();
    pages.say(0, 'De la boulangerie');
    await pages.hear();
    const { faults, log } = pages.team.notion;
    faults.on('comments.create', { type: 'reset', when: 'after' });
    faults.when(
      ({ route }) => route === 'comments.list' && (log.counts()['comments.create'] ?? 0) > 0,
      { type: 'status', status: 500, code: 'internal_server_error', when: 'before' },
      { times: Number.POSITIVE_INFINITY },
    );
    const broken = await pages.team.cycle('sync');
    faults.clear();
    pages.team.restart();

    await pages.cycles(2);

    expect(broken.failures).toHaveLength(1);
    expect(pages.shownOn(0)).toEqual(['De la boulangerie']);
    expect(pages.shownOn(1)).toEqual(['De la boulangerie']);
    expect(changes(await pages.cycles(1))).toBe(0);
  });

  it('leaves what someone has written on one of them to them, where it was changed elsewhere', async () => {
    const pages = await talkedOver();
    const native = pages.team.notion.world
      .commentsOn(pages.pageOf(0))
      .find(({ richText }) => richText.length === 1);
    if (native) pages.team.notion.person.editComment(native, 'De la boulangerie, mieux dit');

    await pages.cycles(2);

    expect(pages.shownOn(1).toSorted()).toEqual(['De la boulangerie, mieux dit', 'Du cabinet']);
    expect(changes(await pages.cycles(1))).toBe(0);
  });

  it('may get the second one later: it has a plan of its own, and all that was said', async () => {
    const pages = await TwoPages.start();
    pages.workOn(1);
    await pages.settle();
    pages.say(0, 'De la boulangerie');
    await pages.team.time.advance(3_600_000);
    await pages.team.cycle('sync');

    pages.workOn(2);
    await pages.settle();

    expect(pages.team.notion.look.databases('Plan')).toHaveLength(2);
    expect(pages.shownOn(1)).toEqual(['De la boulangerie']);
    expect(pages.shownOn(0)).toEqual(['De la boulangerie']);
  });
});
