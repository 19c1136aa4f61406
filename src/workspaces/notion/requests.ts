import type {
  AppendBlockChildrenParameters,
  BlockObjectRequest,
  CreateCommentParameters,
  CreateDatabaseParameters,
  CreatePageParameters,
  CreateViewParameters,
  QueryDataSourceParameters,
  UpdateBlockParameters,
  UpdateCommentParameters,
  UpdateDataSourceParameters,
  UpdatePageParameters,
  UpdateViewParameters,
} from '@notionhq/client';
import type { About } from '#src/i18n/notion.ts';
import type { NotionClient } from './client.ts';
import { PAGE_SIZE } from './limits.ts';
import { need, type Outcome } from './outcome.ts';
import { type Collected, collect } from './paging.ts';
import {
  Block,
  Comment,
  Database,
  DataSource,
  FileUpload,
  listOf,
  Page,
  type PropertyValue,
  Touched,
  User,
  View,
} from './schema.ts';
import { Pieces, wholeValue } from './whole-value.ts';

/** What one project asks of Notion, each request named by what it is about. Reads give the value or throw. */
export class Requests {
  readonly client: NotionClient;
  readonly project: string;
  readonly signal: AbortSignal | undefined;

  constructor(client: NotionClient, project: string, signal?: AbortSignal) {
    this.client = client;
    this.project = project;
    this.signal = signal;
  }

  page(about: About, page_id: string): Promise<Outcome<Page>> {
    return this.#call(about, (sdk) => sdk.pages.retrieve({ page_id }), Page);
  }

  database(about: About, database_id: string): Promise<Outcome<Database>> {
    return this.#call(about, (sdk) => sdk.databases.retrieve({ database_id }), Database);
  }

  dataSource(about: About, data_source_id: string): Promise<Outcome<DataSource>> {
    return this.#call(about, (sdk) => sdk.dataSources.retrieve({ data_source_id }), DataSource);
  }

