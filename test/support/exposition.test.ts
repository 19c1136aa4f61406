import { describe, expect, it } from 'vitest';
import { parseExposition, valueIn } from './exposition.ts';

const head = '# HELP a_total What.\n# TYPE a_total counter\n';

describe('the reader of the text format', () => {
  it('takes in names, helps, labels and values', () => {
    const families = parseExposition(`${head}a_total{x="1",y="q\\"b\\\\n\\n"} 2.5\na_total 3\n`);

    expect(families.get('a_total')).toEqual({
      help: 'What.',
      type: 'counter',
      samples: [
        { labels: { x: '1', y: 'q"b\\n\n' }, value: 2.5 },
        { labels: {}, value: 3 },
      ],
    });
    expect(valueIn(families, 'a_total', { y: 'q"b\\n\n', x: '1' })).toBe(2.5);
  });

  it.each([
    ['a line without its end', `${head}a_total 1`],
    ['a metric without a sample', head],
    ['a metric without a type', '# HELP a_total What.\na_total 1\n'],
    ['a counter that is not called so', '# HELP a What.\n# TYPE a counter\na 1\n'],
    ['a gauge that is called a counter', '# HELP a_total What.\n# TYPE a_total gauge\na_total 1\n'],
    ['a sample of another metric', `${head}b_total 1\n`],
    ['a metric that comes twice', `${head}a_total 1\n\n${head}a_total{x="1"} 1\n`],
    ['a sample that comes twice', `${head}a_total{x="1",y="2"} 1\na_total{y="2",x="1"} 1\n`],
    ['a label that comes twice', `${head}a_total{x="1",x="2"} 1\n`],
    ['a quote within a label', `${head}a_total{x="1"2"} 1\n`],
    ['a wrong escape', `${head}a_total{x="\\t"} 1\n`],
    ['a comma at the end', `${head}a_total{x="1",} 1\n`],
    ['a value that is no number', `${head}a_total Nan\n`],
    ['a count below zero', `${head}a_total -1\n`],
    ['a time stamp', `${head}a_total 1 1700000000000\n`],
  ])('refuses %s', (_, text) => {
    expect(() => parseExposition(text)).toThrow();
  });
});
