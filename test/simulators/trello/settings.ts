import type { LimitName } from './object-limits.ts';

export type TrelloPlan = 'free' | 'standard' | 'premium';
export type Scope = 'read' | 'write' | 'account';

export interface PersonSettings {
  readonly fullName: string;
  readonly username: string;
  readonly email: string;
}

export interface Settings {
  readonly now: () => Date;
  /** Names the run: the same seed and the same requests give the same ids. */
  readonly seed: string;
  readonly plan: TrelloPlan;
  /** Open boards of a Free workspace. */
  readonly freeBoards: number;
  /** Open boards that the workspace had before the test. */
  readonly boardsBefore: number;
  /** Collaborators of a Free workspace: at so many nobody new comes in, above boards can only be viewed. */
  readonly freeCollaborators: number;
  /** Collaborators that the workspace has beside the people. */
  readonly collaboratorsBefore: number;
  /** Whether a workspace says which plan it has; otherwise `premiumFeatures` is empty, which means unknown. */
  readonly tellsPlan: boolean;
  /** The status of what the plan refuses. No public record tells it. */
  readonly planRefusalStatus: number;
  /** What happens on Free to the date and the member of a check item: no public record tells which. */
  readonly advancedChecklistsOnFree: 'ignored' | 'refused';
  /** How many objects there may be, where a test needs fewer than Trello allows. */
  readonly limits: Partial<Record<LimitName, number>>;
  /** Largest file; undefined: what the plan gives. */
  readonly maxFileBytes: number | undefined;
  readonly tokenPer10Seconds: number;
  readonly keyPer10Seconds: number;
  readonly memberPer10Seconds: number;
  /** Requests below /members in 900 s, on top of the others. */
  readonly membersPer900Seconds: number;
  /** From so many refusals of a key within 10 s on, everything is refused until they have passed. */
  readonly refusalsUntilClosed: number;
  /** Whether a 429 carries the headers of the rates: no public record tells. */
  readonly ratesOnRefusal: boolean;
  /** Whether each request of a batch counts, or the batch once: not documented. */
  readonly batchCounts: 'each' | 'once';
  /** Most cards with actions in one answer. */
  readonly cardsWithActions: number;
  /** Most cards that a board shows together with its own actions: no public record tells how many that are. */
  readonly cardsWithBoardActions: number;
  /** Most cards in one page, whatever limit is asked for beyond it. */
  readonly cardsPerPage: number;
  /** 403 in production, 429 in the guide. */
  readonly tooManyCardsStatus: 403 | 429;
  /** Requests that are answered before a copy is finished, which then overwrites what was changed meanwhile. */
  readonly copyLag: number;
  /** Requests that pass before a fresh card is seen in a list of cards. Its own address always finds it. */
  readonly cardLag: number;
  /** Whether label changes, of which Trello keeps no action, move dateLastActivity. */
  readonly labelsMoveActivity: boolean;
  /** What is not visible: 401 with the permission that it takes, or 404. */
  readonly hiddenStatus: 401 | 404;
  /** Minutes by which a date that names no zone shifts. */
  readonly unzonedShiftMinutes: number;
  /** Whether a person's editor keeps lines that only Markdown sees, `[//]: # (…)`. */
  readonly editorKeepsHiddenLines: boolean;
  /** Whether a request that carries a secret in its URL is refused. It is recorded in any case. */
  readonly refusesSecretsInUrl: boolean;
  /** Of the application: signs what is posted to webhooks. */
  readonly appSecret: string;
  readonly scopes: readonly Scope[];
  readonly people: readonly PersonSettings[];
}

export const defaultSettings: Settings = {
  now: () => new Date(),
  seed: 'trello',
  plan: 'free',
  freeBoards: 10,
  boardsBefore: 0,
  freeCollaborators: 10,
  collaboratorsBefore: 0,
  tellsPlan: true,
  planRefusalStatus: 403,
  advancedChecklistsOnFree: 'ignored',
  limits: {},
  maxFileBytes: undefined,
  tokenPer10Seconds: 100,
  keyPer10Seconds: 300,
  memberPer10Seconds: 375,
  membersPer900Seconds: 100,
  refusalsUntilClosed: 200,
  ratesOnRefusal: true,
  batchCounts: 'each',
  cardsWithActions: 1000,
  cardsWithBoardActions: Number.POSITIVE_INFINITY,
  cardsPerPage: 1000,
  tooManyCardsStatus: 403,
  copyLag: 0,
  cardLag: 0,
  labelsMoveActivity: false,
  hiddenStatus: 401,
  unzonedShiftMinutes: 300,
  editorKeepsHiddenLines: false,
  refusesSecretsInUrl: false,
  appSecret: 'secret-of-the-application-of-the-tests',
  scopes: ['read', 'write'],
  people: [
    { fullName: 'Claire Morel', username: 'clairemorel', email: 'claire@example.org' },
    { fullName: 'Marc Petit', username: 'marcpetit', email: 'marc@example.org' },
  ],
};

const MEBIBYTE = 1024 * 1024;

/** Largest file of an attachment. */
export function maxFileBytesOf({ maxFileBytes, plan }: Settings): number {
  return maxFileBytes ?? (plan === 'free' ? 10 : 250) * MEBIBYTE;
}

/** As the workspace and its boards tell their plan. */
export function premiumFeaturesOf({ plan, tellsPlan }: Settings): string[] {
  if (!tellsPlan) return [];
  if (plan === 'free') return ['additionalBoardBackgrounds', 'additionalStickers'];
  const paid = ['customBoardBackgrounds', 'advancedChecklists', 'isStandard'];
  return plan === 'standard' ? paid : [...paid, 'observers', 'views', 'isPremium'];
}