  /** One page of lines. */
  lines(about: About, query: QueryDataSourceParameters) {
    return this.#call(
      about,
      (sdk) => sdk.dataSources.query({ page_size: PAGE_SIZE, ...query }),
      listOf(Page),
    );
  }

  /** A value of which Notion has shown the beginning only; its id is used as it comes, encoded for URLs. */
  property(about: About, page_id: string, property_id: string): Promise<PropertyValue | undefined> {
    return wholeValue(about, property_id, async (cursor) =>
      need(
        about,
        await this.#call(
          about,
          (sdk) =>
            sdk.pages.properties.retrieve({ page_id, property_id, page_size: PAGE_SIZE, ...startAt(cursor) }),
          Pieces,
        ),
      ),
    );
  }

  /** The blocks below a page or block, in their order, those inside others in place, without those of other pages. */
  async blocks(about: About, id: string, depth = 0): Promise<Collected<Block>> {
    const { rows, complete } = await this.#children(about, id);
    const all: Block[] = [];
    let whole = complete;
    for (const block of rows) {
      all.push(block);
      if (!block.has_children || depth >= DEEPEST || block.child_page || block.child_database) continue;
      const inside = await this.blocks(about, block.id, depth + 1);
      all.push(...inside.rows);
      whole &&= inside.complete;
    }
    return { rows: all, complete: whole };
  }

  /** The blocks right below a page. */
  #children(about: About, block_id: string): Promise<Collected<Block>> {
    return collect(about, async (cursor) =>
      need(
        about,
        await this.#call(
          about,
          (sdk) => sdk.blocks.children.list({ block_id, page_size: PAGE_SIZE, ...startAt(cursor) }),
          listOf(Block),
        ),
      ),
    );
  }

  /** As `blocks`, without those inside others. */
  async children(about: About, id: string): Promise<readonly Block[]> {
    return (await this.#children(about, id)).rows;
  }

  /** Everyone in the workspace but guests. */
  users(about: About): Promise<Outcome<readonly User[]>> {
    return this.#all(about, (sdk, cursor) => sdk.users.list({ page_size: PAGE_SIZE, ...cursor }), User);
  }

  /** Ids of the views of a database. */
  views(about: About, database_id: string): Promise<Outcome<readonly { readonly id: string }[]>> {
    return this.#all(
      about,
      (sdk, cursor) => sdk.views.list({ database_id, page_size: PAGE_SIZE, ...cursor }),
      Touched,
    );
  }

  view(about: About, view_id: string): Promise<Outcome<View>> {
    return this.#call(about, (sdk) => sdk.views.retrieve({ view_id }), View);
  }

  createPage(about: About, body: CreatePageParameters): Promise<Outcome<Page>> {
    return this.#call(about, (sdk) => sdk.pages.create(body), Page);
  }

  updatePage(about: About, body: UpdatePageParameters): Promise<Outcome<Page>> {
    return this.#call(about, (sdk) => sdk.pages.update(body), Page);
  }

  createDatabase(about: About, body: CreateDatabaseParameters): Promise<Outcome<Database>> {
    return this.#call(about, (sdk) => sdk.databases.create(body), Database);
  }

  updateDataSource(about: About, body: UpdateDataSourceParameters): Promise<Outcome<DataSource>> {
    return this.#call(about, (sdk) => sdk.dataSources.update(body), DataSource);
  }

  createView(about: About, body: CreateViewParameters): Promise<Outcome<View>> {
    return this.#call(about, (sdk) => sdk.views.create(body), View);
  }

  updateView(about: About, body: UpdateViewParameters): Promise<Outcome<View>> {
    return this.#call(about, (sdk) => sdk.views.update(body), View);
  }

  append(about: About, body: AppendBlockChildrenParameters) {
    return this.#call(about, (sdk) => sdk.blocks.children.append(body), listOf(Block));
  }

  updateBlock(about: About, body: UpdateBlockParameters): Promise<Outcome<Block>> {
    return this.#call(about, (sdk) => sdk.blocks.update(body), Block);
  }

  deleteBlock(about: About, block_id: string): Promise<Outcome<{ id: string }>> {
    return this.#call(about, (sdk) => sdk.blocks.delete({ block_id }), Touched);
  }

  /** Those of a page whose discussions nobody has resolved, the oldest first. */
  comments(about: About, block_id: string): Promise<Outcome<readonly Comment[]>> {
    return this.#all(
      about,
      (sdk, cursor) => sdk.comments.list({ block_id, page_size: PAGE_SIZE, ...cursor }),
      Comment,
    );
  }

  /** Without the right to read comments, its id is all that the answer tells. */
  createComment(about: About, body: CreateCommentParameters): Promise<Outcome<{ id: string }>> {
    return this.#call(about, (sdk) => sdk.comments.create(body), Touched);
  }

  updateComment(about: About, body: UpdateCommentParameters): Promise<Outcome<{ id: string }>> {
    return this.#call(about, (sdk) => sdk.comments.update(body), Touched);
  }

  createUpload(about: About, filename: string, content_type: string): Promise<Outcome<FileUpload>> {
    return this.#call(
      about,
      (sdk) => sdk.fileUploads.create({ mode: 'single_part', filename, content_type }),
      FileUpload,
    );
  }

  sendUpload(
    about: About,
    file_upload_id: string,
    filename: string,
    data: Blob,
  ): Promise<Outcome<FileUpload>> {
    return this.#call(
      about,
      (sdk) => sdk.fileUploads.send({ file_upload_id, file: { filename, data } }),
      FileUpload,
    );
  }

  /** The first refusal or failure ends it. */
  async #all<T>(
    about: About,
    ask: (sdk: Sdk, cursor: { start_cursor?: string }) => Promise<unknown>,
    row: Parameters<typeof listOf<T>>[0],
  ): Promise<Outcome<readonly T[]>> {
    let failed: Exclude<Outcome<never>, { kind: 'ok' }> | undefined;
    const { rows } = await collect<T>(about, async (cursor) => {
      const outcome = await this.#call(about, (sdk) => ask(sdk, startAt(cursor)), listOf(row));
      if (outcome.kind === 'ok') return outcome.value;
      failed = outcome;
      return { rows: [], unreadable: 0, hasMore: false, nextCursor: null, incomplete: true };
    });
    return failed ?? { kind: 'ok', value: rows };
  }

  #call<T>(
    about: About,
    endpoint: Parameters<NotionClient['call']>[1],
    schema: Parameters<typeof listOf<T>>[0],
  ) {
    const ask = { project: this.project, about, signal: this.signal };
    return this.client.call<T>(ask, endpoint, schema);
  }
}

function startAt(cursor: string | undefined): { start_cursor?: string } {
  return cursor === undefined ? {} : { start_cursor: cursor };
}

type Sdk = Parameters<Parameters<NotionClient['call']>[1]>[0];

/** Toggles in columns in toggles: deeper than that nobody keeps a checklist. */
const DEEPEST = 4;

/** Blocks of a create or an append, as the SDK takes them. */
export type BlockRequest = BlockObjectRequest;
