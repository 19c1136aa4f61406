import { describe, expect, it } from 'vitest';
import type { Fields, Item } from '#src/plan/item.ts';
import type { Fault } from '../../simulators/notion/faults.ts';
import type { Settings } from '../../simulators/notion/settings.ts';
import { isRead } from './fault-matrix.ts';
import { NotionTeam } from './team.ts';

const TASK = 'first/one';

/** As another tool shows it. */
function said(id: string, text: string, fields: Fields = {}, parent = TASK): Item {
  const at = '2026-11-12T09:30:00.000Z';
  const usual = { author: 'Claire', origin: 'trello', at, archived: false };
  return { key: `${parent}@${id}`, kind: 'comment', parent, fields: { ...usual, ...fields, text } };
}

async function settledTeam(notion: Partial<Settings> = {}): Promise<NotionTeam> {
  const team = await NotionTeam.start({ notion });
  await team.cycle();
  await team.cycle();
  team.notion.log.clear();
  return team;
}

function pageOf({ notion }: NotionTeam, title = 'one'): string {
  return notion.look.page(title).id;
}

/** What people read there, without the last line. */
function shownOn(team: NotionTeam, title?: string): string[] {
  return team.notion.look.comments(pageOf(team, title)).map((words) => words.replace(/\njalon-ref:.*$/, ''));
}

async function comments(team: NotionTeam): Promise<readonly Item[]> {
  return [...(await team.agreed()).values()].filter(({ kind }) => kind === 'comment');
}

function hearOf(team: NotionTeam, title?: string): Promise<unknown> {
  return team.workspace().then((workspace) => workspace.hear?.([pageOf(team, title)]));
}

function requests({ notion }: NotionTeam): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(notion.log.counts()).filter(([route]) => route.startsWith('comments.')),
  );
}

const HEAD = 'Claire (Trello), 12\u00a0novembre\u00a02026';

describe('a comment that someone writes in Notion', () => {
  it('is taken in with its author, as the project calls them, and its instant, once a webhook names its page', async () => {
    const team = await settledTeam();
    const made = team.notion.person.comment(pageOf(team), 'Le devis est arrivé.');

    await hearOf(team);
    await team.cycle('sync');

    expect(await comments(team)).toEqual([
      {
        key: expect.stringMatching(
          new RegExp(`^${TASK}@notion-[0-9a-f]{12}-${made.id.replaceAll('-', '')}$`),
        ),
        kind: 'comment',
        parent: TASK,
        fields: {
          text: 'Le devis est arrivé.',
          author: 'Claire',
          origin: 'notion',
          at: new Date(Math.floor(made.createdAt / 60_000) * 60_000).toISOString(),
          archived: false,
        },
      },
    ]);
    expect(team.notion.look.comments(pageOf(team))).toHaveLength(1);
  });

  it('is taken in on a line of a register as well', async () => {
    const team = await settledTeam();
    team.notion.person.comment(pageOf(team, 'Scale'), 'À remplacer');

    await hearOf(team, 'Scale');
    await team.cycle('sync');

    expect(await comments(team)).toMatchObject([{ parent: 'tools:scale', fields: { text: 'À remplacer' } }]);
  });

  it('is found beside an edit of its page', async () => {
    const team = await settledTeam();
    team.notion.person.comment(pageOf(team), 'Vu');
    await team.time.advance(60_000);
    team.notion.person.edit(pageOf(team), { Notes: { rich_text: [{ text: { content: 'vu' } }] } });

    await team.cycle('sync');

    expect(await comments(team)).toMatchObject([{ fields: { text: 'Vu' } }]);
    expect(requests(team)).toEqual({ 'comments.list': 1 });
  });

  it('is found in turn, when everything is read again', async () => {
    const team = await settledTeam();
    team.notion.person.comment(pageOf(team, 'Scale'), 'Vu');

    await team.cycle('sync');
    const before = await comments(team);
    await team.time.advance(3_600_000);
    await team.cycle('sync');

    expect(before).toEqual([]);
    expect(await comments(team)).toMatchObject([{ fields: { text: 'Vu' } }]);
  });

  it('changes its words with an edit, and stays when it is deleted or its discussion resolved', async () => {
    const team = await settledTeam();
    const { person } = team.notion;
    const first = person.comment(pageOf(team), 'Un');
    const second = person.reply(first, 'Deux');
    await hearOf(team);
    await team.cycle('sync');

    person.editComment(second, 'Deux, mieux');
    await hearOf(team);
    await team.cycle('sync');
    person.resolve(first);
    await hearOf(team);
    await team.cycle('sync');

    const texts = (await comments(team)).map(({ fields }) => fields.text);
    expect(texts.toSorted()).toEqual(['Deux, mieux', 'Un']);
  });

  it('counts as one of the task where it stands on a point of its checklist, and Notion lists it', async () => {
    const team = await settledTeam({ listsCommentsOfBlocks: true });
    const [todo] = team.notion.look.blocks(pageOf(team));
    team.notion.person.comment(String(todo?.id), 'Ce point est fait');

    await hearOf(team);
    await team.cycle('sync');

    expect(await comments(team)).toMatchObject([{ parent: TASK, fields: { text: 'Ce point est fait' } }]);
  });

  it('has the name that Notion gives for someone who is not of the project', async () => {
    const team = await settledTeam({ readsUsers: 'names' });
    team.project = { people: {} };
    team.restart();
    team.notion.person.comment(pageOf(team), 'Bonjour');

    await hearOf(team);
    await team.cycle('sync');

    expect(await comments(team)).toMatchObject([{ fields: { author: 'Claire Morel' } }]);
  });

  it('is somebody’s where Notion names nobody', async () => {
    const team = await settledTeam({ readsUsers: 'nothing' });
    team.notion.person.comment(pageOf(team), 'Bonjour');

    await hearOf(team);
    await team.cycle('sync');

    expect(await comments(team)).toMatchObject([{ fields: { author: 'Quelqu’un' } }]);
  });

  it('keeps its words where they are changed elsewhere, which is told once', async () => {
    const team = await settledTeam();
    team.notion.person.comment(pageOf(team), 'Le sien');
    await hearOf(team);
    await team.cycle('sync');
    const [theirs] = await comments(team);
    team.said = theirs ? [{ ...theirs, fields: { text: 'Par un autre' } }] : [];

    const told = await team.cycle('sync');
    await hearOf(team);
    const again = await team.cycle('sync');

    expect(told.remarks.map((remark) => remark('fr'))).toEqual([expect.stringContaining('son auteur')]);
    expect(again.remarks).toEqual([]);
    expect(again.workspaces[0]?.updated).toBe(0);
    expect(shownOn(team)).toEqual(['Le sien']);
    expect(await comments(team)).toMatchObject([{ fields: { text: 'Par un autre' } }]);
  });
});

