import { describe, expect, it } from 'vitest';
import type { Fields, Item } from '#src/plan/item.ts';
import { voice } from '#src/reconcile/replica.ts';
import { aStep, aTask, words } from '../../builders/template.ts';
import { smallTemplate } from '../../service/company.ts';
import { TrelloTeam } from './team.ts';

const LATE = { due: { anchor: 'start', weeks: 30 } } as const;

/** Registers of a step that begins in half a year: one that is empty, one that has a row of the plan's own. */
function template() {
  const column = { key: 'title', title: words('Title'), type: 'text' } as const;
  const shared = { step: 'second', summary: words('What is posted'), columns: [column] };
  return smallTemplate({
    steps: [aStep('first', aTask('one')), aStep('second', aTask('three', LATE))],
    registers: [
      { ...shared, key: 'watch-log', title: words('Watch log') },
      { ...shared, key: 'weekly-digests', title: words('Weekly digests') },
      {
        ...shared,
        key: 'tests',
        title: words('Tests'),
        rows: [{ key: 'a', values: { title: 'First invoice' } }],
      },
    ],
  });
}

function row(key: string, fields: Fields): Item {
  return { key, kind: 'row', parent: key.slice(0, key.indexOf(':')), fields: { ...fields, archived: false } };
}

describe.each(['steps', 'status'] as const)(
  'a row that Jalon posts, on a board in the layout %s',
  (layout) => {
    it('is a card in the list of its register, which is made for it before its step begins', async () => {
      const team = await TrelloTeam.start({ layout, template: template() });
      await team.cycle();
      const { look } = team.trello;
      const before = look.lists(team.board).map(({ name }) => name);
      const notice = row('watch-log:n-1', { title: 'Nouvelle FAQ' });
      const digest = row('weekly-digests:2026-W48', { title: 'Semaine 48' });

      team.options = { ...team.options, voices: [voice('watch', [notice])] };
      const noticed = await team.cycle('sync');
      const lists = look.lists(team.board).map(({ name }) => name);
      team.options = { ...team.options, voices: [voice('digest', [digest])] };
      const told = await team.cycle('sync');
      team.trello.log.clear();
      await team.cycle();

      expect([noticed.failures, told.failures]).toEqual([[], []]);
      expect(lists).toEqual([...before, 'Watch log']);
      expect(look.cardNamed(team.board, 'Nouvelle FAQ').list).toBe('Watch log');
      expect(look.cardNamed(team.board, 'Semaine 48').list).toBe('Weekly digests');
      expect(look.lists(team.board).map(({ name }) => name)).not.toContain('Tests');
      expect(team.trello.log.writes()).toEqual([]);
    });
  },
);
