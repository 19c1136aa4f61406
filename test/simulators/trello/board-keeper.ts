import type { JsonObject } from '../json.ts';
import { changeBoard, makeBoard, removeMember, setRole } from './boards.ts';
import { copyBoard } from './copies.ts';
import { makeField, makeOption, removeField, removeOption } from './custom-fields.ts';
import { changeLabel, makeLabel, removeLabel } from './labels.ts';
import { changeList, makeList, removeList } from './lists.ts';
import type { Board, CustomField, FieldOption, Label, List, Member, Role, Thing } from './records.ts';
import type { Caller, World } from './world.ts';

type Place = 'top' | 'bottom' | number;

/** What people do in the interface with boards, lists, labels and fields. */
export class BoardKeeper {
  protected readonly world: World;
  protected readonly caller: Caller;

  constructor(world: World, memberId: string) {
    this.world = world;
    this.caller = { memberId };
  }

  get id(): string {
    return this.caller.memberId;
  }

  /** In the first workspace unless it is to be a personal one; without lists and labels unless they are wanted. */
  addBoard(name: string, values: JsonObject = {}, { personal = false } = {}): Board {
    const [organization] = this.world.organizations.values();
    const bare = { defaultLists: false, defaultLabels: false };
    return makeBoard(this.world, this.caller, personal ? undefined : organization, {
      name,
      ...bare,
      ...values,
    });
  }

  copyBoard(boardId: string, name: string): Board {
    const source = this.get('board', boardId);
    const organization = this.world.organizations.get(source.idOrganization ?? '');
    const sent = { name, keepFromSource: 'cards' };
    return copyBoard(this.world, this.caller, organization, source, sent);
  }

  /** The board that Trello gives each member for loose cards. */
  openInbox(): Board {
    const board = this.addBoard('Inbox', {}, { personal: true });
    board.type = 'inbox';
    return board;
  }

  /** Any values of a board, in the form of the API. */
  editBoard(boardId: string, values: JsonObject): void {
    changeBoard(this.world, this.caller, this.get('board', boardId), values);
  }

  closeBoard(boardId: string): void {
    this.editBoard(boardId, { closed: true });
  }

  reopenBoard(boardId: string): void {
    this.editBoard(boardId, { closed: false });
  }

  deleteBoard(boardId: string): void {
    this.world.remove(this.get('board', boardId));
  }

  addList(boardId: string, name: string, pos: Place = 'bottom'): List {
    return makeList(this.world, this.caller, this.get('board', boardId), { name, pos });
  }

  renameList(listId: string, name: string): void {
    changeList(this.world, this.caller, this.get('list', listId), { name });
  }

  moveList(listId: string, pos: Place): void {
    changeList(this.world, this.caller, this.get('list', listId), { pos });
  }

  archiveList(listId: string): void {
    changeList(this.world, this.caller, this.get('list', listId), { closed: true });
  }

  restoreList(listId: string): void {
    changeList(this.world, this.caller, this.get('list', listId), { closed: false });
  }

  /** An archived one, with its cards, for good. */
  deleteList(listId: string): void {
    removeList(this.world, this.caller, this.get('list', listId));
  }

  addLabel(boardId: string, name: string, color: string | null = null): Label {
    return makeLabel(this.world, this.caller, this.get('board', boardId), { name, color });
  }

  /** The label of that name, which gets another one. */
  renameLabel(boardId: string, from: string, name: string): void {
    changeLabel(this.world, this.caller, this.labelNamed(boardId, from), { name });
  }

  recolorLabel(boardId: string, name: string, color: string | null): void {
    changeLabel(this.world, this.caller, this.labelNamed(boardId, name), { color });
  }

  deleteLabel(boardId: string, name: string): void {
    removeLabel(this.world, this.caller, this.labelNamed(boardId, name));
  }

  addField(boardId: string, name: string, type: CustomField['type'], options: readonly string[] = []) {
    const texts = options.map((text) => ({ value: { text } }));
    const sent = { name, type, ...(texts.length === 0 ? {} : { options: texts }) };
    return makeField(this.world, this.caller, this.get('board', boardId), sent);
  }

  deleteField(boardId: string, name: string): void {
    removeField(this.world, this.fieldNamed(boardId, name));
  }

  renameField(boardId: string, from: string, name: string): void {
    this.fieldNamed(boardId, from).name = name;
  }

  addOption(boardId: string, field: string, text: string): FieldOption {
    return makeOption(this.world, this.fieldNamed(boardId, field), { value: { text } });
  }

  renameOption(boardId: string, field: string, from: string, text: string): void {
    const option = this.fieldNamed(boardId, field).options.find((one) => one.text === from);
    if (option === undefined) throw new Error(`There is no option “${from}” in that field.`);
    option.text = text;
  }

  deleteOption(boardId: string, field: string, text: string): void {
    removeOption(this.world, this.fieldNamed(boardId, field), text);
  }

  /** By id, user name or e-mail. */
  addMember(boardId: string, member: string, role: Role = 'normal'): void {
    setRole(this.world, this.caller, this.get('board', boardId), this.member(member), role);
  }

  removeMember(boardId: string, member: string): void {
    removeMember(this.world, this.caller, this.get('board', boardId), this.member(member));
  }

  /** Somebody who was invited by e-mail follows the invitation. */
  comeIn(email: string): void {
    this.member(email).confirmed = true;
  }

  protected member(name: string): Member {
    const member = this.world.findMember(name);
    if (member === undefined) throw new Error(`There is no member ${name}.`);
    return member;
  }

  protected fieldNamed(boardId: string, name: string): CustomField {
    const field = this.world.customFieldsOf(boardId).find((one) => one.name === name);
    if (field === undefined) throw new Error(`There is no custom field “${name}” on that board.`);
    return field;
  }

  protected labelNamed(boardId: string, name: string): Label {
    const label = this.world.labelsOf(boardId).find((one) => one.name === name);
    if (label === undefined) throw new Error(`There is no label “${name}” on that board.`);
    return label;
  }

  protected get<K extends Thing['kind']>(kind: K, id: string): Extract<Thing, { kind: K }> {
    const thing = this.world.get(kind, id);
    if (thing === undefined) throw new Error(`There is no ${kind} with the id ${id}.`);
    return thing;
  }
}
