import { readFileSync } from 'node:fs';
import { readXlsx } from 'hucre';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Item, text } from '#src/plan/item.ts';
import type { CycleReport } from '#src/service/report.ts';
import { LiveTeam } from './live-team.ts';
import { type Hands, handsIn } from './tools/hands.ts';
import { type Tool, ToolsTeam } from './tools/team.ts';

const TASK = 'first/one';

/** A company that has had its plan in all three tools for some minutes. */
async function settledTeam(): Promise<{ team: ToolsTeam; hands: Readonly<Record<Tool, Hands>> }> {
  const team = await ToolsTeam.start();
  onTestFinished(() => team.leave());
  await team.cycle();
  await team.time.advance(300_000);
  await team.cycle();
  return { team, hands: handsIn(team) };
}

async function comments(team: ToolsTeam): Promise<readonly Item[]> {
  return [...(await team.agreed()).values()].filter(({ kind }) => kind === 'comment');
}

function inNotion({ notion: { look } }: ToolsTeam): readonly string[] {
  const row = look.rows(look.dataSource('Plan').id).find(({ values }) => values.Clé === TASK);
  return look.comments(row?.id ?? '');
}

function inTrello({ trello: { world } }: ToolsTeam): readonly string[] {
  return [...world.actions.values()]
    .filter(({ type }) => type === 'commentCard')
    .map(({ data }) => JSON.stringify(data));
}

async function inWorkbook(team: ToolsTeam): Promise<readonly string[]> {
  const { sheets } = await readXlsx(readFileSync(team.workbook));
  const sheet = sheets.find(({ name }) => name === 'Échanges');
  return (sheet?.rows ?? []).map((row) => row.join(' | '));
}

/** As a webhook does that names the page of the task. */
async function hearOfPage(team: ToolsTeam): Promise<void> {
  const { look } = team.notion;
  const row = look.rows(look.dataSource('Plan').id).find(({ values }) => values.Clé === TASK);
  for (const workspace of (await team.running()).workspaces) workspace.hear?.([row?.id ?? '']);
}

function changes({ workspaces }: CycleReport): number {
  return workspaces.reduce((sum, one) => sum + one.created + one.updated + one.adopted + one.edits, 0);
}

describe('a comment', () => {
  it('that is made in Notion stands once on the card of its task and in the workbook', async () => {
    const { team, hands } = await settledTeam();
    await hands.notion.comment(TASK, 'Le devis est arrivé.');

    await hearOfPage(team);
    await team.cycle('sync');
    await team.cycle('sync');

    const about = (all: readonly string[]) => all.filter((one) => one.includes('Le devis est arrivé.'));
    expect(about(inTrello(team))).toEqual([expect.stringContaining('Claire Morel (Notion)')]);
    expect(about(await inWorkbook(team))).toEqual([expect.stringMatching(/Claire Morel.*Notion/)]);
    expect(about(inNotion(team))).toEqual(['Le devis est arrivé.']);
    expect(changes(await team.cycle())).toBe(0);
  });

  it('that is made on a card of Trello stands once on the page of its task, and is not said back', async () => {
    const { team, hands } = await settledTeam();
    await hands.trello.comment(TASK, 'On signe lundi.');

    await team.cycle('sync');
    await hearOfPage(team);
    await team.cycle('sync');

    expect(inNotion(team)).toEqual([expect.stringMatching(/\(Trello\), .*\nOn signe lundi\.\njalon-ref:/)]);
    expect(inTrello(team)).toHaveLength(1);
    expect((await comments(team)).map((item) => text(item, 'origin'))).toEqual(['trello']);
    expect(changes(await team.cycle())).toBe(0);
  });

  it('is known again in all three when the store is lost', async () => {
    const { team, hands } = await settledTeam();
    await hands.notion.comment(TASK, 'Un');
    await hands.trello.comment(TASK, 'Deux');
    await hearOfPage(team);
    await team.cycle('sync');
    const before = await comments(team);
    await team.loseStore();

    const report = await team.cycle();
    await team.cycle();

    expect(report.conflicts).toEqual([]);
    const byKey = (items: readonly Item[]) => new Map(items.map((item) => [item.key, item.fields]));
    expect(byKey(await comments(team))).toEqual(byKey(before));
    expect([inNotion(team).length, inTrello(team).length]).toEqual([2, 2]);
  });

  it('on a line that is still being typed in Notion comes with the line, and is not forgotten', async () => {
    const live = await LiveTeam.start();
    const { team } = live;
    const { person, look } = team.notion;
    await team.time.advance(30_000);
    const name = { title: [{ text: { content: 'Caisse' } }] };
    const row = person.addRow(look.dataSource('Tools').id, { Name: name });
    person.comment(row.id, 'Elle change en mars.');
    for (const workspace of (await team.running()).workspaces) workspace.hear?.([row.id]);

    await live.round();
    const before = await comments(team);
    await live.pass(180_000);

    expect(before).toEqual([]);
    expect((await comments(team)).map((item) => text(item, 'text'))).toEqual(['Elle change en mars.']);
  });
});
