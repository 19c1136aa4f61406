import type { Logger } from 'pino';
import type { Reaction } from '#src/automations/react.ts';
import type { Delivery } from '#src/digest/send/delivery.ts';
import type { Locale } from '#src/i18n/message.ts';
import type { Course } from '#src/metrics/course.ts';
import type { Overview } from '#src/metrics/overview.ts';
import type { PictureKind } from '#src/metrics/progress-picture.ts';
import type { ActiveRule } from '#src/plan/automation.ts';
import type { PlanInput } from '#src/plan/build-plan.ts';
import type { DigestMoment } from '#src/plan/digest-moment.ts';
import type { AddressedMessage, OutgoingMessage } from '#src/plan/outgoing-message.ts';
import type { Template } from '#src/plan/template.ts';
import type { WatchSource } from '#src/plan/watch-source.ts';
import type { IsHoliday } from '#src/plan/working-days.ts';
import type { Outcome, Replica } from '#src/reconcile/replica.ts';
import type { LockHolder, Mark, ProjectState, Store, StoreMemory } from '#src/store/store.ts';
import type { ReminderRules } from '#src/watch/reminders/rules.ts';
import type { Blueprint, Reading, Workspace } from '#src/workspaces/workspace.ts';
import type { Live } from './live.ts';
import type { CycleFailure } from './report.ts';
import type { Holds, Settling } from './settle.ts';

/** A project, opened: all that a cycle needs to know of it, and the doors to its workspaces. */
export interface RunningProject {
  readonly slug: string;
  readonly template: Template;
  readonly blueprint: Blueprint;
  readonly planInput: Omit<PlanInput, 'isHoliday'>;
  readonly workspaces: readonly Workspace[];
  /** How messages reach people: what is put into the outbox is addressed to its `channels`. */
  readonly delivery: Delivery;
  readonly reminders: ReminderRules;
  /** When its weekly digest is told. */
  readonly digest: DigestMoment;
  /** The official sources that it watches besides those of its template. */
  readonly ownSources: readonly WatchSource[];
  /** The automations in force. */
  readonly rules: readonly ActiveRule[];
}

export interface CycleDeps {
  readonly store: Store;
  /** `YYYY-MM-DD`, in the team's time zone. */
  readonly today: () => string;
  /** Dates what is said in a cycle. */
  readonly now: () => Date;
  readonly isHoliday: IsHoliday;
  readonly log: Logger;
  /** Names the run in the audit log and in every line of the log. */
  readonly run: string;
  /** Where people open the dashboard from anywhere, without a slash at its end. Absent: it is not open to them. */
  readonly dashboardUrl?: string | undefined;
  /** Of `today` and of the days of the log. */
  readonly timeZone: string;
  /** Draws where a project stands and how it came there; loads the charting library when it is called. */
  readonly picture: (
    overview: Overview,
    course: Course,
    locale: Locale,
    kind: PictureKind,
  ) => Promise<Uint8Array>;
  /** Asks the cycle to hand back: what is not written yet is asked for again by the next one. */
  readonly signal?: AbortSignal | undefined;
  /** Another run works on the project: told once, then waited for. */
  readonly onWait?: ((holder: LockHolder) => void) | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /**
   * For a service, which comes back: a text that is being typed settles first, and a slow place does not hold up the
   * others. Absent: everything that was changed is carried at once, and every place waited for.
   */
  readonly live?: Live | undefined;
}

/** `apply` lets the template speak: provision, upgrade, repair. `sync` only carries people's edits around. */
export type CycleMode = 'apply' | 'sync';

/** What a cycle is told besides what it finds: heard, kept and put into the outbox in one commit with what comes of it. */
export interface Announcement {
  readonly voices?: readonly Replica[];
  readonly marks?: readonly Mark[];
  /** Without channels of its own, a message takes all those of the project. */
  readonly messages?: readonly (OutgoingMessage & Partial<Pick<AddressedMessage, 'channels'>>)[];
}

/** One workspace, as this cycle found it. */
export interface Visit {
  readonly workspace: Workspace;
  readonly memory: StoreMemory;
  /** `undefined` when it could not be read. */
  readonly reading: Reading | undefined;
  readonly failure: CycleFailure | undefined;
  /** What was held back there by the cycle before. */
  readonly heldBefore: Holds;
  readonly startedAt: number;
}

export interface Comparison {
  readonly state: ProjectState;
  readonly visits: readonly Visit[];
  readonly settling: Settling;
  readonly outcome: Outcome;
  /** What the rules have made of it: part of the outcome already. */
  readonly reaction: Reaction;
}
