import { describe, expect, it } from 'vitest';
import { changesOf, Place, point, task, World } from './world.ts';

function twoPlaces() {
  const notion = new Place('notion');
  const excel = new Place('excel');
  return { notion, excel, world: new World(notion, excel) };
}

describe('provisioning', () => {
  it('gives an empty place every item of the template, in the template’s order', () => {
    const { excel, world } = twoPlaces();

    world.offer(task('b/2'), task('a/1'), point('b/2', 'x')).cycle();

    expect([...excel.shows.keys()]).toEqual(['b/2', 'a/1', 'b/2#x']);
  });

  it('does nothing the second time', () => {
    const { world } = twoPlaces();
    world.offer(task('a/1'), point('a/1', 'x')).cycle();

    const second = world.cycle();

    expect(changesOf(second)).toBe(0);
    expect(second.changed).toEqual([]);
    expect(second.seen).toEqual([]);
    expect(second.happenings).toEqual([]);
  });

  it('finishes what a run that died half-way has begun', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1'), task('a/2'), task('a/3'));
    world.cycle(2);

    world.cycle();

    expect(notion.shows.size).toBe(3);
    expect(excel.shows.size).toBe(3);
    expect(changesOf(world.cycle())).toBe(0);
  });
});

describe('edits', () => {
  it('carries an edit made in one place to the others', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();

    notion.edit('a/1', { status: 'done' });
    world.cycle();

    expect(excel.shows.get('a/1')?.fields.status).toBe('done');
    expect(world.log).toContainEqual({
      kind: 'changed',
      key: 'a/1',
      field: 'status',
      actor: 'notion',
      old: 'todo',
      new: 'done',
    });
  });

  it('merges edits of different fields of one item', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1', { due: '2027-01-04' })).cycle();

    notion.edit('a/1', { status: 'doing' });
    excel.edit('a/1', { due: '2027-02-01' });
    world.cycle();

    expect(notion.shows.get('a/1')?.fields).toMatchObject({ status: 'doing', due: '2027-02-01' });
    expect(excel.shows.get('a/1')?.fields).toMatchObject({ status: 'doing', due: '2027-02-01' });
  });

  it('takes the same edit made in two places for an agreement', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();

    notion.edit('a/1', { status: 'done' });
    excel.edit('a/1', { status: 'done' });
    const outcome = world.cycle();

    expect(changesOf(outcome)).toBe(0);
    expect(outcome.happenings.filter((one) => one.kind === 'conflict')).toEqual([]);
  });

  it('lets the later edit win between two people, and keeps the other in the log', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();

    notion.edit('a/1', { title: 'Earlier' }, '2026-12-01T09:00:00Z');
    excel.edit('a/1', { title: 'Later' }, '2026-12-01T10:00:00Z');
    world.cycle();

    expect(notion.shows.get('a/1')?.fields.title).toBe('Later');
    expect(world.log).toContainEqual({
      kind: 'conflict',
      key: 'a/1',
      field: 'title',
      actor: 'notion',
      old: 'Earlier',
      new: 'Later',
    });
  });

  it('sees no edit in another apostrophe, space, Unicode form or emoji selector', () => {
    const { notion, world } = twoPlaces();
    world.offer(task('a/1', { title: "L'été ✔ : vérifié" })).cycle();

    notion.edit('a/1', { title: 'L’e\u0301te\u0301 ✔\ufe0f\u00a0: vérifié ' });

    expect(changesOf(world.cycle())).toBe(0);
  });

  it('does not take what a place cannot hold for an edit', () => {
    const { notion, excel, world } = twoPlaces();
    notion.fit = (_item, _field, value) => (typeof value === 'string' ? value.slice(0, 10) : value);
    world.offer(task('a/1', { description: 'A text that is too long for one place' })).cycle();

    const second = world.cycle();

    expect(changesOf(second)).toBe(0);
    expect(excel.shows.get('a/1')?.fields.description).toBe('A text that is too long for one place');
  });

  it('takes no empty cell for an edit, where nothing was ever agreed', () => {
    const { excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();

    excel.edit('a/1', { evidence: '', done: false, people: [] });

    const outcome = world.cycle();
    expect(outcome.happenings).toEqual([]);
    expect(changesOf(outcome)).toBe(0);
    expect(changesOf(world.cycle())).toBe(0);
  });

  it('leaves alone a cell that a place could not make sense of', () => {
    const { excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();
    const { status: _unreadable, ...rest } = excel.shows.get('a/1')?.fields ?? {};

    excel.shows.set('a/1', { ...task('a/1'), fields: rest });

    expect(changesOf(world.cycle())).toBe(0);
  });

  it('adopts what people add, and carries it to the other places', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();

    excel.add(task('own/accountant', { title: 'Call the accountant' }));
    excel.add(point('a/1', 'mine', { title: 'A point of ours' }));
    world.cycle();

    expect(notion.shows.get('own/accountant')?.fields.title).toBe('Call the accountant');
    expect(notion.shows.get('a/1#mine')?.parent).toBe('a/1');
  });
});

