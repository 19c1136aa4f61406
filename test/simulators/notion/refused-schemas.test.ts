import type { JsonObject } from './json.ts';
import { type Ids, many, refused } from './refused.ts';

function databaseWith(properties: JsonObject) {
  return ({ home }: Ids) => ({
    parent: { type: 'page_id', page_id: home },
    initial_data_source: { properties },
  });
}

function change(properties: JsonObject) {
  return () => ({ properties });
}

function options(names: readonly string[]) {
  return change({ Étape: { select: { options: names.map((name) => ({ name })) } } });
}

function filter(condition: JsonObject) {
  return () => ({ filter: condition });
}

function view(more: JsonObject) {
  return ({ database, source }: Ids) => ({
    data_source_id: source,
    database_id: database,
    name: 'Vue',
    type: 'table',
    ...more,
  });
}

const key = { property: 'Clé', rich_text: { equals: 'x' } };
const calendarOfText = { type: 'calendar', configuration: { type: 'calendar', date_property_id: 'Clé' } };

refused('POST databases', [
  ['a schema without a title', databaseWith({ Clé: { rich_text: {} } }), /Title is not provided/],
  ['two titles', databaseWith({ Un: { title: {} }, Deux: { title: {} } }), /Only one property of type title/],
  ['a type that is none', databaseWith({ Nom: { title: {} }, Clé: { words: {} } }), /body failed validation/],
  ['a verification', databaseWith({ Nom: { title: {} }, Vu: { verification: {} } }), /cannot be created/],
  [
    'a parent without its type',
    ({ home }) => ({ parent: { page_id: home } }),
    /body failed validation: body\.parent/,
  ],
]);

refused('PATCH data_sources/SOURCE', [
  ['the same option in another case', options(['Un', 'UN']), /duplicate names/],
  ['an option with a comma', options(['un, deux']), /commas not allowed/],
  ['101 options', options(many(101, (n) => `o${n}`)), /options\.length should be ≤ `100`/],
  [
    'another colour for an option',
    change({ Étape: { select: { options: [{ name: 'Cadrer', color: 'red' }] } } }),
    /Cannot update color/,
  ],
  [
    'a colour that is none',
    change({ Étape: { select: { options: [{ name: 'Neuf', color: 'mauve' }] } } }),
    /should be `"default"` or/,
  ],
  [
    'a group that is none',
    change({ Statut: { status: { options: [{ name: 'Neuf', group: 'Later' }] } } }),
    /should be `"To-do"` or/,
  ],
  [
    'a description of 281 characters',
    change({ Clé: { description: 'x'.repeat(281), rich_text: {} } }),
    /between `1` and `280`/,
  ],
  ['the end of the title', change({ Nom: null }), /Cannot delete the title/],
  ['another type for the title', change({ Nom: { number: {} } }), /Cannot change the type of the title/],
  ['a name that is taken', change({ Clé: { name: 'Étape' } }), /already exists/],
  ['a new name for what is not there', change({ Nul: { name: 'Autre' } }), /Could not find property/],
  [
    'a relation to nowhere',
    change({ Lien: { relation: { data_source_id: 'x', single_property: {} } } }),
    /valid uuid/,
  ],
]);

refused('POST data_sources/SOURCE/query', [
  ['three levels', filter({ and: [{ or: [{ and: [key] }] }] }), /body failed validation/],
  ['101 conditions', filter({ or: many(101, () => key) }), /or\.length should be ≤ `100`/],
  [
    'a property that is not there',
    filter({ property: 'Nul', checkbox: { equals: true } }),
    /Could not find property/,
  ],
  [
    'a condition of another type',
    filter({ property: 'Clé', checkbox: { equals: true } }),
    /does not match filter/,
  ],
  [
    'an option that is not there',
    filter({ property: 'Étape', select: { equals: 'Nulle' } }),
    /"Nulle" not found/,
  ],
  [
    '101 sorts',
    () => ({ sorts: many(101, () => ({ property: 'Clé', direction: 'ascending' })) }),
    /should be ≤ `100`/,
  ],
  ['a page of 101 rows', () => ({ page_size: 101 }), /page_size should be ≤ `100`/],
  ['a cursor of elsewhere', ({ home }) => ({ start_cursor: home }), /start_cursor provided is invalid/],
  [
    'in_trash, on which sources disagree',
    () => ({ in_trash: false }),
    /body\.in_trash should be not present/,
  ],
]);

refused('POST views', [
  ['a board without groups', view({ type: 'board' }), /configuration\.group_by should be defined/],
  ['a calendar of texts', view(calendarOfText), /is not a date/],
  ['a configuration of another type', view({ configuration: { type: 'list' } }), /type should be `"table"`/],
  ['two places', view({ view_id: '00000000-0000-4000-8000-000000000000' }), /exactly one of/],
  [
    'an option that is not there',
    view({ filter: { property: 'Statut', status: { equals: 'Perdu' } } }),
    /"Perdu" not found/,
  ],
]);
