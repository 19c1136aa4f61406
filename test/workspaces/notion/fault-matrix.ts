import { JalonError, NotNow } from '#src/errors.ts';
import type { Template } from '#src/plan/template.ts';
import type { CycleReport } from '#src/service/report.ts';
import { aStep, aTask, words } from '../../builders/template.ts';
import { smallTemplate } from '../../service/company.ts';
import { asObject, asObjects, asText, type JsonObject } from '../../simulators/json.ts';
import { type Fault, nameOf, passingFaults } from '../../simulators/notion/faults.ts';
import type { LoggedRequest } from '../../simulators/notion/request-log.ts';
import { differences } from './difference.ts';
import { NotionTeam, type Snapshot } from './team.ts';

/** A moment in the life of a plan, at whose requests faults strike. */
export interface Scene {
  readonly name: string;
  /** What comes before the cycle that is struck. */
  prepare(team: NotionTeam): Promise<void>;
}

/** How a fault strikes the requests of a kind: the first of them only, or all of them until the cycle is over. */
export type Force = 'once' | 'all along';

export interface Strike {
  readonly kind: string;
  readonly fault: Fault;
  readonly force: Force;
  /** What strikes besides, all along, once the first has struck: the look for what a lost answer has left. */
  readonly also?: { readonly kind: string; readonly fault: Fault };
}

/** A fault, and how it strikes. */
export type Blow = Pick<Strike, 'fault' | 'force'>;

const unavailable = { type: 'status', status: 503, code: 'service_unavailable' } as const;
/** Notion itself has saved some of the blocks of a request, and says which or not. */
const partly: readonly Fault[] = [0, 1, 2].flatMap((childrenCommitted): Fault[] => [
  { ...unavailable, when: 'after', childrenCommitted },
  { ...unavailable, when: 'after', childrenCommitted, namesCommitted: true },
]);
const accepted: readonly Fault[] = [
  { type: 'accepted', when: 'before' },
  { type: 'accepted', when: 'after' },
];

/** Every fault, once and all along. */
export function everyBlow(kind: string): readonly Blow[] {
  const faults = [...passingFaults(), ...accepted, ...(hasBlocks(kind) ? partly : [])];
  return faults.flatMap((fault) => [
    { fault, force: 'once' },
    { fault, force: 'all along' },
  ]);
}

/** One of each sort: the rate, the network, the edge, Notion itself; before and after the commit, which a read has not. */
export function someBlows(kind: string): readonly Blow[] {
  const ofAll: readonly Blow[] = [
    {
      force: 'once',
      fault: { type: 'status', status: 429, code: 'rate_limited', retryAfter: 300, when: 'before' },
    },
    {
      force: 'all along',
      fault: { type: 'status', status: 500, code: 'internal_server_error', when: 'before' },
    },
    { force: 'once', fault: { type: 'accepted', when: 'before' } },
  ];
  if (READING.test(kind)) return ofAll;
  return [
    ...ofAll,
    { force: 'once', fault: { type: 'status', status: 504, code: 'gateway_timeout', when: 'after' } },
    { force: 'once', fault: { ...unavailable, when: 'after', namesCommitted: true } },
    { force: 'all along', fault: { type: 'cut', when: 'after' } },
    { force: 'once', fault: { type: 'accepted', when: 'after' } },
    ...(hasBlocks(kind) ? partly.slice(0, 4).map((fault): Blow => ({ fault, force: 'once' })) : []),
  ];
}

const READING = /\.(?:retrieve|list|query)\b|^search$/;

function hasBlocks(kind: string): boolean {
  return [
    'pages.create of the home page',
    'pages.create of a task with points',
    'blocks.children.append',
  ].includes(kind);
}

/** After the cycle that is struck, so many more must be enough. */
const MORE_CYCLES = 2;
const MOST_DIFFERENCES = 6;

/** Two checklists, and a register of two lines; another register begins with the second step. */
export function planTemplate(more: Partial<Template> = {}): Template {
  const { registers } = smallTemplate();
  return smallTemplate({
    steps: [
      aStep(
        'first',
        aTask('one', { checklist: points('a', 'b', 'd') }),
        aTask('two', { dependsOn: ['first/one'], checklist: points('x', 'y') }),
      ),
      aStep('second', aTask('three', { due: { anchor: 'start', weeks: 20 } })),
    ],
    registers: [
      ...registers.map((register) => ({
        ...register,
        rows: [...(register.rows ?? []), { key: 'till', values: { name: 'Till', cost: 30 } }],
      })),
      {
        key: 'tests',
        title: words('Tests'),
        summary: words('What we have tried'),
        step: 'second',
        columns: [{ key: 'name', title: words('Name'), type: 'text' }],
        rows: [{ key: 'first', values: { name: 'First invoice' } }],
      },
    ],
    ...more,
  });
}

