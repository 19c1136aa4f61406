import { type Locale, say } from '#src/i18n/message.ts';
import { reasonMessages } from '#src/i18n/verdict.ts';
import type { BindingObligation } from '#src/plan/calendar.ts';
import type { Item } from '#src/plan/item.ts';
import type { Forecast } from './forecast.ts';
import { taskStates } from './task-state.ts';
import { type Judgement, judge, type Reason } from './verdict.ts';

/** What is to come, as things go. */
export interface Outlook extends Judgement {
  readonly forecasts: readonly Forecast[];
}

export interface OutlookInput {
  readonly agreed: ReadonlyMap<string, Item>;
  readonly obligations: readonly BindingObligation[];
  readonly today: string;
  /** Of `goalsOf` this very state. */
  readonly forecasts: readonly Forecast[];
}

export function outlookOf({ agreed, forecasts, ...rest }: OutlookInput): Outlook {
  return { ...judge({ ...rest, forecasts, tasks: taskStates(agreed, rest.today) }), forecasts };
}

/** The verdict and why, in one sentence. */
export function reasonText(
  reason: Reason,
  obligations: readonly BindingObligation[],
  locale: Locale,
): string {
  switch (reason.kind) {
    case 'required-overdue':
      return say(locale, reasonMessages.requiredOverdue, reason.tasks);
    case 'overdue':
      return say(locale, reasonMessages.overdue, reason.tasks);
    case 'nothing-overdue':
      return say(locale, reasonMessages.nothingOverdue);
    default: {
      const found = obligations.find(({ obligation }) => obligation.id === reason.obligation);
      const title = found?.obligation.title[locale] ?? reason.obligation;
      return say(locale, reasonMessages[reason.kind], { ...reason, title });
    }
  }
}
