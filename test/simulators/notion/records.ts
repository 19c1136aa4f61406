import type { Json, JsonObject } from './json.ts';

export interface Stamps {
  createdAt: number;
  editedAt: number;
  createdBy: string;
  editedBy: string;
  inTrash: boolean;
}

export type ParentType = 'workspace' | 'page_id' | 'block_id' | 'database_id' | 'data_source_id';

export interface Parent {
  readonly type: ParentType;
  /** Empty for the workspace. */
  readonly id: string;
}

/** Holds blocks, in order: a child is a block, a page or a database. */
export interface Container {
  children: string[];
}

export interface Page extends Stamps, Container {
  readonly kind: 'page';
  readonly id: string;
  parent: Parent;
  /** By raw property id. */
  values: Map<string, Json>;
  /** The number of unique_id. */
  serial: number;
  icon: JsonObject | null;
  cover: JsonObject | null;
  isLocked: boolean;
}

export interface Database extends Stamps {
  readonly kind: 'database';
  readonly id: string;
  parent: Parent;
  title: JsonObject[];
  description: JsonObject[];
  isInline: boolean;
  isLocked: boolean;
  icon: JsonObject | null;
  cover: JsonObject | null;
  readonly dataSources: string[];
  readonly views: string[];
}

export const statusGroups = ['To-do', 'In progress', 'Complete'] as const;
export type StatusGroup = (typeof statusGroups)[number];

export interface Option {
  readonly id: string;
  name: string;
  color: string;
  description: string | null;
  /** Status only. */
  group: StatusGroup;
}

export interface Property {
  /** Raw: it travels percent-encoded. */
  readonly id: string;
  name: string;
  type: string;
  description: string | null;
  options: Option[];
  /** What remains of the configuration: number format, formula, rollup, prefix. */
  settings: JsonObject;
  relation?: { dataSourceId: string; syncedPropertyId?: string | undefined };
}

export interface DataSource extends Stamps {
  readonly kind: 'data_source';
  readonly id: string;
  databaseId: string;
  title: JsonObject[];
  icon: JsonObject | null;
  properties: Property[];
  nextSerial: number;
  /** Queries seen so far: a fresh row may wait for some. */
  queries: number;
}

export interface Block extends Stamps, Container {
  readonly kind: 'block';
  readonly id: string;
  readonly type: string;
  parent: Parent;
  content: JsonObject;
}

export interface View extends Stamps {
  readonly kind: 'view';
  readonly id: string;
  readonly databaseId: string;
  readonly dataSourceId: string;
  name: string;
  readonly type: string;
  filter: JsonObject | null;
  sorts: Json | null;
  quickFilters: JsonObject | null;
  configuration: JsonObject | null;
}

export interface Comment extends Stamps {
  readonly kind: 'comment';
  readonly id: string;
  readonly parent: Parent;
  readonly discussionId: string;
  richText: JsonObject[];
  displayName: JsonObject;
}

export interface FileUpload extends Stamps {
  readonly kind: 'file_upload';
  readonly id: string;
  readonly filename: string | null;
  contentType: string | null;
  bytes: Buffer | undefined;
  attached: boolean;
}

export interface User {
  readonly kind: 'user';
  readonly id: string;
  readonly name: string;
  /** Undefined for a bot. */
  readonly email: string | undefined;
}

export interface Connection {
  readonly token: string;
  readonly integrationId: string;
  readonly userId: string;
  readonly name: string;
  revoked: boolean;
  /** Pages shared with it; what lies below follows. */
  readonly shared: Set<string>;
  /** Pages from which its access was taken away, with what lies below. */
  readonly withdrawn: Set<string>;
}

export type Thing = Page | Database | DataSource | Block | View | Comment;
