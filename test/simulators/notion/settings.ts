export type NotionPlan = 'free' | 'plus' | 'business' | 'enterprise';

export interface PersonSettings {
  readonly name: string;
  readonly email: string;
}

export interface Settings {
  readonly now: () => Date;
  /** Names the run: the same seed and the same requests give the same ids. */
  readonly seed: string;
  readonly plan: NotionPlan;
  /** From two members on, a Free workspace has `blockCap` blocks for its whole life. */
  readonly members: number;
  readonly blockCap: number;
  /** Blocks that the workspace had created before the test. */
  readonly blocksBefore: number;
  /** Requests in each 60 s for one connection; undefined: what the plan gives. */
  readonly ratePerMinute: number | undefined;
  /** Shared by all connections of the workspace. */
  readonly workspacePerMinute: number;
  /** What a request over the shared limit is told to wait: it may be longer than a minute. */
  readonly workspaceRetryAfter: number;
  /** Most results that one query or search gives, whatever the paging. */
  readonly queryDepth: number;
  /** Searches that pass before a change is seen by search. */
  readonly searchLag: number;
  /** Queries of a data source that pass before a fresh row is seen there. */
  readonly queryLag: number;
  readonly charts: boolean;
  /** Whether `group` of a status option is obeyed; otherwise every new option lands in To-do. */
  readonly honoursStatusGroup: boolean;
  /** Whether block writes through the API move last_edited_time of the page. A person's always do. */
  readonly blockWritesTouchPage: boolean;
  /** What the connection may know of people. */
  readonly readsUsers: 'nothing' | 'names' | 'emails';
  /** The two capabilities of comments; Notion leaves both off for a new connection. */
  readonly readsComments: boolean;
  readonly insertsComments: boolean;
  /** Whether the comments of a page include those on its blocks: no document says. */
  readonly listsCommentsOfBlocks: boolean;
  readonly people: readonly PersonSettings[];
}

export const defaultSettings: Settings = {
  now: () => new Date(),
  seed: 'notion',
  plan: 'plus',
  members: 2,
  blockCap: 1000,
  blocksBefore: 0,
  ratePerMinute: undefined,
  workspacePerMinute: Number.POSITIVE_INFINITY,
  workspaceRetryAfter: 180,
  queryDepth: 10_000,
  searchLag: 8,
  queryLag: 0,
  charts: true,
  honoursStatusGroup: true,
  blockWritesTouchPage: false,
  readsUsers: 'emails',
  readsComments: true,
  insertsComments: true,
  listsCommentsOfBlocks: false,
  people: [
    { name: 'Claire Morel', email: 'claire@example.org' },
    { name: 'Marc Petit', email: 'marc@example.org' },
  ],
};

/** Requests in each 60 s that a plan gives one connection. */
export function ratePerMinuteOf(settings: Settings): number {
  const generous = settings.plan === 'business' || settings.plan === 'enterprise';
  return settings.ratePerMinute ?? (generous ? 600 : 180);
}

const MEBIBYTE = 1024 * 1024;

/** Largest file sent in one part. */
export function maxFileBytesOf(settings: Settings): number {
  return (settings.plan === 'free' ? 5 : 20) * MEBIBYTE;
}
