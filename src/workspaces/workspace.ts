import type { JalonError } from '#src/errors.ts';
import type { Locale, Said } from '#src/i18n/message.ts';
import type { Overview } from '#src/metrics/overview.ts';
import type { PictureKind } from '#src/metrics/progress-picture.ts';
import type { Fields, Item, ItemRef, Value } from '#src/plan/item.ts';
import type { Column } from '#src/plan/template.ts';
import type { Change } from '#src/reconcile/replica.ts';

/** One place where a team works on its plan: a workbook, a Notion page, a Trello board. */
export interface Workspace {
  /** Stable in a project, e.g. `excel:boulangerie-martin.xlsx`. Names the replica in the store and in the audit log. */
  readonly id: string;
  readonly kind: WorkspaceKind;
  /** Where a person opens it: a path or a URL. */
  readonly url: string;

  /** Whether this place can show the field of the item at all. A field that it cannot show is never asked of it. */
  holds(item: ItemRef, field: string): boolean;
  /** What the place would show for the value, as it was last read: cut, rounded or respelt as it does. */
  fit(item: ItemRef, field: string, value: Value): Value;
  /** Whether it has room for the whole text of the item’s field. Absent: where `fit` gives it back as it is. */
  showsWhole?(item: Item, field: string): boolean;
  /**
   * Those of the changes that the place is to carry out now; it is asked for the others again next time. Absent:
   * all of them, always.
   */
  due?(changes: readonly Change[], agreed: ReadonlyMap<string, Item>): readonly Change[];
  /** What carrying the changes out would cost. Absent where it costs nothing that counts. */
  foresee?(changes: readonly Change[], agreed: ReadonlyMap<string, Item>): Cost;

  /** Credentials, rights, limits: what is wrong, before anything is written. Never throws for what it can tell. */
  check(): Promise<readonly Diagnosis[]>;
  /**
   * One cheap look: while the answer is the same, nothing has changed there. `undefined`: it cannot tell this time.
   * Absent where no look is cheap.
   */
  glance?(): Promise<string | undefined>;
  /**
   * A hint from outside that these remote ids may have changed. True when one of them is this place's: its next
   * glance then differs, and its next read looks at them.
   */
  hear?(remoteIds: readonly string[]): boolean;
  /**
   * Everything, or what may have changed since the order's cursor.
   * @throws NotNow when the place is out of reach; NeedsAttention when it is damaged; Refused when we may not read it.
   */
  read(order: ReadOrder): Promise<Reading>;
  /**
   * Carries the changes out, creating what the blueprint asks for where it is missing, and yields each item once it
   * surely stands. Safe to call again after a crash at any moment: creates adopt what a lost run has left.
   */
  write(order: WriteOrder): AsyncIterable<Written>;
  /** Has the service tell us at once what changes there. Absent where there is no such thing, or a person sets it up. */
  readonly webhook?: WorkspaceWebhook | undefined;
  /** Requests sent since the workspace was opened; absent where none ever are. */
  requests?(): number;
}

/** Never throws for what the service or the network does. */
export interface WorkspaceWebhook {
  /**
   * Sees to it that we are told, and only once, or no longer where we are not to be told; says how it stands.
   * `undefined`: there is nothing to tell of, or not yet.
   */
  keep(order: WebhookOrder): Promise<Diagnosis | undefined>;
  /** How it stands. Changes nothing. */
  look(order: WebhookOrder): Promise<Diagnosis | undefined>;
}

export interface WebhookOrder {
  /** That of the workspace. */
  readonly memory: Memory;
  readonly signal?: AbortSignal | undefined;
}

export type WorkspaceKind = 'excel' | 'notion' | 'trello';

/** What a piece of work costs a service that counts. */
export interface Cost {
  readonly requests: number;
  /** At the pace that the credential is allowed, when nobody else uses it. */
  readonly minutes: number;
  /** Blocks of Notion, which a Free workspace never gets back; absent elsewhere. */
  readonly blocks?: number;
}

