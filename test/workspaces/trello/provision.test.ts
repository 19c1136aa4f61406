import { describe, expect, it } from 'vitest';
import { explain } from '#src/errors.ts';
import { shippedTemplate } from '../../builders/shipped-template.ts';
import { aStep, aTask, words } from '../../builders/template.ts';
import { smallTemplate } from '../../service/company.ts';
import { TrelloTeam } from './team.ts';

function written(team: TrelloTeam): string[] {
  return team.trello.log
    .all()
    .filter(({ method }) => method !== 'GET')
    .map(({ route }) => route ?? 'unknown');
}

async function foreseen(team: TrelloTeam): Promise<number | undefined> {
  const { outcome } = await team.compare();
  const workspace = await team.workspace();
  return workspace.foresee?.(outcome.writes.get(workspace.id) ?? [], outcome.agreed)?.requests;
}

/** Someone who is in the workspace, and whose token it is not. */
const MARC = { lead: { name: 'Marc', trello: 'marcpetit' } };
const layouts = ['steps', 'status'] as const;

describe('the plan that is shipped', () => {
  it.each(['essentiel', 'complet'])('costs what was foreseen under the profile %s', async (profile) => {
    const template = await shippedTemplate();
    const project = {
      profile,
      people: { 'office-manager': { name: 'Marc', trello: 'marcpetit' } },
    };
    const team = await TrelloTeam.start({ template, project });
    const cost = await foreseen(team);
    team.restart();
    await team.time.advance(60_000);
    team.trello.log.clear();

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(report.workspaces[0]).toMatchObject({ adopted: 0, updated: 0 });
    expect(team.trello.log.all()).toHaveLength(cost ?? 0);
  });
});

describe('a first apply', () => {
  it('lays the plan out by step: a list each, a label for what is begun, one for the register', async () => {
    const team = await TrelloTeam.start();

    const report = await team.cycle();

    const { look } = team.trello;
    expect(report.failures).toEqual([]);
    expect(french(report.remarks)).toEqual([expect.stringMatching(/offre gratuite/)]);
    expect(report.workspaces[0]).toMatchObject({ kind: 'trello', created: 5, updated: 0, adopted: 0 });
    expect(look.lists(team.board).map(({ name }) => name)).toEqual(['first', 'second', 'Tools']);
    expect(look.cards(team.board).map(({ list, name }) => `${list}: ${name}`)).toEqual([
      'first: Avancement du plan',
      'first: one',
      'first: two',
      'second: three',
      'Tools: Scale',
    ]);
    // Six in the evening in Paris.
    expect(look.cardNamed(team.board, 'one')).toMatchObject({
      due: '2026-11-27T17:00:00.000Z',
      checklists: { 'Points à vérifier': ['Point A'] },
    });
  });

  it('lays the plan out by status: a list each, a label for the step', async () => {
    const team = await TrelloTeam.start({ layout: 'status' });

    const report = await team.cycle();

    const { look } = team.trello;
    expect(report.failures).toEqual([]);
    expect(look.lists(team.board).map(({ name }) => name)).toEqual([
      'À faire',
      'En cours',
      'Bloqué',
      'Fait',
      'Abandonné',
      'Tools',
    ]);
    expect(look.cardNamed(team.board, 'three')).toMatchObject({
      list: 'À faire',
      labels: ['second', 'Lead'],
    });
  });

  it.each(layouts)(
    'costs what was foreseen, and nothing the second time, in the layout %s',
    async (layout) => {
      const team = await TrelloTeam.start({ layout, project: { people: MARC } });
      const cost = await foreseen(team);
      team.restart();
      team.trello.log.clear();

      await team.cycle();
      const requests = team.trello.log.all().length;
      team.trello.log.clear();
      const again = await team.cycle();
      team.restart();
      const elsewhere = await team.cycle();

      expect(requests).toBe(cost);
      expect(written(team)).toEqual([]);
      expect(team.trello.log.counts()).toEqual({ 'boards.retrieve': 2 });
      for (const { workspaces, conflicts, remarks } of [again, elsewhere]) {
        expect(workspaces[0]).toMatchObject({ created: 0, updated: 0, archived: 0, adopted: 0, edits: 0 });
        expect([conflicts, remarks]).toEqual([[], []]);
      }
    },
  );

  it('says on a card of its own where the plan stands, with the picture as its cover', async () => {
    const team = await TrelloTeam.start();

    await team.cycle();

    const { look } = team.trello;
    const { id, desc, cover, attachments } = look.cardNamed(team.board, 'Avancement du plan');
    expect(desc).toContain('0 sur 3\u00a0tâches');
    expect(desc).toContain('1er\u00a0septembre\u00a02027');
    expect(attachments).toHaveLength(1);
    expect(cover).toBe(attachments[0]);
    expect(look.bytesOf(id, String(cover))?.subarray(1, 4).toString()).toBe('PNG');
  });

  it('changes that card, and its picture, once the plan moves', async () => {
    const team = await TrelloTeam.start();
    await team.cycle();
    const { look, person } = team.trello;
    const before = look.cardNamed(team.board, 'Avancement du plan');

    person.complete(look.cardNamed(team.board, 'one').id);
    await team.cycle('sync');

    const after = look.cardNamed(team.board, 'Avancement du plan');
    expect(after.desc).toContain('1 sur 3\u00a0tâches');
    expect(after.attachments).toHaveLength(1);
    expect(after.cover).not.toBe(before.cover);
  });

  it('makes a register only once its step begins, and then with all its lines', async () => {
    const template = smallTemplate({
      steps: [aStep('first', aTask('one')), aStep('second', aTask('two', { dependsOn: ['first/one'] }))],
      registers: [
        {
          key: 'tools',
          title: words('Tools'),
          summary: words('What we use'),
          step: 'second',
          columns: [{ key: 'name', title: words('Name'), type: 'text' }],
          rows: [{ key: 'scale', values: { name: 'Scale' } }],
        },
      ],
    });
    const team = await TrelloTeam.start({ template });
    const { look, person } = team.trello;
    await team.cycle();
    const before = look.lists(team.board).map(({ name }) => name);

    person.label(look.cardNamed(team.board, 'two').id, 'En cours');
    await team.cycle('sync');

    expect(before).toEqual(['first', 'second']);
    expect(look.cardNamed(team.board, 'Scale').list).toBe('Tools');
  });

  it('goes without its picture when Trello refuses it, says so, and brings it later', async () => {
    const team = await TrelloTeam.start();
    team.trello.faults.on('attachments.create', {
      type: 'status',
      status: 400,
      body: 'invalid file',
      when: 'before',
    });

    const report = await team.cycle();
    const { attachments } = team.trello.look.cardNamed(team.board, 'Avancement du plan');
    const next = await team.cycle();

    expect([report.failures, next.failures]).toEqual([[], []]);
    expect(french(report.remarks).at(-1)).toMatch(/image/);
    expect(attachments).toEqual([]);
    expect(team.trello.look.cardNamed(team.board, 'Avancement du plan').cover).not.toBeNull();
  });
});