/** As the template goes on: a text, a point reworded, one more, one less, a role, a task. */
export function nextTemplate(): Template {
  const { roles } = smallTemplate();
  return planTemplate({
    version: '2.0.0',
    roles: [...roles, { key: 'auditor', title: words('Auditor') }],
    steps: [
      aStep(
        'first',
        aTask('one', {
          description: words('Said better'),
          checklist: [...points('a'), { key: 'b', title: words('Point b, said better') }, ...points('c')],
        }),
        aTask('two', { dependsOn: ['first/one'], checklist: points('x', 'y') }),
        aTask('four', { role: 'auditor', checklist: points('z') }),
      ),
      aStep('second', aTask('three', { due: { anchor: 'start', weeks: 20 } })),
    ],
  });
}

function points(...keys: string[]) {
  return keys.map((key) => ({ key, title: words(`Point ${key}`) }));
}

/** Rich text of so many pieces that Notion shows the beginning only. */
const LONG_NOTE = Array.from({ length: 40 }, (_, index) => ({
  text: { content: `mot ${index} ` },
  ...(index % 2 === 0 && { annotations: { bold: true } }),
}));

/** What people do in the interface between two cycles. */
export function peopleEdit({ notion }: NotionTeam): void {
  const { person, look } = notion;
  const plan = look.database('Plan').id;
  const source = look.dataSource('Plan').id;
  const tools = look.dataSource('Tools').id;
  const one = look.page('one').id;
  const two = look.page('two').id;
  person.tickTodo(one, 'Point a');
  person.addBlocks(two, [{ type: 'to_do', to_do: { rich_text: text('Notre point'), checked: false } }]);
  person.edit(two, { Notes: { rich_text: LONG_NOTE } });
  person.edit(look.page('three').id, { État: { status: { name: 'En cours' } } });
  person.addRow(source, { Tâche: { title: text('Notre tâche') } });
  person.addRow(tools, { Name: { title: text('Caisse') }, Cost: { number: 7 } });
  person.addProperty(source, 'Humeur', 'select', { options: [{ name: 'Bonne' }] });
  person.addView(plan, 'La nôtre');
  person.addBlocks(notion.home.id, [{ type: 'paragraph', paragraph: { rich_text: text('À nous') } }]);
}

function text(content: string): JsonObject[] {
  return [{ text: { content } }];
}

export const FIRST_APPLY: Scene = { name: 'a first apply', prepare: async () => {} };

export const EDITS: Scene = {
  name: 'an apply after edits and a new template',
  async prepare(team) {
    await settle(team);
    await team.time.advance(10 * 60_000);
    peopleEdit(team);
    team.notion.person.renameProperty(team.notion.look.dataSource('Plan').id, 'Notes', 'Remarques');
    team.template = nextTemplate();
    team.project = { people: { lead: { name: 'Marc', notion: 'marc@example.org' } } };
    team.restart();
  },
};

export const LOST_STORE: Scene = {
  name: 'an apply without the store',
  async prepare(team) {
    await settle(team);
    await team.time.advance(10 * 60_000);
    peopleEdit(team);
    await team.loseStore();
  },
};

async function settle(team: NotionTeam): Promise<void> {
  const { failures } = await team.cycle();
  if (failures.length > 0) throw failures[0]?.error;
}

export interface Expected {
  /** On the eve of the cycle that is struck. */
  readonly eve: Snapshot;
  readonly picture: JsonObject;
  /** Of the requests that a cycle without a fault sends, in the order of their first. */
  readonly kinds: readonly string[];
}

/** What comes of the scene when nothing goes wrong. */
export async function withoutFault(scene: Scene): Promise<Expected> {
  const team = await NotionTeam.start({ template: planTemplate() });
  await scene.prepare(team);
  const eve = await team.snapshot();
  team.notion.log.clear();
  await settle(team);
  const kinds = [...new Set(team.notion.log.all().map(kindOf))];
  const problem = await problemWithQuiet(team);
  if (problem !== undefined) throw new Error(`${scene.name}, without a fault: ${problem}`);
  return { eve, picture: pictureOf(team), kinds };
}

/** What is wrong after the strike; `undefined` when nothing is. */
export async function problemAfter(expected: Expected, strike: Strike): Promise<string | undefined> {
  const team = await NotionTeam.startFrom(expected.eve);
  const { faults, log } = team.notion;
  const times = strike.force === 'once' ? 1 : Number.POSITIVE_INFINITY;
  faults.when((request) => kindOf(request) === strike.kind, strike.fault, { times });
  const { also } = strike;
  const isAfter = () => log.all().some(({ fault }) => fault !== undefined);
  if (also)
    faults.when((request) => kindOf(request) === also.kind && isAfter(), also.fault, {
      times: Number.POSITIVE_INFINITY,
    });
  const struck = await team.cycle().catch((error: unknown) => error);
  const hasStruck = new Set(log.all().flatMap((request) => (request.fault ? kindOf(request) : [])));
  faults.clear();
  // A process that was struck all along gives up; the next one is another.
  if (strike.force === 'all along' || also) team.restart();
  const found =
    problemWithEnd(struck) ??
    (hasStruck.has(strike.kind) && (!also || hasStruck.has(also.kind)) ? undefined : 'it has not struck') ??
    (await problemWithRest(team, expected, struck as CycleReport));
  return found === undefined ? undefined : `${nameOfStrike(strike)}: ${found}`;
}