export interface Diagnosis {
  readonly level: 'ok' | 'warning' | 'error';
  readonly said: Said;
  /** What an error is, where it says more than that something is wrong: missing rights, for instance. */
  readonly error?: JalonError;
}

/** An item as a place shows it. Fields that the place does not hold are absent. */
export interface ShownItem extends Item {
  /** When it was last edited there, as an ISO instant, where the place can tell. */
  readonly editedAt?: string;
}

export interface ReadOrder {
  readonly blueprint: Blueprint;
  readonly memory: Memory;
  /** As the last reading gave it; `null` for the first. */
  readonly cursor: string | null;
  /** What was last agreed, or else what the template holds: by its words a place may know again what bears no key. */
  readonly known: ReadonlyMap<string, Item>;
  /** Keys of items that are to be shown although the cursor says that nothing has changed: their texts were held back. */
  readonly again?: ReadonlySet<string> | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Reading {
  readonly items: readonly ShownItem[];
  /** True only when the read certifies that it saw everything: then an item that is not there was removed. */
  readonly complete: boolean;
  /** Keys with a positive sign of deletion: trash, archive, 404 on the item itself. */
  readonly removed: readonly string[];
  /** To be given to the next read. */
  readonly cursor: string | null;
  /** What a person should know of what was found there: a renamed sheet, a status that we do not know. */
  readonly remarks: readonly Said[];
  /** True when the place does not exist (yet, or any more): everything is to be created. */
  readonly missing: boolean;
}

export interface WriteOrder {
  readonly changes: readonly Change[];
  readonly blueprint: Blueprint;
  readonly overview: Overview;
  /** The agreed state once the changes are made: what a place that is rebuilt as a whole will show. */
  readonly agreed: ReadonlyMap<string, Item>;
  readonly memory: Memory;
  /** Draws the overview. Called only when the place wants a new picture. */
  picture(kind: PictureKind): Promise<Uint8Array>;
  /** Says something that a person should know of how it went. */
  tell(remark: Said): void;
  /** Asks the write to hand back: what stands has been yielded, the rest is asked for again. */
  readonly signal?: AbortSignal | undefined;
}

export interface Written {
  readonly key: string;
  readonly done: 'created' | 'updated' | 'archived' | 'adopted';
  /** What the place shows after the write, for the fields that it holds. */
  readonly shows: Fields;
}

/** Under this name a place remembers where people open it, once it knows: `status` reads that without asking it. */
export const REMEMBERED_URL = 'url';

/**
 * What a workspace remembers between runs: the remote id of an item, of a list, of a column. Losing it loses
 * nothing: the keys in the place rebuild it. Values are kept in the store, per project and workspace.
 */
export interface Memory {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  delete(name: string): void;
  /** Keeps at once what has been set so far, also when the write fails later. For what holds whatever follows: ids. */
  flush(): Promise<void>;
}

/** The shape that a place must have: names in the team's language, in the order in which to show them. */
export interface Blueprint {
  readonly project: string;
  readonly company: string;
  readonly locale: Locale;
  readonly title: string;
  readonly notice: string;
  readonly steps: readonly {
    readonly key: string;
    readonly title: string;
    readonly summary: string;
    readonly color: string;
  }[];
  readonly roles: readonly Named[];
  /** Names of the people of the project, for drop-downs. */
  readonly people: readonly string[];
  readonly registers: readonly RegisterShape[];
  /** Titles of sources by id, with their URL. */
  readonly sources: ReadonlyMap<string, { readonly title: string; readonly url: string }>;
}

export interface Named {
  readonly key: string;
  readonly title: string;
}

export interface RegisterShape extends Named {
  readonly summary: string;
  readonly step: string;
  readonly columns: readonly ColumnShape[];
  /** Of the rows that are posted week by week, a place where each row costs may show the last one alone. */
  readonly latestOnly?: boolean;
  /** Keys of the rows that the plan brings along. */
  readonly planned: readonly string[];
}

export interface ColumnShape extends Named {
  readonly type: Column['type'];
  readonly help: string;
  readonly options: readonly (Named & { readonly color?: string | undefined })[];
}
