import type { JsonObject } from '../json.ts';

/** How many there may be of each, as a board told in December 2023. */
export const objectLimits = {
  'cards.openPerBoard': 5000,
  'cards.openPerList': 5000,
  'cards.totalPerBoard': 2_000_000,
  'cards.totalPerList': 1_000_000,
  'lists.openPerBoard': 500,
  'lists.totalPerBoard': 3000,
  'labels.perBoard': 1000,
  'checklists.perCard': 500,
  'checklists.perBoard': 1_800_000,
  'checkItems.perChecklist': 200,
  'attachments.perCard': 1000,
  'attachments.perBoard': 36_000,
  'customFields.perBoard': 50,
  'customFieldOptions.perField': 50,
  'stickers.perCard': 70,
  'boards.totalMembersPerBoard': 1600,
  'reactions.perAction': 900,
} as const;

export type LimitName = keyof typeof objectLimits;

const WARN_SHARE = 0.9;

/** One limit as Trello tells it: how many there are is said only once they are close to it. */
export function limitStatus(disableAt: number, count: number): JsonObject {
  const warnAt = Math.floor(disableAt * WARN_SHARE);
  const status = count >= disableAt ? 'disabled' : count >= warnAt ? 'warn' : 'ok';
  return { status, disableAt, warnAt, ...(status === 'ok' ? {} : { count }) };
}

/** The limits in their two levels: `{ cards: { openPerBoard: {…} } }`. */
export function limitsAnswer(statuses: Iterable<readonly [name: string, status: JsonObject]>): JsonObject {
  const answer: Record<string, JsonObject> = {};
  for (const [name, status] of statuses) {
    const [group = '', limit = ''] = name.split('.');
    answer[group] = { ...answer[group], [limit]: status };
  }
  return answer;
}
