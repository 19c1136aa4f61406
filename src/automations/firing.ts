import type { Said } from '#src/i18n/message.ts';
import type { ActiveRule } from '#src/plan/automation.ts';
import type { Item } from '#src/plan/item.ts';
import type { Effect } from './acts.ts';
import type { Cause } from './causes.ts';

/** A rule that has been set off, by what, and what it does. */
export interface Firing {
  readonly rule: ActiveRule;
  readonly cause: Cause;
  /** The task or row that it is about, as it stood; `undefined` for the whole project. */
  readonly item: Item | undefined;
  readonly effects: readonly Effect[];
  /** The end of a sentence: “its status went from …”. */
  readonly why: Said;
}
