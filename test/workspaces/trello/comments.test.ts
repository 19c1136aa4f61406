import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '#src/errors.ts';
import type { Fields, Item } from '#src/plan/item.ts';
import { type Replica, voice } from '#src/reconcile/replica.ts';
import { comparePlaces } from '#src/service/cycle.ts';
import { COMMENT_LIMIT } from '#src/workspaces/trello/limits.ts';
import { type TeamOptions, TrelloTeam } from './team.ts';

const FROM_NOTION = {
  text: 'Vu avec la banque',
  author: 'Claire',
  origin: 'notion',
  at: '2026-11-12T09:00:00.000Z',
  archived: false,
};

function comment(parent: string, id: string, fields: Fields = {}): Item {
  return { key: `${parent}@${id}`, kind: 'comment', parent, fields: { ...FROM_NOTION, ...fields } };
}

/** Said somewhere else, and carried to Trello from then on. */
function elsewhere(...comments: readonly Item[]): readonly Replica[] {
  return [voice('elsewhere', comments)];
}

async function teamAtWork(options: TeamOptions = {}): Promise<TrelloTeam> {
  const team = await TrelloTeam.start(options);
  expect((await team.cycle()).failures).toEqual([]);
  await team.time.advance(300_000);
  team.trello.log.clear();
  return team;
}

function cardOf(team: TrelloTeam, name: string): string {
  return team.trello.look.cardNamed(team.board, name).id;
}

function commentsOn(team: TrelloTeam, name: string): readonly string[] {
  return team.trello.look.cardNamed(team.board, name).comments;
}

async function agreedComments(team: TrelloTeam): Promise<readonly Item[]> {
  return [...(await team.agreed()).values()].filter(({ kind }) => kind === 'comment');
}

/** One read, and nothing written. */
async function expectQuiet(team: TrelloTeam): Promise<void> {
  team.trello.log.clear();
  const { failures, remarks } = await team.cycle();
  expect([failures, remarks]).toEqual([[], []]);
  expect(team.trello.log.counts()).toEqual({ 'boards.retrieve': 1 });
}

describe('a comment that a person writes in Trello', () => {
  it('is taken in with its author, as the project calls them, and its moment', async () => {
    const team = await teamAtWork({
      project: { people: { lead: { name: 'Claire', trello: 'clairemorel' } } },
    });
    const { id, at } = team.trello.person.comment(cardOf(team, 'two'), 'Vu \\*enfin\\* avec @marcpetit');
    team.trello.person.comment(cardOf(team, 'Scale'), 'Commandée');

    const report = await team.cycle('sync');

    const [first, second] = await agreedComments(team);
    expect(report.failures).toEqual([]);
    expect(first).toEqual({
      key: `first/two@trello-${id}`,
      kind: 'comment',
      parent: 'first/two',
      fields: {
        text: 'Vu *enfin* avec @marcpetit',
        author: 'Claire',
        origin: 'trello',
        at: new Date(at).toISOString(),
        archived: false,
      },
    });
    expect(second).toMatchObject({ parent: 'tools:scale', fields: { text: 'Commandée' } });
    await expectQuiet(team);
  });

  it('has the name that Trello knows, where the project knows none, also once that person has left', async () => {
    const team = await teamAtWork();
    team.trello.person.comment(cardOf(team, 'two'), 'Vu');
    await team.cycle('sync');
    const board = team.trello.world.need('board', team.board);
    board.memberships = board.memberships.filter(({ memberId }) => memberId !== team.trello.person.id);
    board.prefs.permissionLevel = 'org';
    team.options = { ...team.options, project: { people: { lead: { name: 'Cl.', trello: 'clairemorel' } } } };
    team.restart();

    await team.cycle('sync');

    expect(await agreedComments(team)).toMatchObject([{ fields: { author: 'Claire Morel' } }]);
  });

  it('shows its new text once it is edited, and stays once it is deleted', async () => {
    const team = await teamAtWork();
    const { person } = team.trello;
    const { id } = person.comment(cardOf(team, 'two'), 'Vu');
    await team.cycle('sync');

    await team.time.advance(60_000);
    person.editComment(id, 'Revu');
    await team.cycle('sync');
    const edited = await agreedComments(team);
    person.deleteComment(id);
    await team.cycle('sync');

    expect(edited).toMatchObject([{ fields: { text: 'Revu', archived: false } }]);
    expect(await agreedComments(team)).toEqual(edited);
    await expectQuiet(team);
  });

  it('is left alone on cards that are no part of the plan', async () => {
    const team = await teamAtWork();
    const { person } = team.trello;
    const own = person.addCard(person.addList(team.board, 'À nous').id, 'Pas du plan');
    person.comment(own.id, 'Rien pour le plan');
    person.comment(cardOf(team, 'Avancement du plan'), 'Joli');

    await team.cycle('sync');

    expect(await agreedComments(team)).toEqual([]);
  });

  it('is not edited for its author: that it was changed elsewhere is told', async () => {
    const team = await teamAtWork();
    const { id } = team.trello.person.comment(cardOf(team, 'two'), 'Vu');
    await team.cycle('sync');
    const [item] = await agreedComments(team);
    const changed = { ...item, fields: { text: 'Vu, revu' } } as Item;
    team.options = { ...team.options, voices: elsewhere(changed) };
    team.trello.log.clear();

    const report = await team.cycle();
    const planned = await team.compare();

    expect(report.failures).toEqual([]);
    expect(report.remarks.map((remark) => remark('en'))).toEqual([
      expect.stringMatching(/“two”.*only its author/),
    ]);
    expect([...planned.outcome.writes.values()].flat()).toEqual([]);
    expect(team.trello.log.writes()).toEqual([]);
    expect(commentsOn(team, 'two')).toEqual(['Vu']);
    team.options = { ...team.options, voices: [] };
    await team.time.advance(60_000);
    team.trello.person.editComment(id, 'Vu et revu');
    await team.cycle('sync');
    expect(await agreedComments(team)).toMatchObject([{ fields: { text: 'Vu et revu' } }]);
  });
});

