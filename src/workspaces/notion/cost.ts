import { type Item, isArchived } from '#src/plan/item.ts';
import type { Change } from '#src/reconcile/replica.ts';
import { NOTION_DEFAULT_PER_MINUTE, notionPace } from '../gate/rates.ts';
import type { Cost } from '../workspace.ts';
import { HOME_BLOCKS } from './home.ts';
import { CHILDREN_LIMIT, PAGE_SIZE } from './limits.ts';

/** What a piece of work costs: blocks that a Free workspace never gets back, and requests. */
interface Piece {
  readonly blocks: number;
  readonly requests: number;
}

export interface ApplyCost extends Cost {
  readonly blocks: number;
}

/** What stands in Notion already. */
export interface Standing {
  readonly home: boolean;
  readonly plan: boolean;
  /** Keys of the registers that have their database. */
  readonly registers: ReadonlySet<string>;
  /** Requests with which a run looks at what is there, before it writes. */
  readonly look: number;
}

/** Creating a database is one block. Notion adds its first view by itself, and views are no blocks. */
const DATABASE_BLOCKS = 1;
/** Ask for a place for the picture, send it; create the page with its blocks. */
const HOME_REQUESTS = 3;
/** Create it; add the relation, which needs its id, and whose answer tells all the others. */
const PLAN_REQUESTS = 2;
/** Ask which view Notion has made; give it its look; create the others. */
const PLAN_VIEW_REQUESTS = 2 + 7;
/** Create it; read back the ids of its properties; ask which view Notion has made; give it its look. */
const REGISTER_REQUESTS = 4;
/** The members, when someone is to be assigned. */
const PEOPLE_REQUESTS = 1;
/** The figures of the home page, and its picture: a place for the file, the file, its block. */
const REFRESH_REQUESTS = 4;

/**
 * What carrying out these changes costs, with the structure that they need.
 *
 * - looking at what is there: as the standing says
 * - home page: `HOME_BLOCKS` blocks, 3 requests; where it stands, 4 requests for its figures and its picture
 * - plan: 1 block, 2 requests, 9 for its views; each register of `due` that is missing: 1 block, 4 requests
 * - the members of the workspace, when someone is to be assigned: 1 request
 * - new task: 1 block for its page and 1 for each point, in 1 request for every 100 points begun
 * - points added to a task that stands: 1 block each, 1 request to look and 1 for every 100 begun, task by task
 * - comments: 1 request each, and 1 to look on each page; no block
 * - new line of a register: 1 block, 1 request; lines of registers that are not due yet: nothing
 * - whatever is updated, archived or restored: 1 request, no block
 *
 * A request that has to be sent again is not foreseen.
 */
export function costOf(
  changes: readonly Change[],
  due: ReadonlySet<string>,
  standing: Standing,
  perMinute = NOTION_DEFAULT_PER_MINUTE,
): ApplyCost {
  const pieces = [...structureCosts(due, standing, changes), ...changeCosts(changes, due, standing)];
  const blocks = pieces.reduce((sum, piece) => sum + piece.blocks, 0);
  const requests = pieces.reduce((sum, piece) => sum + piece.requests, 0);
  return { blocks, requests, minutes: minutesFor(requests, perMinute) };
}

function structureCosts(due: ReadonlySet<string>, standing: Standing, changes: readonly Change[]): Piece[] {
  const registers = [...due].filter((key) => !standing.registers.has(key)).length;
  return [
    { blocks: 0, requests: standing.look },
    standing.home
      ? { blocks: 0, requests: changes.length > 0 ? REFRESH_REQUESTS : 0 }
      : { blocks: HOME_BLOCKS, requests: HOME_REQUESTS },
    standing.plan ? NOTHING : { blocks: DATABASE_BLOCKS, requests: PLAN_REQUESTS + PLAN_VIEW_REQUESTS },
    { blocks: registers * DATABASE_BLOCKS, requests: registers * REGISTER_REQUESTS },
    changes.some(assigns) ? { blocks: 0, requests: PEOPLE_REQUESTS } : NOTHING,
  ];
}

function assigns(change: Change): boolean {
  const { people } = change.kind === 'create' ? change.item.fields : change.fields;
  return Array.isArray(people) && people.length > 0;
}

const NOTHING: Piece = { blocks: 0, requests: 0 };

function changeCosts(changes: readonly Change[], due: ReadonlySet<string>, standing: Standing): Piece[] {
  const created = changes.filter((change) => change.kind === 'create').map(({ item }) => item);
  const newTasks = new Set(created.filter(({ kind }) => kind === 'task').map(({ key }) => key));
  const points = Map.groupBy(
    created.filter(({ kind }) => kind === 'check'),
    ({ parent }) => parent,
  );
  const taskCosts = [...newTasks].map((key) => newTaskCost(points.get(key)?.length ?? 0));
  const pointCosts = [...points]
    .filter(([task]) => !newTasks.has(task))
    .map(([, { length }]) => ({ blocks: length, requests: 1 + Math.ceil(length / CHILDREN_LIMIT) }));
  const rows = created.filter(
    ({ kind, parent }) => kind === 'row' && (due.has(parent) || standing.registers.has(parent)),
  );
  const comments = created.filter(({ kind }) => kind === 'comment');
  return [
    ...taskCosts,
    ...pointCosts,
    { blocks: rows.length, requests: rows.length },
    { blocks: 0, requests: comments.length + new Set(comments.map(({ parent }) => parent)).size },
    { blocks: 0, requests: changes.length - created.length },
  ];
}

/** The page brings its first hundred points with it. */
function newTaskCost(points: number): Piece {
  return { blocks: 1 + points, requests: Math.max(1, Math.ceil(points / CHILDREN_LIMIT)) };
}

/**
 * What one full read costs: for each database a request for its schema and one for every 100 lines, and for each task
 * one for every 100 blocks of its page, which is where its points are. No block is ever created by it.
 */
export function readingCost(items: Iterable<Item>): Piece {
  const shown = [...items].filter((item) => !isArchived(item));
  const tables = Map.groupBy(
    shown.filter(({ kind }) => kind === 'task' || kind === 'row'),
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
