import type { Item } from '#src/plan/item.ts';
import type { Template } from '#src/plan/template.ts';
import { aStep, aTask, words } from '../../builders/template.ts';
import { smallTemplate } from '../../service/company.ts';
import { asObject, asObjects, asText, type JsonObject } from '../../simulators/json.ts';
import { type Fault, nameOf, passingFaults } from '../../simulators/notion/faults.ts';
import type { LoggedRequest } from '../../simulators/notion/request-log.ts';
import { type Blow, FaultTrial, type Scene, settle } from '../faults/trial.ts';
import { NotionTeam, type Snapshot } from './team.ts';

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
export function everyBlow(kind: string): readonly Blow<Fault>[] {
  const faults = [...passingFaults(), ...accepted, ...(hasBlocks(kind) ? partly : [])];
  return faults.flatMap((fault) => [
    { fault, force: 'once' },
    { fault, force: 'all along' },
  ]);
}

/**
 * One of each sort: the rate, the network, the edge, Notion itself; before and after the commit, which a read has not.
 * Every fault on every kind of request: `faults.soak.ts`.
 */
export function someBlows(kind: string): readonly Blow<Fault>[] {
  const ofAll: readonly Blow<Fault>[] = [
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
  if (READING.test(kind)) return ofAll.slice(1);
  return [
    ...ofAll,
    { force: 'once', fault: { ...unavailable, when: 'after', namesCommitted: true } },
    { force: 'all along', fault: { type: 'cut', when: 'after' } },
    ...(hasBlocks(kind) ? partly.slice(0, 2).map((fault): Blow<Fault> => ({ fault, force: 'once' })) : []),
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
  person.comment(one, 'Le devis est arrivé');
  person.addBlocks(notion.home.id, [{ type: 'paragraph', paragraph: { rich_text: text('À nous') } }]);
}

function text(content: string): JsonObject[] {
  return [{ text: { content } }];
}

/** What another tool shows beside the task of that key. */
function remark(parent: string, id: string, words: string): Item {
  const at = `2026-11-12T09:3${id}:00.000Z`;
  const fields = { text: words, author: 'Claire', origin: 'trello', at, archived: false };
  return { key: `${parent}@trello-${id}`, kind: 'comment', parent, fields };
}

export const FIRST_APPLY: Scene<NotionTeam> = {
  name: 'a first apply',
  async prepare(team) {
    team.said = [remark('first/one', '1', 'Vu'), remark('first/one', '2', 'Fait')];
  },
};

export const EDITS: Scene<NotionTeam> = {
  name: 'an apply after edits and a new template',
  async prepare(team) {
    team.said = [remark('first/one', '1', 'Vu'), remark('first/one', '2', 'Fait')];
    await settle(team);
    await team.time.advance(10 * 60_000);
    peopleEdit(team);
    team.said = [remark('first/one', '1', 'Vu, mieux dit'), remark('tools:till', '3', 'Trop chère')];
    team.notion.person.renameProperty(team.notion.look.dataSource('Plan').id, 'Notes', 'Remarques');
    team.template = nextTemplate();
    team.project = { people: { lead: { name: 'Marc', notion: 'marc@example.org' } } };
    team.restart();
  },
};

export const LOST_STORE: Scene<NotionTeam> = {
  name: 'an apply without the store',
  async prepare(team) {
    team.said = [remark('first/one', '1', 'Vu'), remark('tools:till', '2', 'Trop chère')];
    await settle(team);
    await team.time.advance(10 * 60_000);
    peopleEdit(team);
    team.said = [...team.said, remark('first/one', '3', 'Fait')];
    await team.loseStore();
  },
};

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

/** With how many of its blocks a request was saved before it failed. */
function calledWithBlocks(fault: Fault): string {
  const few = fault.type === 'status' ? fault.childrenCommitted : undefined;
  return few === undefined ? nameOf(fault) : `${nameOf(fault)}, with ${few} of its blocks`;
}

export const TRIAL = new FaultTrial<NotionTeam, Snapshot, Fault, LoggedRequest>({
  start: () => NotionTeam.start({ template: planTemplate() }),
  startFrom: (eve) => NotionTeam.startFrom(eve),
  snapshot: (team) => team.snapshot(),
  faultsOf: ({ notion }) => notion.faults,
  logOf: ({ notion }) => notion.log,
  pictureOf,
  problemBeside: () => undefined,
  kindOf,
  isRead,
  brief: ({ body }) => JSON.stringify(body ?? {}).slice(0, 200),
  nameOf: calledWithBlocks,
  anyFault: [...passingFaults(), ...accepted, ...partly],
});
