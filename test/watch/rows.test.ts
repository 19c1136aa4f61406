import { describe, expect, it } from 'vitest';
import type { Notice } from '#src/watch/notice.ts';
import type { Reader } from '#src/watch/reader.ts';
import { type Found, itemsOf, urgentMessage } from '#src/watch/rows.ts';
import { sourceKey } from '#src/watch/source-key.ts';
import { aCompany, words } from '../builders/template.ts';
import { watchedTemplate } from '../service/watching.ts';

const list = {
  id: 'list',
  kind: 'file' as const,
  title: { fr: 'La liste', en: 'The list' },
  url: 'https://official.example/list.xlsx',
  everyHours: 12,
  list: { status: 'registered' as const, firstRow: 3, name: 1 },
};
const feed = {
  id: 'feed',
  kind: 'rss' as const,
  title: words('Feed'),
  url: 'https://official.example/f',
  everyHours: 6,
};
const template = watchedTemplate([list, feed]);

function reader(more: Partial<Reader> = {}): Reader {
  const row = (name: string, decision: string) => ({
    key: `offers:${name}`,
    kind: 'row' as const,
    parent: 'offers',
    fields: { offer: name, decision, archived: false },
  });
  return {
    template,
    sources: template.watch.sources,
    company: aCompany(),
    profile: 'full',
    locale: 'en',
    people: { lead: 'Claire' },
    agreed: new Map([row('Alpha', 'chosen'), row('Beta', 'studying')].map((item) => [item.key, item])),
    today: '2026-11-23',
    ...more,
  };
}

function found(more: Partial<Notice>): Found {
  const notice: Notice = { id: 'n', sources: [], entry: null, added: [], removed: [], changed: [], ...more };
  return { notice, foundAt: '2026-11-23T08:00:00.000Z', foundOn: '2026-11-23' };
}

const moved = (name: string, to: 'registered' | 'waiting') => ({
  sources: [sourceKey(list)],
  platforms: {
    added: [],
    removed: [],
    moved: [{ name, from: to === 'waiting' ? ('registered' as const) : ('waiting' as const), to }],
  },
});

describe('a platform of the company’s own', () => {
  it('that is only waiting again is urgent, told by message, and no task', () => {
    const news = found(moved('ALPHA', 'waiting'));

    const items = itemsOf(news, reader());

    expect(items.map(({ kind, fields }) => [kind, fields.title])).toEqual([
      ['row', 'Urgent: Alpha is no longer registered, but waiting'],
    ]);
    expect(urgentMessage(news, reader())).toMatchObject({
      key: 'notice:n',
      kind: 'notice',
      subject: 'Urgent: Alpha is no longer registered, but waiting',
      blocks: [{ text: 'Waiting again: ALPHA.' }, { link: 'https://official.example/list.xlsx' }],
    });
  });

  it.each([moved('Alpha', 'registered'), moved('Beta', 'waiting'), moved('Other', 'waiting')])(
    'that fares well, or is none, is no message',
    (notice) => {
      expect(urgentMessage(found(notice), reader())).toBeUndefined();
    },
  );

  it('is told of once', () => {
    const news = found(moved('Alpha', 'waiting'));
    const [row] = itemsOf(news, reader());
    const agreed = new Map([...reader().agreed, ...(row ? [[row.key, row] as const] : [])]);

    expect(itemsOf(news, reader({ agreed }))).toEqual([]);
    expect(urgentMessage(news, reader({ agreed }))).toBeUndefined();
  });
});

describe('a row', () => {
  const entry = { title: 'News', link: 'https://official.example/1', date: '2026-11-20' };

  it('bears the day of publication and the text of the news, without saying that it was added', () => {
    const [row] = itemsOf(found({ sources: [sourceKey(feed)], entry, added: ['All is new.'] }), reader());

    expect(row?.fields).toMatchObject({
      title: 'News',
      date: '2026-11-20',
      excerpt: 'All is new.',
      link: entry.link,
    });
  });

  it('is left to a project that has a log', () => {
    const without = { ...template, registers: [] };

    expect(itemsOf(found({ sources: [sourceKey(feed)], entry }), reader({ template: without }))).toEqual([]);
  });

  it('is not for a project that does not watch the source', () => {
    expect(itemsOf(found({ sources: ['other-000'], entry }), reader())).toEqual([]);
  });
});