describe('a comment from elsewhere', () => {
  it('is posted once, in the order in which it was said, for what was foreseen', async () => {
    const team = await teamAtWork();
    const voices = elsewhere(
      comment('first/two', 'notion-b', { text: 'Après', at: '2026-11-13T09:00:00.000Z' }),
      comment('first/two', 'notion-a', { text: 'Avant' }),
      comment('tools:scale', 'digest-1', { origin: 'jalon', author: 'Jalon', text: 'Trop cher ?' }),
    );
    team.options = { ...team.options, voices };
    const workspace = await team.workspace();
    const { outcome } = await team.finish(foreseen(team, voices));
    const cost = workspace.foresee?.(outcome.writes.get(workspace.id) ?? [], outcome.agreed);
    team.trello.log.clear();

    const report = await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(report.workspaces[0]).toMatchObject({ created: 3 });
    expect(team.trello.log.counts()).toEqual({ 'boards.retrieve': 1, 'cards.comments.create': 3 });
    expect(cost?.requests).toBe(4);
    expect(commentsOn(team, 'two')).toEqual([
      expect.stringMatching(/^\*\*Claire \(Notion\), 12\u00a0novembre\u00a02026\*\*\n\nAvant\n\n`jalon-ref:/),
      expect.stringMatching(/Après/),
    ]);
    expect(commentsOn(team, 'Scale')).toEqual([
      expect.stringMatching(/^Trop cher \?\n\n– Jalon\n\n`jalon-ref/),
    ]);
    await expectQuiet(team);
    team.restart();
    await expectQuiet(team);
    const texts = (await agreedComments(team)).map(({ fields }) => fields.text);
    expect(texts.toSorted()).toEqual(['Après', 'Avant', 'Trop cher ?']);
  });

  it('comes with the card on which it is to stand, and not before', async () => {
    const team = await TrelloTeam.start({
      voices: elsewhere(comment('second/three', 'notion-a'), comment('tools:scale', 'notion-b')),
    });

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(commentsOn(team, 'three')).toHaveLength(1);
    expect(commentsOn(team, 'Scale')).toHaveLength(1);
    await expectQuiet(team);
  });

  it('is found again with its author and its moment when the store is lost', async () => {
    const said = comment('first/two', 'notion-a');
    const own = comment('first/two', 'digest-1', { origin: 'jalon', author: 'Jalon' });
    const team = await teamAtWork({ voices: elsewhere(said, own) });
    team.trello.person.comment(cardOf(team, 'two'), 'Et moi');
    team.options = { ...team.options, voices: [] };
    await team.loseStore();

    const report = await team.cycle();

    expect(report.failures).toEqual([]);
    expect(report.conflicts).toEqual([]);
    expect(commentsOn(team, 'two')).toHaveLength(3);
    expect(await agreedComments(team)).toEqual(
      expect.arrayContaining([
        said,
        own,
        expect.objectContaining({ fields: expect.objectContaining({ text: 'Et moi' }) }),
      ]),
    );
    await expectQuiet(team);
  });

  it('is edited where it stands when its text changes', async () => {
    const team = await teamAtWork({ voices: elsewhere(comment('first/two', 'notion-a')) });
    team.options = {
      ...team.options,
      voices: elsewhere(comment('first/two', 'notion-a', { text: 'Revu @marc' })),
    };

    const report = await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(team.trello.log.counts()).toEqual({ 'boards.retrieve': 1, 'cards.comments.update': 1 });
    expect(commentsOn(team, 'two')).toEqual([
      expect.stringMatching(/Claire \(Notion\)[\s\S]*Revu @\u200bmarc/),
    ]);
    await expectQuiet(team);
  });

  it('that was deleted in Trello stays deleted there, whatever becomes of it elsewhere', async () => {
    const team = await teamAtWork({ voices: elsewhere(comment('first/two', 'notion-a')) });
    const { person, world } = team.trello;
    const [posted] = world.commentsOn(cardOf(team, 'two'));
    person.deleteComment(posted?.id ?? '');
    await expectQuiet(team);
    team.options = { ...team.options, voices: elsewhere(comment('first/two', 'notion-a', { text: 'Revu' })) };

    const report = await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(commentsOn(team, 'two')).toEqual([]);
    await expectQuiet(team);
  });

  it('that another account has posted for us is left to it, and told once', async () => {
    const team = await teamAtWork({ voices: elsewhere(comment('first/two', 'notion-a')) });
    const { world } = team.trello;
    const marc = world.findMember('marcpetit')?.id ?? '';
    world.need('board', team.board).memberships.push({ ...owner(team), memberId: marc });
    Object.assign(team.trello.credential, { memberId: marc });
    team.options = { ...team.options, voices: elsewhere(comment('first/two', 'notion-a', { text: 'Revu' })) };

    const report = await team.cycle('sync');
    team.trello.log.clear();
    await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(report.remarks.map((remark) => remark('en'))).toEqual([expect.stringMatching(/only its author/)]);
    expect(team.trello.log.writes()).toEqual([]);
    expect((await agreedComments(team))[0]?.fields.text).toBe('Revu');
  });

  it('that is too long is cut visibly and told; whole elsewhere, it is not cut there', async () => {
    const text = 'Mot à mot. '.repeat(3_000).trim();
    const team = await teamAtWork();
    team.options = { ...team.options, voices: elsewhere(comment('first/two', 'notion-a', { text })) };

    const report = await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(report.remarks.map((remark) => remark('fr'))).toEqual([
      expect.stringMatching(/«.two.».*commentaire/),
    ]);
    expect(commentsOn(team, 'two')[0]?.length).toBeLessThanOrEqual(COMMENT_LIMIT);
    const workspace = await team.workspace();
    const short = comment('first/two', 'notion-b');
    expect(workspace.showsWhole?.(comment('first/two', 'notion-a', { text }), 'text')).toBe(false);
    expect(workspace.showsWhole?.(short, 'text')).toBe(true);
    await expectQuiet(team);
    expect((await agreedComments(team))[0]?.fields.text).toBe(text);
    await team.loseStore();
    await team.cycle();
    expect((await agreedComments(team))[0]?.fields.text).toBe(text);
    await expectQuiet(team);
  });

  it('is not posted twice when someone quotes it, key and all', async () => {
    const team = await teamAtWork({ voices: elsewhere(comment('first/two', 'notion-a')) });
    const [posted = ''] = commentsOn(team, 'two');
    team.trello.person.comment(cardOf(team, 'two'), `${posted}\n\nBien dit !`);
    team.trello.person.comment(cardOf(team, 'one'), posted);

    await team.cycle('sync');
    await team.cycle('sync');

    const all = await agreedComments(team);
    const origins = all.map(({ parent, fields }) => `${parent} ${fields.origin}`);
    expect(origins.toSorted()).toEqual(['first/one trello', 'first/two notion', 'first/two trello']);
    expect(all.map(({ fields }) => fields.text).join()).not.toContain('jalon-ref');
    expect(commentsOn(team, 'two')).toHaveLength(2);
    await expectQuiet(team);
  });

  it('does not stop the run when its card has just been deleted', async () => {
    const team = await teamAtWork();
    team.options = { ...team.options, voices: elsewhere(comment('first/two', 'notion-a')) };
    const card = cardOf(team, 'two');
    team.trello.beforeAnswer = ({ route }) => {
      if (route === 'boards.retrieve' && team.trello.world.get('card', card)) team.trello.person.delete(card);
    };

    const report = await team.cycle();
    const next = await team.cycle();

    expect([report.failures, next.failures]).toEqual([[], []]);
    expect((await team.agreed()).get('first/two')?.fields.archived).toBe(true);
  });

  it('stops with words where the token may not write comments, and is posted later', async () => {
    const team = await teamAtWork();
    team.options = { ...team.options, voices: elsewhere(comment('first/two', 'notion-a')) };
    Object.assign(team.trello.credential, { scopes: ['read'] });

    const refused = await team.cycle();
    Object.assign(team.trello.credential, { scopes: ['read', 'write'] });
    const later = await team.cycle();

    expect(refused.failures.map(({ error }) => exitCodeOf(error))).toEqual([4]);
    expect(later.failures).toEqual([]);
    expect(commentsOn(team, 'two')).toHaveLength(1);
  });
});

