import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explain } from '#src/errors.ts';
import { comparePlaces, runCycle } from '#src/service/cycle.ts';
import type { CycleReport } from '#src/service/report.ts';
import { aStep, aTask, words } from '../builders/template.ts';
import { rowOf, type } from '../workspaces/excel/person.ts';
import { CompanyAtWork, smallTemplate } from './company.ts';

const QUIET = { created: 0, updated: 0, archived: 0, adopted: 0 };

function onlyReport(report: CycleReport) {
  expect(report.failures).toEqual([]);
  return report.workspaces[0];
}

describe('a first apply', () => {
  it('writes the whole plan, and a second one writes nothing', async () => {
    const company = new CompanyAtWork();

    const first = onlyReport(await company.cycle());
    const bytes = company.bytes();
    const second = onlyReport(await company.cycle());

    expect(first).toMatchObject({ created: 5, updated: 0, unchanged: 0 });
    expect(second).toMatchObject({ ...QUIET, unchanged: 5 });
    expect(company.bytes().equals(bytes)).toBe(true);
  });

  it('leaves nothing to say about the cells that the template leaves blank', async () => {
    const [register] = smallTemplate().registers;
    const company = new CompanyAtWork(
      smallTemplate({
        registers: register ? [{ ...register, rows: [{ key: 'scale', values: { name: 'Scale' } }] }] : [],
      }),
    );
    await company.cycle();

    const { outcome } = await comparePlaces(await company.running(), 'apply', await company.deps());

    expect(outcome).toMatchObject({ changed: [], happenings: [], seen: [] });
    expect(onlyReport(await company.cycle())).toMatchObject({ ...QUIET, edits: 0 });
  });

  it('is shown by a comparison that writes nothing', async () => {
    const company = new CompanyAtWork();

    const { outcome } = await comparePlaces(await company.running(), 'apply', await company.deps());

    expect(outcome.writes.get('excel:plan.xlsx')).toHaveLength(5);
    expect(() => company.bytes()).toThrow(/ENOENT/);
    expect((await company.agreed()).size).toBe(0);
  });

  it('may be started twice at once: the two take turns and end in one workbook', async () => {
    const company = new CompanyAtWork();
    const deps = await company.deps();

    const reports = await Promise.all([
      runCycle(await company.running(), 'apply', deps),
      runCycle(await company.running(), 'apply', deps),
    ]);

    expect(reports.map((report) => onlyReport(report)?.created).sort()).toEqual([0, 5]);
  });
});

describe('what people do in the workbook', () => {
  it('reaches the store, with who, where, before and after', async () => {
    const company = new CompanyAtWork();
    await company.cycle();

    await company.edit(({ grid }) => type(grid('plan'), rowOf(grid('plan'), 'first/one'), 'status', 'Fait'));
    await company.cycle('sync');

    expect((await company.agreed()).get('first/one')?.fields.status).toBe('done');
    expect(await (await company.store()).readAudit('martin', { key: 'first/one', limit: 1 })).toMatchObject([
      { kind: 'changed', field: 'status', actor: 'excel:plan.xlsx', old: 'todo', new: 'done' },
    ]);
  });

  it('reaches the other workbook of the project', async () => {
    const company = new CompanyAtWork();
    company.workbooks = ['plan.xlsx', 'copy.xlsx'];
    await company.cycle();

    await company.edit(({ grid }) =>
      type(grid('plan'), rowOf(grid('plan'), 'first/two'), 'notes', 'Appeler Paul'),
    );
    await company.cycle('sync');

    await company.edit(({ grid }) => {
      const sheet = grid('plan');
      expect(sheet.fieldText(rowOf(sheet, 'first/two'), 'notes')).toBe('Appeler Paul');
    }, 'copy.xlsx');
  });

  it('adopts a row of their own, once', async () => {
    const company = new CompanyAtWork();
    await company.cycle();

    await company.edit(({ grid }) => type(grid('plan'), 40, 'title', 'Prévenir la banque'));
    const first = onlyReport(await company.cycle('sync'));
    const second = onlyReport(await company.cycle('sync'));

    const own = [...(await company.agreed()).values()].filter((item) => item.key.startsWith('own/'));
    expect(first?.adopted).toBe(1);
    expect(second).toMatchObject(QUIET);
    expect(own.map((item) => item.fields.title)).toEqual(['Prévenir la banque']);
  });

  it('is kept when the workbook is deleted and rebuilt', async () => {
    const company = new CompanyAtWork();
    await company.cycle();
    await company.edit(({ grid }) => type(grid('plan'), rowOf(grid('plan'), 'first/one'), 'status', 'Fait'));
    await company.cycle('sync');

    rmSync(company.file());
    const rebuilt = onlyReport(await company.cycle());

    expect(rebuilt?.created).toBe(5);
    expect((await company.agreed()).get('first/one')?.fields).toMatchObject({
      status: 'done',
      archived: false,
    });
    expect(onlyReport(await company.cycle())).toMatchObject(QUIET);
  });

  it('is kept when the store is lost: the workbook’s keys rebuild it', async () => {
    const company = new CompanyAtWork();
    await company.cycle();
    await company.edit(({ grid }) => type(grid('plan'), rowOf(grid('plan'), 'first/one'), 'status', 'Fait'));

    await company.loseStore();
    const after = onlyReport(await company.cycle());

    expect(after?.created).toBe(0);
    expect((await company.agreed()).size).toBe(5);
    expect((await company.agreed()).get('first/one')?.fields.status).toBe('done');
  });
});

