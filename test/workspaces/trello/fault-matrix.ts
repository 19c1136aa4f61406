import type { Item } from '#src/plan/item.ts';
import type { Template } from '#src/plan/template.ts';
import { type Replica, voice } from '#src/reconcile/replica.ts';
import { readComment } from '#src/workspaces/trello/comment-text.ts';
import { readMarker } from '#src/workspaces/trello/marker.ts';
import { OVERVIEW_KEY } from '#src/workspaces/trello/overview.ts';
import { aStep, aTask, words } from '../../builders/template.ts';
import { smallTemplate } from '../../service/company.ts';
import { asText, type JsonObject } from '../../simulators/json.ts';
import { type Fault, nameOf, passingFaults } from '../../simulators/trello/faults.ts';
import type { LoggedRequest } from '../../simulators/trello/request-log.ts';
import { type Blow, FaultTrial, type Ground, type Scene, settle } from '../faults/trial.ts';
import { type Snapshot, TrelloTeam } from './team.ts';

/** Checklists of which two are the same, a register of two lines, and another that begins with the second step. */
export function planTemplate(more: Partial<Template> = {}): Template {
  const { registers } = smallTemplate();
  return smallTemplate({
    steps: [
      aStep(
        'first',
        aTask('one', { checklist: points('a', 'b', 'd') }),
        aTask('two', { dependsOn: ['first/one'], checklist: points('x', 'y') }),
      ),
      aStep(
        'second',
        aTask('three', { due: { anchor: 'start', weeks: 20 }, checklist: points('x', 'y') }),
        aTask('four', { role: 'helper', due: { anchor: 'start', weeks: 20 } }),
      ),
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

/** As the template goes on: a text, a point reworded, one more, one less, a role, tasks, and one that is dropped. */
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
        aTask('five', { role: 'auditor', checklist: points('z', 'zz') }),
        aTask('six', { role: 'auditor', checklist: points('z', 'zz') }),
      ),
      aStep(
        'second',
        aTask('three', { due: { anchor: 'start', weeks: 20 }, checklist: points('x', 'y') }),
        aTask('four', { role: 'helper', due: { anchor: 'start', weeks: 20 }, checklist: points('u', 'v') }),
      ),
    ],
  });
}

function points(...keys: string[]) {
  return keys.map((key) => ({ key, title: words(`Point ${key}`) }));
}

/** What is said elsewhere, on tasks and a row that are there, and on these. */
function said(text: string, ...more: readonly string[]): readonly Replica[] {
  const comments = ['first/one', 'first/two', 'tools:till', ...more].map((parent, index): Item => {
    const fields = { text, author: 'Claire', origin: 'notion', at: `2026-11-2${index}T09:00:00.000Z` };
    return { key: `${parent}@notion-a`, kind: 'comment', parent, fields: { ...fields, archived: false } };
  });
  return [voice('elsewhere', comments)];
}

/** What people do in the interface between two cycles. */
export function peopleEdit({ trello, board }: TrelloTeam): void {
  const { person, look, world } = trello;
  const idOf = (name: string) => look.cardNamed(board, name).id;
  const [checklist] = world.checklistsOf(idOf('two'));
  person.tick(idOf('one'), 'Point a');
  person.addItem(checklist?.id ?? '', 'Notre point');
  person.retype(idOf('two'), (desc) => desc.replace('### Notes', '### Notes\nAppeler Marc'));
  person.comment(idOf('two'), 'Vu avec la banque');
  person.label(idOf('three'), 'En cours');
  person.setDue(idOf('three'), '2027-05-14T16:00:00.000Z');
  person.rename(idOf('Till'), 'Caisse');
  person.addCard(look.list(board, 'second').id, 'Notre tâche');
  person.addCard(look.list(board, 'Tools').id, 'Balance');
  person.addCard(person.addList(board, 'À nous').id, 'Pas du plan');
  person.addLabel(board, 'Le nôtre', 'pink');
  person.renameList(look.list(board, 'second').id, 'Ensuite');
}

export const FIRST_APPLY: Scene<TrelloTeam> = { name: 'a first apply', prepare: async () => {} };

export const EDITS: Scene<TrelloTeam> = {
  name: 'an apply after edits and a new template',
  async prepare(team) {
    await settle(team);
    await team.time.advance(10 * 60_000);
    peopleEdit(team);
    const { person, look } = team.trello;
    person.deleteLabel(team.board, 'Lead');
    person.deleteLines(look.cardNamed(team.board, 'Scale').id, /jalon-ref/);
    team.options = {
      ...team.options,
      voices: said('Revu', 'second/four', 'first/five'),
      template: nextTemplate(),
      project: { people: { lead: { name: 'Marc', trello: 'marcpetit' } } },
    };
    team.restart();
  },
};

export const LOST_STORE: Scene<TrelloTeam> = {
  name: 'an apply without the store',
  async prepare(team) {
    await settle(team);
    await team.time.advance(10 * 60_000);
    peopleEdit(team);
    await team.loseStore();
  },
};

