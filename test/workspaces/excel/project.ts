import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ObligationState, Overview } from '#src/metrics/overview.ts';
import type { Fields, Item, ItemKind, Value } from '#src/plan/item.ts';
import type { Change } from '#src/reconcile/replica.ts';
import { excelWorkspace } from '#src/workspaces/excel/index.ts';
import type {
  Blueprint,
  Memory,
  Reading,
  Workspace,
  WriteOrder,
  Written,
} from '#src/workspaces/workspace.ts';

/** A small project, as the engine would hand it to a workspace. */

export function blueprint(changes: Partial<Blueprint> = {}): Blueprint {
  return {
    project: 'boulangerie-martin',
    company: 'Boulangerie Martin',
    locale: 'fr',
    title: 'Facturation électronique : le plan',
    notice: 'Ce plan aide à s’organiser ; il ne remplace pas un conseil.',
    steps: [
      { key: 'comprendre', title: 'Comprendre les obligations', summary: '', color: '#2f6fa3' },
      { key: 'choisir', title: 'Choisir la plateforme', summary: '', color: '#c27c1a' },
    ],
    roles: [
      { key: 'office-manager', title: 'Office manager' },
      { key: 'direction', title: 'Direction' },
      { key: 'expert-comptable', title: 'Expert-comptable, cabinet' },
    ],
    people: ['Claire Durand', 'Paul Martin'],
    registers: [
      {
        key: 'outils',
        title: 'Outils et flux',
        summary: 'Tout ce qui produit ou reçoit une facture.',
        step: 'comprendre',
        planned: [],
        columns: [
          column('nom', 'Outil', 'text'),
          column('usage', 'Usage', 'long-text'),
          column('factures', 'Factures par mois', 'number'),
          column('cout', 'Coût', 'amount'),
          column('part', 'Part', 'percent'),
          column('depuis', 'Depuis', 'date'),
          {
            ...column('etat', 'État', 'select'),
            options: [
              { key: 'pret', title: 'Prêt ✅', color: '#1e7b4b' },
              { key: 'a-voir', title: 'À voir' },
            ],
          },
          column('teste', 'Testé', 'checkbox'),
          column('site', 'Site', 'url'),
          column('contact', 'Contact', 'email'),
          column('qui', 'Responsable', 'person'),
        ],
      },
    ],
    sources: new Map([
      ['cgi-289-bis', { title: 'CGI, art. 289 bis', url: 'https://www.legifrance.gouv.fr/' }],
    ]),
    ...changes,
  };
}

function column(key: string, title: string, type: Blueprint['registers'][number]['columns'][number]['type']) {
  return { key, title, type, help: '', options: [] };
}

export function item(kind: ItemKind, key: string, parent: string, fields: Fields): Item {
  return { key, kind, parent, fields: { archived: false, ...fields } };
}

export function task(key: string, fields: Fields = {}): Item {
  return item('task', key, 'plan', {
    title: `Tâche ${key}`,
    step: key.split('/')[0] ?? '',
    status: 'todo',
    priority: 'normal',
    role: 'office-manager',
    with: [],
    people: ['Claire Durand'],
    start: '2026-11-23',
    due: '2026-12-04',
    description: 'Lire, puis noter ce qui s’applique.',
    deliverable: 'Une page',
    proof: 'Le fichier daté',
    repeat: '',
    dependsOn: [],
    sources: [],
    required: false,
    notes: '',
    ...fields,
  });
}

export function point(key: string, fields: Fields = {}): Item {
  return item('check', key, key.split('#')[0] ?? '', {
    title: `Point ${key}`,
    done: false,
    rank: 1,
    ...fields,
  });
}

export function line(key: string, fields: Fields = {}): Item {
  return item('row', key, key.split(':')[0] ?? '', {
    nom: `Outil ${key}`,
    usage: '',
    factures: null,
    cout: null,
    part: null,
    depuis: null,
    etat: '',
    teste: false,
    site: '',
    contact: '',
    qui: '',
    ...fields,
  });
}

/** A remark on a task or a row; `key` ends in the id that its place has given it. */
export function comment(key: string, fields: Fields = {}): Item {
  return item('comment', key, key.split('@')[0] ?? '', {
    text: `Remarque ${key}`,
    author: 'Claire Durand',
    origin: 'notion',
    at: '2026-11-24T08:30:00.000Z',
    ...fields,
  });
}

