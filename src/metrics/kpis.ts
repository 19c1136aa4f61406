import { type Item, isArchived, text } from '#src/plan/item.ts';
import type { KpiId } from '#src/plan/kpi-ids.ts';
import { isSiren } from '#src/plan/siren.ts';

export interface Kpi {
  readonly id: KpiId;
  /** `share`: 0 to 1. `days`: working days. `euros`. */
  readonly unit: 'share' | 'days' | 'euros';
  /** `null`: nothing to tell by, which is not nought. */
  readonly value: number | null;
  /** From how many lines, customers or people; 0 when there is nothing to tell by. */
  readonly of: number;
  readonly target: { readonly atMost: number } | { readonly atLeast: number } | null;
  /** Whether the target is reached; `null` without a target or a value. */
  readonly reached: boolean | null;
  /** True for what is only an indication, and no amount that anybody owes. */
  readonly indicative: boolean;
}

/** Whether an ISO day is one on which the company works. */
export type IsWorkingDay = (day: string) => boolean;

/** The fine for one invoice that is not electronic, and the most of a year: CGI art. 1737, III. */
const FINE = 50;
const MOST_FINES = 15_000;

/** By indicator, the register that it is read from: those of the template for e-invoicing, and two that ours lacks. */
const REGISTER_OF: Readonly<Record<KpiId, string>> = {
  'rejection-rate': 'test-invoices',
  'refusal-rate': 'test-invoices',
  'first-time-acceptance': 'test-invoices',
  'processing-days': 'test-invoices',
  'siren-coverage': 'customers',
  'mentions-coverage': 'invoice-templates',
  training: 'training',
  exposure: 'test-invoices',
};

/**
 * What the registers tell, pure: every row that is not archived counts once.
 *
 * @param registers the keys of those that the plan keeps: an indicator of another one can never have a value, and is
 * left out. Absent: all indicators.
 */
export function kpisOf(
  agreed: ReadonlyMap<string, Item>,
  isWorkingDay: IsWorkingDay,
  registers?: readonly string[],
): ReadonlyMap<KpiId, Kpi> {
  const invoices = rowsOf(agreed, 'test-invoices');
  const kpis = [
    ...invoiceKpis(invoices, isWorkingDay),
    ...coverageKpis(agreed),
    share('training', trained(rowsOf(agreed, 'training')), { atLeast: 1 }),
    exposure(invoices),
  ];
  const kept = registers && new Set(registers);
  return new Map(kpis.flatMap((kpi) => (kept?.has(REGISTER_OF[kpi.id]) === false ? [] : [[kpi.id, kpi]])));
}

/** What a rule may compare: the value of each indicator, or `null` where nothing is known. */
export function kpiValues(kpis: ReadonlyMap<KpiId, Kpi>): ReadonlyMap<string, number | null> {
  return new Map([...kpis].map(([id, { value }]) => [id, value]));
}

interface Counted {
  readonly part: number;
  readonly of: number;
}

function invoiceKpis(invoices: readonly Item[], isWorkingDay: IsWorkingDay): Kpi[] {
  const sent = invoices.filter((row) => text(row, 'direction') === 'sent' && statusOf(row) !== '');
  const offered = sent.filter((row) => statusOf(row) !== '213' && statusOf(row) !== '221');
  const received = invoices.filter((row) => text(row, 'direction') === 'received');
  const waits = received.flatMap((row) => waitOf(row, isWorkingDay));
  return [
    share(
      'rejection-rate',
      counted(sent, (row) => statusOf(row) === '213'),
      { atMost: 0.02 },
    ),
    share(
      'refusal-rate',
      counted(offered, (row) => statusOf(row) === '210'),
      { atMost: 0.01 },
    ),
    share('first-time-acceptance', counted(sent, isAcceptedAtOnce), { atLeast: 0.95 }),
    kpi('processing-days', 'days', { value: median(waits), of: waits.length }, { atMost: 5 }),
  ];
}

/** What the team has noted counts; else the last status, which a second attempt may have changed. */
function isAcceptedAtOnce(row: Item): boolean {
  const noted = text(row, 'first-attempt');
  return noted === '' ? !['210', '213', '221'].includes(statusOf(row)) : noted === 'yes';
}

/** Working days after the day of receipt up to the day on which it was dealt with; none while it is not. */
function waitOf(row: Item, isWorkingDay: IsWorkingDay): number[] {
  const [from, to] = [text(row, 'deposited-on'), text(row, 'processed-on')];
  if (!isDay(from) || !isDay(to) || to < from) return [];
  let days = 0;
  for (let time = Date.parse(from) + DAY_MS; time <= Date.parse(to); time += DAY_MS)
    if (isWorkingDay(new Date(time).toISOString().slice(0, 10))) days += 1;
  return [days];
}

const DAY_MS = 86_400_000;

/** A template that keeps lists of customers and of invoice templates may name these columns; ours keeps none. */
const MENTIONS = ['siren', 'delivery-address', 'operation', 'vat-on-invoicing'] as const;

function coverageKpis(agreed: ReadonlyMap<string, Item>): Kpi[] {
  const customers = rowsOf(agreed, 'customers');
  const templates = rowsOf(agreed, 'invoice-templates');
  const isComplete = ({ fields }: Item) => MENTIONS.every((mention) => fields[mention] === true);
  return [
    share(
      'siren-coverage',
      counted(customers, (row) => isSiren(text(row, 'siren'))),
      { atLeast: 1 },
    ),
    share('mentions-coverage', counted(templates, isComplete), { atLeast: 1 }),
  ];
}

/** By person, whatever the number of sessions: trained once all that are planned for them are attended. */
function trained(rows: readonly Item[]): Counted {
  const named = rows.filter((row) => text(row, 'person').trim() !== '');
  const people = Map.groupBy(named, (row) => text(row, 'person').trim().toLocaleLowerCase('fr'));
  const done = [...people.values()].filter((sessions) =>
    sessions.every(({ fields }) => fields.done === true),
  );
  return { part: done.length, of: people.size };
}

/** What the invoices sent so far that are not electronic would cost if the law bound already. */
function exposure(invoices: readonly Item[]): Kpi {
  const sent = invoices.filter((row) => text(row, 'direction') === 'sent' && text(row, 'format') !== '');
  const isPlain = (row: Item) =>
    ['pdf', 'paper'].includes(text(row, 'format')) && text(row, 'customer-type') === 'business-france';
  const value = sent.length === 0 ? null : Math.min(MOST_FINES, FINE * sent.filter(isPlain).length);
  return { ...kpi('exposure', 'euros', { value, of: sent.length }, null), indicative: true };
}

function rowsOf(agreed: ReadonlyMap<string, Item>, register: string): readonly Item[] {
  return [...agreed.values()].filter(
    (item) => item.kind === 'row' && item.parent === register && !isArchived(item),
  );
}

function statusOf(row: Item): string {
  return text(row, 'status');
}

function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value);
}

function counted(rows: readonly Item[], test: (row: Item) => boolean): Counted {
  return { part: rows.filter(test).length, of: rows.length };
}

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function share(id: KpiId, { part, of }: Counted, target: Kpi['target']): Kpi {
  return kpi(id, 'share', { value: of === 0 ? null : part / of, of }, target);
}

function kpi(
  id: KpiId,
  unit: Kpi['unit'],
  { value, of }: Pick<Kpi, 'value' | 'of'>,
  target: Kpi['target'],
): Kpi {
  return { id, unit, value, of, target, reached: isReached(value, target), indicative: false };
}

export function isReached(value: number | null, target: Kpi['target']): boolean | null {
  if (value === null || target === null) return null;
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
}
