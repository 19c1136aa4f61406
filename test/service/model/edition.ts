import type { Template } from '#src/plan/template.ts';
import { aStep, aTask, words } from '../../builders/template.ts';
import { smallTemplate } from '../company.ts';

/** In what a version of the template differs from the first one. */
export interface Edition {
  readonly wording: number;
  readonly weeks: number;
  /** The second task: as it was, retired, or split in two that take over from it. */
  readonly two: 'there' | 'gone' | 'split';
  readonly four: boolean;
  readonly pointB: boolean;
  /** A second line of the register. */
  readonly till: boolean;
  /** A third column of the register. */
  readonly column: boolean;
}

export const FIRST: Edition = {
  wording: 0,
  weeks: 0,
  two: 'there',
  four: false,
  pointB: true,
  till: true,
  column: false,
};

const ONE = 'first/one';
const TWO = 'first/two';
const SPLIT = ['two-a', 'two-b'] as const;

export function templateOf(edition: Edition): Template {
  const title = (text: string) => words(edition.wording === 0 ? text : `${text}, version ${edition.wording}`);
  const due = { anchor: 'start', weeks: 1 + edition.weeks };
  const point = (key: string) => ({ key, title: title(`Point ${key}`) });
  const two = { dependsOn: [ONE], checklist: [point('c')] };
  const seconds = {
    there: [aTask('two', { ...two, title: title('Deux') })],
    gone: [],
    split: SPLIT.map((key) => aTask(key, { ...two, title: title(key), replaces: [TWO] })),
  };
  const columns = [
    { key: 'name', title: words('Name'), type: 'text' as const },
    { key: 'cost', title: words('Cost'), type: 'amount' as const },
    ...(edition.column ? [{ key: 'owner', title: words('Owner'), type: 'person' as const }] : []),
  ];
  return smallTemplate({
    steps: [
      aStep(
        'first',
        aTask('one', {
          title: title('Un'),
          due,
          checklist: [point('a'), ...(edition.pointB ? [point('b')] : [])],
        }),
        ...seconds[edition.two],
      ),
      aStep('second', aTask('three', { due }), ...(edition.four ? [aTask('four', { due })] : [])),
    ],
    registers: [
      {
        key: 'tools',
        title: words('Tools'),
        summary: words('What we use'),
        step: 'first',
        columns,
        rows: [
          { key: 'scale', values: { name: title('Scale'), cost: 12.5 } },
          ...(edition.till ? [{ key: 'till', values: { name: title('Till') } }] : []),
        ],
      },
    ],
  });
}

/** What the template holds. */
export function keysOf(edition: Edition): ReadonlySet<string> {
  const seconds = { there: [TWO], gone: [], split: SPLIT.map((key) => `first/${key}`) }[edition.two];
  return new Set([
    ONE,
    `${ONE}#a`,
    ...(edition.pointB ? [`${ONE}#b`] : []),
    ...seconds.flatMap((key) => [key, `${key}#c`]),
    'second/three',
    ...(edition.four ? ['second/four'] : []),
    'tools:scale',
    ...(edition.till ? ['tools:till'] : []),
  ]);
}
