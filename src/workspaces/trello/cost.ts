import type { Item } from '#src/plan/item.ts';
import type { Change } from '#src/reconcile/replica.ts';
import type { Cost } from '../workspace.ts';
import { signatureOf } from './stamps.ts';

/** What stands on the board already. */
export interface Standing {
  readonly board: boolean;
  /** Lists and labels that are still to be made. */
  readonly missing: number;
  /** Requests that custom fields take, beside those of the cards. */
  readonly fields: number;
  /** Requests with which people are found and let onto the board, at most. */
  readonly people: number;
  /** Requests with which a run looks at what is there, before it writes. */
  readonly look: number;
  /** Whether a checklist of these points is known from which to copy. */
  canCopy(signature: string): boolean;
}

/** The card of the overview; what is attached to it, and the picture. */
const OVERVIEW_REQUESTS = 3;
/** Its text; what is attached to it, the picture, and the old picture that goes. */
const REFRESH_REQUESTS = 4;

/**
 * What carrying out these changes costs, with the structure that they need.
 *
 * - the board: 1 request; each list and label: 1
 * - a comment: 1
 * - a new card: 1, and for its points 1 for the checklist and 1 each; those that another card
 *   has as well, be it on another board, come in the request that copies its checklist
 * - a new point on a card that stands, a point or a card that is changed: 1 each
 * - custom fields, where the plan of the workspace has them: 1 each, and 1 for all the values of a row
 * - people: 1 to see who is on a new board; 1 for those of the workspace, 1 for each address and for each to let in
 * - the card of the overview: 3, or 4 to bring it up to date
 *
 * A request that has to be sent again is not foreseen.
 */
export function costOf(changes: readonly Change[], standing: Standing, per10Seconds: number): Cost {
  const created = changes.filter((change) => change.kind === 'create').map(({ item }) => item);
  const whole = created.filter(({ kind }) => kind !== 'check');
  const newLines = new Set(whole.map(({ key }) => key));
  const points = Map.groupBy(
    created.filter(({ kind }) => kind === 'check'),
    ({ parent }) => parent,
  );
  const requests =
    standing.look +
    (standing.board ? 0 : 1) +
    standing.missing +
    standing.fields +
    standing.people +
    whole.length +
    pointRequests(points, newLines, standing) +
    (changes.length - created.length) +
    overviewRequests(changes, standing);
  return { requests, minutes: minutesFor(requests, per10Seconds) };
}

function overviewRequests(changes: readonly Change[], { board }: Standing): number {
  if (!board) return OVERVIEW_REQUESTS;
  return changes.some(({ item }) => item.kind !== 'comment') ? REFRESH_REQUESTS : 0;
}

function pointRequests(
  points: ReadonlyMap<string, readonly Item[]>,
  newLines: ReadonlySet<string>,
  { canCopy }: Standing,
): number {
  const seen = new Set<string>();
  let requests = 0;
  for (const [task, ofTask] of points) {
    const signature = newLines.has(task) ? signatureOf(ofTask) : undefined;
    const isCopied = signature !== undefined && (seen.has(signature) || canCopy(signature));
    if (newLines.has(task)) requests += 1;
    if (!isCopied) requests += ofTask.length;
    if (signature !== undefined) seen.add(signature);
  }
  return requests;
}

/** What the allowance of ten seconds holds goes at once; the rest waits for the next ten. */
function minutesFor(requests: number, per10Seconds: number): number {
  if (requests === 0) return 0;
  return (Math.floor((requests - 1) / per10Seconds) * 10 + 4) / 60;
}
