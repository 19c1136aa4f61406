import { applies, type Company } from './company.ts';
import type { Obligation, Template } from './template.ts';

/** An obligation with the date on which it binds one company. */
export interface BindingObligation {
  readonly obligation: Obligation;
  /** `YYYY-MM-DD` */
  readonly date: string;
}

/** The obligations that bind the company, by date. The first date of an obligation whose condition holds counts. */
export function bindingObligations(template: Template, company: Company): readonly BindingObligation[] {
  return template.obligations
    .flatMap((obligation) => {
      const match = obligation.dates.find((one) => applies(one.when, company));
      return match ? [{ obligation, date: match.date }] : [];
    })
    .sort((a, b) => (a.date === b.date ? 0 : a.date < b.date ? -1 : 1));
}

/** Days after which a verified date is to be verified again: the calendar is checked once a quarter. */
export const VERIFICATION_DAYS = 90;
