import type { Reaction } from '#src/automations/react.ts';
import type { Said } from '#src/i18n/message.ts';
import { type Item, text, type Value } from '#src/plan/item.ts';
import type { Text } from '#src/plan/template.ts';
import type { Happening, Outcome } from '#src/reconcile/replica.ts';
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
  /** Edits that people made there and that were taken in, field by field. */
  readonly edits: number;
  /** What people took out of the plan there. */
  readonly removed: readonly Removal[];
  readonly requests: number;
  readonly durationMs: number;
}

/** An item that people deleted or archived: it is archived everywhere, and told. */
export interface Removal {
  readonly key: string;
  readonly title: string;
  /** The law asks for it. */
  readonly required: boolean;
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
  /** The place comes back by itself: it is left out for a while, or still being read. */
  readonly isAwaited?: true;
}

export interface CycleReport {
  readonly slug: string;
  readonly workspaces: readonly WorkspaceReport[];
  readonly conflicts: readonly Disagreement[];
  readonly kept: readonly Disagreement[];
  /** What the rules did, in the order in which it followed from each other. */
  readonly automations: readonly FiredRule[];
  readonly remarks: readonly Said[];
  readonly failures: readonly CycleFailure[];
  /** When a text that was held back, since it is being typed, will be looked at again, in ms since 1970. */
  readonly settlesAt?: number;
}

/** A rule that has been set off, and why. */
export interface FiredRule {
  readonly rule: string;
  readonly title: Text;
  /** The key of the task or row that it is about; `null` for the whole project. */
  readonly item: string | null;
  readonly itemTitle: string;
  readonly why: Said;
}

export function firings({ firings }: Reaction): readonly FiredRule[] {
  return firings.map(({ rule, item, why }) => ({
    rule: rule.id,
    title: rule.title,
    item: item?.key ?? null,
    itemTitle: titleOf(item),
    why,
  }));
}

/** What people took out of the plan in one place. */
export function removals({ agreed, happenings }: Outcome, replica: string): readonly Removal[] {
  return happenings
    .filter((one) => one.kind === 'archived' && one.actor === replica)
    .map(({ key }) => {
      const item = agreed.get(key);
      return { key, title: titleOf(item), required: item?.fields.required === true };
    });
}

export function disagreements(
  { agreed, happenings }: Outcome,
  kind: Happening['kind'],
): readonly Disagreement[] {
  return happenings
    .filter((one) => one.kind === kind)
    .map((one) => ({
      key: one.key,
      title: titleOf(agreed.get(one.key)),
      field: one.field,
      stands: kind === 'conflict' ? one.new : one.old,
      setAside: kind === 'conflict' ? one.old : one.new,
      from: one.actor,
    }));
}

/** What a person calls the item: its title, or the first text of a register's row. */
export function titleOf(item: Item | undefined): string {
  if (item === undefined) return '';
  const first = Object.values(item.fields).find((value) => typeof value === 'string' && value !== '');
  return text(item, 'title') || (typeof first === 'string' ? first : item.key);
}
