import type { JsonObject } from '../json.ts';
import type { Scope } from './settings.ts';

export interface Organization {
  readonly id: string;
  name: string;
  displayName: string;
  readonly memberIds: Set<string>;
}

export interface Member {
  readonly id: string;
  readonly username: string;
  fullName: string;
  readonly email: string;
  /** False for who was invited by e-mail and has not come yet. */
  confirmed: boolean;
}

/** A token that a member has given to the application of a key. */
export interface Credential {
  readonly key: string;
  readonly token: string;
  readonly tokenId: string;
  readonly memberId: string;
  readonly scopes: readonly Scope[];
  revoked: boolean;
}

export type Role = 'admin' | 'normal' | 'observer';

export interface Membership {
  readonly id: string;
  readonly memberId: string;
  role: Role;
}

export interface Board {
  readonly kind: 'board';
  readonly id: string;
  readonly shortLink: string;
  name: string;
  desc: string;
  closed: boolean;
  idOrganization: string | null;
  readonly prefs: JsonObject;
  /** Null for an ordinary board; `inbox` for the one that a member has for loose cards. */
  type: 'inbox' | null;
  memberships: Membership[];
  activeAt: number;
  nextCardNumber: number;
}

export interface List {
  readonly kind: 'list';
  readonly id: string;
  idBoard: string;
  name: string;
  closed: boolean;
  pos: number;
}

export interface Label {
  readonly kind: 'label';
  readonly id: string;
  readonly idBoard: string;
  name: string;
  color: string | null;
}

export interface FieldValue {
  readonly id: string;
  value: JsonObject | null;
  idValue: string | null;
}

export interface Attachment {
  readonly id: string;
  readonly name: string;
  /** Undefined for an upload: where it is downloaded from hangs on where the simulator listens. */
  readonly url: string | undefined;
  readonly bytes: Buffer | undefined;
  readonly mimeType: string | null;
  readonly isUpload: boolean;
  readonly createdAt: number;
  readonly memberId: string;
  readonly pos: number;
}

export type CardRole = 'separator' | 'board' | 'mirror' | 'link';

export interface Card {
  readonly kind: 'card';
  readonly id: string;
  readonly shortLink: string;
  /** Requests that had come in when it was made. */
  readonly bornAt: number;
  number: number;
  idBoard: string;
  idList: string;
  name: string;
  desc: string;
  closed: boolean;
  pos: number;
  due: string | null;
  start: string | null;
  dueComplete: boolean;
  dueReminder: number | null;
  idLabels: string[];
  idMembers: string[];
  attachments: Attachment[];
  cover: JsonObject;
  isTemplate: boolean;
  cardRole: CardRole | null;
  mirrorSourceId: string | null;
  address: string | null;
  locationName: string | null;
  coordinates: JsonObject | null;
  subscribed: boolean;
  /** By the id of the field. */
  readonly fieldValues: Map<string, FieldValue>;
  activeAt: number;
}

export interface CheckItem {
  readonly id: string;
  name: string;
  pos: number;
  state: 'complete' | 'incomplete';
  due: string | null;
  dueReminder: number | null;
  idMember: string | null;
}

export interface Checklist {
  readonly kind: 'checklist';
  readonly id: string;
  readonly idCard: string;
  name: string;
  pos: number;
  items: CheckItem[];
}

export const fieldTypes = ['text', 'number', 'date', 'checkbox', 'list'] as const;
export type FieldType = (typeof fieldTypes)[number];

export interface FieldOption {
  readonly id: string;
  text: string;
  color: string;
  pos: number;
}

export interface CustomField {
  readonly kind: 'customField';
  readonly id: string;
  readonly idBoard: string;
  name: string;
  readonly type: FieldType;
  pos: number;
  onCardFront: boolean;
  readonly options: FieldOption[];
}

/** Something that was done. What is not `stored` is told to webhooks, and found nowhere afterwards. */
export interface Action {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly memberId: string;
  readonly data: JsonObject;
  /** The member that was added or removed. */
  readonly aboutMemberId: string | undefined;
  readonly stored: boolean;
  readonly clientIdentifier: string | undefined;
}

export interface Webhook {
  readonly id: string;
  readonly token: string;
  description: string;
  idModel: string;
  callbackURL: string;
  active: boolean;
  failures: number;
  failingSince: number | null;
}

export type Thing = Board | List | Label | Card | Checklist | CustomField;
