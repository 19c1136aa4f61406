import { asText, type JsonObject } from '../../json.ts';
import { maySee, requireMember } from '../access.ts';
import { ApiError, invalidId, invalidValue, noPermission, notFound } from '../api-error.ts';
import * as p from '../parameters.ts';
import type { Credential, Webhook } from '../records.ts';
import { renderWebhook } from '../render.ts';
import { type Answer, type Context, deletedValue, param, type Route } from './context.ts';

const values: p.Parameters = {
  description: p.text(),
  callbackURL: p.text({ min: 1 }),
  idModel: p.id,
  active: p.flag,
};

export const webhookRoutes = {
  'webhooks.create': {
    method: 'POST',
    path: 'webhooks',
    endpoint: createWebhook,
    parameters: values,
    required: ['callbackURL', 'idModel'],
  },
  'webhooks.retrieve': {
    method: 'GET',
    path: 'webhooks/:id',
    endpoint: (context) => ({ body: renderWebhook(ownWebhook(context)) }),
  },
  'webhooks.update': {
    method: 'PUT',
    path: 'webhooks/:id',
    endpoint: updateWebhook,
    parameters: values,
  },
  'webhooks.delete': { method: 'DELETE', path: 'webhooks/:id', endpoint: deleteWebhook },
  'tokens.webhooks': { method: 'GET', path: 'tokens/:token/webhooks', endpoint: tokenWebhooks },
  'members.tokens': {
    method: 'GET',
    path: 'members/:id/tokens',
    endpoint: memberTokens,
    parameters: { webhooks: p.flag },
  },
} as const satisfies Record<string, Route>;

async function createWebhook(context: Context): Promise<Answer> {
  const { world, caller, given } = context;
  const callbackURL = asText(given.callbackURL);
  const idModel = asText(given.idModel);
  requireModel(context, idModel);
  await requireCallback(callbackURL);
  const token = caller.credential?.token ?? '';
  const twin = [...world.webhooks.values()].some(
    (one) => one.token === token && one.idModel === idModel && one.callbackURL === callbackURL,
  );
  if (twin) throw new ApiError(400, 'A webhook with that callback, model, and token already exists');
  const webhook: Webhook = {
    id: world.newId(),
    token,
    description: asText(given.description),
    idModel,
    callbackURL,
    active: given.active !== false,
    failures: 0,
    failingSince: null,
  };
  world.webhooks.set(webhook.id, webhook);
  return { body: renderWebhook(webhook) };
}

/** @throws ApiError 400 unless the model is a board, a list, a card, a member or a workspace that may be seen. */
function requireModel({ world, caller }: Context, id: string): void {
  const thing = world.byId(id);
  const known = thing !== undefined && ['board', 'list', 'card'].includes(thing.kind);
  if (known && maySee(world, caller, world.boardOf(thing))) return;
  if (known) throw noPermission(thing.kind);
  if (id !== caller.memberId && !world.organizations.has(id)) throw invalidValue('idModel');
}

/** @throws ApiError 400 unless the address answers 200 to a HEAD. */
async function requireCallback(callbackURL: string): Promise<void> {
  if (!/^https?:\/\//.test(callbackURL) || !URL.canParse(callbackURL)) {
    throw new ApiError(400, { message: `Invalid callback URL ${callbackURL}`, error: 'ERROR' });
  }
  const status = await fetch(callbackURL, { method: 'HEAD', redirect: 'manual' }).then(
    (answer) => answer.status,
    () => undefined,
  );
  if (status === 200) return;
  const got = status === undefined ? 'it could not be reached' : `got ${status}`;
  const message = `URL (${callbackURL}) did not return 200 status code, ${got}`;
  throw new ApiError(400, { message, error: 'ERROR' });
}

/** Webhooks belong to the token that made them. */
function ownWebhook(context: Context): Webhook {
  const id = param(context, 'id');
  if (!p.isId(id)) throw invalidId();
  const webhook = context.world.webhooks.get(id);
  if (webhook === undefined || webhook.token !== context.caller.credential?.token) throw notFound();
  return webhook;
}

async function updateWebhook(context: Context): Promise<Answer> {
  const webhook = ownWebhook(context);
  const { description, callbackURL, idModel, active } = context.given;
  if (typeof idModel === 'string') requireModel(context, idModel);
  if (typeof callbackURL === 'string') await requireCallback(callbackURL);
  if (typeof description === 'string') webhook.description = description;
  if (typeof callbackURL === 'string') webhook.callbackURL = callbackURL;
  if (typeof idModel === 'string') webhook.idModel = idModel;
  if (typeof active === 'boolean') webhook.active = active;
  return { body: renderWebhook(webhook) };
}

function deleteWebhook(context: Context): Answer {
  context.world.webhooks.delete(ownWebhook(context).id);
  return deletedValue;
}

function tokenWebhooks(context: Context): Answer {
  const token = param(context, 'token');
  if (token !== context.caller.credential?.token) throw notFound();
  const own = [...context.world.webhooks.values()].filter((webhook) => webhook.token === token);
  return { body: own.map(renderWebhook) };
}

/** A person's own permissions only. Their secret part is shown to nobody. */
function memberTokens(context: Context): Answer {
  const { world, caller, given } = context;
  const { id } = requireMember(world, caller, param(context, 'id'));
  if (id !== caller.memberId) throw noPermission('member');
  const own = [...world.credentials.values()].filter(({ memberId, revoked }) => memberId === id && !revoked);
  return { body: own.map((credential) => renderToken(context, credential, given.webhooks === true)) };
}

function renderToken(
  { world }: Context,
  { token, tokenId, memberId, scopes }: Credential,
  full: boolean,
): JsonObject {
  const webhooks = [...world.webhooks.values()].filter((webhook) => webhook.token === token);
  return {
    id: tokenId,
    identifier: 'Jalon',
    idMember: memberId,
    dateExpires: null,
    permissions: [
      { idModel: memberId, modelType: 'Member' },
      { idModel: '*', modelType: 'Board' },
      { idModel: '*', modelType: 'Organization' },
    ].map((model) => ({ ...model, read: scopes.includes('read'), write: scopes.includes('write') })),
    ...(full ? { webhooks: webhooks.map(renderWebhook) } : {}),
  };
}
