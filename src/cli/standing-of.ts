import { type Outlook, reasonText } from '#src/metrics/outlook.ts';
import { overviewOf } from '#src/metrics/overview.ts';
import type { Item } from '#src/plan/item.ts';
import type { Basis } from '#src/service/standing.ts';
import type { Standing } from './show-status.ts';

/** Where a project stands, ready to be shown. */
export function standingOf(
  basis: Basis,
  agreed: ReadonlyMap<string, Item>,
  today: string,
  outlook: Outlook,
): Standing {
  const { company, title, urls, obligations, locale } = basis;
  return {
    ...{ company, title, urls, today },
    overview: overviewOf({ ...basis, agreed, today }),
    reason: reasonText(outlook.reason, obligations, locale),
    forecasts: outlook.forecasts,
  };
}
