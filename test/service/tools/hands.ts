import { readFileSync } from 'node:fs';
import type { Status } from '#src/plan/item.ts';
import { Book } from '#src/workspaces/excel/book.ts';
import { findGrids } from '#src/workspaces/excel/grid.ts';
import { readMarker } from '#src/workspaces/trello/marker.ts';
import { asObject, asObjects, asText } from '../../simulators/json.ts';
import type { ShownRow } from '../../simulators/notion/look.ts';
import type { ShownCard } from '../../simulators/trello/look.ts';
import { personEdits, rowOf, type } from '../../workspaces/excel/person.ts';
import type { Tool, ToolsTeam } from './team.ts';

/** A task as people see it in one of their tools. */
export interface SeenTask {
  /** `''` where it bears none yet. */
  readonly key: string;
  readonly title: string;
  readonly points: readonly string[];
}

/** What people do with tasks, whatever the tool. Nothing here is a request. */
export interface Hands {
  tasks(): Promise<readonly SeenTask[]>;
  setTitle(key: string, title: string): Promise<void>;
  setNotes(key: string, notes: string): Promise<void>;
  setStatus(key: string, status: Status): Promise<void>;
  /** `YYYY-MM-DD` */
  setDue(key: string, due: string): Promise<void>;
  tick(key: string, point: string, done: boolean): Promise<void>;
  addTask(title: string): Promise<void>;
  addPoint(key: string, words: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** False where there is no room for it yet. */
  comment(key: string, words: string): Promise<boolean>;
}

export function handsIn(team: ToolsTeam): Readonly<Record<Tool, Hands>> {
  return { notion: inNotion(team), trello: inTrello(team), excel: inWorkbook(team) };
}

const LABELS: Readonly<Record<Status, string>> = {
  todo: 'À faire',
  doing: 'En cours',
  blocked: 'Bloqué',
  done: 'Fait',
  dropped: 'Abandonné',
};

function runs(content: string) {
  return [{ text: { content } }];
}

function inNotion({ notion }: ToolsTeam): Hands {
  const { person, look } = notion;
  const plan = () => look.dataSource('Plan').id;
  const row = (key: string): ShownRow => {
    const found = look.rows(plan()).find(({ values }) => values.Clé === key);
    if (!found) throw new Error(`Notion shows no ${key}`);
    return found;
  };
  const pointsOf = (id: string) =>
    look
      .blocks(id)
      .filter((block) => block.type === 'to_do')
      .map((block) =>
        asObjects(asObject(block.to_do).rich_text)
          .map((run) => asText(run.plain_text))
          .join(''),
      );
  return {
    tasks: async () =>
      look
        .rows(plan())
        .map(({ id, title, values }) => ({ key: String(values.Clé), title, points: pointsOf(id) })),
    setTitle: async (key, title) => person.edit(row(key).id, { Tâche: { title: runs(title) } }),
    setNotes: async (key, notes) => person.edit(row(key).id, { Notes: { rich_text: runs(notes) } }),
    setStatus: async (key, status) =>
      person.edit(row(key).id, { État: { status: { name: LABELS[status] } } }),
    setDue: async (key, start) => person.edit(row(key).id, { Échéance: { date: { start } } }),
    tick: async (key, point, done) => person.tickTodo(row(key).id, point, done),
    addTask: async (title) => void person.addRow(plan(), { Tâche: { title: runs(title) } }),
    addPoint: async (key, words) =>
      void person.addBlocks(row(key).id, [{ to_do: { rich_text: runs(words) } }]),
    remove: async (key) => person.trash(row(key).id),
    comment: async (key, words) => person.comment(row(key).id, words) !== undefined,
  };
}

function inTrello({ trello }: ToolsTeam): Hands {
  const { person, look, world } = trello;
  const board = () => look.boards()[0]?.id ?? '';
  const cards = () =>
    look
      .cards(board())
      .map((card) => ({ card, key: readMarker(card.desc).key ?? '' }))
      .filter(({ key }) => key === '' || key.includes('/'));
  const card = (key: string): ShownCard => {
    const found = cards().find((one) => one.key === key)?.card;
    if (!found) throw new Error(`Trello shows no ${key}`);
    return found;
  };
  const status = ({ id, labels }: ShownCard, wanted: Status) => {
    for (const label of Object.values(LABELS)) if (labels.includes(label)) person.unlabel(id, label);
    person.complete(id, wanted === 'done');
    if (wanted !== 'done' && wanted !== 'todo') person.label(id, LABELS[wanted]);
  };
  return {
    tasks: async () =>
      cards().map(({ card: { name, checklists }, key }) => ({
        key,
        title: name,
        points: Object.values(checklists)
          .flat()
          .map((words) => words.replace(/^✓ /, '')),
      })),
    setTitle: async (key, title) => person.rename(card(key).id, title),
    // A card that people have made has no heading for notes yet.
    setNotes: async (key, notes) =>
      person.retype(card(key).id, (desc) =>
        desc.replace(/(?:### Notes\n[\s\S]*?)?\n*(?=`jalon-ref)/, `\n\n### Notes\n${notes}\n\n`),
      ),
    setStatus: async (key, wanted) => status(card(key), wanted),
    setDue: async (key, due) => person.setDue(card(key).id, `${due}T17:00:00.000Z`),
    tick: async (key, point, done) => person.tick(card(key).id, point, done),
    addTask: async (title) => void person.addCard(look.lists(board())[0]?.id ?? '', title),
    addPoint: async (key, words) => {
      const { id } = card(key);
      const [checklist] = world.checklistsOf(id);
      if (checklist) person.addItem(checklist.id, words);
      else person.addChecklist(id, 'Points à vérifier', [words]);
    },
    remove: async (key) => person.archive(card(key).id),
    comment: async (key, words) => person.comment(card(key).id, words) !== undefined,
  };
}

function inWorkbook(team: ToolsTeam): Hands {
  const edit = (change: Parameters<typeof personEdits>[1]) => personEdits(team.workbook, change);
  const set = (key: string, field: string, words: string) =>
    edit(({ grid }) => type(grid('plan'), rowOf(grid('plan'), key), field, words));
  const titleOf = (key: string) => look().then((tasks) => tasks.find((one) => one.key === key)?.title ?? '');
  const gridsOf = async () => {
    const grids = await findGrids(await Book.open(readFileSync(team.workbook)));
    const grid = (name: string) => grids.get(`jalon:${name}`)?.[0];
    return { plan: grid('plan'), checks: grid('checks'), comments: grid('comments') };
  };
  const look = async (): Promise<readonly SeenTask[]> => {
    const { plan, checks } = await gridsOf();
    const points = (checks?.dataRows() ?? []).map((row) => ({
      task: checks?.keyOf(row).split('#')[0] ?? '',
      words: checks?.fieldText(row, 'title') ?? '',
    }));
    const tasks = (plan?.dataRows() ?? []).map((row) => {
      const key = plan?.keyOf(row) ?? '';
      const own = points.filter(({ task, words }) => task === key && key !== '' && words !== '');
      return { key, title: plan?.fieldText(row, 'title') ?? '', points: own.map(({ words }) => words) };
    });
    return tasks.filter(({ title }) => title !== '');
  };
  return {
    tasks: look,
    setTitle: (key, title) => set(key, 'title', title),
    setNotes: (key, notes) => set(key, 'notes', notes),
    setStatus: (key, status) => set(key, 'status', LABELS[status]),
    setDue: (key, due) => set(key, 'due', due.split('-').reverse().join('/')),
    tick: (key, point, done) =>
      edit(({ grid }) => {
        const checks = grid('checks');
        const row = checks
          .dataRows()
          .find((one) => checks.keyOf(one).startsWith(`${key}#`) && checks.fieldText(one, 'title') === point);
        if (row !== undefined) type(checks, row, 'done', done ? '☑' : '☐');
      }),
    addTask: (title) => edit(({ grid }) => type(grid('plan'), grid('plan').newRow(), 'title', title)),
    addPoint: async (key, words) => {
      const title = await titleOf(key);
      await edit(({ grid }) => {
        const row = grid('checks').newRow();
        type(grid('checks'), row, 'task', title);
        type(grid('checks'), row, 'title', words);
      });
    },
    remove: (key) =>
      edit(({ grid }) => {
        const plan = grid('plan');
        const row = rowOf(plan, key);
        for (const column of plan.sheet.columnsOf(row)) plan.sheet.set(row, column, { type: 'blank' });
      }),
    comment: async (key, words) => {
      const title = await titleOf(key);
      const { comments } = await gridsOf();
      if (!comments) return false;
      await edit(({ grid }) => {
        const row = grid('comments').newRow();
        type(grid('comments'), row, 'about', title);
        type(grid('comments'), row, 'text', words);
      });
      return true;
    },
  };
}
