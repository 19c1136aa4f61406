import type { Fields, Item } from '#src/plan/item.ts';
import type { WriteOrder, Written } from '../workspace.ts';
import { CommentWriter } from './comment-writer.ts';
import type { Standing } from './cost.ts';
import { ensureViews } from './ensure-views.ts';
import { HomeWriter } from './home-writer.ts';
import type { Search } from './locate.ts';
import { need } from './outcome.ts';
import { type ProjectPerson, peopleOf } from './people.ts';
import type { SchemaMatch } from './properties.ts';
import type { Sighted } from './read.ts';
import { Refusals } from './refusals.ts';
import { openStructure, type Structure } from './structure.ts';
import type { Table } from './tables.ts';
import { planViews, registerViews } from './views.ts';
import { LineWriter } from './writer.ts';

export interface PlaceOrder extends Search {
  readonly order: WriteOrder;
  readonly sighted: Sighted;
  /** The tables that are to be there now. */
  readonly wanted: readonly Table[];
  readonly people: readonly ProjectPerson[];
  /** Of the team. */
  readonly timeZone: string;
  /** What the item shows once it is given these fields, in a table that has these properties. */
  fitted(item: Item, fields: Fields, bound: SchemaMatch['bound'] | undefined): Fields;
}

/**
 * Makes what is missing, carries the changes out, and brings the views and the home page up to date.
 * @throws what was refused or could not be done, after all the rest.
 */
export async function* writePlace(place: PlaceOrder): AsyncGenerator<Written> {
  const { order, sighted, remembered } = place;
  const home = new HomeWriter(place);
  const refusals = new Refusals();
  const upload = () => home.upload();
  const structure = await openStructure({ ...place, survey: sighted.survey, refusals, upload });
  const views = ensureAllViews(place, structure);
  // Whatever fails first is thrown; the other is waited for, so that nothing goes on behind our back.
  views.catch(() => {});
  const lines = new Map(
    [...(sighted.survey?.tables.values() ?? [])].flatMap((table) =>
      table.lines.map(({ key, page, stamped }) => [key, { page, stamped }] as const),
    ),
  );
  // A table that has only just been made was not there when the place was read.
  const fitted = (item: Item, fields: Fields) =>
    place.fitted(item, fields, structure.tables.get(item.parent)?.bound);
  try {
    const writer = new LineWriter({
      ...place,
      structure,
      refusals,
      fitted,
      people: await peopleFor(place),
      pages: sighted.pages,
      lines,
      redundant: [...(sighted.survey?.tables.values() ?? [])].flatMap((table) => table.redundant),
    });
    yield* writer.run();
    yield* new CommentWriter({
      ...place,
      style: { locale: place.blueprint.locale, timeZone: place.timeZone },
      pages: sighted.pages,
      found: sighted.ownComments,
      refusals,
      fitted,
    }).run();
  } finally {
    await Promise.allSettled([views]);
    await remembered.flush();
  }
  await views;
  await home.refresh(structure.home, order);
  refusals.throwAll();
}

async function ensureAllViews(place: PlaceOrder, { tables }: Structure): Promise<void> {
  const { requests, connection, remembered, blueprint, order } = place;
  const ended = await Promise.allSettled(
    [...tables.values()].map(({ table, place: { database, source }, bound, isNew }) =>
      ensureViews({
        requests,
        time: connection.time,
        remembered,
        parent: table.parent,
        place: { database, source },
        isNew,
        wanted:
          table.kind === 'task' ? planViews(bound, blueprint.locale) : registerViews(bound, blueprint.locale),
        tell: order.tell,
      }),
    ),
  );
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}

/** The members are asked for only when someone is to be assigned. Without the right to read them, people stay names. */
async function peopleFor({ requests, connection, order, sighted, people, remembered }: PlaceOrder) {
  const soFar = (id: string) => remembered.person(id);
  const names = new Set(order.changes.flatMap(namesIn));
  let known = peopleOf(people, sighted.persons, soFar);
  if (![...names].every((name) => known.idOf(name) !== undefined)) {
    const users = await connection.users(requests);
    const isDenied = users.kind === 'refused' && users.refusal.code === 'restricted';
    const members = isDenied ? [] : need({ type: 'people', name: 'Notion' }, users);
    known = peopleOf(people, [...members, ...sighted.persons], soFar);
  }
  for (const name of names) {
    const id = known.idOf(name);
    if (id !== undefined) remembered.setPerson(id, name);
  }
  return known;
}

function namesIn(change: WriteOrder['changes'][number]): readonly string[] {
  const { people } = change.kind === 'create' ? change.item.fields : change.fields;
  return Array.isArray(people) ? (people as readonly string[]) : [];
}

/** The parent page, what is below it, and a search for a plan that was moved. */
const FIRST_LOOK_REQUESTS = 3;

/** What stands already, for whoever foresees what the rest costs. */
export function standingOf(sighted: Sighted | undefined): Standing {
  const survey = sighted?.survey;
  const registers = [...(survey?.tables.keys() ?? [])].filter((parent) => parent !== 'plan');
  return {
    home: survey !== undefined,
    plan: survey?.tables.has('plan') ?? false,
    registers: new Set(registers),
    look: survey ? 2 * survey.tables.size : FIRST_LOOK_REQUESTS,
  };
}
