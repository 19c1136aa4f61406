import fc from 'fast-check';
import { expect } from 'vitest';
import { type Item, isArchived } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import { asPlacesShow } from '#src/reconcile/reconcile.ts';
import type { AuditRecord } from '#src/store/store.ts';
import { readMarker } from '#src/workspaces/trello/marker.ts';
import type { Memory, Workspace } from '#src/workspaces/workspace.ts';
import { type Story, stories } from './acts.ts';
import { type Deed, Life } from './life.ts';
import { ruledTemplate } from './rules.ts';
import { type Snapshot, ToolsTeam } from './team.ts';

/** The cycles that it may take until all is quiet, once everything works. */
const MOST_CYCLES = 6;
const BETWEEN_CYCLES_MS = 300_000;
/** Of a process that has never been there. */
function emptyMemory(): Memory {
  const known = new Map<string, string>();
  return {
    get: (name) => known.get(name),
    set: (name, value) => void known.set(name, value),
    delete: (name) => void known.delete(name),
    flush: async () => {},
  };
}

/** Plays so many stories by chance, or always those of a seed; a failure tells how to play it again. */
export async function tellStories(runs: number, file: string, seed?: number): Promise<void> {
  const { JALON_SEED, JALON_PATH } = process.env;
  const replay = {
    ...(seed !== undefined && { seed }),
    ...(JALON_SEED ? { seed: Number(JALON_SEED) } : {}),
    ...(JALON_PATH ? { path: JALON_PATH, endOnFailure: true } : {}),
  };
  const eve = await handOver();
  const details = await fc.check(
    fc.asyncProperty(stories, (story) => live(story, eve)),
    { numRuns: runs, ...replay },
  );
  if (!details.failed) return;
  const again = `JALON_SEED=${details.seed} JALON_PATH=${details.counterexamplePath} npx vitest run ${file}`;
  const said = await fc.asyncDefaultReportMessage(details);
  throw new Error(`Play it again with:\n  ${again}\n${said}`, { cause: details.errorInstance });
}

/** The plan has just been handed over, in all its places. */
async function handOver(): Promise<Snapshot> {
  const team = await ToolsTeam.start();
  try {
    await team.cycle('apply');
    await team.time.advance(BETWEEN_CYCLES_MS);
    return await team.snapshot();
  } finally {
    await team.leave();
  }
}

async function live({ skew, automated, acts }: Story, eve: Snapshot): Promise<void> {
  const team = await ToolsTeam.startFrom(eve, automated ? { template: ruledTemplate() } : {});
  team.skew = skew;
  try {
    const life = new Life(team);
    for (const act of acts) await life.play(act);

    await expectCalm(life);
    expectNothingTwice(team);
    await expectNothingLost(life);
  } finally {
    await team.leave();
  }
}

async function expectCalm(life: Life): Promise<void> {
  const { team } = life;
  life.calm();
  team.restart();
  await hearOfPages(team);
  let changes = Number.POSITIVE_INFINITY;
  for (let cycle = 0; changes > 0 && cycle < MOST_CYCLES; cycle += 1) {
    await team.time.advance(BETWEEN_CYCLES_MS);
    const report = await life.cycle('apply');
    expect(report?.failures).toEqual([]);
    changes = (report?.workspaces ?? [])
      .map((one) => one.created + one.updated + one.archived + one.adopted + one.edits + one.removed.length)
      .reduce((sum, count) => sum + count, report?.automations.length ?? 0);
  }
  expect(changes, 'a further cycle changes nothing').toBe(0);
  await expectToShowTheSame(team);
}

/**
 * The webhooks of Notion arrive. Without them comments, and what is added within the minute of our last write, are found
 * at the next full read.
 */
async function hearOfPages(team: ToolsTeam): Promise<void> {
  const { workspaces } = await team.running();
  const ids = team.notion.look.pages().map(({ id }) => id);
  for (const workspace of workspaces) workspace.hear?.(ids);
}

