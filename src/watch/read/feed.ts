import { createHash } from 'node:crypto';
import { parseFeed } from 'htmlparser2';
import { type Entry, oneLine, type Reading } from '../reading.ts';
import { Sick } from '../sickness.ts';
import { dayIn, dayOf } from './dates.ts';
import { refuseDeep } from './depth.ts';
import { plainText } from './html.ts';

/** No feed of news has more; what does is not one. */
const MOST_ENTRIES = 2000;
/** Parameters that tell where a reader comes from, not what is read. */
const TRACKING = /^(utm_\w+|xtor|at_\w+)$/;

/**
 * The entries of a feed: RSS, RDF or Atom, also when it is not quite well-formed. Entities that a feed defines itself
 * are not expanded. An entry without an id is known by its link, one without either by its words.
 * @throws Sick when the text is no feed.
 */
export function readFeed(text: string): Reading {
  refuseDeep(text, 'feed');
  const feed = parseFeed(text);
  if (!feed) throw new Sick({ why: 'unreadable', expected: 'feed' });
  const entries = feed.items
    .slice(0, MOST_ENTRIES)
    .map(({ id, title = '', link, description = '', pubDate }): Entry => {
      const words = { title: plainText(title), text: plainText(description) };
      const address = link === undefined ? null : cleanLink(link);
      return {
        ...words,
        id: oneLine(id ?? '') || address || digestOf(`${words.title}\n${words.text}`),
        link: address,
        date: (pubDate && dayOf(pubDate)) ?? dayIn(words.text),
      };
    });
  return { kind: 'news', entries: [...new Map(entries.map((entry) => [entry.id, entry])).values()] };
}

function cleanLink(text: string): string | null {
  const link = text.trim();
  if (!URL.canParse(link)) return null;
  const url = new URL(link);
  if (!/^https?:$/.test(url.protocol)) return null;
  url.hash = '';
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  return url.href;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