/** Cycles during which anything may fail, each in a process of its own. */
const STORMY_CYCLES = 3;

/** What is wrong after a time in which that share of all requests has failed, each with a fault by chance. */
export async function problemAfterStorm(
  expected: Expected,
  random: () => number,
  share: number,
): Promise<string | undefined> {
  const team = await NotionTeam.startFrom(expected.eve);
  const { faults } = team.notion;
  const all = [...passingFaults(), ...accepted, ...partly];
  for (let cycle = 0; cycle < STORMY_CYCLES; cycle += 1) {
    for (const fault of all)
      faults.when(() => random() < share / all.length, fault, { times: Number.POSITIVE_INFINITY });
    const problem = problemWithEnd(await team.cycle().catch((error: unknown) => error));
    if (problem !== undefined) return problem;
    faults.clear();
    team.restart();
  }
  return problemWithRest(team, expected, await team.cycle());
}

function nameOfStrike({ kind, fault, force, also }: Strike): string {
  const few = fault.type === 'status' ? fault.childrenCommitted : undefined;
  const blocks = few === undefined ? '' : `, with ${few} of its blocks`;
  const more = also === undefined ? '' : `, then ${also.kind} × ${nameOf(also.fault)}`;
  return `${kind} × ${nameOf(fault)}${blocks}, ${force}${more}`;
}

async function problemWithRest(team: NotionTeam, expected: Expected, struck: CycleReport) {
  let last = struck;
  for (let more = 0; more < MORE_CYCLES && isAmiss(team, expected, last); more += 1) {
    const next = await team.cycle().catch((error: unknown) => error);
    const problem = problemWithEnd(next);
    if (problem !== undefined) return problem;
    last = next as CycleReport;
  }
  const [failure] = last.failures;
  if (failure) return `still fails: ${failure.error}`;
  const lines = differences(expected.picture, pictureOf(team));
  if (lines.length > 0) return `\n  ${lines.slice(0, MOST_DIFFERENCES).join('\n  ')}`;
  return problemWithQuiet(team);
}

function isAmiss(team: NotionTeam, { picture }: Expected, { failures }: CycleReport): boolean {
  return failures.length > 0 || differences(picture, pictureOf(team)).length > 0;
}

/** A cycle may end with an honest “not now”, and with nothing else. */
function problemWithEnd(ended: unknown): string | undefined {
  if (typeof ended !== 'object' || ended === null || !('failures' in ended))
    return `threw ${ended instanceof Error ? ended.stack : ended}`;
  const { failures } = ended as CycleReport;
  const wrong = failures.find(({ error }) => !(error instanceof JalonError && error instanceof NotNow));
  return wrong && `failed with ${wrong.error instanceof Error ? wrong.error.stack : wrong.error}`;
}

/** One more cycle asks, and writes nothing. */
async function problemWithQuiet(team: NotionTeam): Promise<string | undefined> {
  team.notion.log.clear();
  const { failures } = await team.cycle();
  const [failure] = failures;
  if (failure) return `one more cycle fails: ${failure.error}`;
  const writes = team.notion.log.all().filter((request) => !isRead(request));
  if (writes.length === 0) return undefined;
  return `one more cycle writes: ${writes.map((one) => `${kindOf(one)} ${brief(one)}`).join(', ')}`;
}

function brief({ body }: LoggedRequest): string {
  return JSON.stringify(body ?? {}).slice(0, 200);
}

export function isRead({ method, route }: Pick<LoggedRequest, 'method' | 'route'>): boolean {
  return method === 'GET' || route === 'dataSources.query' || route === 'search';
}

/** Everything below the shared page. Keys that follow from ids differ from run to run. */
export function pictureOf({ notion }: NotionTeam): JsonObject {
  const picture = JSON.stringify(notion.look.picture(notion.home.id));
  return JSON.parse(picture.replace(/(own[/-])[0-9a-f]{12}/g, '$1…')) as JsonObject;
}

/** The endpoint, and what makes one request to it unlike another. */
export function kindOf({ route, body = {} }: Pick<LoggedRequest, 'route' | 'body'>): string {
  return [route ?? 'unknown', detailOf(route, body)].filter((word) => word !== '').join(' ');
}

function detailOf(route: LoggedRequest['route'], body: JsonObject): string {
  switch (route) {
    case 'pages.create': {
      if (asText(asObject(body.parent).page_id) !== '') return 'of the home page';
      return body.children === undefined ? 'of a line' : 'of a task with points';
    }
    case 'pages.update':
      return body.in_trash === undefined ? '' : 'into or out of the trash';
    case 'databases.create':
      return asObjects(body.title)
        .map((piece) => asText(asObject(piece.text).content))
        .join('');
    case 'dataSources.update':
      return 'relation' in (Object.values(asObject(body.properties)).map(asObject)[0] ?? {})
        ? 'with a relation'
        : 'with options';
    case 'dataSources.query':
      return body.filter === undefined ? '' : 'by key';
    case 'blocks.update':
      return Object.keys(body)
        .filter((key) => key !== 'in_trash')
        .join();
    default:
      return '';
  }
}
