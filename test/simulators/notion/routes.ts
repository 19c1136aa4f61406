import { appendChildren, deleteBlock, listChildren, retrieveBlock, updateBlock } from './endpoints/blocks.ts';
import {
  createComment,
  deleteComment,
  listComments,
  retrieveComment,
  updateComment,
} from './endpoints/comments.ts';
import type { Endpoint } from './endpoints/context.ts';
import {
  createDataSource,
  queryDataSource,
  retrieveDataSource,
  updateDataSource,
} from './endpoints/data-sources.ts';
import { createDatabase, retrieveDatabase, updateDatabase } from './endpoints/databases.ts';
import { createFileUpload, retrieveFileUpload, sendFileUpload } from './endpoints/file-uploads.ts';
import { createPage, movePage, retrievePage, retrievePageProperty, updatePage } from './endpoints/pages.ts';
import { search } from './endpoints/search.ts';
import { listUsers, retrieveSelf, retrieveUser } from './endpoints/users.ts';
import { createView, deleteView, listViews, retrieveView, updateView } from './endpoints/views.ts';
import type { ParameterType } from './schemas.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `:name` stands for one part of the path. */
  readonly path: string;
  readonly endpoint: Endpoint;
  /** Absent: the endpoint takes no JSON body. */
  readonly body?: ParameterType;
}

/** By the name under which tests count requests and inject faults. */
export const routes = {
  'users.me': { method: 'GET', path: 'users/me', endpoint: retrieveSelf },
  'users.list': { method: 'GET', path: 'users', endpoint: listUsers },
  'users.retrieve': { method: 'GET', path: 'users/:user_id', endpoint: retrieveUser },
  'pages.create': { method: 'POST', path: 'pages', endpoint: createPage, body: 'CreatePageParameters' },
  'pages.retrieve': { method: 'GET', path: 'pages/:page_id', endpoint: retrievePage },
  'pages.update': {
    method: 'PATCH',
    path: 'pages/:page_id',
    endpoint: updatePage,
    body: 'UpdatePageParameters',
  },
  'pages.move': {
    method: 'POST',
    path: 'pages/:page_id/move',
    endpoint: movePage,
    body: 'MovePageParameters',
  },
  'pages.properties.retrieve': {
    method: 'GET',
    path: 'pages/:page_id/properties/:property_id',
    endpoint: retrievePageProperty,
  },
  'databases.create': {
    method: 'POST',
    path: 'databases',
    endpoint: createDatabase,
    body: 'CreateDatabaseParameters',
  },
  'databases.retrieve': { method: 'GET', path: 'databases/:database_id', endpoint: retrieveDatabase },
  'databases.update': {
    method: 'PATCH',
    path: 'databases/:database_id',
    endpoint: updateDatabase,
    body: 'UpdateDatabaseParameters',
  },
  'dataSources.create': {
    method: 'POST',
    path: 'data_sources',
    endpoint: createDataSource,
    body: 'CreateDataSourceParameters',
  },
  'dataSources.retrieve': {
    method: 'GET',
    path: 'data_sources/:data_source_id',
    endpoint: retrieveDataSource,
  },
  'dataSources.update': {
    method: 'PATCH',
    path: 'data_sources/:data_source_id',
    endpoint: updateDataSource,
    body: 'UpdateDataSourceParameters',
  },
  'dataSources.query': {
    method: 'POST',
    path: 'data_sources/:data_source_id/query',
    endpoint: queryDataSource,
    body: 'QueryDataSourceParameters',
  },
  'blocks.retrieve': { method: 'GET', path: 'blocks/:block_id', endpoint: retrieveBlock },
  'blocks.update': {
    method: 'PATCH',
    path: 'blocks/:block_id',
    endpoint: updateBlock,
    body: 'UpdateBlockParameters',
  },
  'blocks.delete': { method: 'DELETE', path: 'blocks/:block_id', endpoint: deleteBlock },
  'blocks.children.list': { method: 'GET', path: 'blocks/:block_id/children', endpoint: listChildren },
  'blocks.children.append': {
    method: 'PATCH',
    path: 'blocks/:block_id/children',
    endpoint: appendChildren,
    body: 'AppendBlockChildrenParameters',
  },
  'comments.create': {
    method: 'POST',
    path: 'comments',
    endpoint: createComment,
    body: 'CreateCommentParameters',
  },
  'comments.list': { method: 'GET', path: 'comments', endpoint: listComments },
  'comments.retrieve': { method: 'GET', path: 'comments/:comment_id', endpoint: retrieveComment },
  'comments.update': {
    method: 'PATCH',
    path: 'comments/:comment_id',
    endpoint: updateComment,
    body: 'UpdateCommentParameters',
  },
  'comments.delete': { method: 'DELETE', path: 'comments/:comment_id', endpoint: deleteComment },
  'views.create': { method: 'POST', path: 'views', endpoint: createView, body: 'CreateViewParameters' },
  'views.list': { method: 'GET', path: 'views', endpoint: listViews },
  'views.retrieve': { method: 'GET', path: 'views/:view_id', endpoint: retrieveView },
  'views.update': {
    method: 'PATCH',
    path: 'views/:view_id',
    endpoint: updateView,
    body: 'UpdateViewParameters',
  },
  'views.delete': { method: 'DELETE', path: 'views/:view_id', endpoint: deleteView },
  'fileUploads.create': {
    method: 'POST',
    path: 'file_uploads',
    endpoint: createFileUpload,
    body: 'CreateFileUploadParameters',
  },
  'fileUploads.send': { method: 'POST', path: 'file_uploads/:file_upload_id/send', endpoint: sendFileUpload },
  'fileUploads.retrieve': {
    method: 'GET',
    path: 'file_uploads/:file_upload_id',
    endpoint: retrieveFileUpload,
  },
  search: { method: 'POST', path: 'search', endpoint: search, body: 'SearchParameters' },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;

export interface FoundRoute {
  readonly name: RouteName;
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** The route of a request, with what its path names, decoded once; undefined when Notion has none. */
export function findRoute(method: string, pathname: string): FoundRoute | undefined {
  const parts = pathname.replace(/^\/v1\//, '').split('/');
  for (const [name, route] of Object.entries(routes)) {
    const params = route.method === method ? paramsOf(route.path.split('/'), parts) : undefined;
    if (params !== undefined) return { name: name as RouteName, route, params };
  }
  return undefined;
}

function paramsOf(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, wanted] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (wanted.startsWith(':')) params[wanted.slice(1)] = decodeURIComponent(part);
    else if (wanted !== part) return undefined;
  }
  return params;
}