describe('a comment from another tool', () => {
  it('is written once, by one request, and read back as the same', async () => {
    const team = await settledTeam();
    const blocks = team.notion.look.blocksCreated();
    await hearOf(team);
    team.said = [said('trello-1', 'On attend le devis.\nPuis on signe.')];

    await team.cycle('sync');
    const sent = requests(team);
    await hearOf(team);
    team.notion.log.clear();
    const again = await team.cycle('sync');

    expect(shownOn(team)).toEqual([`${HEAD}\nOn attend le devis.\nPuis on signe.`]);
    expect(sent).toEqual({ 'comments.list': 1, 'comments.create': 1 });
    expect(team.notion.look.blocksCreated()).toBe(blocks);
    expect(await comments(team)).toEqual(team.said);
    expect(team.notion.log.all().filter((request) => !isRead(request))).toEqual([]);
    expect(again.conflicts).toEqual([]);
  });

  it('is written as it was said: in that order', async () => {
    const team = await settledTeam();
    team.said = [
      said('trello-2', 'Deux', { at: '2026-11-12T11:00:00.000Z' }),
      said('trello-1', 'Un', { at: '2026-11-12T10:00:00.000Z' }),
    ];

    await team.cycle('sync');

    expect(shownOn(team)).toEqual([`${HEAD}\nUn`, `${HEAD}\nDeux`]);
    expect(requests(team)).toEqual({ 'comments.list': 1, 'comments.create': 2 });
  });

  it('is written on a page that is made in the same cycle', async () => {
    const team = await NotionTeam.start();
    team.said = [said('trello-1', 'Vu')];

    await team.cycle();

    expect(shownOn(team)).toEqual([`${HEAD}\nVu`]);
  });

  it('changes with its text', async () => {
    const team = await settledTeam();
    team.said = [said('trello-1', 'Vu')];
    await team.cycle('sync');
    team.notion.log.clear();

    team.said = [said('trello-1', 'Vu, et approuvé')];
    await team.cycle('sync');

    expect(shownOn(team)).toEqual([`${HEAD}\nVu, et approuvé`]);
    expect(requests(team)).toEqual({ 'comments.update': 1 });
  });

  it('stays away where someone has deleted or resolved it', async () => {
    const team = await settledTeam();
    team.said = [said('trello-1', 'Vu'), said('trello-2', 'Fait')];
    await team.cycle('sync');
    const [first, second] = team.notion.world.commentsOn(pageOf(team));
    if (first) first.inTrash = true;
    if (second) team.notion.person.resolve(second);

    await hearOf(team);
    await team.cycle('sync');
    team.said = [said('trello-1', 'Vu, mieux dit')];
    await team.cycle('sync');
    const last = await team.cycle('sync');

    expect(shownOn(team)).toEqual([]);
    expect(last.failures).toEqual([]);
    expect(last.workspaces[0]?.updated).toBe(0);
  });

  it('is known again when the store is lost, and not written twice', async () => {
    const team = await settledTeam();
    team.said = [said('trello-1', 'Vu'), said('jalon-1', 'Relance', { author: 'Jalon', origin: 'jalon' })];
    await team.cycle('sync');
    team.notion.person.comment(pageOf(team), 'Merci');
    await team.loseStore();
    team.notion.log.clear();

    const report = await team.cycle();

    expect(shownOn(team)).toHaveLength(3);
    expect(report.conflicts).toEqual([]);
    expect(requests(team)['comments.create']).toBeUndefined();
    const found = await comments(team);
    expect(found).toEqual(expect.arrayContaining([...team.said]));
    expect(found).toHaveLength(3);
  });

  it('is taken in whole when the store is lost, and the place where it was said as well', async () => {
    const team = await settledTeam();
    const one = said('trello-1', 'Vu');
    team.said = [one];
    await team.cycle('sync');
    await team.loseStore();
    team.said = [];

    await team.cycle();

    expect(await comments(team)).toEqual([one]);
  });

  it('is adopted where an earlier run has died before it could tell of it', async () => {
    const team = await settledTeam();
    team.said = [said('trello-1', 'Vu')];
    team.notion.faults.on('comments.create', { type: 'reset', when: 'after' });
    team.notion.faults.when(
      ({ route }) => route === 'comments.list' && (requests(team)['comments.create'] ?? 0) > 0,
      { type: 'status', status: 500, code: 'internal_server_error', when: 'before' },
      { times: Number.POSITIVE_INFINITY },
    );
    const broken = await team.cycle('sync');
    team.notion.faults.clear();
    team.restart();

    const report = await team.cycle('sync');

    expect(broken.failures).toHaveLength(1);
    expect(report.workspaces[0]?.adopted).toBe(1);
    expect(shownOn(team)).toEqual([`${HEAD}\nVu`]);
  });

  it.each<Fault>([
    { type: 'reset', when: 'after' },
    { type: 'status', status: 503, code: 'service_unavailable', when: 'after', namesCommitted: true },
    { type: 'accepted', when: 'after' },
    { type: 'cut', when: 'after' },
  ])('stands once after an answer that is lost: $type', async (fault) => {
    const team = await settledTeam();
    team.said = [said('trello-1', 'Vu')];
    team.notion.faults.on('comments.create', fault);

    const report = await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(shownOn(team)).toEqual([`${HEAD}\nVu`]);
  });

  it('of which only the beginning fits stays whole elsewhere', async () => {
    const team = await settledTeam();
    const long = 'Très long. '.repeat(20_000);
    team.said = [said('trello-1', long)];
    await team.cycle('sync');

    await hearOf(team);
    const again = await team.cycle('sync');

    expect(again.workspaces[0]?.updated).toBe(0);
    expect((await comments(team))[0]?.fields.text).toBe(long);
  });

  it('waits for the register of its line', async () => {
    const team = await settledTeam();
    team.said = [said('trello-1', 'Vu', {}, 'unknown:line')];

    const report = await team.cycle('sync');

    expect(report.failures).toEqual([]);
    expect(requests(team)).toEqual({});
  });
});

