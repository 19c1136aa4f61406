import { describe, expect, it } from 'vitest';
import { tellDigest } from '#src/service/digest.ts';
import { NotionTeam } from '../workspaces/notion/team.ts';
import { TrelloTeam } from '../workspaces/trello/team.ts';
import { templateWithDigests } from './weekly-company.ts';

const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;
const ROWS = 'Points de la semaine';

async function tell(team: NotionTeam | TrelloTeam) {
  return team.finish((async () => tellDigest(await team.running(), await team.deps(), { channels: [] }))());
}

function writes(told: Awaited<ReturnType<typeof tell>>) {
  return told?.reports.flatMap(({ workspaces }) => workspaces.map((one) => one.created + one.updated));
}

describe('the digest in Notion', () => {
  it('is the week’s page, brought up to date in place', async () => {
    const team = await NotionTeam.start({ template: await templateWithDigests() });
    await team.cycle();

    const told = await tell(team);
    const again = await tell(team);

    const { look } = team.notion;
    const rows = look.rows(look.dataSource(ROWS).id);
    expect(told?.reports.flatMap(({ failures }) => failures)).toEqual([]);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.values).toMatchObject({ Avancement: 0, 'En un mot': 'Dans les temps' });
    expect(writes(again)).toEqual([0, 0]);
  });

  it('creates no block after the first week: the next one takes over its page', async () => {
    const team = await NotionTeam.start({ template: await templateWithDigests() });
    await team.cycle();
    await tell(team);
    const { look } = team.notion;
    const before = look.blocksCreated();
    const [first] = look.rows(look.dataSource(ROWS).id);

    for (let week = 0; week < 5; week += 1) {
      await team.time.advance(WEEK_MS);
      await tell(team);
      expect(writes(await tell(team))).toEqual([0, 0]);
    }
    const quiet = await team.cycle();

    const rows = look.rows(look.dataSource(ROWS).id);
    const agreed = [...(await (await team.store()).load('martin')).agreed.keys()];
    expect(look.blocksCreated()).toBe(before);
    expect(rows.map(({ id }) => id)).toEqual([first?.id]);
    expect(rows[0]?.title).not.toBe(first?.title);
    expect(agreed.filter((key) => key.startsWith('weekly-digests:'))).toHaveLength(6);
    expect(quiet.workspaces).toMatchObject([{ created: 0, updated: 0, archived: 0, adopted: 0, edits: 0 }]);
  });

  it('leaves a page on which somebody has written, and takes another one', async () => {
    const team = await NotionTeam.start({ template: await templateWithDigests() });
    await team.cycle();
    await tell(team);
    const { look } = team.notion;
    const source = look.dataSource(ROWS).id;
    const [first] = look.rows(source);
    team.notion.person.edit(first?.id ?? '', {
      Remarques: { rich_text: [{ text: { content: 'Vu avec Paul' } }] },
    });

    // Later in the week somebody does a task, and Jalon is the last to write on the page.
    await team.time.advance(DAY_MS);
    team.notion.person.edit(look.page('one').id, { État: { status: { name: 'Fait' } } });
    const again = await tell(team);
    await team.time.advance(WEEK_MS);
    await tell(team);

    const rows = look.rows(source);
    expect(writes(again)?.[1]).toBe(1);
    expect(rows).toHaveLength(2);
    expect(look.row(first?.id ?? '')).toMatchObject({
      title: first?.title,
      values: { Remarques: 'Vu avec Paul' },
    });
  });

  it.each(['before', 'after'] as const)(
    'takes the page over once when the line is cut %s Notion has done it',
    async (when) => {
      const team = await NotionTeam.start({ template: await templateWithDigests() });
      await team.cycle();
      await tell(team);
      const { look, faults } = team.notion;
      const before = look.blocksCreated();
      await team.time.advance(WEEK_MS);

      faults.on('pages.update', { type: 'reset', when }, { times: Number.POSITIVE_INFINITY });
      const cut = await tell(team);
      faults.clear();
      team.restart();
      await team.cycle('sync');
      const quiet = await team.cycle('sync');

      const rows = look.rows(look.dataSource(ROWS).id);
      const agreed = (await team.agreed()).get(`weekly-digests:${cut?.digest.week}`);
      expect(look.blocksCreated()).toBe(before);
      expect(rows.map(({ title }) => title)).toEqual([agreed?.fields.week]);
      expect(rows[0]?.values.Résumé).toBe(agreed?.fields.summary);
      expect(quiet.workspaces).toMatchObject([{ created: 0, updated: 0, archived: 0, adopted: 0, edits: 0 }]);
    },
  );

  it('without the store, which knew what is ours, spends one page, and then none', async () => {
    const team = await NotionTeam.start({ template: await templateWithDigests() });
    await team.cycle();
    await tell(team);
    const before = team.notion.look.blocksCreated();

    await team.loseStore();
    await team.cycle();
    for (let week = 0; week < 3; week += 1) {
      await team.time.advance(WEEK_MS);
      await tell(team);
    }

    const { look } = team.notion;
    expect(look.blocksCreated()).toBe(before + 1);
    expect(look.rows(look.dataSource(ROWS).id)).toHaveLength(2);
  });
});

describe('the digest on a board', () => {
  it('is a card a week in a list of its own, which says it in words', async () => {
    const team = await TrelloTeam.start({ template: await templateWithDigests() });
    await team.cycle();

    const told = await tell(team);
    const again = await tell(team);

    const { look } = team.trello;
    const title = told?.digest.week === '2026-W48' ? /^Semaine 48 · / : /^Semaine/;
    const cards = look.cards(team.board).filter(({ name }) => title.test(name));
    expect(told?.reports.flatMap(({ failures }) => failures)).toEqual([]);
    expect(cards).toHaveLength(1);
    expect(cards[0]?.list).toBe(ROWS);
    expect(writes(again)).toEqual([0, 0]);
  });
});
