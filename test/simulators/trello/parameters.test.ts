import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import * as p from './parameters.ts';
import { defaultSettings } from './settings.ts';

const id = '6f00000000000000000000aa';
const other = '6f00000000000000000000bb';

function read(parameter: p.Parameter, given: Json): Json | undefined {
  return parameter(given, defaultSettings);
}

type Case = readonly [name: string, parameter: p.Parameter, taken: readonly Json[], refused: readonly Json[]];

const cases: readonly Case[] = [
  ['a name', p.name, ['x', 'x'.repeat(16_384)], ['', 'x'.repeat(16_385), 5, true, null, ['x'], {}]],
  ['a text', p.text(), ['', 'x'], [5, null, false, []]],
  ['an id', p.id, [id, id.toUpperCase()], ['', 'abcdefgh', `${id}0`, 5, null, [id]]],
  ['a position', p.position, ['top', 'bottom', 1, 16_383.75], [0, -1, '', ' ', 'up', null, true]],
  ['one of a set', p.oneOf('all', 'none'), ['all', 'none'], ['ALL', '', 'all,none', true, null]],
  ['one of a set or null', p.nullable(p.oneOf('red')), ['red', null], ['', 'null', 'blue']],
  ['an object', p.object, [{}, { a: 1 }], ['', 'x', '[]', [], null, 5]],
];

describe('a parameter that is', () => {
  it.each(cases)('%s is taken as it is, or refused', (_name, parameter, taken, refused) => {
    expect(taken.map((given) => read(parameter, given))).toEqual(taken);
    expect(refused.map((given) => read(parameter, given))).toEqual(refused.map(() => undefined));
  });

  it('true or false is written as such or as a word', () => {
    expect([true, 'true', false, 'false'].map((given) => read(p.flag, given))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([1, 0, '', 'yes', 'TRUE', null].map((given) => read(p.flag, given))).toEqual(
      Array(6).fill(undefined),
    );
  });

  it('a list of ids stands between commas, and may be empty', () => {
    expect(read(p.ids, `${id},${other}`)).toEqual([id, other]);
    expect(read(p.ids, '')).toEqual([]);
    expect([[id], `${id},x`, `${id}, ${other}`, null].map((given) => read(p.ids, given))).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('a whole number has bounds, and may be written as a word', () => {
    const limit = p.whole(0, 1000);

    expect([0, '7', 1000].map((given) => read(limit, given))).toEqual([0, 7, 1000]);
    expect([-1, 1001, 1.5, '1.5', '', 'x', null].map((given) => read(limit, given))).toEqual(
      Array(7).fill(undefined),
    );
  });

  it('a date is cleared by null alone', () => {
    expect(read(p.date, null)).toBeNull();
    expect(read(p.date, 'null')).toBeUndefined();
    expect(read(p.date, 1_768_474_800_000)).toBeUndefined();
  });

  it('a position in words is a number', () => {
    expect(read(p.position, '16384')).toBe(16_384);
  });

  it('an object in a query is its text', () => {
    expect(read(p.object, '{"color":"red"}')).toEqual({ color: 'red' });
    expect(read(p.object, '[object Object]')).toBeUndefined();
  });

  it('an object of a shape has its members and no others', () => {
    const cover = p.shape({ color: p.nullable(p.oneOf('red')), size: p.oneOf('full') });

    expect(read(cover, { color: null, size: 'full' })).toEqual({ color: null, size: 'full' });
    expect(read(cover, { color: 'blue' })).toBeUndefined();
    expect(read(cover, { toString: 'x' })).toBeUndefined();
  });

  it('a list has items that are all taken', () => {
    expect(read(p.list(p.object), [{ a: 1 }, {}])).toEqual([{ a: 1 }, {}]);
    expect(read(p.list(p.object), [{ a: 1 }, 'x'])).toBeUndefined();
    expect(read(p.list(p.object), 'x')).toBeUndefined();
  });

  it('names fields that there are, all of them, or none', () => {
    const fields = p.fields(['name', 'desc']);

    expect(read(fields, 'name,id')).toEqual(['name', 'id']);
    expect(read(fields, 'all')).toEqual(['name', 'desc']);
    expect(read(fields, '')).toEqual([]);
    expect(read(fields, 'name,colour')).toBeUndefined();
  });
});
