import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addRow, clientOf, clockAt, json, planIn, text } from './client.ts';
import { asList, asObject, asObjects, asText, type JsonObject } from './json.ts';
import { type NotionSimulator, startNotion } from './simulator.ts';

const clock = clockAt('2026-11-23T09:00:30.000Z');
let notion: NotionSimulator;
let source: string;
beforeEach(async () => {
  notion = await startNotion({ now: clock.now, queryDepth: 12, searchLag: 3, ratePerMinute: 10_000 });
  source = (await planIn(notion)).source;
});
afterEach(() => notion.stop());

function query(body: JsonObject): Promise<JsonObject> {
  return json(clientOf(notion).dataSources.query({ data_source_id: source, ...body }));
}

async function titlesFound(body: JsonObject): Promise<string[]> {
  const { results } = await query(body);
  return asObjects(results).map(({ id }) => notion.look.row(asText(id)).title);
}

describe('a query', () => {
  it.each<[string, JsonObject, string[]]>([
    ['text', { property: 'Clé', rich_text: { equals: 't-2' } }, ['Deux']],
    ['title', { property: 'Nom', title: { starts_with: 'U' } }, ['Un']],
    ['status', { property: 'Statut', status: { does_not_equal: 'Fait' } }, ['Un', 'Zéro']],
    ['status group', { property: 'Statut', status: { equals: 'Complete' } }, ['Deux']],
    [
      'one of several options',
      { property: 'Étape', select: { equals: ['Cadrer', 'Choisir'] } },
      ['Deux', 'Un'],
    ],
    ['emptiness', { property: 'Étape', select: { is_empty: true } }, ['Zéro']],
    ['several values', { property: 'Rôles', multi_select: { contains: 'Comptable' } }, ['Deux']],
    ['date', { property: 'Échéance', date: { before: '2027-01-01' } }, ['Un']],
    ['relative date', { property: 'Échéance', date: { on_or_after: 'today' } }, ['Deux', 'Un']],
    ['number', { property: 'Avancement', number: { greater_than: 0.3 } }, ['Deux']],
    ['tick', { property: 'Utile', checkbox: { equals: true } }, ['Un']],
    ['person «me», who is nobody', { property: 'Personnes', people: { contains: 'me' } }, []],
    [
      'both',
      {
        and: [
          { property: 'Utile', checkbox: { equals: false } },
          { property: 'Clé', rich_text: { is_not_empty: true } },
        ],
      },
      ['Deux'],
    ],
    [
      'either',
      {
        or: [
          { property: 'Clé', rich_text: { equals: 't-1' } },
          { property: 'Clé', rich_text: { equals: 't-2' } },
        ],
      },
      ['Deux', 'Un'],
    ],
  ])('filters by %s', async (_name, filter, expected) => {
    await addRow(notion, source, 'Zéro');
    await addRow(notion, source, 'Un', {
      Clé: { rich_text: text('t-1') },
      Statut: { status: { name: 'En cours' } },
      Étape: { select: { name: 'Cadrer' } },
      Échéance: { date: { start: '2026-12-01' } },
      Avancement: { number: 0.2 },
      Utile: { checkbox: true },
    });
    await addRow(notion, source, 'Deux', {
      Clé: { rich_text: text('t-2') },
      Statut: { status: { name: 'Fait' } },
      Étape: { select: { name: 'Choisir' } },
      Rôles: { multi_select: [{ name: 'Direction' }, { name: 'Comptable' }] },
      Échéance: { date: { start: '2027-01-15' } },
      Avancement: { number: 1 },
    });

    const found = await titlesFound({ filter });

    expect(found.toSorted()).toEqual(expected);
  });

  it('sees an edit by the minute in which it was made, not by the second', async () => {
    const id = await addRow(notion, source, 'Une tâche');
    const since = (iso: string) => ({
      timestamp: 'last_edited_time',
      last_edited_time: { on_or_after: iso },
    });

    const page = await json(clientOf(notion).pages.retrieve({ page_id: id }));
    const bySecond = await titlesFound({ filter: since('2026-11-23T09:00:30.000Z') });
    const byMinute = await titlesFound({ filter: since('2026-11-23T09:00:00.000Z') });

    expect(page.last_edited_time).toBe('2026-11-23T09:00:00.000Z');
    expect(bySecond).toEqual([]);
    expect(byMinute).toEqual(['Une tâche']);
  });

  it('sorts, the empty last, and follows cursors', async () => {
    for (const [name, start] of [
      ['b', '2027-02-01'],
      ['c', ''],
      ['a', '2027-01-01'],
    ]) {
      await addRow(notion, source, name ?? '', start === '' ? {} : { Échéance: { date: { start } } });
    }
    const sorts = [{ property: 'Échéance', direction: 'ascending' }];

    const first = await query({ sorts, page_size: 2 });
    const rest = await titlesFound({ sorts, page_size: 2, start_cursor: first.next_cursor });

    expect(asObjects(first.results).map(({ id }) => notion.look.row(asText(id)).title)).toEqual(['a', 'b']);
    expect(first).toMatchObject({ has_more: true, request_status: { type: 'complete' } });
    expect(rest).toEqual(['c']);
  });

  it('ends at its depth and says so', async () => {
    for (let n = 0; n < 13; n += 1) await addRow(notion, source, `Tâche ${n}`);

    const answer = await query({});

    expect(asList(answer.results)).toHaveLength(12);
    expect(answer).toMatchObject({
      has_more: false,
      next_cursor: null,
      request_status: { type: 'incomplete', incomplete_reason: 'query_result_limit_reached' },
    });
  });

  it('may be late for a fresh row where a test wants it so', async () => {
    await using slow = await startNotion({ queryLag: 2 });
    const plan = await planIn(slow);
    await addRow(slow, plan.source, 'Une tâche');
    const look = async () =>
      (await clientOf(slow).dataSources.query({ data_source_id: plan.source })).results.length;

    expect([await look(), await look(), await look()]).toEqual([0, 0, 1]);
  });
});