describe('absence', () => {
  it('archives elsewhere what a person deleted, and never resurrects it', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1'), task('a/2')).cycle();

    excel.delete('a/1');
    world.cycle();

    expect(notion.shows.has('a/1')).toBe(false);
    expect(changesOf(world.cycle())).toBe(0);
    expect(excel.shows.has('a/1')).toBe(false);
    expect(world.log.filter((one) => one.kind === 'archived')).toMatchObject([
      { key: 'a/1', actor: 'excel' },
    ]);
  });

  it('deletes nothing after a read that did not see everything', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1'), task('a/2')).cycle();

    excel.delete('a/1');
    excel.complete = false;

    expect(changesOf(world.cycle())).toBe(0);
    expect(notion.shows.has('a/1')).toBe(true);
  });

  it('believes a positive sign of deletion even in such a read', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();

    excel.delete('a/1');
    excel.complete = false;
    excel.removed.add('a/1');
    world.cycle();

    expect(notion.shows.has('a/1')).toBe(false);
  });

  it('takes the points of a deleted task away with it, and brings them back with it', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1'), point('a/1', 'x')).cycle();

    excel.delete('a/1');
    world.cycle();
    const away = [notion.shows.has('a/1#x'), excel.shows.has('a/1#x')];
    const quiet = changesOf(world.cycle());
    excel.add(task('a/1'));
    world.cycle();

    expect(away).toEqual([false, false]);
    expect(quiet).toBe(0);
    expect(notion.shows.has('a/1#x')).toBe(true);
    expect(excel.shows.has('a/1#x')).toBe(true);
    expect(changesOf(world.cycle())).toBe(0);
  });

  it('asks no change of an item that is put away', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1', { title: 'Old' })).cycle();
    excel.delete('a/1');
    world.cycle();

    world.offer(task('a/1', { title: 'New' }));

    expect(changesOf(world.cycle())).toBe(0);
    expect(notion.shows.has('a/1')).toBe(false);
  });

  it('restores what a person brings back', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();
    excel.delete('a/1');
    world.cycle();

    excel.add(task('a/1'));
    world.cycle();

    expect(notion.shows.has('a/1')).toBe(true);
    expect(world.log.at(-1)).toMatchObject({ kind: 'restored', key: 'a/1', actor: 'excel' });
  });
});

