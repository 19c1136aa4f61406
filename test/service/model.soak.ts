import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Item, isArchived } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import { asPlacesShow } from '#src/reconcile/reconcile.ts';
import type { AuditRecord } from '#src/store/store.ts';
import { Book } from '#src/workspaces/excel/book.ts';
import { findGrids } from '#src/workspaces/excel/grid.ts';
import { type Act, acts } from './model/acts.ts';
import { BOOKS, type Deed, Team } from './model/team.ts';

/** More in the soak test. A failure prints the seed and the path that play it again. */
const { JALON_RUNS, JALON_SEED, JALON_PATH } = process.env;
const RUNS = Number(JALON_RUNS ?? 25);
const REPLAY = {
  ...(JALON_SEED ? { seed: Number(JALON_SEED) } : {}),
  ...(JALON_PATH ? { path: JALON_PATH, endOnFailure: true } : {}),
};

describe('the whole engine, whatever people, files, crashes and new templates do', () => {
  it(`ends in agreement, with nothing twice and nothing lost, in ${RUNS} stories`, {
    timeout: 60_000 + RUNS * 10_000,
  }, async () => {
    const details = await fc.check(
      fc.asyncProperty(acts, (story) => live(story)),
      { numRuns: RUNS, ...REPLAY },
    );
    if (!details.failed) return;
    const again = `JALON_RUNS=25 JALON_SEED=${details.seed} JALON_PATH=${details.counterexamplePath} npx vitest run test/service/model.soak.ts`;
    const said = await fc.asyncDefaultReportMessage(details);
    throw new Error(`Play it again with:\n  ${again}\n${said}`, { cause: details.errorInstance });
  });
});

async function live(story: readonly Act[]): Promise<void> {
  const team = new Team();
  try {
    await team.cycle('apply');
    for (const act of story) await team.carryOut(act);

    await expectCalm(team);
    await expectNothingLost(team);
  } finally {
    await team.company.leave();
  }
}

async function expectCalm(team: Team): Promise<void> {
  team.unlock();
  const first = await team.cycle('apply');
  expect(first?.failures).toEqual([]);
  const bytes = BOOKS.map((book) => team.company.bytes(book));

  const further = await team.cycle('apply');

  expect(further?.failures).toEqual([]);
  for (const one of further?.workspaces ?? [])
    expect(one, 'a further apply').toMatchObject({
      created: 0,
      updated: 0,
      archived: 0,
      adopted: 0,
      edits: 0,
    });
  for (const [index, book] of BOOKS.entries()) {
    expect(
      team.company.bytes(book).equals(bytes[index] ?? Buffer.alloc(0)),
      `${book} is left as it was`,
    ).toBe(true);
    await expectKeysOnce(team.company.file(book));
    await expectToShow(team, index);
  }
}

/** Read as for the first time, with nothing to remember by. */
async function expectToShow(team: Team, book: number): Promise<void> {
  const { blueprint, workspaces } = await team.company.running();
  const workspace = workspaces[book];
  if (!workspace) throw new Error(`no workbook ${book}`);
  const nothing = { get: () => undefined, set: () => {}, delete: () => {}, flush: async () => {} };
  const reading = await workspace.read({ blueprint, memory: nothing, cursor: null, known: new Map() });
  const shown = new Map(reading.items.map((item) => [item.key, item]));
  const agreed = asPlacesShow(await team.company.agreed());

  expect(reading).toMatchObject({ complete: true, missing: false });
  for (const key of reading.removed)
    expect(agreed.get(key)?.fields.archived, `${key} was emptied`).toBe(true);
  for (const key of shown.keys()) expect(agreed.has(key), `${BOOKS[book]} ${key} is agreed`).toBe(true);
  for (const [key, item] of agreed) {
    const there = shown.get(key);
    if (isArchived(item)) {
      expect(there === undefined || isArchived(there), `${BOOKS[book]} ${key} is archived`).toBe(true);
      continue;
    }
    expect(there && isArchived(there), `${BOOKS[book]} ${key} stands`).toBe(false);
    for (const [field, value] of Object.entries(item.fields)) {
      if (!workspace.holds(item, field)) continue;
      const found = there?.fields[field];
      const same = sameValue(found, workspace.fit(item, field, value));
      expect(
        same,
        `${BOOKS[book]} ${key}.${field}: ${JSON.stringify(found)} for ${JSON.stringify(value)}`,
      ).toBe(true);
    }
  }
}

async function expectKeysOnce(file: string): Promise<void> {
  for (const [marker, grids] of await findGrids(await Book.open(readFileSync(file)))) {
    expect(grids, marker).toHaveLength(1);
    for (const grid of grids) {
      const keys = grid.dataRows().map((row) => grid.keyOf(row));
      const named = keys.filter((key) => key !== '');
      expect(new Set(named).size, `${marker}: ${named.toSorted().join(' ')}`).toBe(named.length);
    }
  }
}

async function expectNothingLost(team: Team): Promise<void> {
  const agreed = asPlacesShow(await team.company.agreed());
  const audit = await (await team.company.store()).readAudit(team.company.slug);
  expect(team.pending, 'nothing is left to be read').toEqual([]);
  for (const deed of team.known)
    expect(stands(deed, agreed) || isTold(deed, audit), `lost: ${JSON.stringify(deed)}`).toBe(true);
  for (const item of agreed.values()) {
    if (!isArchived(item)) continue;
    const names = [item.key, item.parent, item.fields.title, item.fields.name];
    expect(
      names.some((one) => team.mayBeArchived.has(String(one))),
      `archived by nobody: ${item.key}`,
    ).toBe(true);
  }
}

function stands({ key, what, cell, value }: Deed, agreed: ReadonlyMap<string, Item>): boolean {
  const item = agreed.get(key);
  if (what === 'took away') return item === undefined || isArchived(item);
  if (what === 'put back') return item !== undefined && !isArchived(item);
  const items = key === '' ? [...agreed.values()] : item ? [item] : [];
  return cell !== undefined && items.some(({ fields }) => sameValue(fields[cell.field], value));
}

/** Overwritten, or undone, by what is on record. */
function isTold({ key, what, cell, value }: Deed, audit: readonly AuditRecord[]): boolean {
  const records = audit.filter((record) => key === '' || record.key === key);
  if (what === 'took away') return records.some(({ kind }) => kind === 'restored');
  if (what === 'put back') return records.some(({ kind }) => kind === 'archived');
  return records.some(
    (record) =>
      (record.field === cell?.field && (sameValue(record.old, value) || sameValue(record.new, value))) ||
      (record.kind === 'created' && sameValue(record.new, value)),
  );
}
