import fc from 'fast-check';
import { STATUSES, type Status } from '#src/plan/item.ts';
import type { CycleMode } from '#src/service/running-project.ts';
import { TOOLS, type Tool } from './team.ts';

/** What may happen to a plan that lives in several tools, as plain data: it can be shrunk, printed and played again. */
export type Act =
  | { readonly do: 'write'; readonly tool: Tool; readonly task: number; readonly field: 'title' | 'notes' }
  | { readonly do: 'set status'; readonly tool: Tool; readonly task: number; readonly status: Status }
  | { readonly do: 'set due'; readonly tool: Tool; readonly task: number }
  | {
      readonly do: 'tick';
      readonly tool: Tool;
      readonly task: number;
      readonly point: number;
      readonly done: boolean;
    }
  | { readonly do: 'add task'; readonly tool: Tool }
  | { readonly do: 'add point'; readonly tool: Tool; readonly task: number }
  | { readonly do: 'remove'; readonly tool: Tool; readonly task: number }
  | { readonly do: 'comment'; readonly tool: Tool; readonly task: number }
  /** The service is out of order, or in order again. */
  | { readonly do: 'outage'; readonly tool: 'notion' | 'trello'; readonly out: boolean }
  /** The next requests fail by chance, before or after they did their work. */
  | { readonly do: 'storm'; readonly tool: 'notion' | 'trello'; readonly seed: number }
  /** Another process takes over: what was in memory is gone. */
  | { readonly do: 'restart' }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'cycle'; readonly mode: CycleMode; readonly death: Death };

/** When the process dies: before its commit, between it and the writes, or after them; or not at all. */
export const DEATHS = ['before commit', 'before writes', 'after writes'] as const;
export type Death = (typeof DEATHS)[number] | 'none';

const as = <const Name extends string>(name: Name) => fc.constant(name);
const tool = fc.constantFrom<Tool>(...TOOLS);
const service = fc.constantFrom<'notion' | 'trello'>('notion', 'trello');
const task = fc.nat({ max: 7 });
const status = fc.constantFrom(...STATUSES);
const death: fc.Arbitrary<Death> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Death>('none') },
  { weight: 2, arbitrary: fc.constantFrom<Death>(...DEATHS) },
);

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: as('write'), tool, task, field: fc.constantFrom('title', 'notes') }),
  },
  { weight: 6, arbitrary: fc.record({ do: as('set status'), tool, task, status }) },
  { weight: 3, arbitrary: fc.record({ do: as('set due'), tool, task }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: as('tick'), tool, task, point: fc.nat({ max: 3 }), done: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: as('add task'), tool }) },
  { weight: 2, arbitrary: fc.record({ do: as('add point'), tool, task }) },
  { weight: 2, arbitrary: fc.record({ do: as('remove'), tool, task }) },
  { weight: 4, arbitrary: fc.record({ do: as('comment'), tool, task }) },
  { weight: 1, arbitrary: fc.record({ do: as('outage'), tool: service, out: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: as('storm'), tool: service, seed: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: as('restart') }) },
  { weight: 4, arbitrary: fc.record({ do: as('wait'), minutes: fc.constantFrom(1, 5, 60) }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: as('cycle'),
      mode: fc.constantFrom<CycleMode>('apply', 'sync', 'sync'),
      death,
    }),
  },
);

const MINUTE_MS = 60_000;
/** Clocks that are right, late by a day, or early by some minutes. */
const skew = fc.constantFrom(0, 0, -24 * 60 * MINUTE_MS, 7 * MINUTE_MS);

export interface Story {
  readonly skew: Readonly<Record<'notion' | 'trello', number>>;
  /** The template's rules are in force. */
  readonly automated: boolean;
  readonly acts: readonly Act[];
}

export const stories: fc.Arbitrary<Story> = fc.record({
  skew: fc.record({ notion: skew, trello: skew }),
  automated: fc.boolean(),
  acts: fc.array(act, { maxLength: 24, size: 'max' }),
});
