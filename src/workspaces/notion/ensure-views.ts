import type { CreateViewParameters } from '@notionhq/client';
import { type Said, said } from '#src/i18n/message.ts';
import type { About } from '#src/i18n/notion.ts';
import { PLACE_REMARKS } from '#src/i18n/notion-home.ts';
import type { Time } from '../gate/time.ts';
import { createOnce } from '../http/create-once.ts';
import { findable, need } from './outcome.ts';
import type { Remembered, RememberedViews, TablePlace } from './remembered.ts';
import type { Requests } from './requests.ts';
import type { View } from './schema.ts';
import type { WantedView } from './views.ts';

/** As Notion calls the view that it makes with a database. */
const FIRST_VIEW = 'Default view';

export interface ViewsOrder {
  readonly requests: Requests;
  readonly time: Time;
  readonly remembered: Remembered;
  readonly parent: string;
  readonly place: TablePlace;
  /** The database has just been made: its only view is Notion's own. */
  readonly isNew: boolean;
  readonly wanted: readonly WantedView[];
  tell(remark: Said): void;
}

/**
 * Makes the views that were never made. Whatever people do to a view afterwards, delete it for instance, is theirs:
 * only what is remembered of it counts, or, when nothing is, its name.
 */
export async function ensureViews(order: ViewsOrder): Promise<void> {
  const { remembered, parent, wanted } = order;
  const before = remembered.views(parent) ?? {};
  if (wanted.every(({ view }) => before[view] !== undefined)) return;

  const present = await presentViews(order);
  const views: Record<string, string | null> = { ...before };
  try {
    for (const [index, one] of wanted.entries()) {
      if (views[one.view] !== undefined) continue;
      const same = present.find(({ name }) => name === one.name);
      const first = index === 0 ? present.find(({ name }) => name === FIRST_VIEW) : undefined;
      if (same) views[one.view] = same.id;
      else if (first) views[one.view] = await adjust(order, one, first.id);
      else views[one.view] = await create(order, one, [...present.map(({ id }) => id), ...idsIn(views)]);
    }
  } finally {
    remembered.setViews(parent, views);
    await remembered.flush();
  }
}

function idsIn(views: RememberedViews): readonly string[] {
  return Object.values(views).filter((id) => id !== null);
}

type Present = Pick<View, 'id' | 'name'>;

/** Lists tell ids only: names are asked for one by one, but for the view of a database that is new. */
async function presentViews({ requests, place, isNew, parent }: ViewsOrder): Promise<readonly Present[]> {
  const about: About = { type: 'view', name: parent };
  const ids = need(about, await requests.views(about, place.database));
  const [only] = ids;
  if (isNew && only && ids.length === 1) return [{ id: only.id, name: FIRST_VIEW }];
  const views = await Promise.all(ids.map(({ id }) => requests.view(about, id)));
  return views.map((view) => findable(about, view)).filter((view) => view !== undefined);
}

async function adjust({ requests }: ViewsOrder, { name, ...look }: WantedView, id: string): Promise<string> {
  const about: About = { type: 'view', name };
  const body = { view_id: id, name, configuration: look.configuration, ...unchecked(look) };
  return need(about, await requests.updateView(about, body)).id;
}

/** `null` when Notion does not grant the view, which may be so for charts; a view is never worth failing for. */
async function create(
  { requests, time, place, tell }: ViewsOrder,
  { name, type, configuration, ...look }: WantedView,
  known: readonly string[],
): Promise<string | null> {
  const about: About = { type: 'view', name };
  const parents = { data_source_id: place.source, database_id: place.database };
  const body: CreateViewParameters = { ...parents, name, type, configuration, ...unchecked(look) };
  const { outcome } = await createOnce(
    {
      send: () => requests.createView(about, body),
      find: () => findByName(requests, about, place, name, new Set(known)),
      fetch: async (id) => {
        const view = await requests.view(about, id);
        return view.kind === 'ok' ? view.value : undefined;
      },
    },
    time,
    requests.signal,
  );
  const isDenied =
    outcome.kind === 'refused' && ['restricted', 'validation', 'malformed'].includes(outcome.refusal.code);
  if (type !== 'chart' || !isDenied) return need(about, outcome).id;
  tell(said(PLACE_REMARKS.noChart));
  return null;
}

/** The SDK types filters and sorts of views as never, though Notion takes them as queries do. */
function unchecked({ filter, sorts }: Pick<WantedView, 'filter' | 'sorts'>) {
  return { ...(filter && { filter }), ...(sorts && { sorts }) } as Pick<CreateViewParameters, 'filter'> & {
    sorts?: never;
  };
}

async function findByName(
  requests: Requests,
  about: About,
  place: TablePlace,
  name: string,
  known: ReadonlySet<string>,
): Promise<View | undefined> {
  for (const { id } of need(about, await requests.views(about, place.database))) {
    if (known.has(id)) continue;
    const view = findable(about, await requests.view(about, id));
    if (view?.name === name) return view;
  }
  return undefined;
}