export const DATES = task('comprendre/dates', {
  title: 'Relever les dates qui s’appliquent',
  status: 'doing',
  priority: 'urgent',
  with: ['direction', 'expert-comptable'],
  due: '2026-11-27',
  sources: ['cgi-289-bis'],
  required: true,
});
export const FLOWS = task('comprendre/flux', {
  title: 'Lister les factures reçues',
  dependsOn: ['comprendre/dates'],
});
export const PLATFORM = task('choisir/plateforme', {
  title: 'Choisir une plateforme agréée',
  due: '2027-01-12',
});
export const READ_LAW = point('comprendre/dates#lire', { title: 'Lire la page officielle', done: true });
export const ASK = point('comprendre/dates#demander', { title: 'Demander à l’expert-comptable', rank: 2 });
export const TILL = line('outils:caisse', {
  nom: 'Caisse',
  usage: 'Tickets et factures\ndes clients',
  factures: 120,
  cout: 49.9,
  part: 0.25,
  depuis: '2024-02-29',
  etat: 'pret',
  teste: true,
  site: 'https://example.org/caisse',
  contact: 'aide@example.org',
  qui: 'Claire Durand',
});

export const ITEMS: readonly Item[] = [DATES, FLOWS, PLATFORM, READ_LAW, ASK, TILL];

export function agreedOf(items: readonly Item[] = ITEMS): Map<string, Item> {
  return new Map(items.map((one) => [one.key, one]));
}

export function overview(changes: Partial<Overview> = {}): Overview {
  return {
    progress: 0.25,
    steps: [
      {
        key: 'comprendre',
        title: 'Comprendre les obligations',
        color: '#2f6fa3',
        done: 0,
        total: 2,
        progress: 0.25,
      },
      { key: 'choisir', title: 'Choisir la plateforme', color: '#c27c1a', done: 0, total: 1, progress: 0 },
    ],
    late: [],
    obligations: [obligation()],
    week: '2026-11-23',
    ...changes,
  };
}

export function obligation(changes: Partial<ObligationState> = {}): ObligationState {
  return {
    id: 'emission',
    title: 'Émettre ses factures par une plateforme agréée',
    date: '2027-09-01',
    daysLeft: 282,
    kind: 'deadline',
    confidence: 'unsettled',
    note: '',
    postponableUntil: '2027-12-01',
    verifiedOn: '2026-10-10',
    source: { title: 'CGI, art. 289 bis', url: 'https://www.legifrance.gouv.fr/' },
    ...changes,
  };
}

export function memory(): Memory & { readonly values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    get: (name) => values.get(name),
    set: (name, value) => void values.set(name, value),
    delete: (name) => void values.delete(name),
    flush: async () => {},
  };
}

/** A red pixel. */
export const PIXEL = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  ),
);

export interface Desk {
  readonly folder: string;
  readonly file: string;
  readonly copies: string;
  readonly workspace: Workspace;
  readonly memory: ReturnType<typeof memory>;
  write(
    items?: readonly Item[],
    changes?: readonly Change[],
    more?: Partial<WriteOrder>,
  ): Promise<readonly Written[]>;
  /** `known` are the items that have been agreed on so far. */
  read(cursor?: string | null, shape?: Blueprint, known?: readonly Item[]): Promise<Reading>;
}

/** A folder with a workbook that is about to be written. It is gone after the test. */
export function desk(name = 'boulangerie-martin.xlsx'): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-excel-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return deskIn(folder, name);
}

export function deskIn(folder: string, name = 'boulangerie-martin.xlsx'): Desk {
  const file = join(folder, name);
  const copies = join(folder, 'copies');
  const remembered = memory();
  let minute = 0;
  const now = () => new Date(Date.UTC(2026, 10, 23, 9, minute++));
  const workspace = excelWorkspace({ file, copies, now });
  return {
    folder,
    file,
    copies,
    workspace,
    memory: remembered,
    write: (items = ITEMS, changes = creations(items), more = {}) =>
      collect(
        workspace.write({
          changes,
          blueprint: blueprint(),
          overview: overview(),
          agreed: agreedOf(items),
          memory: remembered,
          picture: async () => PIXEL,
          tell: () => {},
          ...more,
        }),
      ),
    read: (cursor = null, shape = blueprint(), known = []) =>
      workspace.read({ blueprint: shape, memory: remembered, cursor, known: agreedOf(known) }),
  };
}

export function creations(items: readonly Item[] = ITEMS): Change[] {
  return items.map((one) => ({ kind: 'create', key: one.key, item: one }));
}

export function update(one: Item, fields: Fields): { readonly item: Item; readonly change: Change } {
  const next = { ...one, fields: { ...one.fields, ...fields } };
  return { item: next, change: { kind: 'update', key: one.key, item: next, fields } };
}

async function collect<T>(all: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const one of all) list.push(one);
  return list;
}

export function fieldOf(reading: Reading, key: string, field: string): Value | undefined {
  return reading.items.find((one) => one.key === key)?.fields[field];
}
