import { rmSync } from 'node:fs';
import type { JsonObject } from '../simulators/json.ts';
import { differences } from '../workspaces/faults/difference.ts';
import { type Desk, type Ended, ended } from './jalon.ts';

interface Request {
  readonly index: number;
  readonly route: string | undefined;
}

/** A simulated service, as far as a kill has to know it. */
interface Service<R extends Request> {
  beforeAnswer: (request: R) => void | Promise<void>;
  readonly log: { all(): readonly R[]; clear(): void };
}

/** A company at its desk, whose plan is to be in that service. */
export interface Office<S> {
  readonly desk: Desk;
  readonly service: S;
}

export interface Kills<R extends Request, S extends Service<R>> {
  /** A company that has nothing yet. */
  open(): Promise<Office<S>>;
  /** All that people see. */
  pictureOf(service: S): JsonObject;
  /** What is wrong and does not show in the picture. */
  problemsBeside?(service: S): readonly string[];
  isRead(request: R): boolean;
  /** One for each request, or for each so many of them. */
  readonly every: number;
}

const SIDE_BY_SIDE = 2;
/** Of so many kills, the second loses the store with the process. */
const STORE_LOST_EVERY = 4;

/** Kills the real `apply` after each request of its first run, and says where the next run does not end in the same plan. */
export async function problemsAfterKills<R extends Request, S extends Service<R>>(
  kills: Kills<R, S>,
): Promise<{ readonly requests: number; readonly problems: readonly string[] }> {
  const calm = await kills.open();
  const first = await calm.desk.jalon('apply');
  const { log } = calm.service;
  const requests = log.all().length;
  const expected = kills.pictureOf(calm.service);
  log.clear();
  const again = await calm.desk.jalon('apply');
  const writes = log.all().filter((request) => !kills.isRead(request));
  const problems = [
    ...[first, again].flatMap(problemOf),
    ...writes.map(({ route }) => `a second apply writes: ${route}`),
  ];
  if (problems.length > 0) return { requests, problems };

  const indexes = Array.from({ length: requests }, (_, index) => index);
  const waiting = indexes.filter((index) => index % kills.every === 0).values();
  await Promise.all(
    Array.from({ length: SIDE_BY_SIDE }, async () => {
      for (const index of waiting) problems.push(...(await problemsAfter(index, expected, kills)));
    }),
  );
  return { requests, problems };
}

async function problemsAfter<R extends Request, S extends Service<R>>(
  index: number,
  expected: JsonObject,
  kills: Kills<R, S>,
): Promise<readonly string[]> {
  const office = await kills.open();
  const { desk, service } = office;
  const last = await killedAt<R, S>(index, office);
  const losesStore = (index / kills.every) % STORE_LOST_EVERY === 1;
  if (losesStore) rmSync(desk.path('.jalon'), { recursive: true, force: true });
  const next = await desk.jalon('apply');
  const problems = [
    ...problemOf(next),
    ...differences(expected, kills.pictureOf(service)),
    ...(kills.problemsBeside?.(service) ?? []),
  ];
  const when = `killed after ${last?.route} (request ${index})${losesStore ? ', its store lost' : ''}`;
  return problems.map((problem) => `${when}: ${problem}`);
}

/** Runs `apply`, and kills it once the service has carried out its request of that index, before it hears of it. */
async function killedAt<R extends Request, S extends Service<R>>(
  index: number,
  { desk, service }: Office<S>,
): Promise<R | undefined> {
  const child = desk.spawn('apply');
  const end = ended(child);
  let last: R | undefined;
  service.beforeAnswer = async (request) => {
    if (last !== undefined || request.index !== index) return;
    last = request;
    child.kill('SIGKILL');
    await end;
  };
  await end;
  service.beforeAnswer = () => {};
  return last;
}

function problemOf({ code, err }: Ended): string[] {
  return code === 0 ? [] : [`apply ended with ${code}: ${err}`];
}
