import type { Said } from '#src/i18n/message.ts';
import type { Value } from '#src/plan/item.ts';
import type { WorkspaceKind } from '#src/workspaces/workspace.ts';

/** What one cycle did in one workspace; part of the JSON contract of `apply` and `sync`. */
export interface WorkspaceReport {
  readonly kind: WorkspaceKind;
  readonly url: string;
  readonly created: number;
  readonly updated: number;
  readonly archived: number;
  /** Items that people had added there, or that a lost run had left. */
  readonly adopted: number;
  readonly unchanged: number;
  readonly requests: number;
  readonly durationMs: number;
}

/** A value that lost against another, or a proposal of the template that people's words stopped. */
export interface Disagreement {
  readonly key: string;
  readonly title: string;
  readonly field: string | null;
  readonly stands: Value;
  readonly setAside: Value;
  /** Where the value that was set aside came from. */
  readonly from: string;
}

export interface CycleFailure {
  /** A workspace's id; null when the whole project failed. */
  readonly workspace: string | null;
  readonly error: unknown;
}

export interface CycleReport {
  readonly slug: string;
  readonly workspaces: readonly WorkspaceReport[];
  readonly conflicts: readonly Disagreement[];
  readonly kept: readonly Disagreement[];
  readonly remarks: readonly Said[];
  readonly failures: readonly CycleFailure[];
}
