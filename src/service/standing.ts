import type { Locale } from '#src/i18n/message.ts';
import { type Overview, overviewOf } from '#src/metrics/overview.ts';
import { bindingObligations } from '#src/plan/calendar.ts';
import type { Item } from '#src/plan/item.ts';
import type { RunningProject } from './cycle.ts';

/** Where the project stands today, from what was last agreed. */
export function overviewFor(
  { template, blueprint, planInput }: Pick<RunningProject, 'template' | 'blueprint' | 'planInput'>,
  agreed: ReadonlyMap<string, Item>,
  today: string,
): Overview {
  return overviewOf({
    agreed,
    steps: blueprint.steps,
    obligations: bindingObligations(template, planInput.company),
    sources: template.sources,
    locale: blueprint.locale,
    today,
  });
}

/** The picture of an overview. The charting library is loaded only here, when a place wants a new picture. */
export async function pictureFor(overview: Overview, locale: Locale): Promise<Uint8Array> {
  const { progressPicture } = await import('#src/metrics/progress-picture.ts');
  return progressPicture(overview, locale);
}
