import { describe, expect, it } from 'vitest';
import { LiveTeam } from './live-team.ts';
import type { Tool } from './tools/team.ts';

const KEY = 'first/two';

const agreedOn = async ({ team }: LiveTeam, key = KEY) => (await team.agreed()).get(key)?.fields;

/** What the log says of the field, the latest first. */
async function changesOf({ team }: LiveTeam, field: string) {
  const log = await (await team.store()).readAudit('martin', { key: KEY });
  return log.filter((entry) => entry.field === field).map((entry) => entry.new);
}

describe.each<Tool>(['notion', 'trello'])('what people type in %s', (tool) => {
  const other = tool === 'notion' ? 'trello' : 'notion';
  const titleIn = async ({ hands }: LiveTeam, where: Tool) =>
    (await hands[where].tasks()).find(({ key }) => key === KEY)?.title;

  it('three times within a minute arrives once, complete', async () => {
    const live = await LiveTeam.start();
    for (const title of ['Appel', 'Appeler le', 'Appeler le cabinet']) {
      await live.hands[tool].setTitle(KEY, title);
      await live.pass(20_000);
    }
    const early = await titleIn(live, other);

    await live.pass(120_000);

    expect(early).toBe('two');
    expect(await titleIn(live, other)).toBe('Appeler le cabinet');
    expect(await titleIn(live, 'excel')).toBe('Appeler le cabinet');
    expect(await changesOf(live, 'title')).toEqual(['Appeler le cabinet']);
  });

  it('is not lost by a crash in between, nor cut by a status that goes at once', async () => {
    const live = await LiveTeam.start();
    await live.hands[tool].setNotes(KEY, 'Demander les prix à Paul');
    await live.hands[tool].setStatus(KEY, 'doing');
    await live.pass(20_000);
    const early = await agreedOn(live);
    live.restart();
    await live.hands[other].setStatus(KEY, 'blocked');
    await live.pass(20_000);
    const meanwhile = await agreedOn(live);

    live.restart();
    await live.pass(180_000);

    expect(early).toMatchObject({ status: 'doing' });
    expect(early?.notes ?? '').toBe('');
    expect(meanwhile).toMatchObject({ status: 'blocked' });
    expect(await agreedOn(live)).toMatchObject({ status: 'blocked', notes: 'Demander les prix à Paul' });
  });

  it('costs no more rounds than it takes to see it, and to see it settle', async () => {
    const live = await LiveTeam.start();
    const cyclesIn = async (ms: number) => {
      const before = live.reports.length;
      await live.pass(ms);
      return live.reports.length - before;
    };
    const usual = await cyclesIn(900_000);
    await live.hands[tool].setTitle(KEY, 'Appeler');

    const typing = await cyclesIn(300_000);
    const afterwards = await cyclesIn(900_000);

    expect(typing).toBeLessThanOrEqual(12);
    // What is read in turn without a sign comes round at its own pace.
    expect(afterwards).toBeLessThanOrEqual(usual + 1);
  });

  it('is carried at once by a command that someone runs', async () => {
    const live = await LiveTeam.start();
    await live.hands[tool].setTitle(KEY, 'Appeler');
    await live.pass(10_000);

    await live.team.cycle('sync');

    expect(await titleIn(live, 'excel')).toBe('Appeler');
  });
});

describe('the words of a point', () => {
  it.each(['notion', 'trello'] as const)(
    'settle as well, and are read again whatever happens: %s',
    async (tool) => {
      const live = await LiveTeam.start();
      const { notion, trello } = live.team;
      const rewrite = (from: string, to: string) => {
        if (tool === 'trello') {
          const card = trello.look.cardNamed(trello.look.boards()[0]?.id ?? '', 'one');
          return trello.person.renameItem(card.id, from, to);
        }
        const row = notion.look.rows(notion.look.dataSource('Plan').id).find(({ title }) => title === 'one');
        const block = notion.look.blocks(row?.id ?? '').find(({ type }) => type === 'to_do');
        return notion.person.rewrite(String(block?.id), to);
      };
      const points = async () =>
        (await live.hands.excel.tasks()).find(({ key }) => key === 'first/one')?.points;
      rewrite('Point A', 'Vérifier le');
      await live.pass(20_000);
      rewrite('Vérifier le', 'Vérifier le SIREN');
      await live.pass(20_000);
      const early = await points();
      live.restart();

      await live.pass(240_000);

      expect(early).toEqual(['Point A']);
      expect(await points()).toEqual(['Vérifier le SIREN']);
    },
  );
});

describe('what people save in the workbook', () => {
  it('does not wait', async () => {
    const live = await LiveTeam.start();

    await live.hands.excel.setTitle(KEY, 'Appeler');
    await live.round();

    expect((await live.hands.notion.tasks()).find(({ key }) => key === KEY)?.title).toBe('Appeler');
  });
});
