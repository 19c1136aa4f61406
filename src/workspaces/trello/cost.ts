import type { Item } from '#src/plan/item.ts';
import type { Change } from '#src/reconcile/replica.ts';
import type { Cost } from '../workspace.ts';

/** What stands on the board already. */
export interface Standing {
  readonly board: boolean;
  /** Lists and labels that are still to be made. */
  readonly missing: number;
  /** Requests with which a run looks at what is there, before it writes. */
  readonly look: number;
}

/** The card of the overview; what is attached to it, and the picture. */
const OVERVIEW_REQUESTS = 3;
/** Its text; what is attached to it, the picture, and the old picture that goes. */
const REFRESH_REQUESTS = 4;

/**
 * What carrying out these changes costs, with the structure that they need.
 *
 * - the board: 1 request; each list and label: 1
 * - a new card: 1, and for its points 1 for the checklist and 1 each; those of a checklist that another new card has
 *   as well come in the request that copies it
 * - a new point on a card that stands, a point or a card that is changed: 1 each
 * - the card of the overview: 3, or 4 to bring it up to date
 *
 * A request that has to be sent again is not foreseen.
 */
export function costOf(changes: readonly Change[], standing: Standing, per10Seconds: number): Cost {
  const created = changes.filter((change) => change.kind === 'create').map(({ item }) => item);
  const lines = created.filter(({ kind }) => kind !== 'check');
  const newLines = new Set(lines.map(({ key }) => key));
  const points = Map.groupBy(
    created.filter(({ kind }) => kind === 'check'),
    ({ parent }) => parent,
  );
  const requests =
    standing.look +
    (standing.board ? 0 : 1) +
    standing.missing +
    lines.length +
    pointRequests(points, newLines) +
    (changes.length - created.length) +
    overviewRequests(changes, standing);
  return { requests, minutes: minutesFor(requests, per10Seconds) };
}

function overviewRequests(changes: readonly Change[], { board }: Standing): number {
  if (!board) return OVERVIEW_REQUESTS;
  return changes.length > 0 ? REFRESH_REQUESTS : 0;
}

function pointRequests(points: ReadonlyMap<string, readonly Item[]>, newLines: ReadonlySet<string>): number {
  const seen = new Set<string>();
  let requests = 0;
  for (const [task, ofTask] of points) {
    const signature = JSON.stringify(ofTask.map(({ fields }) => fields.title));
    const isStamped = newLines.has(task) && seen.has(signature);
    if (newLines.has(task)) requests += 1;
    if (!isStamped) requests += ofTask.length;
    seen.add(signature);
  }
  return requests;
}

/** What the allowance of ten seconds holds goes at once; the rest waits for the next ten. */
function minutesFor(requests: number, per10Seconds: number): number {
  if (requests === 0) return 0;
  return (Math.floor((requests - 1) / per10Seconds) * 10 + 4) / 60;
}