describe('what comments cost', () => {
  it('is nothing in a quiet cycle, also where pages bear many', async () => {
    const team = await settledTeam();
    team.said = [said('trello-1', 'Vu'), said('trello-2', 'Vu', {}, 'tools:scale')];
    await team.cycle('sync');
    await team.cycle('sync');
    team.notion.log.clear();

    await team.cycle();

    expect(team.notion.log.counts()).toEqual({ 'dataSources.retrieve': 2, 'dataSources.query': 2 });
  });

  it('is one request for a page that others have edited, and none for one that only we have', async () => {
    const team = await settledTeam();
    team.said = [{ ...said('x', ''), key: TASK, kind: 'task', parent: 'plan', fields: { notes: 'De nous' } }];
    await team.time.advance(120_000);
    await team.cycle('sync');
    team.notion.log.clear();

    await team.cycle('sync');

    expect(team.notion.log.counts()).toMatchObject({ 'blocks.children.list': 1 });
    expect(requests(team)).toEqual({});
  });

  it('is foreseen', async () => {
    const team = await settledTeam();
    await team.compare();
    const workspace = await team.workspace();
    const agreed = await team.agreed();
    const changes = ['1', '2'].map((id) => {
      const item = said(`trello-${id}`, 'Vu');
      return { kind: 'create' as const, key: item.key, item };
    });

    const alone = workspace.foresee?.([], agreed);
    const cost = workspace.foresee?.(changes, agreed);

    // One look at their page and two creates; four for the figures of the home page, as after any change.
    expect((cost?.requests ?? 0) - (alone?.requests ?? 0)).toBe(3 + 4);
    expect(cost?.blocks).toBe(alone?.blocks);
  });
});

