import { describe, expect, it } from 'vitest';
import { NotionTeam } from './team.ts';

function staffedBy(name: string, notion: string) {
  return { people: { lead: { name, notion } } };
}

function peopleOnLines({ notion }: NotionTeam): unknown[] {
  const { id } = notion.look.dataSource('Plan');
  return notion.look.rows(id).map(({ values }) => values.Personnes);
}

describe('a role of the project that passes to someone else', () => {
  it('is passed on in Notion, and nobody is taken for renamed', async () => {
    const team = await NotionTeam.start({ project: staffedBy('Claire', 'claire@example.org') });
    await team.cycle();
    team.project = staffedBy('Marc', 'marc@example.org');
    team.restart();

    const { workspaces, failures } = await team.cycle();

    expect(failures).toEqual([]);
    expect(workspaces[0]?.edits).toBe(0);
    expect(peopleOnLines(team)).toEqual([['Marc Petit'], ['Marc Petit'], ['Marc Petit']]);
  });

  it('leaves alone the task that a person has given to somebody', async () => {
    const team = await NotionTeam.start({ project: staffedBy('Claire', 'claire@example.org') });
    await team.cycle();
    const { look, person } = team.notion;
    person.edit(look.page('two').id, { Personnes: { people: [] } });
    team.project = staffedBy('Marc', 'marc@example.org');
    team.restart();

    await team.cycle();

    expect(peopleOnLines(team)).toEqual([['Marc Petit'], ['Marc Petit'], []]);
  });
});
