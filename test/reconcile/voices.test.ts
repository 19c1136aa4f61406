import { describe, expect, it } from 'vitest';
import { voice } from '#src/reconcile/replica.ts';
import { changesOf, comment, Place, point, task, World } from './world.ts';

function twoPlaces() {
  const notion = new Place('notion');
  const excel = new Place('excel');
  return { notion, excel, world: new World(notion, excel) };
}

describe('a voice', () => {
  it('sets a field in every place, and the log names it', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1', { priority: 'normal' })).cycle();

    world.hear(voice('rule:relance', [{ ...task('a/1'), fields: { priority: 'urgent' } }]));

    expect(notion.shows.get('a/1')?.fields).toMatchObject({ priority: 'urgent', status: 'todo' });
    expect(excel.shows.get('a/1')?.fields.priority).toBe('urgent');
    expect(world.log).toContainEqual({
      kind: 'changed',
      key: 'a/1',
      field: 'priority',
      actor: 'rule:relance',
      old: 'normal',
      new: 'urgent',
    });
  });

  it('is heard once: the next cycle changes nothing, and a person may change it back', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();
    world.hear(voice('rule:relance', [{ ...task('a/1'), fields: { status: 'doing' } }]));

    expect(changesOf(world.cycle())).toBe(0);

    notion.edit('a/1', { status: 'todo' });
    world.cycle();
    expect(excel.shows.get('a/1')?.fields.status).toBe('todo');
  });

  it('may say the same again later', () => {
    const { notion, world } = twoPlaces();
    world.offer(task('a/1')).cycle();
    const doing = voice('rule:relance', [{ ...task('a/1'), fields: { status: 'doing' } }]);
    world.hear(doing);
    notion.edit('a/1', { status: 'todo' });
    world.cycle();

    world.hear(doing);

    expect(notion.shows.get('a/1')?.fields.status).toBe('doing');
  });

  it('yields to what a person says of the same field at the same time', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();
    notion.edit('a/1', { status: 'done' });

    const outcome = world.hear(voice('rule:relance', [{ ...task('a/1'), fields: { status: 'doing' } }]));

    expect(outcome.agreed.get('a/1')?.fields.status).toBe('done');
    expect(excel.shows.get('a/1')?.fields.status).toBe('done');
  });

  it('beats what the template says', () => {
    const { world } = twoPlaces();
    world.offer(task('a/1', { priority: 'normal' })).cycle();
    world.offer(task('a/1', { priority: 'high' }));

    const outcome = world.hear(voice('rule:relance', [{ ...task('a/1'), fields: { priority: 'urgent' } }]));

    expect(outcome.agreed.get('a/1')?.fields.priority).toBe('urgent');
  });

  it('adds an item of its own', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();

    world.hear(voice('rule:lecture', [task('a/lire', { title: 'Lire la note' })]));

    expect(notion.shows.get('a/lire')?.fields.title).toBe('Lire la note');
    expect(excel.shows.get('a/lire')?.fields.title).toBe('Lire la note');
  });

  it('does not bring back what people have archived, unless it says so', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();
    notion.delete('a/1');
    world.cycle();

    world.hear(voice('rule:relance', [{ ...task('a/1'), fields: { status: 'doing' } }]));
    expect(excel.shows.has('a/1')).toBe(false);

    world.hear(voice('undo', [{ ...task('a/1'), fields: { archived: false } }]));
    expect(world.agreed.get('a/1')?.fields.archived).toBe(false);
  });
});

describe('comments', () => {
  it('are carried once to every other place, and stay when they are deleted in one', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1')).cycle();
    notion.add(comment('a/1', 'x'));

    world.cycle();
    expect(excel.shows.get('a/1@x')?.fields).toMatchObject({ text: 'x', author: 'Claire' });

    notion.delete('a/1@x');
    world.cycle();
    expect(excel.shows.has('a/1@x')).toBe(true);
    expect(changesOf(world.cycle())).toBe(0);
  });

  it('are carried to no place where their task is archived', () => {
    const { notion, excel, world } = twoPlaces();
    world.offer(task('a/1'), point('a/1', 'p')).cycle();
    notion.delete('a/1');
    notion.add(comment('a/1', 'x'));

    world.cycle();

    expect(excel.shows.has('a/1@x')).toBe(false);
  });

  it('are not asked of a place that has no room for them', () => {
    const { notion, excel, world } = twoPlaces();
    excel.holds = ({ kind }) => kind !== 'comment';
    world.offer(task('a/1')).cycle();
    notion.add(comment('a/1', 'x'));

    world.cycle();

    expect(excel.asked.some(({ key }) => key === 'a/1@x')).toBe(false);
  });
});