describe('two boards of one project', () => {
  it('show each other’s comments once, each with where it came from', async () => {
    const team = await TrelloTeam.start();
    const { trello } = team;
    const { person, look } = trello;
    const other = person.addBoard('Compta');
    const workspace = { kind: 'trello' as const, layout: 'steps' as const, lists: {} };
    const workspaces = [
      { ...workspace, organization: trello.organization.id },
      { ...workspace, board: other.id },
    ];
    team.options = { ...team.options, project: { workspaces } };
    expect((await team.cycle()).failures).toEqual([]);
    const [plan] = look.boards().filter(({ id }) => id !== other.id);
    const on = (board: string | undefined) => look.cardNamed(board ?? '', 'two');
    person.comment(on(plan?.id).id, 'Ici');
    await team.time.advance(60_000);
    person.comment(on(other.id).id, 'Là');

    await team.cycle('sync');
    await team.cycle('sync');
    trello.log.clear();
    await team.cycle();

    expect(trello.log.writes()).toEqual([]);
    expect(on(plan?.id).comments).toEqual(['Ici', expect.stringMatching(/Claire Morel \(Trello\)[\s\S]*Là/)]);
    expect(on(other.id).comments).toEqual(['Là', expect.stringMatching(/Claire Morel \(Trello\)[\s\S]*Ici/)]);
  });
});

