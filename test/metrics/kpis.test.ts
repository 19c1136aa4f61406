import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kpisOf, kpiValues } from '#src/metrics/kpis.ts';
import type { Fields, Item } from '#src/plan/item.ts';
import { KPI_IDS, type KpiId } from '#src/plan/kpi-ids.ts';
import { agreedOn } from '../builders/items.ts';

const isWorkingDay = (day: string) => ![0, 6].includes(new Date(day).getUTCDay()) && day !== '2027-05-06';

let last = 0;
function aRow(register: string, fields: Fields): Item {
  last += 1;
  return { key: `${register}:own-${last}`, kind: 'row', parent: register, fields };
}

const sent = (status: string, more: Fields = {}) =>
  aRow('test-invoices', { direction: 'sent', status, ...more });
const received = (from: string, to: string | null) =>
  aRow('test-invoices', { direction: 'received', 'deposited-on': from, 'processed-on': to });

function value(id: KpiId, ...rows: readonly Item[]) {
  return kpisOf(agreedOn(...rows), isWorkingDay).get(id);
}

describe('the indicators', () => {
  it('are all unknown, which is not nought, as long as no line says anything', () => {
    const kpis = kpisOf(new Map(), isWorkingDay);

    expect([...kpis.keys()].toSorted()).toEqual([...KPI_IDS].toSorted());
    for (const { value: known, of, reached } of kpis.values())
      expect([known, of, reached]).toEqual([null, 0, null]);
    expect(kpiValues(kpis).get('training')).toBeNull();
  });

  it('are left out where the plan keeps no register that they are read from', () => {
    const idsOf = (...registers: string[]) => [...kpisOf(new Map(), isWorkingDay, registers).keys()];

    expect(idsOf()).toEqual([]);
    expect(idsOf('training', 'tools')).toEqual(['training']);
    expect(idsOf('customers', 'invoice-templates')).toEqual(['siren-coverage', 'mentions-coverage']);
    expect(idsOf('test-invoices', 'training')).toEqual(
      KPI_IDS.filter((id) => id !== 'siren-coverage' && id !== 'mentions-coverage'),
    );
  });

  it('are worked out by hand for five invoices sent: one rejected, one refused, one lost on the way', () => {
    const rows = [
      sent('205'),
      sent('212'),
      sent('213'),
      sent('210'),
      sent('221'),
      sent(''),
      received('', null),
    ];

    expect(value('rejection-rate', ...rows)).toMatchObject({ value: 1 / 5, of: 5, reached: false });
    // Refused of those that reached the customer: neither the rejected nor the lost one did.
    expect(value('refusal-rate', ...rows)).toMatchObject({ value: 1 / 3, of: 3, reached: false });
    expect(value('first-time-acceptance', ...rows)).toMatchObject({ value: 2 / 5, of: 5, reached: false });
  });

  it('believe what the team noted of the first attempt rather than the status of a later one', () => {
    const rows = [sent('205', { 'first-attempt': 'no' }), sent('205', { 'first-attempt': 'yes' })];

    expect(value('first-time-acceptance', ...rows)?.value).toBe(0.5);
  });

  it('count the days of treatment in working days, and take the middle one', () => {
    const rows = [
      received('2027-05-03', '2027-05-03'),
      // Thursday the 6th is a holiday: Friday and Monday are left.
      received('2027-05-05', '2027-05-10'),
      received('2027-05-03', '2027-05-12'),
      received('2027-05-03', null),
      received('2027-05-10', '2027-05-03'),
    ];

    expect(value('processing-days', ...rows)).toMatchObject({ value: 2, of: 3, unit: 'days', reached: true });
    expect(value('processing-days', ...rows.slice(0, 2))?.value).toBe(1);
  });

  it('count people, not sessions: trained is who has attended all of theirs', () => {
    const session = (person: string, done: boolean) => aRow('training', { person, done });

    const kpi = value(
      'training',
      session('Claire', true),
      session('claire ', false),
      session('Samir', true),
      session('', true),
    );

    expect(kpi).toMatchObject({ value: 0.5, of: 2, reached: false });
  });

  it('check the SIREN of customers and the mentions of templates where a plan keeps such lists', () => {
    const siren = (number: string) => aRow('customers', { siren: number });
    const whole = { siren: true, 'delivery-address': true, operation: true, 'vat-on-invoicing': true };

    expect(value('siren-coverage', siren('552 100 554'), siren('552100555'), siren(''))?.value).toBe(1 / 3);
    expect(
      value(
        'mentions-coverage',
        aRow('invoice-templates', whole),
        aRow('invoice-templates', { ...whole, operation: false }),
      )?.value,
    ).toBe(0.5);
  });

  it('tell what plain invoices would cost as an indication, never above the cap', () => {
    const plain = () => sent('', { format: 'pdf', 'customer-type': 'business-france' });
    const abroad = sent('', { format: 'pdf', 'customer-type': 'eu' });
    const good = sent('', { format: 'factur-x', 'customer-type': 'business-france' });

    expect(value('exposure', plain(), plain(), abroad, good)).toMatchObject({
      value: 100,
      unit: 'euros',
      indicative: true,
      target: null,
      reached: null,
    });
    expect(value('exposure', ...Array.from({ length: 400 }, plain))?.value).toBe(15_000);
    expect(value('exposure', good)?.value).toBe(0);
  });

  it('leave archived lines out', () => {
    expect(value('rejection-rate', sent('213', { archived: true }), sent('205'))?.value).toBe(0);
  });

  it('keep shares between 0 and 1, whatever stands in the cells', () => {
    const cell = fc.constantFrom<Fields[string]>(
      '',
      'sent',
      'received',
      '205',
      '213',
      'yes',
      'x',
      7,
      true,
      null,
    );
    const fields = fc.dictionary(
      fc.constantFrom('direction', 'status', 'first-attempt', 'person', 'done', 'siren', 'format'),
      cell,
    );
    const row = fc.record({
      register: fc.constantFrom('test-invoices', 'training', 'customers', 'invoice-templates'),
      fields,
    });

    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const items = rows.map(({ register, fields: cells }) => aRow(register, cells));
        for (const { unit, value: known } of kpisOf(agreedOn(...items), isWorkingDay).values()) {
          if (known === null) continue;
          expect(known).toBeGreaterThanOrEqual(0);
          if (unit === 'share') expect(known).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
