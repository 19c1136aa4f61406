import type { CreateViewParameters, UpdateViewParameters } from '@notionhq/client';
import { type Locale, say } from '#src/i18n/message.ts';
import { VIEWS, type ViewName } from '#src/i18n/notion-home.ts';
import type { BoundProperty, SchemaMatch } from './properties.ts';
import { KEY_FIELD, namesOf, SHARE_FIELD } from './tables.ts';

type Bound = SchemaMatch['bound'];
export type ViewType = CreateViewParameters['type'];
type Configuration = NonNullable<UpdateViewParameters['configuration']>;

export interface WantedView {
  readonly view: ViewName;
  readonly name: string;
  readonly type: ViewType;
  readonly configuration: Configuration;
  readonly filter?: object;
  readonly sorts?: readonly object[];
}

/** What a card or a line shows of a task; its other fields are on its page. */
const LINE_FIELDS = ['title', 'status', 'priority', 'step', 'role', 'people', 'start', 'due', SHARE_FIELD];
const CARD_FIELDS = ['title', 'people', 'due', 'priority', SHARE_FIELD];

/**
 * The views of the plan, in the order of their tabs. The first stands for the view that Notion makes by itself. One
 * whose property is not to be had is left out.
 */
export function planViews(bound: Bound, locale: Locale): readonly WantedView[] {
  const of = (field: string) => bound.get(field);
  const [status, step, people, start, due] = ['status', 'step', 'people', 'start', 'due'].map(of);
  const wanted: readonly (Omit<WantedView, 'name'> | undefined)[] = [
    {
      view: 'all',
      type: 'table',
      configuration: { type: 'table', properties: shownOnly(bound, LINE_FIELDS), frozen_column_index: 0 },
      ...sortedBy(due),
    },
    status && board('byStatus', grouped(status), bound, CARD_FIELDS),
    step && board('byStep', grouped(step), bound, ['title', 'status', 'people', 'due']),
    start && due && timeline(start, due, bound),
    due && calendar(due, bound),
    due && status && late(due, status, bound),
    people && board('byPerson', grouped(people), bound, ['title', 'status', 'due', 'priority']),
    status && chart(status),
  ];
  return wanted.flatMap((one) => (one ? [{ ...one, name: say(locale, VIEWS[one.view]) }] : []));
}

/** The only view of a register: all of its columns but the key. */
export function registerViews(bound: Bound, locale: Locale): readonly WantedView[] {
  const fields = [...bound.keys()].filter((field) => field !== KEY_FIELD);
  return [
    {
      view: 'lines',
      name: say(locale, VIEWS.lines),
      type: 'table',
      configuration: { type: 'table', properties: shownOnly(bound, fields) },
    },
  ];
}

/** Whoever is not in Notion stands in a column beside. */
function shownOnly(bound: Bound, fields: readonly string[]) {
  const all = fields.flatMap((field) => (bound.has(namesOf(field)) ? [field, namesOf(field)] : [field]));
  const visible = new Set(all.flatMap((field) => bound.get(field)?.id ?? []));
  const hidden = [...bound.values()].map(({ id }) => id).filter((id) => !visible.has(id));
  return [
    ...[...visible].map((property_id) => ({ property_id, visible: true })),
    ...hidden.map((property_id) => ({ property_id, visible: false })),
  ];
}

type Grouping = Extract<Configuration, { type: 'board' }>['group_by'];

function grouped({ id: property_id, type }: BoundProperty): Grouping {
  const sort = { type: 'manual' } as const;
  if (type === 'status') return { type: 'status', property_id, group_by: 'option', sort };
  if (type === 'people') return { type: 'person', property_id, sort: { type: 'ascending' } };
  return { type: 'select', property_id, sort };
}

function board(
  view: ViewName,
  group_by: Grouping,
  bound: Bound,
  fields: readonly string[],
): Omit<WantedView, 'name'> {
  const configuration = { type: 'board' as const, group_by, properties: shownOnly(bound, fields) };
  return { view, type: 'board', configuration, ...sortedBy(bound.get('due')) };
}

function timeline(start: BoundProperty, due: BoundProperty, bound: Bound): Omit<WantedView, 'name'> {
  return {
    view: 'timeline',
    type: 'timeline',
    configuration: {
      type: 'timeline',
      date_property_id: start.id,
      end_date_property_id: due.id,
      properties: shownOnly(bound, ['title', 'status', 'people']),
      preference: { zoom_level: 'month' },
    },
    ...sortedBy(start),
  };
}

function calendar(due: BoundProperty, bound: Bound): Omit<WantedView, 'name'> {
  return {
    view: 'calendar',
    type: 'calendar',
    configuration: {
      type: 'calendar',
      date_property_id: due.id,
      view_range: 'month',
      properties: shownOnly(bound, ['title', 'status', 'people']),
    },
  };
}

/** Due before today, and neither done nor dropped. Options are named as people call them now. */
function late(due: BoundProperty, status: BoundProperty, bound: Bound): Omit<WantedView, 'name'> {
  const nameOf = (key: string) =>
    status.options.find(({ id }) => id === status.optionIds.get(key))?.name ?? undefined;
  const closed = ['done', 'dropped'].map(nameOf).filter((name) => name !== undefined);
  return {
    view: 'late',
    type: 'table',
    configuration: {
      type: 'table',
      properties: shownOnly(bound, ['title', 'due', 'status', 'people', 'priority']),
    },
    filter: {
      and: [
        { property: due.id, date: { before: 'today' } },
        ...closed.map((name) => ({ property: status.id, [status.type]: { does_not_equal: name } })),
      ],
    },
    ...sortedBy(due),
  };
}

function chart(status: BoundProperty): Omit<WantedView, 'name'> {
  return {
    view: 'chart',
    type: 'chart',
    configuration: {
      type: 'chart',
      chart_type: 'donut',
      x_axis: grouped(status),
      y_axis: { aggregator: 'count' },
      donut_labels: 'name_and_value',
      legend_position: 'side',
    },
  };
}

function sortedBy(property: BoundProperty | undefined): Pick<WantedView, 'sorts'> {
  return property ? { sorts: [{ property: property.id, direction: 'ascending' }] } : {};
}
