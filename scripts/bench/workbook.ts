import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Item } from '#src/plan/item.ts';
import type { Change } from '#src/reconcile/replica.ts';
import { excelWorkspace } from '#src/workspaces/excel/index.ts';
import type { Blueprint, Memory, WriteOrder } from '#src/workspaces/workspace.ts';
import { bestOf } from './best-of.ts';
import type { Figure } from './figure.ts';

const ROWS = 1000;
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

const BLUEPRINT: Blueprint = {
  project: 'bench',
  company: 'Banc',
  locale: 'fr',
  title: 'Banc d’essai',
  notice: '',
  steps: [{ key: 'un', title: 'Un', summary: '', color: '#2f6f9f' }],
  roles: [{ key: 'lead', title: 'Responsable' }],
  people: ['Claire'],
  registers: [],
  sources: new Map(),
};

function task(i: number): Item {
  const fields = {
    title: `Tâche ${i}`,
    step: 'un',
    status: 'todo',
    priority: 'normal',
    role: 'lead',
    with: [],
    people: ['Claire'],
    start: '2027-01-04',
    due: '2027-02-01',
    description: `Pourquoi la tâche ${i} compte`,
    deliverable: 'Une page',
    proof: 'Elle est datée',
    repeat: '',
    dependsOn: [],
    sources: [],
    required: false,
    notes: '',
    archived: false,
  };
  return { key: `un/t${i}`, kind: 'task', parent: 'plan', fields };
}

function memory(): Memory {
  const known = new Map<string, string>();
  return {
    get: (name) => known.get(name),
    set: (name, value) => void known.set(name, value),
    delete: (name) => void known.delete(name),
    flush: async () => {},
  };
}

export async function benchWorkbook(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-bench-'));
  try {
    const items = new Map(Array.from({ length: ROWS }, (_, i) => [`un/t${i}`, task(i)]));
    const order = (changes: readonly Change[], kept: Memory): WriteOrder => ({
      changes,
      blueprint: BLUEPRINT,
      overview: { progress: 0, steps: [], late: [], obligations: [], week: '2026-11-23' },
      agreed: items,
      memory: kept,
      picture: async () => PIXEL,
      tell: () => {},
    });
    const file = join(folder, 'bench.xlsx');
    const workspace = excelWorkspace({
      file,
      copies: join(folder, 'copies'),
      now: () => new Date('2026-11-23T08:00:00Z'),
    });
    const write = async (changes: readonly Change[], kept: Memory) => {
      for await (const _ of workspace.write(order(changes, kept)));
    };
    const creates = [...items].map(([key, item]): Change => ({ kind: 'create', key, item }));

    let kept = memory();
    const written = await bestOf(3, async () => {
      rmSync(file, { force: true });
      kept = memory();
      await write(creates, kept);
    });
    const read = await bestOf(3, () =>
      workspace.read({ blueprint: BLUEPRINT, memory: memory(), cursor: null, known: new Map() }),
    );
    const before = statSync(file, { bigint: true }).mtimeNs;
    const idle = await bestOf(5, () => write([], kept));
    const rewritten = statSync(file, { bigint: true }).mtimeNs !== before;
    let turn = 0;
    const edit = await bestOf(3, () => {
      const item = task(500);
      const fields = { notes: `Note ${turn++}` };
      return write(
        [{ kind: 'update', key: item.key, item: { ...item, fields: { ...item.fields, ...fields } }, fields }],
        kept,
      );
    });
    return [
      { what: 'workbook of 1,000 rows: first write', measured: written, unit: 'ms' },
      { what: 'workbook of 1,000 rows: read', measured: read, unit: 'ms' },
      { what: 'workbook of 1,000 rows: one cell changed', measured: edit, unit: 'ms' },
      { what: 'workbook of 1,000 rows: nothing to write', measured: idle, unit: 'ms' },
      { what: 'workbook of 1,000 rows: size', measured: statSync(file).size / 1024, unit: 'KiB' },
      {
        what: 'writes by a second apply with nothing changed',
        measured: rewritten ? 1 : 0,
        unit: 'writes',
        bar: 0,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