describe('a new version of the template', () => {
  it('waits for an apply, changes what people left alone, and keeps what they wrote', async () => {
    const company = new CompanyAtWork();
    await company.cycle();
    await company.edit(({ grid }) =>
      type(grid('plan'), rowOf(grid('plan'), 'first/one'), 'title', 'Notre titre'),
    );
    await company.cycle('sync');

    company.template = smallTemplate({
      version: '1.1.0',
      steps: [
        aStep(
          'first',
          aTask('one', { title: words('Nouveau titre') }),
          aTask('two', { title: words('Deux bis') }),
        ),
        aStep('second', aTask('three'), aTask('four')),
      ],
    });
    const waiting = await company.cycle('sync');
    expect(onlyReport(waiting)).toMatchObject(QUIET);
    expect(waiting.remarks.map((remark) => remark('en'))).toEqual([
      expect.stringContaining('from version 1.0.0 to 1.1.0'),
    ]);
    const upgraded = await company.cycle('apply');

    const agreed = await company.agreed();
    expect(agreed.get('first/one')?.fields.title).toBe('Notre titre');
    expect(agreed.get('first/two')?.fields.title).toBe('Deux bis');
    expect(agreed.has('second/four')).toBe(true);
    expect(agreed.get('first/one#a')?.fields.archived).toBe(true);
    expect(upgraded.kept).toMatchObject([
      { key: 'first/one', field: 'title', stands: 'Notre titre', setAside: 'Nouveau titre' },
    ]);
    expect((await company.cycle('apply')).kept).toEqual([]);
  });
});

describe('an empty column and an empty register that a new version brings', () => {
  it('are in the workbook at once, and once', async () => {
    const company = new CompanyAtWork();
    await company.cycle();
    const [tools] = company.template.registers;
    if (!tools) throw new Error('no register');
    const owner = { key: 'owner', title: words('Owner'), type: 'person' } as const;
    const registers = [
      { ...tools, columns: [...tools.columns, owner] },
      { ...tools, key: 'visits', title: words('Visits'), rows: [] },
    ];
    company.template = smallTemplate({ version: '2.0.0', registers });

    const brought = onlyReport(await company.cycle());
    const bytes = company.bytes();
    const again = onlyReport(await company.cycle());

    expect(brought).toMatchObject(QUIET);
    await company.edit(({ grid }) => {
      expect(grid('register:tools').columnOf('owner')).toBeDefined();
      expect(grid('register:visits').columnOf('name')).toBeDefined();
    });
    expect(again).toMatchObject(QUIET);
    expect(company.bytes().equals(bytes)).toBe(true);
  });
});

describe('a deletion', () => {
  it('is seen in the cycle in which a new version brings a register, and a column', async () => {
    const company = new CompanyAtWork();
    await company.cycle();
    const [tools] = company.template.registers;
    if (!tools) throw new Error('no register');
    company.template = smallTemplate({
      registers: [
        { ...tools, columns: [...tools.columns, { key: 'owner', title: words('Owner'), type: 'person' }] },
        { ...tools, key: 'trainings', title: words('Trainings') },
      ],
    });

    await company.edit(({ grid }) => {
      const { sheet } = grid('plan');
      const row = rowOf(grid('plan'), 'first/two');
      for (const column of sheet.columnsOf(row)) sheet.set(row, column, { type: 'blank' });
    });
    await company.cycle();

    expect((await company.agreed()).get('first/two')?.fields.archived).toBe(true);
  });
});

describe('a place in trouble', () => {
  it('is told, holds up no other place, and catches up', async () => {
    const company = new CompanyAtWork();
    company.workbooks = ['plan.xlsx', 'copy.xlsx'];
    await company.cycle();
    writeFileSync(
      `${company.folder}/.~lock.copy.xlsx#`,
      ',claire,poste,23.11.2026 09:00,file:///home/claire;',
    );

    await company.edit(({ grid }) => type(grid('plan'), rowOf(grid('plan'), 'first/one'), 'status', 'Fait'));
    const held = await company.cycle('sync');
    rmSync(`${company.folder}/.~lock.copy.xlsx#`);
    const freed = await company.cycle('sync');

    expect(held.failures.map((one) => one.workspace)).toEqual(['excel:copy.xlsx']);
    expect((await company.agreed()).get('first/one')?.fields.status).toBe('done');
    expect(freed.failures).toEqual([]);
    expect(freed.workspaces[1]).toMatchObject({ updated: 1 });
  });

  it('is never half-read: a damaged workbook is refused with a clear word, and nothing is archived', async () => {
    const company = new CompanyAtWork();
    await company.cycle();
    const whole = company.bytes();
    writeFileSync(company.file(), whole.subarray(0, whole.length / 2));

    const { failures } = await company.cycle('sync');

    expect(failures).toHaveLength(1);
    expect(explain(failures[0]?.error)('fr')).toContain('plan.xlsx');
    expect([...(await company.agreed()).values()].some((item) => item.fields.archived === true)).toBe(false);
    expect(company.bytes()).toHaveLength(Math.floor(whole.length / 2));
  });
});
