import { type Item, isArchived, text } from '#src/plan/item.ts';
import type { Change } from '#src/reconcile/replica.ts';
import { NOTION_DEFAULT_PER_MINUTE, notionPace } from '../gate/rates.ts';
import type { Blueprint, RegisterShape } from '../workspace.ts';
import { CHILDREN_LIMIT, PAGE_SIZE } from './limits.ts';

/** What a piece of work costs: blocks that a Free workspace never gets back, and requests. */
export interface Cost {
  readonly blocks: number;
  readonly requests: number;
}

export interface ApplyCost extends Cost {
  /** At the pace that the connection is allowed, when nobody else uses it. */
  readonly minutes: number;
}

/** What stands in Notion already. */
export interface Standing {
  readonly home: boolean;
  readonly plan: boolean;
  /** Keys of the registers that have their database. */
  readonly registers: ReadonlySet<string>;
  /** Views that the plan's database still lacks. */
  readonly missingViews: number;
  /** The picture on the home page shows what it should. */
  readonly picture: boolean;
}

/**
 * What we allow ourselves on the home page: the page, its headings and texts, the tables of steps and of legal dates
 * with their rows, the picture and the links. The builder of the home page keeps to it.
 */
export const HOME_BLOCKS = 40;

/** Creating a database is one block. Notion adds its first view by itself, and views are no blocks. */
const DATABASE_BLOCKS = 1;

/** Create it; read back how Notion has made its properties; add what needs its own id (the relation) or was not obeyed. */
const PLAN_REQUESTS = 3;
/** Create it; read back the ids of its properties. */
const REGISTER_REQUESTS = 2;
/** Ask for a place for the file, send it, put it into its block. */
const PICTURE_REQUESTS = 3;

/**
 * The keys of the registers to be made now: those whose step has begun, and those that hold lines that someone has
 * added elsewhere. A step has begun once one of its tasks is more than `todo`, or its first task is to start.
 *
 * `today` is `YYYY-MM-DD`.
 */
export function dueRegisters(
  { registers, steps }: Blueprint,
  agreed: ReadonlyMap<string, Item>,
  today: string,
): ReadonlySet<string> {
  const items = [...agreed.values()].filter((item) => !isArchived(item));
  const begun = new Set(items.filter((item) => hasBegun(item, today)).map((item) => text(item, 'step')));
  // Steps follow each other: before one that has begun, all have.
  const lastBegun = steps.findLastIndex(({ key }) => begun.has(key));
  const open = new Set(steps.slice(0, Math.max(lastBegun, 0) + 1).map(({ key }) => key));
  const isKnown = ({ step }: RegisterShape) => steps.some(({ key }) => key === step);
  const isUsed = ({ key }: RegisterShape) =>
    items.some((item) => item.parent === key && item.key.startsWith(`${key}:own-`));
  const due = registers.filter((one) => open.has(one.step) || !isKnown(one) || isUsed(one));
  return new Set(due.map(({ key }) => key));
}

function hasBegun(item: Item, today: string): boolean {
  if (item.kind !== 'task') return false;
  const start = text(item, 'start');
  return (start !== '' && start <= today) || !['todo', 'dropped', ''].includes(text(item, 'status'));
}

/**
 * What carrying out these changes costs, with the structure that they need.
 *
 * - home page: `HOME_BLOCKS` blocks and 1 request
 * - plan: 1 block, 3 requests; each register of `due` that is missing: 1 block, 2 requests; each view: 1 request
 * - new task: 1 block for its page and 1 for each point, in 1 request for every 100 points begun
 * - points added to a task that stands: 1 block each, 1 request for every 100 begun, task by task
 * - new line of a register: 1 block, 1 request; lines of registers that are not due yet: nothing
 * - whatever is updated, archived or restored: 1 request, no block
 * - a new picture: 3 requests; its block is the home page's, and is used again
 */