describe('a new version of the template', () => {
  it('changes what people have left alone', () => {
    const { excel, world } = twoPlaces();
    world.offer(task('a/1', { due: '2027-01-04' })).cycle();

    world.offer(task('a/1', { due: '2027-03-01' })).cycle();

    expect(excel.shows.get('a/1')?.fields.due).toBe('2027-03-01');
  });

  it('leaves alone what people have written, and says so once', () => {
    const { excel, world } = twoPlaces();
    world.offer(task('a/1', { title: 'Old' })).cycle();
    excel.edit('a/1', { title: 'Ours' });
    world.cycle();

    world.offer(task('a/1', { title: 'New' })).cycle();
    world.cycle();

    expect(excel.shows.get('a/1')?.fields.title).toBe('Ours');
    expect(world.log.filter((one) => one.kind === 'kept')).toEqual([
      { kind: 'kept', key: 'a/1', field: 'title', actor: 'template', old: 'Ours', new: 'New' },
    ]);
  });

  it('follows the template again once people have put its words back', () => {
    const { excel, world } = twoPlaces();
    world.offer(task('a/1', { title: 'Old' })).cycle();
    excel.edit('a/1', { title: 'Ours' });
    world.cycle();
    excel.edit('a/1', { title: 'Old' });
    world.cycle();

    world.offer(task('a/1', { title: 'New' })).cycle();

    expect(excel.shows.get('a/1')?.fields.title).toBe('New');
  });

  it('archives a retired task that nobody has worked on, with its points', () => {
    const { excel, world } = twoPlaces();
    world.offer(task('a/1'), task('a/2'), point('a/2', 'x')).cycle();

    world.offer(task('a/1')).cycle();

    expect([...excel.shows.keys()]).toEqual(['a/1']);
    expect(changesOf(world.cycle())).toBe(0);
  });

  it.each([
    ['was begun', (place: Place) => place.edit('a/2', { status: 'doing' })],
    ['has a ticked point', (place: Place) => place.edit('a/2#x', { done: true })],
    ['has a point of the team’s own', (place: Place) => place.add(point('a/2', 'mine'))],
  ])('keeps a retired task that %s, with all its points, and says so once', (_why, edit) => {
    const { excel, world } = twoPlaces();
    world.offer(task('a/1'), task('a/2'), point('a/2', 'x'), point('a/2', 'y')).cycle();
    edit(excel);
    world.cycle();

    world.offer(task('a/1')).cycle();
    world.cycle();

    expect([...excel.shows.keys()]).toEqual(expect.arrayContaining(['a/1', 'a/2', 'a/2#x', 'a/2#y']));
    expect(world.log.filter((one) => one.kind === 'kept' && one.key === 'a/2')).toHaveLength(1);
  });

  it('hands the work on a split task over to the tasks that replace it', () => {
    const { excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();
    excel.edit('a/1', { status: 'doing', people: ['Claire'] });
    world.cycle();

    world.offer(task('a/2'), task('a/3'));
    world.replaces = new Map([
      ['a/2', ['a/1']],
      ['a/3', ['a/1']],
    ]);
    world.cycle();

    expect([...excel.shows.keys()]).toEqual(['a/2', 'a/3']);
    expect(excel.shows.get('a/3')?.fields).toMatchObject({ status: 'doing', people: ['Claire'] });
    expect(changesOf(world.cycle())).toBe(0);
  });

  it('counts what someone has done since the last cycle as work on a task that it retires', () => {
    const { excel, world } = twoPlaces();
    world.offer(task('a/1'), task('a/2')).cycle();
    excel.edit('a/2', { status: 'doing' });

    world.offer(task('a/1')).cycle();

    expect(excel.shows.get('a/2')?.fields.status).toBe('doing');
    expect(world.log.filter((one) => one.kind === 'kept')).toMatchObject([{ key: 'a/2' }]);
  });

  it('hands over what someone has done on a split task since the last cycle', () => {
    const { excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();
    excel.edit('a/1', { status: 'done' });

    world.offer(task('a/2'));
    world.replaces = new Map([['a/2', ['a/1']]]);
    world.cycle();

    expect(excel.shows.get('a/2')?.fields.status).toBe('done');
  });

  it('brings back a task that it had retired itself, but none that a person has deleted', () => {
    const { excel, world } = twoPlaces();
    world.offer(task('a/1'), task('a/2'), task('a/3'), task('a/4')).cycle();
    excel.delete('a/2');
    world.cycle();
    excel.delete('a/3');
    world.offer(task('a/1')).cycle();
    world.cycle();

    world.offer(task('a/1'), task('a/2'), task('a/3'), task('a/4', { title: 'New words' })).cycle();

    expect([...excel.shows.keys()]).toEqual(['a/1', 'a/4']);
    expect(excel.shows.get('a/4')?.fields.title).toBe('New words');
    expect(changesOf(world.cycle())).toBe(0);
  });

  it('hands the ticks on the points of a split task over to the points of the same name', () => {
    const { excel, world } = twoPlaces();
    world.offer(task('a/1'), point('a/1', 'x'), point('a/1', 'y')).cycle();
    excel.edit('a/1#x', { done: true });
    world.cycle();

    world.offer(task('a/2'), point('a/2', 'x'), point('a/2', 'z'));
    world.replaces = new Map([['a/2', ['a/1']]]);
    world.cycle();

    expect(excel.shows.get('a/2#x')?.fields.done).toBe(true);
    expect(excel.shows.get('a/2#z')?.fields.done).toBe(false);
    expect(changesOf(world.cycle())).toBe(0);
  });

  it.each([
    ['a task', 'a/2', { notes: 'vu' }],
    ['a point of it', 'a/2#x', { title: 'Mots' }],
  ])(
    'brings back a retired task where someone works on %s before the place shows it away',
    (_what, key, edit) => {
      const { notion, excel, world } = twoPlaces();
      world.offer(task('a/1'), task('a/2'), point('a/2', 'x')).cycle();
      world.offer(task('a/1')).cycle(0);

      excel.edit(key, edit);
      world.cycle();

      for (const place of [notion, excel]) {
        expect([...place.shows.keys()]).toEqual(['a/1', 'a/2', 'a/2#x']);
        expect(place.shows.get(key)?.fields).toMatchObject(edit);
      }
      expect(world.log.filter((one) => one.kind === 'restored')).toMatchObject([
        { key: 'a/2', actor: 'excel' },
      ]);
      expect(changesOf(world.cycle())).toBe(0);
    },
  );

  it('brings back a retired point on which someone works before the place shows it away', () => {
    const { excel, world } = twoPlaces();
    world.offer(task('a/1'), point('a/1', 'x')).cycle();
    world.offer(task('a/1')).cycle(0);

    excel.edit('a/1#x', { title: 'Mots' });
    world.cycle();

    expect(excel.shows.get('a/1#x')?.fields.title).toBe('Mots');
    expect(changesOf(world.cycle())).toBe(0);
  });

  it('leaves a task away that a person has deleted, also where someone works on it before the place shows that', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();
    excel.delete('a/1');
    world.cycle(0);

    notion.edit('a/1', { notes: 'vu' });
    world.cycle();

    expect(notion.shows.has('a/1')).toBe(false);
    expect(world.agreed.get('a/1')?.fields.notes).toBe('vu');
  });

  it('still honours a person’s deletion of a task that the template retires at the same time', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();
    excel.edit('a/1', { status: 'doing' });
    world.cycle();

    excel.delete('a/1');
    world.offer();
    world.cycle();

    expect(notion.shows.has('a/1')).toBe(false);
  });
});

describe('a lost store', () => {
  it('is rebuilt from what people have in front of them, which beats the template', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1', { title: 'Template' })).cycle();
    excel.edit('a/1', { title: 'Ours' });
    world.cycle();

    const reborn = new World(notion, excel).offer(task('a/1', { title: 'Template' }), task('a/2'));
    notion.seen.clear();
    excel.seen.clear();
    reborn.cycle();

    expect(reborn.agreed.get('a/1')?.fields.title).toBe('Ours');
    expect(changesOf(reborn.cycle())).toBe(0);
  });
});
