import { CHILDREN_LIMIT } from '#src/workspaces/notion/limits.ts';
import type { LoggedRequest } from '../../test/simulators/notion/request-log.ts';
import type { NotionSimulator } from '../../test/simulators/notion/simulator.ts';
import { NotionOffice } from '../../test/workspaces/notion/office.ts';
import type { Figure } from './figure.ts';

const PER_MINUTE = 180;
/** Of a Free workspace's 1,000 blocks for life. */
const BLOCKS_BAR = 250;
const RATIO_BAR = 1.1;
const MANY = 20;
const LATENCY_MS = 300;
const USE_BAR = 0.95;
/** High enough that no request waits: what is counted here is requests, not time. */
const UNHURRIED = 100_000;

/** What it costs to keep the plan in Notion, counted by the simulator. */
export async function benchNotion(): Promise<readonly Figure[]> {
  return [...(await oneCompany('essentiel')), ...(await oneCompany('complet')), ...(await manyCompanies())];
}

async function oneCompany(profile: string): Promise<readonly Figure[]> {
  const office = await NotionOffice.open({ profile, perMinute: UNHURRIED });
  try {
    const { notion } = office;
    const first = await requestsOf(office);
    const least = floorOf(notion);
    const blocks = notion.look.blocksCreated();
    const second = await requestsOf(office);
    const quiet = await requestsOf(office);
    const what = (name: string) => `Notion, ${profile}: ${name}`;
    return [
      { what: what('requests of a first apply'), measured: first.length, unit: 'requests' },
      { what: what('the fewest that the API allows'), measured: least, unit: 'requests' },
      { what: what('one against the other'), measured: first.length / least, unit: 'times', bar: RATIO_BAR },
      {
        what: what('blocks created'),
        measured: blocks,
        unit: 'blocks',
        ...(profile === 'essentiel' && { bar: BLOCKS_BAR }),
      },
      { what: what('requests of a second apply'), measured: second.length, unit: 'requests' },
      {
        what: what('writes of a second apply'),
        measured: second.filter(isWrite).length,
        unit: 'writes',
        bar: 0,
      },
      { what: what('requests of a quiet read'), measured: quiet.length, unit: 'requests' },
    ];
  } finally {
    await office.close();
  }
}

async function requestsOf(office: NotionOffice): Promise<readonly LoggedRequest[]> {
  office.notion.log.clear();
  await office.apply();
  return [...office.notion.log.all()];
}

function isWrite({ method, route }: LoggedRequest): boolean {
  return method !== 'GET' && route !== 'dataSources.query' && route !== 'search';
}

/**
 * The fewest requests that make what is there now, as the API stands: there is no create of several pages or views
 * at once, and a database cannot be given its relation to itself, or the look of its first view, while it is made.
 *
 * - the picture: 2, a place for the file and the file
 * - the home page with its blocks: 1
 * - each database: 1; the relation of the plan: 1
 * - the view that Notion makes with each database: 2, to learn its id and to give it its look; each other view: 1
 * - each line with its first hundred points: 1; every further hundred points: 1
 *
 * Looking whether something is there already, and who the members are, is not counted: it makes nothing.
 */
function floorOf({ look }: NotionSimulator): number {
  const ofDatabases = look.databases().map(({ id, dataSources }) => {
    const lines = dataSources.flatMap((source) => look.rows(source));
    const ofLines = lines.map((line) => Math.max(1, Math.ceil(look.blocks(line.id).length / CHILDREN_LIMIT)));
    const otherViews = look.views(id).length - 1;
    return 1 + 2 + otherViews + ofLines.reduce((sum, one) => sum + one, 0);
  });
  const picture = 2;
  const home = 1;
  const relation = 1;
  return picture + home + relation + ofDatabases.reduce((sum, one) => sum + one, 0);
}

/** The time that the allowance alone asks for, beside the time that it took until the last request left. */
async function manyCompanies(): Promise<readonly Figure[]> {
  const office = await NotionOffice.open({
    profile: 'essentiel',
    perMinute: PER_MINUTE,
    companies: MANY,
    latencyMs: LATENCY_MS,
  });
  try {
    const requests = await requestsOf(office);
    const times = requests.map(({ at }) => at.getTime());
    const tookMs = Math.max(...times) - Math.min(...times);
    // What the allowance of one minute holds may leave at once, so the last part asks for no minute of its own.
    const leastMs = Math.floor((requests.length - 1) / PER_MINUTE) * 60_000;
    const refused = requests.filter(({ status }) => status === 429).length;
    return [
      { what: `Notion, ${MANY} companies: requests`, measured: requests.length, unit: 'requests' },
      { what: `Notion, ${MANY} companies: until the last one`, measured: tookMs / 60_000, unit: 'minutes' },
      {
        what: `Notion, ${MANY} companies: allowance left unused`,
        measured: 100 * (1 - leastMs / tookMs),
        unit: '%',
        bar: 100 * (1 - USE_BAR),
      },
      { what: `Notion, ${MANY} companies: 429 earned`, measured: refused, unit: 'answers', bar: 0 },
    ];
  } finally {
    await office.close();
  }
}