/** Nor does it stand twice where reading would pass over the second. */
function expectNothingTwice({ notion: { look }, trello }: ToolsTeam): void {
  expect(look.duplicates(look.dataSource('Plan').id, 'Clé')).toEqual([]);
  for (const { id, title } of look.rows(look.dataSource('Plan').id))
    expectNoneTwice(look.comments(id), `comments on ${title} in Notion`);
  const cards = trello.look.cards(trello.look.boards()[0]?.id ?? '');
  expectNoneTwice(
    cards.map(({ desc }) => readMarker(desc).key ?? desc),
    'cards',
  );
  const said = [...trello.world.actions.values()].filter(({ type }) => type === 'commentCard');
  expectNoneTwice(
    said.map(({ data }) => JSON.stringify(data)),
    'comments in Trello',
  );
}

function expectNoneTwice(all: readonly string[], what: string): void {
  expect(all.toSorted(), what).toEqual([...new Set(all)].toSorted());
}

/** Each place is read as for the first time, by somebody who remembers nothing. */
async function expectToShowTheSame(team: ToolsTeam): Promise<void> {
  const agreed = await team.agreed();
  const shown = asPlacesShow(agreed);
  const { blueprint, workspaces } = await team.openAfresh();
  for (const workspace of workspaces) {
    const order = { blueprint, memory: emptyMemory(), cursor: null, known: agreed };
    const reading = await team.finish(workspace.read(order));
    const keys = reading.items.map(({ key }) => key);
    expect(reading.missing, workspace.id).toBe(false);
    expect(new Set(keys).size, `${workspace.id} shows nothing twice: ${keys.toSorted().join(' ')}`).toBe(
      keys.length,
    );
    expectShown(workspace, new Map(reading.items.map((item) => [item.key, item])), shown);
  }
}

function expectShown(
  workspace: Workspace,
  there: ReadonlyMap<string, Item>,
  agreed: ReadonlyMap<string, Item>,
): void {
  for (const key of there.keys()) expect(agreed.has(key), `${workspace.id} ${key} is agreed`).toBe(true);
  for (const [key, item] of agreed) {
    const owner = item.kind === 'comment' ? agreed.get(item.parent) : undefined;
    const hasRoom = Object.keys(item.fields).some((field) => workspace.holds(item, field));
    if (hasRoom && !(owner && isArchived(owner))) expectItem(workspace, there.get(key), item);
  }
}

function expectItem(workspace: Workspace, found: Item | undefined, item: Item): void {
  const at = `${workspace.id} ${item.key}`;
  if (isArchived(item)) {
    expect(found === undefined || isArchived(found), `${at} is archived`).toBe(true);
    return;
  }
  expect(found && isArchived(found), `${at} stands`).toBe(false);
  for (const [field, value] of Object.entries(item.fields)) {
    const shows = found?.fields[field];
    if (!workspace.holds(item, field) || (field === 'dependsOn' && shows === undefined)) continue;
    const words = `${at}.${field}: ${JSON.stringify(shows)} for ${JSON.stringify(value)}`;
    expect(sameValue(shows, workspace.fit(item, field, value)), words).toBe(true);
  }
}

async function expectNothingLost({ team, deeds, comments, removed }: Life): Promise<void> {
  const agreed = await team.agreed();
  const audit = await (await team.store()).readAudit('martin');
  for (const deed of deeds)
    expect(stands(deed, agreed) || isTold(deed, audit), `lost: ${JSON.stringify(deed)}`).toBe(true);
  for (const item of agreed.values())
    if (isArchived(item) && item.kind === 'task')
      expect(removed.has(item.key), `archived by nobody: ${item.key}`).toBe(true);
  for (const { key, text } of comments) {
    const times = [...agreed.values()].filter((item) => item.kind === 'comment' && item.fields.text === text);
    const expected = removed.has(key) ? times.length <= 1 : times.length === 1;
    expect(expected, `“${text}” on ${key} stands ${times.length} times`).toBe(true);
  }
}

function stands({ key, field, value }: Deed, agreed: ReadonlyMap<string, Item>): boolean {
  const item = agreed.get(key);
  const items = key === '' ? [...agreed.values()] : item ? [item] : [];
  return items.some(({ fields }) => sameValue(fields[field], value));
}

/** Overwritten by what is on record. */
function isTold({ key, field, value }: Deed, audit: readonly AuditRecord[]): boolean {
  return audit.some(
    (record) =>
      (key === '' || record.key === key) &&
      ((record.field === field && (sameValue(record.old, value) || sameValue(record.new, value))) ||
        (record.kind === 'created' && sameValue(record.new, value))),
  );
}
