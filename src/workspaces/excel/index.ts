import { basename } from 'node:path';
import { explain, NeedsAttention, NotNow } from '#src/errors.ts';
import { said, say } from '#src/i18n/message.ts';
import { DASHBOARD, DIAGNOSES, FILE_ERRORS } from '#src/i18n/workbook.ts';
import type { Diagnosis, Reading, ReadOrder, Workspace, WriteOrder, Written } from '../workspace.ts';
import { Book } from './book.ts';
import { Damaged } from './damage.ts';
import { digestOf, fillDashboard, shownDigest } from './dashboard.ts';
import { pictureRoom } from './dashboard-sheet.ts';
import {
  checkWritable,
  type FilePlaces,
  fingerprintOf,
  type Loaded,
  load,
  replace,
  toldPlace,
} from './file.ts';
import { fitField, isHeld } from './held.ts';
import { layoutOf, MARKERS } from './layout.ts';
import { placePicture } from './picture.ts';
import { contents, type Scene, survey } from './read.ts';
import { hasEverHadAll, remember } from './remembered.ts';
import { complete, type Structure } from './structure.ts';
import { Writer } from './write.ts';

/** Names under which the workspace remembers: the file as last read, as last written, and its dashboard. */
const SEEN = 'seen';
const WRITTEN = 'written';
const DASHBOARD_DIGEST = 'dashboard';

export interface WorkbookPlaces extends FilePlaces {
  /** Whose clock dates with a time show; that of Paris where it is absent. */
  readonly timeZone?: string | undefined;
}

function zoneOf({ timeZone = 'Europe/Paris' }: WorkbookPlaces): string {
  return timeZone;
}

/**
 * A plan in an Excel workbook. `file` is its absolute path; `copies` the folder that keeps the last ten states
 * of the file, each from before a write.
 */
export function excelWorkspace(places: WorkbookPlaces): Workspace {
  return {
    id: `excel:${basename(places.file)}`,
    kind: 'excel',
    url: places.file,
    holds: isHeld,
    fit: (item, field, value) => fitField(item, field, value, zoneOf(places)),
    check: () => check(places),
    glance: () => fingerprintOf(places),
    read: (order) => read(places, order),
    write: (order) => write(places, order),
  };
}

async function check(places: FilePlaces): Promise<readonly Diagnosis[]> {
  try {
    const loaded = await load(places);
    if (loaded) await openBook(places, loaded);
    await checkWritable(places);
    return [{ level: 'ok', said: said(loaded ? DIAGNOSES.ready : DIAGNOSES.missing, places.file) }];
  } catch (error) {
    return [{ level: error instanceof NotNow ? 'warning' : 'error', said: explain(error) }];
  }
}

async function read(places: WorkbookPlaces, order: ReadOrder): Promise<Reading> {
  const { memory, cursor, again } = order;
  const nothing = { items: [], complete: false, removed: [], remarks: [], missing: false };
  const fingerprint = await fingerprintOf(places);
  if (fingerprint === undefined) return { ...nothing, cursor: null, missing: true };
  const known = cursor !== null && (fingerprint === cursor || fingerprint === memory.get(WRITTEN));
  if (known && !again?.size) return { ...nothing, cursor: fingerprint };

  const loaded = await load(places);
  if (!loaded) return { ...nothing, cursor: null, missing: true };
  const scene: Scene = { ...order, timeZone: zoneOf(places) };
  const found = await survey(await openBook(places, loaded), scene).catch((error) =>
    explainDamage(places, error),
  );
  const reading = contents(found, scene, loaded.savedAt);
  remember(found.sheets.values(), memory);
  memory.set(SEEN, loaded.fingerprint);
  return { ...reading, cursor: loaded.fingerprint, missing: false };
}

async function* write(places: WorkbookPlaces, order: WriteOrder): AsyncIterable<Written> {
  const { memory } = order;
  const digest = digestOf(order.overview, order.blueprint);
  const before = await fingerprintOf(places);
  const settled =
    before !== undefined &&
    before === memory.get(WRITTEN) &&
    memory.get(DASHBOARD_DIGEST) === digest &&
    hasEverHadAll(layoutOf(order.blueprint, zoneOf(places)), memory);
  if (settled && order.changes.length === 0) return;

  const loaded = await load(places);
  const seen = memory.get(SEEN);
  // What people have saved since the last read must be read first, or their edits would be written over.
  if (loaded && seen !== undefined && seen !== loaded.fingerprint)
    throw new NotNow(said(FILE_ERRORS.changed, places.file));

  const book = loaded ? await openBook(places, loaded) : await Book.create();
  const written = await edit(book, order, zoneOf(places), digest).catch((error) =>
    explainDamage(places, error),
  );
  if (book.isChanged) {
    const fingerprint = await replace(places, await book.toBytes(), loaded);
    memory.set(SEEN, fingerprint);
    memory.set(WRITTEN, fingerprint);
  }
  memory.set(DASHBOARD_DIGEST, digest);
  yield* written;
}

async function edit(
  book: Book,
  order: WriteOrder,
  timeZone: string,
  digest: string,
): Promise<readonly Written[]> {
  const { blueprint, memory, agreed } = order;
  const scene: Scene = { blueprint, memory, known: agreed, timeZone };
  const structure = await complete(book, await survey(book, scene), order);
  const written = await new Writer(book, structure, order).run();
  const isNew = structure.isNew(MARKERS.dashboard);
  if (isNew || shownDigest(structure.dashboard) !== digest)
    await writeDashboard(book, structure, order, isNew);
  if (book.isChanged) remember((await survey(book, scene)).sheets.values(), memory);
  return written;
}

async function writeDashboard(
  book: Book,
  { dashboard, sheets }: Structure,
  order: WriteOrder,
  isNew: boolean,
): Promise<void> {
  const { overview, blueprint } = order;
  const plan = sheets.get(MARKERS.plan)?.grid;
  fillDashboard(dashboard, plan, overview, blueprint);
  const words = { company: blueprint.company, percent: Math.round(overview.progress * 100) };
  const description = say(blueprint.locale, DASHBOARD.picture, words);
  const room = isNew ? pictureRoom(blueprint) : undefined;
  await placePicture(book, dashboard.entry, await order.picture('course'), description, room);
}

async function openBook(places: FilePlaces, { bytes }: Loaded): Promise<Book> {
  return Book.open(bytes).catch((error) => explainDamage(places, error));
}

function explainDamage(places: FilePlaces, error: unknown): never {
  if (!(error instanceof Damaged)) throw error;
  throw new NeedsAttention(said(FILE_ERRORS[error.damage], toldPlace(places)), { cause: error });
}