describe('before anything is written', () => {
  it('is told what the plan of the Trello workspace does not give', async () => {
    const free = await TrelloTeam.start();
    const paid = await TrelloTeam.start({ trello: { plan: 'standard' } });

    const [onFree] = (await free.compare()).visits;
    const [onPaid] = (await paid.compare()).visits;

    expect(french(onFree?.reading?.remarks ?? [])).toEqual([expect.stringMatching(/dix tableaux/)]);
    expect(onPaid?.reading?.remarks).toEqual([]);
    expect(written(free)).toEqual([]);
  });

  it('is told that nobody else gets into the workspace', async () => {
    const people = Array.from({ length: 10 }, (_, n) => ({
      fullName: `Personne ${n}`,
      username: `personne${n}`,
      email: `personne${n}@example.org`,
    }));
    const team = await TrelloTeam.start({ trello: { people } });

    const [visit] = (await team.compare()).visits;

    expect(french(visit?.reading?.remarks ?? [])).toEqual([
      expect.stringMatching(/dix tableaux/),
      expect.stringMatching(/déjà 10 personnes/),
    ]);
  });

  it('is told that the workspace takes no more boards, and what to do', async () => {
    const team = await TrelloTeam.start({ trello: { boardsBefore: 10 } });

    const report = await team.cycle();

    expect(report.failures.map(({ error }) => explain(error)('fr'))).toEqual([
      expect.stringMatching(/plus de nouveau tableau.*Fermez-en un/s),
    ]);
    expect(written(team)).toEqual([]);
  });
});

describe('the people of the project', () => {
  it.each(layouts)(
    'are on their cards: who is in the workspace is let onto the board (%s)',
    async (layout) => {
      const project = { people: MARC };
      const team = await TrelloTeam.start({ layout, project });

      await team.cycle();

      const card = team.trello.look.cardNamed(team.board, 'one');
      expect(card.members).toEqual(['marcpetit']);
      expect(card.desc).not.toContain('Marc');
    },
  );

  it('may be named by their e-mail, and are called by the project’s name ever after', async () => {
    const project = { people: { lead: { name: 'Marc', trello: 'Marc@example.org' } } };
    const team = await TrelloTeam.start({ project });

    await team.cycle();
    const card = team.trello.look.cardNamed(team.board, 'one');
    team.trello.log.clear();
    team.restart();
    const again = await team.cycle();

    expect(card.members).toEqual(['marcpetit']);
    expect(card.desc).not.toContain('Marc');
    expect(again.workspaces[0]).toMatchObject({ edits: 0 });
    expect((await team.agreed()).get('first/one')?.fields.people).toEqual(['Marc']);
    expect(team.trello.log.all('members.search')).toEqual([]);
    await team.loseStore();
    await team.cycle();
    expect((await team.agreed()).get('first/one')?.fields.people).toEqual(['Marc']);
    expect(written(team)).toEqual([]);
  });

  it('stay a name where Trello knows nobody of that name, and nobody is invited', async () => {
    const project = { people: { lead: { name: 'Inconnue', trello: 'nobody' } } };
    const team = await TrelloTeam.start({ project });

    const report = await team.cycle();
    team.trello.log.clear();
    await team.cycle();

    const card = team.trello.look.cardNamed(team.board, 'one');
    expect(report.failures).toEqual([]);
    expect(card.members).toEqual([]);
    expect(card.desc).toContain('Inconnue');
    expect(written(team)).toEqual([]);
  });
});

function french(remarks: readonly ((locale: 'fr') => string)[]): string[] {
  return remarks.map((remark) => remark('fr'));
}