export function costOf(
  changes: readonly Change[],
  due: ReadonlySet<string>,
  standing: Standing,
  perMinute = NOTION_DEFAULT_PER_MINUTE,
): ApplyCost {
  const costs = [...structureCosts(due, standing), ...changeCosts(changes, due, standing)];
  const blocks = costs.reduce((sum, cost) => sum + cost.blocks, 0);
  const requests = costs.reduce((sum, cost) => sum + cost.requests, 0);
  return { blocks, requests, minutes: minutesFor(requests, perMinute) };
}

function structureCosts(due: ReadonlySet<string>, standing: Standing): Cost[] {
  const registers = [...due].filter((key) => !standing.registers.has(key)).length;
  return [
    standing.home ? NOTHING : { blocks: HOME_BLOCKS, requests: 1 },
    standing.plan ? NOTHING : { blocks: DATABASE_BLOCKS, requests: PLAN_REQUESTS },
    { blocks: registers * DATABASE_BLOCKS, requests: registers * REGISTER_REQUESTS },
    { blocks: 0, requests: standing.missingViews },
    { blocks: 0, requests: standing.picture ? 0 : PICTURE_REQUESTS },
  ];
}

const NOTHING: Cost = { blocks: 0, requests: 0 };

function changeCosts(changes: readonly Change[], due: ReadonlySet<string>, standing: Standing): Cost[] {
  const created = changes.filter((change) => change.kind === 'create').map(({ item }) => item);
  const newTasks = new Set(created.filter(({ kind }) => kind === 'task').map(({ key }) => key));
  const points = Map.groupBy(
    created.filter(({ kind }) => kind === 'check'),
    ({ parent }) => parent,
  );
  const taskCosts = [...newTasks].map((key) => newTaskCost(points.get(key)?.length ?? 0));
  const pointCosts = [...points]
    .filter(([task]) => !newTasks.has(task))
    .map(([, { length }]) => ({ blocks: length, requests: Math.ceil(length / CHILDREN_LIMIT) }));
  const rows = created.filter(
    ({ kind, parent }) => kind === 'row' && (due.has(parent) || standing.registers.has(parent)),
  );
  return [
    ...taskCosts,
    ...pointCosts,
    { blocks: rows.length, requests: rows.length },
    { blocks: 0, requests: changes.length - created.length },
  ];
}

/** The page brings its first hundred points with it. */
function newTaskCost(points: number): Cost {
  return { blocks: 1 + points, requests: Math.max(1, Math.ceil(points / CHILDREN_LIMIT)) };
}

/**
 * What one full read costs: for each database a request for its schema and one for every 100 lines, and for each task
 * one for every 100 blocks of its page, which is where its points are. No block is ever created by it.
 */
export function readingCost(items: Iterable<Item>): Cost {
  const shown = [...items].filter((item) => !isArchived(item));
  const tables = Map.groupBy(
    shown.filter(({ kind }) => kind !== 'check'),
    ({ parent }) => parent,
  );
  const points = Map.groupBy(
    shown.filter(({ kind }) => kind === 'check'),
    ({ parent }) => parent,
  );
  const lines = [...tables.values()].reduce((sum, rows) => sum + 1 + Math.ceil(rows.length / PAGE_SIZE), 0);
  const pages = (tables.get('plan') ?? []).reduce(
    (sum, { key }) => sum + Math.max(1, Math.ceil((points.get(key)?.length ?? 0) / PAGE_SIZE)),
    0,
  );
  return { blocks: 0, requests: lines + pages };
}

/**
 * How long so many requests take: what the allowance of one minute holds goes at once, as fast as answers come; the
 * rest waits for the next minutes. `minutes = floor((n - 1) / perMinute) + rest × answer time / requests at once`.
 */
export function minutesFor(requests: number, perMinute = NOTION_DEFAULT_PER_MINUTE): number {
  if (requests === 0) return 0;
  const { expectedAnswerMs, maxInFlight } = notionPace('', perMinute);
  const fullMinutes = Math.floor((requests - 1) / perMinute);
  const rest = requests - fullMinutes * perMinute;
  return fullMinutes + (Math.ceil(rest / maxInFlight) * expectedAnswerMs) / 60_000;
}
