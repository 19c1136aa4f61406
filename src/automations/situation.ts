import type { Locale } from '#src/i18n/message.ts';
import type { ActiveRule } from '#src/plan/automation.ts';
import type { Item } from '#src/plan/item.ts';
import type { Template } from '#src/plan/template.ts';
import type { IsHoliday } from '#src/plan/working-days.ts';
import type { Happening } from '#src/reconcile/replica.ts';

/** What a cycle found, as far as rules look at it. */
export interface Situation {
  /** In the order in which they speak: of two that would set one field, the first one does. */
  readonly rules: readonly ActiveRule[];
  /** What was agreed when the last cycle ended. */
  readonly before: ReadonlyMap<string, Item>;
  /** What is agreed now. */
  readonly agreed: ReadonlyMap<string, Item>;
  /** What has happened since, whoever did it. */
  readonly happenings: readonly Happening[];
  /** The ids of the places in which what happens is news. */
  readonly places: ReadonlySet<string>;
  /** `YYYY-MM-DD`, in the team's time zone. */
  readonly today: string;
  /** ISO instant: when what is said now was said. */
  readonly at: string;
  /** What earlier reactions asked to have remembered. */
  readonly remembered: (name: string) => string | undefined;
  /** `null`: not known, which sets nothing off. */
  readonly kpis: ReadonlyMap<string, number | null>;
  readonly team: Team;
}

/** Whom rules act for, and in which words. */
export interface Team {
  readonly company: string;
  readonly profile: string;
  readonly locale: Locale;
  /** Names of the persons who hold a role, by role. */
  readonly people: Readonly<Record<string, string>>;
  readonly template: Pick<Template, 'steps' | 'roles' | 'registers' | 'watchLog'>;
  readonly isHoliday: IsHoliday;
}