describe('a board with very many comments', { timeout: 60_000 }, () => {
  it('is read back to the first of them, once', async () => {
    const team = await teamAtWork();
    const card = cardOf(team, 'two');
    for (let n = 0; n < 2_500; n += 1) team.trello.person.comment(card, `n° ${n}`);

    const report = await team.cycle('sync');
    const first = team.trello.log.counts();
    team.trello.log.clear();
    team.trello.person.comment(card, 'encore un');
    await team.cycle('sync');
    const then = team.trello.log.counts();

    expect([report.failures, report.remarks]).toEqual([[], []]);
    expect(first).toEqual({ 'boards.retrieve': 1, 'boards.actions': 2 });
    expect(then).toEqual({ 'boards.retrieve': 1 });
    expect(await agreedComments(team)).toHaveLength(2_501);
  });

  it('is read back so far and no farther, which is told', async () => {
    const team = await teamAtWork();
    const card = cardOf(team, 'two');
    for (let n = 0; n < 10_200; n += 1) team.trello.person.comment(card, `n° ${n}`);

    const report = await team.cycle('sync');
    const again = await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(report.remarks.map((remark) => remark('en'))).toEqual([
      expect.stringMatching(/more than 10000 comments/),
    ]);
    expect(again.remarks).toEqual([]);
    expect(await agreedComments(team)).toHaveLength(10_000);
  });

  it('still edits its own that are not among the latest', async () => {
    const team = await teamAtWork({ voices: elsewhere(comment('first/two', 'notion-a')) });
    const card = cardOf(team, 'two');
    await team.time.advance(60_000);
    for (let n = 0; n < 1_100; n += 1) team.trello.person.comment(card, `n° ${n}`);
    await team.cycle('sync');
    team.options = { ...team.options, voices: elsewhere(comment('first/two', 'notion-a', { text: 'Revu' })) };

    const report = await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(commentsOn(team, 'two')[0]).toContain('Revu');
    await expectQuiet(team);
  });
});

function owner(team: TrelloTeam) {
  const [membership] = team.trello.world.need('board', team.board).memberships;
  if (!membership) throw new Error('The board is nobody’s.');
  return membership;
}

async function foreseen(team: TrelloTeam, voices: readonly Replica[]) {
  return comparePlaces(await team.running(), 'sync', await team.deps(), voices);
}
