import { count, type Locale, type Message, message } from './message.ts';
import { percent } from './metrics.ts';

/** The indicators that the registers allow, as people call them. Explained in `docs/metrics.md`. */
export const kpiNames: Readonly<Record<KpiName, Message>> = {
  'rejection-rate': message('Factures rejetées', 'Invoices rejected'),
  'refusal-rate': message('Factures refusées par le client', 'Invoices refused by the customer'),
  'first-time-acceptance': message(
    'Factures passées du premier coup',
    'Invoices accepted at the first attempt',
  ),
  'processing-days': message(
    'Délai de traitement d’une facture reçue',
    'Time to deal with an invoice received',
  ),
  'siren-coverage': message('Clients dont le SIREN est connu', 'Customers whose SIREN is known'),
  'mentions-coverage': message(
    'Modèles de facture qui portent toutes les mentions',
    'Invoice templates with all particulars',
  ),
  training: message('Personnes formées', 'People trained'),
  exposure: message('Exposition théorique (à titre indicatif)', 'Theoretical exposure (indicative)'),
};

export type KpiName =
  | 'rejection-rate'
  | 'refusal-rate'
  | 'first-time-acceptance'
  | 'processing-days'
  | 'siren-coverage'
  | 'mentions-coverage'
  | 'training'
  | 'exposure';

export type KpiUnit = 'share' | 'days' | 'euros';

/** `4 %`, `2,5 jours ouvrés`, `150 €` */
export function kpiValue(locale: Locale, unit: KpiUnit, value: number): string {
  switch (unit) {
    case 'share':
      return percent(locale, value);
    case 'days':
      return locale === 'fr'
        ? count('fr', value, 'jour ouvré', 'jours ouvrés')
        : count('en', value, 'working day', 'working days');
    case 'euros':
      return new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
        style: 'currency',
        currency: 'EUR',
        maximumFractionDigits: 0,
      }).format(value);
  }
}

export type KpiTarget = { readonly atMost: number } | { readonly atLeast: number };

export interface KpiGoal {
  readonly unit: KpiUnit;
  readonly target: KpiTarget | null;
  /** `null`: without a target or a value. */
  readonly reached: boolean | null;
}

const GOAL = {
  fr: { most: 'au plus ', least: 'au moins ', met: ', atteint', missed: ', pas atteint' },
  en: { most: 'at most ', least: 'at least ', met: ', reached', missed: ', not reached' },
} as const;

/** `au plus 2 %, atteint`; `''` without a target. */
export function kpiGoal(locale: Locale, { unit, target, reached }: KpiGoal): string {
  if (target === null) return '';
  const words = GOAL[locale];
  return kpiBound(locale, unit, target) + (reached === null ? '' : reached ? words.met : words.missed);
}

/** `au moins 95 %`; of what cannot be more than whole, “at least” goes without saying. */
export function kpiBound(locale: Locale, unit: KpiUnit, target: KpiTarget): string {
  const words = GOAL[locale];
  if ('atMost' in target) return words.most + kpiValue(locale, unit, target.atMost);
  const isWhole = unit === 'share' && target.atLeast === 1;
  return (isWhole ? '' : words.least) + kpiValue(locale, unit, target.atLeast);
}
