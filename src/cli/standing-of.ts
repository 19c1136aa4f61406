import { overviewOf } from '#src/metrics/overview.ts';
import { verdictOf } from '#src/metrics/status.ts';
import type { Item } from '#src/plan/item.ts';
import type { Basis } from '#src/service/standing.ts';
import type { Standing } from './show-status.ts';

/** Where a project stands, ready to be shown. */
export function standingOf(basis: Basis, agreed: ReadonlyMap<string, Item>, today: string): Standing {
  const { company, title, urls } = basis;
  return {
    company,
    title,
    urls,
    overview: overviewOf({ ...basis, agreed, today }),
    verdict: verdictOf(agreed, today),
  };
}
