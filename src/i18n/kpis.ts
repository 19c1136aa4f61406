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
  exposure: message('Exposition théorique, à titre indicatif', 'Theoretical exposure, as an indication'),
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

/** `2 % au plus`, `95 % au moins`; of what cannot be more than whole, “at least” goes without saying. */
export function kpiBound(locale: Locale, unit: KpiUnit, target: KpiTarget): string {
  const isMost = 'atMost' in target;
  const value = kpiValue(locale, unit, isMost ? target.atMost : target.atLeast);
  if (!isMost && unit === 'share' && target.atLeast === 1) return value;
  if (locale === 'fr') return `${value} au ${isMost ? 'plus' : 'moins'}`;
  return `at ${isMost ? 'most' : 'least'} ${value}`;
}