describe('a long value', () => {
  it('is cut at 25 in the page, and had whole by its property', async () => {
    const client = clientOf(notion);
    await client.dataSources.update({
      data_source_id: source,
      properties: { Liens: { relation: { data_source_id: source, single_property: {} } } },
    });
    const ids: { id: string }[] = [];
    for (let n = 0; n < 30; n += 1) ids.push({ id: await addRow(notion, source, `Tâche ${n}`) });
    const long = await addRow(notion, source, 'Longue', { Liens: { relation: ids } });

    const page = await json(client.pages.retrieve({ page_id: long }));
    const links = asObject(asObject(page.properties).Liens);
    const first = await json(
      client.pages.properties.retrieve({ page_id: long, property_id: asText(links.id), page_size: 20 }),
    );
    const rest = await json(
      client.pages.properties.retrieve({
        page_id: long,
        property_id: asText(links.id),
        start_cursor: asText(first.next_cursor),
      }),
    );

    expect(asList(links.relation)).toHaveLength(25);
    expect(links.has_more).toBe(true);
    const whole = [...asObjects(first.results), ...asObjects(rest.results)].map(({ relation }) => relation);
    expect(whole).toEqual(ids);
  });
});

describe('search', () => {
  it('sees a change only some searches later', async () => {
    const search = async () =>
      (await clientOf(notion).search({ query: 'plan', filter: { property: 'object', value: 'data_source' } }))
        .results.length;

    expect([await search(), await search(), await search(), await search()]).toEqual([0, 0, 0, 1]);
  });

  it('gives equals in another order from one time to the next', async () => {
    const search = async () =>
      (await clientOf(notion).search({ query: 'Tâche' })).results.map(({ id }) => id);
    for (let n = 0; n < 3; n += 1) await addRow(notion, source, `Tâche ${n}`);
    for (let n = 0; n < 3; n += 1) await search();

    const orders = [await search(), await search()];

    expect(orders[0]).not.toEqual(orders[1]);
    expect(orders[0]?.toSorted()).toEqual(orders[1]?.toSorted());
  });
});
