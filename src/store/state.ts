import type { Fields, Item } from '#src/plan/item.ts';
import type { AddressedMessage } from '#src/plan/outgoing-message.ts';
import type { Change, Happening, SeenUpdate } from '#src/reconcile/replica.ts';

/** What was last agreed on a project, and what each place was last seen to show. */
export interface ProjectState {
  /** In the order in which the items came to be. */
  readonly agreed: ReadonlyMap<string, Item>;
  /** By replica, then by key. */
  readonly seen: ReadonlyMap<string, ReadonlyMap<string, Fields>>;
  readonly cursors: ReadonlyMap<string, string>;
  /** `null` until a template has been applied. */
  readonly templateVersion: string | null;
}

/** What a run has found out, to be stored as a whole. */
export interface ProjectCommit {
  readonly run: string;
  /** Items that are new or have changed. Those that are not named stay as they are. */
  readonly agreed: readonly Item[];
  readonly seen: readonly SeenUpdate[];
  /** `null` forgets the cursor. */
  readonly cursors: readonly { readonly replica: string; readonly cursor: string | null }[];
  readonly audit: readonly AuditEntry[];
  /** What is about to be written, stored before the first request leaves. */
  readonly intents: readonly Intent[];
  readonly templateVersion?: string;
  /** Kept in what the replica remembers, see `Store.memory`; together with the rest, or not at all. */
  readonly marks?: readonly Mark[];
  /** To be sent, each once for each of its channels; see `Store.outbox`. One whose key is known there is left out. */
  readonly messages?: readonly AddressedMessage[];
}

export interface Mark {
  readonly replica: string;
  readonly name: string;
  readonly value: string;
}

export interface AuditEntry extends Happening {
  readonly note?: string;
}

export interface Intent {
  readonly replica: string;
  readonly key: string;
  readonly kind: Change['kind'];
}

/** An intent that no acknowledgement has closed. */
export interface OpenIntent extends Intent {
  readonly run: string;
  /** ISO instant. */
  readonly at: string;
}
