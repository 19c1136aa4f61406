import { TRELLO_DEFAULT_PER_10_SECONDS } from '#src/workspaces/gate/rates.ts';
import type { Board } from '../../test/simulators/trello/records.ts';
import type { LoggedRequest } from '../../test/simulators/trello/request-log.ts';
import type { TrelloSimulator } from '../../test/simulators/trello/simulator.ts';
import { TrelloOffice } from '../../test/workspaces/trello/office.ts';
import type { Figure } from './figure.ts';

const RATIO_BAR = 1.1;
/** Of companies whose requests are counted one after the other. */
const COUNTED = [1, 2, 10] as const;
const MANY = 20;
const LATENCY_MS = 200;
const USE_BAR = 0.95;
const WINDOW_MS = 10_000;

/** What it costs to keep the plan in Trello, counted by the simulator. */
export async function benchTrello(): Promise<readonly Figure[]> {
  return [...(await ofProfile('essentiel')), ...(await ofProfile('complet')), ...(await manyCompanies())];
}

async function ofProfile(profile: string): Promise<readonly Figure[]> {
  const office = await TrelloOffice.open({ profile, companies: Math.max(...COUNTED) });
  try {
    const figures: Figure[] = [];
    for (let number = 1; number <= Math.max(...COUNTED); number += 1) {
      const before = office.trello.look.boards();
      const first = await requestsOf(office, number);
      const isCounted = COUNTED.some((one) => one === number);
      if (isCounted) figures.push(...(await ofCompany(office, profile, number, first, before)));
    }
    return figures;
  } finally {
    await office.close();
  }
}

async function ofCompany(
  office: TrelloOffice,
  profile: string,
  number: number,
  first: readonly LoggedRequest[],
  before: readonly Board[],
): Promise<readonly Figure[]> {
  const { trello } = office;
  const [board] = trello.look.boards().filter((one) => !before.includes(one));
  if (!board) throw new Error(`company ${number} has no board`);
  const least = floorOf(trello, board, before);
  const second = await requestsOf(office, number);
  const quiet = await requestsOf(office, number);
  const what = (name: string) => `Trello, ${profile}, company ${number}: ${name}`;
  return [
    { what: what('requests of a first apply'), measured: first.length, unit: 'requests' },
    { what: what('the fewest that the API allows'), measured: least, unit: 'requests' },
    { what: what('one against the other'), measured: first.length / least, unit: 'times', bar: RATIO_BAR },
    { what: what('requests of a second apply'), measured: second.length, unit: 'requests' },
    {
      what: what('writes of a second apply'),
      measured: second.filter(isWrite).length,
      unit: 'writes',
      bar: 0,
    },
    { what: what('requests of a quiet read'), measured: quiet.length, unit: 'requests' },
  ];
}

async function requestsOf(office: TrelloOffice, number?: number): Promise<readonly LoggedRequest[]> {
  office.trello.log.clear();
  await (number === undefined ? office.apply() : office.applyOf(number));
  return [...office.trello.log.all()];
}

function isWrite({ method }: LoggedRequest): boolean {
  return method !== 'GET';
}

/**
 * The fewest requests that make what is on the board now, as the API stands: nothing creates several things at once,
 * but for a checklist that is copied with its points, from this board or from one that was there `before`. A whole
 * board can be copied as well; what such a copy carries is documented nowhere, so it is not counted on.
 *
 * - the board: 1; each list and each label: 1; each member besides who makes the board: 1
 * - each card, that of the overview among them: 1; each picture that is attached: 1
 * - each checklist: 1; each of its points: 1, unless a checklist of the same points is there to be copied
 *
 * Looking whether something is there already, and who the members are, is not counted: it makes nothing.
 */
function floorOf({ world }: TrelloSimulator, board: Board, before: readonly Board[]): number {
  const cards = world.cardsOf(board.id);
  const pictures = cards.reduce((sum, { attachments }) => sum + attachments.length, 0);
  const members = board.memberships.length - 1;
  const structure = 1 + world.listsOf(board.id).length + world.labelsOf(board.id).length + members;
  return structure + cards.length + pictures + floorOfPoints({ world }, board, before);
}

function floorOfPoints(
  { world }: Pick<TrelloSimulator, 'world'>,
  board: Board,
  before: readonly Board[],
): number {
  const pointsOn = ({ id }: Board) =>
    world.checklistsOn(id).map(({ items }) => items.map(({ name }) => name));
  const known = new Set(before.flatMap(pointsOn).map((points) => JSON.stringify(points)));
  let requests = 0;
  for (const points of pointsOn(board)) {
    const isCopied = known.has(JSON.stringify(points));
    requests += 1 + (isCopied ? 0 : points.length);
    known.add(JSON.stringify(points));
  }
  return requests;
}

/** The time that the allowance alone asks for, beside the time that it took until the last request left. */
async function manyCompanies(): Promise<readonly Figure[]> {
  const office = await TrelloOffice.open({ profile: 'essentiel', companies: MANY, latencyMs: LATENCY_MS });
  try {
    const requests = await requestsOf(office);
    const times = requests.map(({ at }) => at.getTime());
    const tookMs = Math.max(...times) - Math.min(...times);
    // What the allowance of ten seconds holds may leave at once, so the last part asks for no time of its own.
    const leastMs = Math.floor((requests.length - 1) / TRELLO_DEFAULT_PER_10_SECONDS) * WINDOW_MS;
    const refused = requests.filter(({ status }) => status === 429).length;
    const what = (name: string) => `Trello, ${MANY} companies: ${name}`;
    return [
      { what: what('requests'), measured: requests.length, unit: 'requests' },
      { what: what('until the last one'), measured: tookMs / 60_000, unit: 'minutes' },
      {
        what: what('allowance left unused'),
        measured: 100 * (1 - leastMs / tookMs),
        unit: '%',
        bar: 100 * (1 - USE_BAR),
      },
      { what: what('429 earned'), measured: refused, unit: 'answers', bar: 0 },
    ];
  } finally {
    await office.close();
  }
}
