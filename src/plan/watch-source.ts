import * as z from 'zod';
import { key, Text, taskKey } from './words.ts';

/** The form of `watch.yaml`, and of the `sources` of a project: what official sources are watched, and for what. */

/** https, except for hosts that `WATCH_ALLOW_HOSTS` names: that is known only when they are asked. */
const url = z.url({ protocol: /^https?$/, error: 'web-page' });
const line = z.string().trim().min(1).max(200);
/** The names that lead to a value of a JSON document: `article.articleVersions`. */
const path = z.string().regex(/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/, { error: 'json-path' });
const column = z.number().int().min(1).max(100);

/** A word or phrase; one that ends in `*` may go on. A list: all of them must be there. */
const Keyword = z.union([line, z.array(line).min(2)]);
export type Keyword = z.infer<typeof Keyword>;

/** What a change of the source touches. `sources`: whatever rests on those legal sources. */
const Touches = z.strictObject({
  sources: z.array(key).min(1).optional(),
  tasks: z.array(taskKey).min(1).optional(),
  obligations: z.array(key).min(1).optional(),
});

const common = {
  id: key,
  title: Text,
  url,
  /** What a person opens; the URL itself when left out. */
  page: url.optional(),
  /** How often it is looked at. */
  everyHours: z.number().int().min(1).max(720),
  /** What is published counts only where one of them is found. Left out: all of it. */
  keywords: z.array(Keyword).min(1).optional(),
  /** Left out: what the published text itself cites. */
  touches: Touches.optional(),
};

/** A feed of news: RSS, RDF or Atom. */
const Rss = z.strictObject({ kind: z.literal('rss'), ...common });

/** A page: the text of what the CSS selector finds, without what others find. */
const Html = z.strictObject({
  kind: z.literal('html'),
  ...common,
  selector: line.optional(),
  without: z.array(line).min(1).optional(),
});

/** Records of a JSON document. `items` leads to their list; left out, the document is the list. */
const Json = z.strictObject({
  kind: z.literal('json'),
  ...common,
  items: path.optional(),
  fields: z.strictObject({
    id: path,
    title: path.optional(),
    date: path.optional(),
    link: path.optional(),
    /** What is compared and shown. */
    text: z.array(path).min(1),
  }),
  /** Sent as JSON by POST; left out, it is a GET. */
  body: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** `piste`: asked with a token of PISTE, and only where there are credentials. */
  access: z.enum(['piste']).optional(),
});

/** The official standing of a platform, by the list on which it is. */
export const PLATFORM_STATUSES = ['registered', 'waiting'] as const;
export type PlatformStatus = (typeof PLATFORM_STATUSES)[number];

/** A PDF or a plain text; with `list`, a workbook with one platform a row. Rows and columns count from 1. */
const File = z.strictObject({
  kind: z.literal('file'),
  ...common,
  list: z
    .strictObject({
      status: z.enum(PLATFORM_STATUSES),
      firstRow: z.number().int().min(1).max(100),
      name: column,
      date: column.optional(),
    })
    .optional(),
});

export const WatchSource = z.discriminatedUnion('kind', [Rss, Html, Json, File]);
export type WatchSource = z.infer<typeof WatchSource>;

/** The register in which a team compares platforms, and its columns, by their keys. */
const Platforms = z.strictObject({
  register: key,
  name: key,
  /** The platform behind an offer that is none itself; it counts where it is given. */
  behind: key,
  /** Where it stands officially: a select with the options `registered`, `waiting` and `absent`. */
  status: key,
  readOn: key,
  /** Tells the platform that the company has chosen. */
  chosen: z.strictObject({ column: key, option: key }),
});
export type PlatformColumns = z.infer<typeof Platforms>;

/** `watch.yaml`, which a template may leave out. */
export const WatchFile = z.strictObject({
  /** Whoever holds it does the watch: notices are given to that person. */
  role: key.optional(),
  /** Filled in and watched over by the official lists. */
  platforms: Platforms.optional(),
  sources: z.array(WatchSource),
});
export type WatchFile = z.infer<typeof WatchFile>;

/**
 * Sites that keep robots out, by a captcha or by their terms: Légifrance, whose texts are to be had through PISTE, and
 * the directory of companies. Jalon links to them and never asks them.
 */
const CLOSED_HOSTS = ['legifrance.gouv.fr', 'facturation.chorus-pro.gouv.fr'] as const;

export function isClosedToRobots(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  return CLOSED_HOSTS.some((host) => name === host || name.endsWith(`.${host}`));
}