/** Keys that follow from ids differ from run to run, so does when people speak, and the order in which labels were made. */
export function pictureOf(trello: TrelloTeam['trello'], board: string): JsonObject {
  const { labels, ...picture } = trello.look.picture(board);
  const sorted = Array.isArray(labels) ? labels.toSorted() : [];
  const text = JSON.stringify({ ...picture, labels: sorted });
  const plain = text
    .replace(/(own[/-])[0-9a-f]{12}/g, '$1…')
    .replace(/(trello-)[0-9a-f]{24}/g, '$1…')
    .replace(/%20[0-9a-z]{8,9}%20/g, '%20…%20');
  return JSON.parse(plain) as JsonObject;
}

/** What stands there twice: a picture does not tell a checklist from its double. */
export function doublesIn(trello: TrelloTeam['trello']): readonly string[] {
  const { look, world } = trello;
  return look.boards().flatMap((board) => {
    const cards = world.cardsOf(board.id);
    const names = [
      `board ${board.desc}`,
      ...world.listsOf(board.id).map(({ name }) => `list ${name}`),
      ...world.labelsOf(board.id).map(({ name }) => `label ${name}`),
      ...world.customFieldsOf(board.id).flatMap(({ name, options }) => {
        return [`field ${name}`, ...options.map(({ text }) => `option ${text} of ${name}`)];
      }),
      ...cards.map(({ desc, id }) => `card ${readMarker(desc).key ?? id}`),
      ...cards.flatMap(({ id }) =>
        world.commentsOn(id).flatMap(({ data }) => {
          const { key } = readComment(String(data.text));
          return key === undefined ? [] : [`comment ${key}`];
        }),
      ),
      ...cards.flatMap(({ id, name }) =>
        world.checklistsOf(id).map((checklist) => `checklist ${checklist.name} of ${name}`),
      ),
      ...cards.flatMap(({ attachments, name }) =>
        attachments.map((one) => `attachment ${one.name} of ${name}`),
      ),
    ];
    return names.filter((name, index) => names.indexOf(name) !== index);
  });
}

/** The picture is of no board where there is none yet. */
function boardPicture({ trello }: TrelloTeam): JsonObject {
  const [board, ...more] = trello.look.boards();
  if (!board) return {};
  return { ...pictureOf(trello, board.id), boards: more.length + 1 };
}

function problemBeside({ trello }: TrelloTeam): string | undefined {
  const doubles = doublesIn(trello);
  if (doubles.length > 0) return `twice: ${doubles.join(', ')}`;
  const told = trello.log.withSecretInUrl();
  if (told.length > 0) return `a secret in the address of ${told.map(({ route }) => route).join(', ')}`;
  const earned = trello.log.all().filter(({ status, fault }) => status === 429 && fault === undefined);
  return earned.length > 0 ? `${earned.length} answers of 429 earned` : undefined;
}

/** The endpoint, and what makes one request to it unlike another. */
export function kindOf({ route, body = {} }: Pick<LoggedRequest, 'route' | 'body'>): string {
  return [route ?? 'unknown', detailOf(route, body)].filter((word) => word !== '').join(' ');
}

function detailOf(route: LoggedRequest['route'], body: JsonObject): string {
  switch (route) {
    case 'cards.create':
      return readMarker(asText(body.desc)).key === OVERVIEW_KEY ? 'of the overview' : 'of a line';
    case 'checklists.create':
      return body.idChecklistSource === undefined ? '' : 'as a copy';
    case 'checkItems.update':
      return 'state' in body ? 'state' : 'name';
    default:
      return '';
  }
}

export const GROUND: Ground<TrelloTeam, Snapshot, Fault, LoggedRequest> = {
  start: () =>
    TrelloTeam.start({
      template: planTemplate(),
      project: { people: { lead: { name: 'Marc', trello: 'marcpetit' }, helper: { name: 'Paul' } } },
      voices: said('Vu'),
    }),
  startFrom: (eve) => TrelloTeam.startFrom(eve),
  snapshot: (team) => team.snapshot(),
  faultsOf: ({ trello }) => trello.faults,
  logOf: ({ trello }) => trello.log,
  pictureOf: boardPicture,
  problemBeside,
  kindOf,
  isRead: ({ method }) => method === 'GET',
  brief: ({ body }) => JSON.stringify(body ?? {}).slice(0, 200),
  nameOf,
  anyFault: passingFaults(),
};

export const TRIAL = new FaultTrial(GROUND);

/** Every fault, once and all along. */
export function everyBlow(): readonly Blow<Fault>[] {
  return passingFaults().flatMap((fault) => [
    { fault, force: 'once' },
    { fault, force: 'all along' },
  ]);
}

/** One of each sort: the rate, the network, the edge, Trello itself; before and after the commit, which a read has not. */
export function someBlows(kind: string): readonly Blow<Fault>[] {
  const ofAll: readonly Blow<Fault>[] = [
    { force: 'once', fault: { type: 'rate', which: 'token', when: 'before' } },
    { force: 'all along', fault: { type: 'status', status: 500, when: 'before' } },
    { force: 'once', fault: { type: 'html', status: 200, when: 'before' } },
  ];
  if (READING.test(kind)) return ofAll.slice(1);
  return [
    ...ofAll,
    { force: 'once', fault: { type: 'accepted', when: 'before' } },
    { force: 'once', fault: { type: 'accepted', when: 'after' } },
    { force: 'all along', fault: { type: 'cut', when: 'after' } },
  ];
}

const READING = /\.(?:retrieve|list|boards|members)$/;
