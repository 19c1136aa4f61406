import { text } from './client.ts';
import type { Json, JsonObject } from './json.ts';
import { type Ids, many, refused } from './refused.ts';

const nobody = '00000000-0000-4000-8000-000000000000';

function row(properties: JsonObject) {
  return ({ source }: Ids) => ({ parent: { type: 'data_source_id', data_source_id: source }, properties });
}

function blocks(children: Json[]) {
  return () => ({ children });
}

function paragraph(content: string, children?: Json[]): JsonObject {
  return { paragraph: { rich_text: text(content), children } };
}

function runs(count: number, content: string): Json[] {
  return many(count, () => ({ text: { content } }));
}

refused('POST pages', [
  ['2,001 characters', row({ Nom: { title: text('x'.repeat(2001)) } }), /content\.length should be ≤ `2000`/],
  ['101 runs of text', row({ Clé: { rich_text: runs(101, 'x') } }), /rich_text\.length should be ≤ `100`/],
  [
    'an address of 2,001 characters',
    row({ Preuve: { url: 'x'.repeat(2001) } }),
    /url\.length should be ≤ `2000`/,
  ],
  ['a property that is not there', row({ Couleur: { number: 1 } }), /Couleur is not a property that exists/],
  ['a value of another type', row({ Clé: { number: 1 } }), /Clé is expected to be rich_text/],
  ['a read-only property', row({ Créé: { created_time: '2026-01-01' } }), /body failed validation/],
  ['a status that is no option', row({ Statut: { status: { name: 'Perdu' } } }), /"Perdu" does not exist/],
  ['a comma in an option', row({ Étape: { select: { name: 'un, deux' } } }), /commas not allowed/],
  ['a date that is none', row({ Échéance: { date: { start: 'lundi' } } }), /valid ISO 8601/],
  [
    'an end before the start',
    row({ Échéance: { date: { start: '2027-02-01', end: '2027-01-01' } } }),
    /before end/,
  ],
  ['a person of elsewhere', row({ Personnes: { people: [{ id: nobody }] } }), /Could not find user/],
  [
    '101 options',
    row({ Rôles: { multi_select: many(101, (n) => ({ name: `r${n}` })) } }),
    /should be ≤ `100`/,
  ],
  [
    'more than a title under a page',
    ({ home }) => ({ parent: { page_id: home }, properties: { Nom: { number: 1 } } }),
    /Nom is not a property/,
  ],
  ['a page at the top of the workspace', () => ({ properties: {} }), /workspace level/],
  ['a malformed id', () => ({ parent: { page_id: 'x' } }), /body\.parent\.page_id should be a valid uuid/],
]);

refused('PATCH pages/HOME', [
  ['«archived», which 2026-03-11 has replaced', () => ({ archived: true }), /archived should be not present/],
  ['an unknown parameter', () => ({ colour: 'red' }), /colour should be not present/],
]);

refused('PATCH blocks/HOME/children', [
  [
    '101 blocks',
    blocks(many(101, () => paragraph('x'))),
    /children\.length should be ≤ `100`, instead was `101`/,
  ],
  [
    'a fourth level',
    blocks([paragraph('1', [paragraph('2', [paragraph('3', [paragraph('4')])])])]),
    /not present/,
  ],
  [
    '1,001 blocks in all',
    blocks(
      many(20, () =>
        paragraph(
          'x',
          many(60, () => paragraph('y')),
        ),
      ),
    ),
    /at most `1000`/,
  ],
  [
    'more than 500 KB',
    blocks(many(100, () => ({ paragraph: { rich_text: runs(3, 'x'.repeat(1900)) } }))),
    /too large/,
  ],
  [
    'an echoed is_archived',
    blocks([{ paragraph: { rich_text: [], is_archived: false } }]),
    /is_archived should be not/,
  ],
  ['an unknown block', blocks([{ banner: {} }]), /body failed validation/],
  [
    '«after», which 2026-03-11 has replaced',
    ({ home }) => ({ children: [], after: home }),
    /after should be not present/,
  ],
  [
    'a place beside a block of elsewhere',
    ({ home }) => ({ children: [], position: { type: 'after_block', after_block: { id: home } } }),
    /should be a child/,
  ],
  ['a table without rows', blocks([{ table: { table_width: 1, children: [] } }]), /should be ≥ `1`/],
  [
    'one column alone',
    blocks([{ column_list: { children: [{ column: { children: [paragraph('x')] } }] } }]),
    /should be ≥ `2`/,
  ],
  [
    'an equation of 1,001 characters',
    blocks([{ equation: { expression: 'x'.repeat(1001) } }]),
    /should be ≤ `1000`/,
  ],
]);

refused('POST comments', [
  ['a comment without words', ({ home }) => ({ parent: { page_id: home } }), /body failed validation/],
]);
