import { describe, expect, it, onTestFinished } from 'vitest';
import { handsIn } from './tools/hands.ts';
import { ToolsTeam } from './tools/team.ts';

const MINUTE_MS = 60_000;

/** A team of Notion and Trello, of which Trello is out of order. */
async function teamWithoutTrello() {
  const team = await ToolsTeam.start({ tools: ['notion', 'trello'] });
  onTestFinished(() => team.leave());
  await team.cycle();
  await team.time.advance(5 * MINUTE_MS);
  const outage = { type: 'status', status: 502, when: 'before' } as const;
  team.trello.faults.when(() => true, outage, { times: Number.POSITIVE_INFINITY });
  const recover = () => team.trello.faults.clear();
  const title = async () => (await team.agreed()).get('first/one')?.fields.title;
  return { team, hands: handsIn(team), recover, title };
}

describe('an edit in a place that was out of reach', () => {
  it('does not stand against a later one that was agreed meanwhile, and is told', async () => {
    const { team, hands, recover, title } = await teamWithoutTrello();
    await hands.trello.setTitle('first/one', 'Le matin');
    await team.time.advance(60 * MINUTE_MS);
    await hands.notion.setTitle('first/one', 'L’après-midi');
    await team.time.advance(5 * MINUTE_MS);
    await team.cycle('sync');

    recover();
    const report = await team.cycle('sync');

    expect(await title()).toBe('L’après-midi');
    expect(report.conflicts).toMatchObject([{ setAside: 'Le matin', stands: 'L’après-midi' }]);
    expect((await hands.trello.tasks()).map((task) => task.title)).toContain('L’après-midi');
    expect((await team.cycle('sync')).conflicts).toEqual([]);
  });

  it('stands when it was made after what was agreed meanwhile, which is told', async () => {
    const { team, hands, recover, title } = await teamWithoutTrello();
    await hands.notion.setTitle('first/one', 'Le matin');
    await team.time.advance(5 * MINUTE_MS);
    await team.cycle('sync');
    await team.time.advance(60 * MINUTE_MS);
    await hands.trello.setTitle('first/one', 'L’après-midi');

    recover();
    const report = await team.cycle('sync');

    expect(await title()).toBe('L’après-midi');
    expect(report.conflicts).toMatchObject([{ setAside: 'Le matin', stands: 'L’après-midi' }]);
    expect((await hands.notion.tasks()).map((task) => task.title)).toContain('L’après-midi');
  });
});
