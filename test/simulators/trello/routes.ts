import { actionRoutes } from './endpoints/actions.ts';
import { attachmentRoutes } from './endpoints/attachments.ts';
import { batchRoutes } from './endpoints/batch.ts';
import { boardRoutes } from './endpoints/boards.ts';
import { cardRoutes } from './endpoints/cards.ts';
import { checklistRoutes } from './endpoints/checklists.ts';
import type { Route } from './endpoints/context.ts';
import { customFieldRoutes } from './endpoints/custom-fields.ts';
import { labelRoutes } from './endpoints/labels.ts';
import { listRoutes } from './endpoints/lists.ts';
import { memberRoutes } from './endpoints/members.ts';
import { organizationRoutes } from './endpoints/organizations.ts';
import { webhookRoutes } from './endpoints/webhooks.ts';

/** By the name under which tests count requests and inject faults. */
export const routes = {
  ...boardRoutes,
  ...listRoutes,
  ...labelRoutes,
  ...checklistRoutes,
  ...actionRoutes,
  ...attachmentRoutes,
  ...customFieldRoutes,
  ...memberRoutes,
  ...organizationRoutes,
  ...webhookRoutes,
  ...batchRoutes,
  // Last, since one of its paths takes any name in its third part.
  ...cardRoutes,
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;

export interface FoundRoute {
  readonly name: RouteName;
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** The route of a request, with what its path names, decoded once; undefined when Trello has none. */
export function findRoute(method: string, pathname: string): FoundRoute | undefined {
  if (!pathname.startsWith('/1/')) return undefined;
  // The documentation ends some of its paths in a slash.
  const parts = pathname.slice('/1/'.length).replace(/\/$/, '').split('/');
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
