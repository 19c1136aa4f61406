import { existsSync, readdirSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sameValue } from '#src/reconcile/names.ts';
import {
  ASK,
  agreedOf,
  blueprint,
  creations,
  DATES,
  desk,
  FLOWS,
  fieldOf,
  ITEMS,
  overview,
  PIXEL,
  PLATFORM,
  READ_LAW,
  TILL,
  update,
} from './project.ts';

const DISPLAY_ONLY = ['dependsOn', 'sources', 'required', 'rank'];

describe('a new workbook', () => {
  it('shows every field of every item as it was agreed', async () => {
    const { write, read } = desk();

    const written = await write();
    const reading = await read();

    expect(written.map(({ done }) => done)).toEqual(ITEMS.map(() => 'created'));
    expect(reading.complete).toBe(true);
    expect(reading.remarks.map((remark) => remark('fr'))).toEqual([]);
    expect(reading.items.map(({ key }) => key).sort()).toEqual(ITEMS.map(({ key }) => key).sort());
    for (const item of ITEMS) {
      for (const [field, value] of Object.entries(item.fields)) {
        if (DISPLAY_ONLY.includes(field)) continue;
        const shown = fieldOf(reading, item.key, field);
        expect(sameValue(shown, value), `${item.key} ${field}: ${JSON.stringify(shown)}`).toBe(true);
      }
    }
  });

  it('tells what stands in terms of the fields that it holds', async () => {
    const { write, workspace } = desk();

    const written = await write();

    const dates = written.find(({ key }) => key === DATES.key);
    expect(dates?.shows.status).toBe('doing');
    expect(dates?.shows).not.toHaveProperty('sources');
    expect(workspace.holds(DATES, 'dependsOn')).toBe(false);
    expect(workspace.holds(READ_LAW, 'rank')).toBe(false);
    expect(workspace.holds(TILL, 'sources')).toBe(true);
    expect(workspace.holds(DATES, 'archived')).toBe(true);
  });

  it('is made in a folder that was not there', async () => {
    const { write, file } = desk('clients/martin/plan.xlsx');

    await write();

    expect(existsSync(file)).toBe(true);
  });

  it('leaves nothing beside it but the workbook', async () => {
    const { write, folder } = desk();

    await write();

    expect(readdirSync(folder)).toEqual(['boulangerie-martin.xlsx']);
  });
});

describe('writing again', () => {
  it('touches nothing when nothing has changed', async () => {
    const { write, file, folder } = desk();
    await write();
    const before = statSync(file, { bigint: true });

    const written = await write(ITEMS, []);

    expect(written).toEqual([]);
    expect(statSync(file, { bigint: true })).toEqual(before);
    expect(readdirSync(folder)).toEqual(['boulangerie-martin.xlsx']);
  });

  it('touches nothing when all is asked for again, even after the memory has been lost', async () => {
    const { write, file, memory } = desk();
    await write();
    const before = statSync(file, { bigint: true });
    memory.values.clear();

    const written = await write();

    expect(written.map(({ done }) => done)).toEqual(ITEMS.map(() => 'adopted'));
    expect(statSync(file, { bigint: true }).mtimeNs).toBe(before.mtimeNs);
  });

  it('changes the cells asked for and keeps a copy of what was there', async () => {
    const { write, read, copies } = desk();
    await write();
    const done = update(FLOWS, {
      status: 'done',
      due: '2027-02-01',
      people: ['Paul Martin', 'Claire Durand'],
    });

    const written = await write([DATES, done.item, PLATFORM, READ_LAW, ASK, TILL], [done.change]);
    const reading = await read();

    expect(written).toMatchObject([{ key: FLOWS.key, done: 'updated', shows: { status: 'done' } }]);
    expect(fieldOf(reading, FLOWS.key, 'status')).toBe('done');
    expect(fieldOf(reading, FLOWS.key, 'due')).toBe('2027-02-01');
    expect(fieldOf(reading, FLOWS.key, 'people')).toEqual(['Paul Martin', 'Claire Durand']);
    expect(readdirSync(copies)).toHaveLength(1);
  });

  it('keeps the last ten copies', async () => {
    const { write, copies } = desk();
    await write();

    for (let round = 0; round < 12; round += 1) {
      const edit = update(FLOWS, { notes: `Passage ${round}` });
      await write([...ITEMS.filter((one) => one !== FLOWS), edit.item], [edit.change]);
    }

    expect(readdirSync(copies)).toHaveLength(10);
    expect(readdirSync(copies).sort().at(-1)).toContain('2026-11-23T09-11');
  });

  it('asks for a new picture only when the overview has changed', async () => {
    const { write } = desk();
    let drawn = 0;
    const picture = async () => {
      drawn += 1;
      return PIXEL;
    };
    await write(ITEMS, creations(), { picture });

    await write(ITEMS, [], { picture });
    const dayLater = overview({
      obligations: overview().obligations.map((one) => ({ ...one, daysLeft: one.daysLeft - 1 })),
    });
    await write(ITEMS, [], { picture, overview: dayLater });
    await write(ITEMS, [], { picture, overview: overview({ progress: 0.5 }) });

    expect(drawn).toBe(2);
  });
});

describe('reading', () => {
  it('parses nothing when the file is as last read or written', async () => {
    const { write, read } = desk();
    await write();
    const first = await read();

    const again = await read(first.cursor);

    expect(again).toMatchObject({ items: [], complete: false, cursor: first.cursor, missing: false });
  });

  it('tells that the workbook is missing, and nothing else', async () => {
    const { read } = desk();

    const reading = await read();

    expect(reading).toEqual({
      items: [],
      complete: false,
      removed: [],
      cursor: null,
      remarks: [],
      missing: true,
    });
  });

  it('reads a workbook whose language has changed since, and puts the new words into it', async () => {
    const { write, read } = desk();
    await write();
    const english = blueprint({
      locale: 'en',
      steps: [
        { key: 'comprendre', title: 'Understand the duties', summary: '', color: '#2f6fa3' },
        { key: 'choisir', title: 'Choose the platform', summary: '', color: '#c27c1a' },
      ],
    });

    const before = await read(null, english);
    const edit = update(FLOWS, { status: 'done' });
    await write([...ITEMS.filter((one) => one !== FLOWS), edit.item], [edit.change], { blueprint: english });
    const after = await read(null, blueprint({ ...english, locale: 'en' }));

    expect(fieldOf(before, DATES.key, 'status')).toBe('doing');
    expect(fieldOf(before, DATES.key, 'step')).toBe('comprendre');
    expect(after.remarks).toEqual([]);
    expect(fieldOf(after, DATES.key, 'status')).toBe('doing');
    expect(agreedOf().size).toBe(after.items.length);
  });
});
