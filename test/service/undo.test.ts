import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import { runCycle } from '#src/service/cycle.ts';
import { type Undoing, undoingOf, undoVoice } from '#src/service/undo.ts';
import type { AuditRecord } from '#src/store/store.ts';
import { agreedOn, anItem, aPoint } from '../builders/items.ts';
import { rowOf, type } from '../workspaces/excel/person.ts';
import { CompanyAtWork } from './company.ts';

function record(more: Partial<AuditRecord>): AuditRecord {
  return {
    id: 7,
    at: '2026-11-23T08:00:00.000Z',
    run: 'test',
    project: 'martin',
    key: 'first/one',
    field: 'status',
    kind: 'changed',
    actor: 'excel:plan.xlsx',
    old: 'todo',
    new: 'done',
    ...more,
  };
}

function undoing(entry: Partial<AuditRecord>, ...items: readonly Item[]): Undoing {
  const found = undoingOf(record(entry), agreedOn(...items));
  if (typeof found === 'string') throw new Error(found);
  return found;
}

const one = anItem('first/one', { status: 'done', archived: false });

describe('undoing an entry', () => {
  it('of a change brings the former value back', () => {
    expect(undoing({}, one)).toMatchObject({
      field: 'status',
      stands: 'done',
      restores: 'todo',
      isOvertaken: false,
    });
  });

  it('of a conflict brings back the value that lost', () => {
    const lost = undoing({ kind: 'conflict', old: 'blocked', new: 'done' }, one);

    expect(lost).toMatchObject({ stands: 'done', restores: 'blocked', isOvertaken: false });
  });

  it.each([
    ['created', { kind: 'created', field: null, old: null, new: 'one' }, false, true],
    ['restored', { kind: 'restored', field: 'archived', old: true, new: false }, false, true],
    ['archived', { kind: 'archived', field: 'archived', old: false, new: true }, true, false],
  ] as const)('of what was %s puts it where it was', (_kind, entry, archived, restores) => {
    const found = undoing(entry, anItem('first/one', { archived }));

    expect(found).toMatchObject({ field: 'archived', restores, isOvertaken: false });
  });

  it('knows when the value has been changed again since', () => {
    expect(undoing({}, anItem('first/one', { status: 'blocked' })).isOvertaken).toBe(true);
  });

  it('is refused for a proposal that replaced nothing, for an item that nobody knows, and for a remark', () => {
    const remark = {
      ...anItem('first/one@1', { text: 'Bonjour' }),
      kind: 'comment',
      parent: 'first/one',
    } as const;

    expect(undoingOf(record({ kind: 'kept' }), agreedOn(one))).toBe('nothing replaced');
    expect(undoingOf(record({ key: 'first/gone' }), agreedOn(one))).toBe('unknown item');
    expect(undoingOf(record({ kind: 'created', key: remark.key }), agreedOn(one, remark))).toBe('remark');
  });

  it('is refused for a point that is away because its task is', () => {
    const point = aPoint('first/one', 'a', { archived: true });
    const away = anItem('first/one', { archived: true });

    const entry = record({ key: point.key, kind: 'archived', field: 'archived', old: false, new: true });

    expect(undoingOf(entry, agreedOn(away, point))).toBe('follows its task');
  });

  it('speaks of one field of one item, whatever the entry', () => {
    const value = fc.oneof(fc.constant(null), fc.string(), fc.array(fc.string()));
    fc.assert(
      fc.property(value, value, value, (old, now, stands) => {
        const found = undoing({ field: 'notes', old, new: now }, anItem('first/one', { notes: stands }));

        expect([...undoVoice(found).shows.values()]).toEqual([
          { key: 'first/one', kind: 'task', parent: 'plan', fields: { notes: old } },
        ]);
        expect(found.isOvertaken).toBe(!sameValue(stands, now));
      }),
    );
  });
});

describe('an undo at work', () => {
  async function lastEntry(company: CompanyAtWork): Promise<AuditRecord> {
    const [entry] = await (await company.store()).readAudit(company.slug, { limit: 1 });
    if (!entry) throw new Error('The log is empty.');
    return entry;
  }

  async function undo(company: CompanyAtWork, entry: AuditRecord) {
    const found = undoingOf(entry, await company.agreed());
    if (typeof found === 'string') throw new Error(found);
    return runCycle(await company.running(), 'sync', await company.deps(), {
      voices: [undoVoice(found)],
    });
  }

  async function companyWithTwoBooks(): Promise<CompanyAtWork> {
    const company = new CompanyAtWork();
    company.workbooks = ['plan.xlsx', 'copy.xlsx'];
    await company.cycle();
    return company;
  }

  const shown = async (company: CompanyAtWork, workbook: string): Promise<string> => {
    let text = '';
    await company.edit(({ grid }) => {
      const sheet = grid('plan');
      text = sheet.fieldText(rowOf(sheet, 'first/two'), 'notes');
    }, workbook);
    return text;
  };

  it('reaches every place, is in the log by the number that it undid, and can be undone', async () => {
    const company = await companyWithTwoBooks();
    await company.edit(({ grid }) =>
      type(grid('plan'), rowOf(grid('plan'), 'first/two'), 'notes', 'Appeler'),
    );
    await company.cycle('sync');
    const edit = await lastEntry(company);

    await undo(company, edit);
    const undone = await lastEntry(company);

    expect(await shown(company, 'plan.xlsx')).toBe('');
    expect(await shown(company, 'copy.xlsx')).toBe('');
    expect(undone).toMatchObject({ kind: 'changed', actor: `undo:${edit.id}`, old: 'Appeler' });

    await undo(company, undone);

    expect(await shown(company, 'copy.xlsx')).toBe('Appeler');
  });

  it('brings an item back that was taken out, and takes out one that was added', async () => {
    const company = await companyWithTwoBooks();
    await company.edit(({ grid }) => {
      const plan = grid('plan');
      const row = rowOf(plan, 'first/two');
      for (const column of plan.sheet.columnsOf(row)) plan.sheet.set(row, column, { type: 'blank' });
      type(plan, row, 'title', 'De l’équipe');
    });
    await company.cycle('sync');
    const entries = await (await company.store()).readAudit(company.slug, { limit: 4 });
    const [archived] = entries.filter(({ kind }) => kind === 'archived');
    const [added] = entries.filter(({ kind }) => kind === 'created');
    if (!archived || !added) throw new Error(JSON.stringify(entries));

    await undo(company, archived);
    await undo(company, added);

    const agreed = await company.agreed();
    expect(agreed.get('first/two')?.fields.archived).toBe(false);
    expect(agreed.get(added.key)?.fields.archived).toBe(true);
    const { failures, workspaces } = await company.cycle('sync');
    expect(failures).toEqual([]);
    expect(workspaces.map(({ created, updated, archived: away }) => created + updated + away)).toEqual([
      0, 0,
    ]);
  });
});