describe('a connection that may not read comments', () => {
  it('is told so once, and everything else goes on', async () => {
    const team = await NotionTeam.start({ notion: { readsComments: false } });
    team.said = [said('trello-1', 'Vu')];

    const first = await team.cycle();
    const second = await team.cycle();
    await team.time.advance(3_600_000);
    team.notion.log.clear();
    const later = await team.cycle();

    expect(first.failures).toEqual([]);
    expect(first.remarks.map((remark) => remark('fr'))).toEqual([
      expect.stringMatching(/lire les commentaires.*cochez/),
    ]);
    expect([...second.remarks, ...later.remarks]).toEqual([]);
    expect(requests(team)).toEqual({ 'comments.list': 1 });
    expect(shownOn(team)).toEqual([]);
  });

  it('takes in and writes all of them once it may', async () => {
    const settings = { readsComments: false };
    const team = await NotionTeam.start({ notion: settings });
    team.said = [said('trello-1', 'Vu')];
    await team.cycle();
    team.notion.person.comment(pageOf(team, 'two'), 'Merci');

    Object.assign(team.notion.world.settings, { readsComments: true });
    await team.time.advance(3_600_000);
    await team.cycle();
    await team.cycle();

    expect(shownOn(team)).toEqual([`${HEAD}\nVu`]);
    expect((await comments(team)).map(({ fields }) => fields.text).toSorted()).toEqual(['Merci', 'Vu']);
  });

  it('is warned by the check', async () => {
    const team = await NotionTeam.start({ notion: { readsComments: false } });

    const found = await team.finish((await team.workspace()).check());

    const warnings = found.filter(({ level }) => level === 'warning').map(({ said: words }) => words('en'));
    expect(warnings).toEqual([expect.stringMatching(/may not read.*tick both/)]);
  });
});

describe('a connection that may read comments and not write them', () => {
  it('is told so once, and those of Notion are taken in all the same', async () => {
    const team = await settledTeam({ insertsComments: false });
    team.notion.person.comment(pageOf(team), 'Merci');
    team.said = [said('trello-1', 'Vu')];
    await hearOf(team);

    const first = await team.cycle('sync');
    const second = await team.cycle('sync');
    await team.time.advance(3_600_000);
    team.notion.log.clear();
    const later = await team.cycle('sync');

    expect(first.failures).toEqual([]);
    expect(first.remarks.map((remark) => remark('fr'))).toEqual([
      expect.stringMatching(/écrire de commentaires.*cochez/),
    ]);
    expect([...second.remarks, ...later.remarks]).toEqual([]);
    expect(requests(team)['comments.create']).toBe(1);
    expect((await comments(team)).map(({ fields }) => fields.text).toSorted()).toEqual(['Merci', 'Vu']);
  });

  it('writes what has waited once it may', async () => {
    const team = await settledTeam({ insertsComments: false });
    team.said = [said('trello-1', 'Vu')];
    await team.cycle('sync');

    Object.assign(team.notion.world.settings, { insertsComments: true });
    await team.time.advance(3_600_000);
    await team.cycle('sync');

    expect(shownOn(team)).toEqual([`${HEAD}\nVu`]);
  });
});
