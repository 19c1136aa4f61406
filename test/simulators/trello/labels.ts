import { asText, type JsonObject } from '../json.ts';
import { boardData, tellUpdate } from './actions.ts';
import { requireRoom } from './plan-gates.ts';
import type { Board, Label } from './records.ts';
import type { Caller, World } from './world.ts';

export const hues = [
  'green',
  'yellow',
  'orange',
  'red',
  'purple',
  'blue',
  'sky',
  'lime',
  'pink',
  'black',
] as const;

export const labelColors: readonly string[] = hues.flatMap((hue) => [hue, `${hue}_light`, `${hue}_dark`]);

/** Nothing makes a label unique: the same request twice makes two. */
export function makeLabel(world: World, caller: Caller, board: Board, sent: JsonObject): Label {
  requireRoom(world, 'labels.perBoard', world.labelsOf(board.id).length);
  const label = world.add<Label>({
    kind: 'label',
    id: world.newId(),
    idBoard: board.id,
    name: asText(sent.name),
    color: asText(sent.color) || null,
  });
  world.act(caller, 'createLabel', labelData(world, label), { hidden: true });
  return label;
}

function labelData(world: World, { id, name, color, idBoard }: Label): JsonObject {
  return { board: boardData(world.need('board', idBoard)), label: { id, name, color } };
}

export function changeLabel(world: World, caller: Caller, label: Label, sent: JsonObject): void {
  for (const key of ['name', 'color'] as const) {
    const value = sent[key];
    const old = label[key];
    if (value === undefined || value === old) continue;
    Object.assign(label, { [key]: value });
    tellUpdate(world, caller, 'label', labelData(world, label), { [key]: old }, { hidden: true });
  }
}

/** Takes it from all cards; nothing tells afterwards which had it. */
export function removeLabel(world: World, caller: Caller, label: Label): void {
  for (const card of world.cardsOf(label.idBoard))
    card.idLabels = card.idLabels.filter((id) => id !== label.id);
  world.act(caller, 'deleteLabel', labelData(world, label), { hidden: true });
  world.remove(label);
}
