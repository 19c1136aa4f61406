import * as z from 'zod';
import { forms, kinds, shape } from '#src/i18n/bad-input.ts';
import { type Message, said } from '#src/i18n/message.ts';
import { templateProblem } from '#src/i18n/template-problem.ts';
import { checkCondition, type Definitions, duplicates, type Place, reference } from './check-names.ts';
import type { Problem } from './problem.ts';
import { describe } from './schema-problem.ts';
import type { Column, Register, RegistersFile } from './template.ts';
import type { Path, YamlDocument } from './yaml-document.ts';

type Problems = Generator<Problem>;
type Row = NonNullable<Register['rows']>[number];
type RowValue = Row['values'][string];

/** Registers whose names clash or lead nowhere, and lines whose values are not those that their columns hold. */
export function* checkRegisters(document: YamlDocument<RegistersFile>, defined: Definitions): Problems {
  const registers = document.value?.registers ?? [];
  yield* duplicates(
    document,
    ['registers'],
    registers.map(({ key }) => key),
  );
  for (const [index, register] of registers.entries()) {
    yield* checkRegister(document, ['registers', index], register, defined);
  }
}

function* checkRegister(
  document: Place,
  path: Path,
  { step, columns, rows = [] }: Register,
  defined: Definitions,
): Problems {
  yield* reference(document, [...path, 'step'], step, defined.steps, templateProblem.step);
  yield* duplicates(
    document,
    [...path, 'columns'],
    columns.map(({ key }) => key),
  );
  for (const [index, { options }] of columns.entries()) {
    yield* duplicates(
      document,
      [...path, 'columns', index, 'options'],
      options?.map(({ key }) => key),
    );
  }
  yield* duplicates(
    document,
    [...path, 'rows'],
    rows.map(({ key }) => key),
  );
  for (const [index, row] of rows.entries()) {
    const place = [...path, 'rows', index];
    yield* checkCondition(document, [...place, 'when'], row.when, defined);
    yield* checkValues(document, [...place, 'values'], row, columns);
  }
}

/** `isOpen`: a value that is not known yet, and so not looked at. */
export function* checkValues(
  document: Place,
  path: Path,
  { values }: Pick<Row, 'values'>,
  columns: readonly Column[],
  isOpen: (value: RowValue) => boolean = () => false,
): Problems {
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const title = columns[0]?.key;
  if (title !== undefined && !Object.hasOwn(values, title)) {
    yield document.problemAt(path, said(templateProblem.rowTitle, title));
  }
  for (const [key, value] of Object.entries(values)) {
    const column = byKey.get(key);
    const place = [...path, key];
    if (column === undefined) {
      yield* reference(document, place, key, new Set(byKey.keys()), templateProblem.column, 'key');
    } else if (!isOpen(value)) {
      yield* checkValue(document, place, value, column);
    }
  }
}

function* checkValue(document: Place, path: Path, value: RowValue, column: Column): Problems {
  if (column.options !== undefined && typeof value === 'string') {
    const options = new Set(column.options.map(({ key }) => key));
    yield* reference(document, path, value, options, templateProblem.option);
    return;
  }
  const { holds, expected } = TYPES[column.type];
  if (holds(value)) return;
  yield document.problemAt(path, said(shape.unwanted, { found: describe(value), expected: said(expected) }));
}

interface Type {
  holds(value: RowValue): boolean;
  readonly expected: Message;
}

/** A text may be given in both languages. */
const prose: Type = {
  holds: (value) => typeof value === 'string' || typeof value === 'object',
  expected: kinds.string,
};
const plain: Type = { holds: (value) => typeof value === 'string', expected: kinds.string };
const number: Type = { holds: (value) => typeof value === 'number', expected: kinds.number };

const TYPES: Readonly<Record<Column['type'], Type>> = {
  text: prose,
  'long-text': prose,
  person: plain,
  select: plain,
  number,
  amount: number,
  percent: number,
  checkbox: { holds: (value) => typeof value === 'boolean', expected: kinds.boolean },
  date: of(z.iso.date(), forms.date),
  url: of(z.url({ protocol: /^https?$/ }), forms.url),
  email: of(z.email(), forms.email),
};

function of(schema: z.ZodType<string>, expected: Message): Type {
  return { holds: (value) => schema.safeParse(value).success, expected };
}
