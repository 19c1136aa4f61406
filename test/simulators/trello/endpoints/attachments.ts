import { asText } from '../../json.ts';
import { requireToEdit, requireVisible } from '../access.ts';
import { ApiError, invalidId, notFound } from '../api-error.ts';
import { addAttachment, imageOf, removeAttachment } from '../attachments.ts';
import { changeCard } from '../cards.ts';
import * as p from '../parameters.ts';
import { attachmentReads, fieldsOf } from '../reading.ts';
import type { Attachment, Card } from '../records.ts';
import { pick, renderAttachment } from '../render.ts';
import { type Answer, type Context, deleted, param, type Route } from './context.ts';

const MAX_NAME = 256;

export const attachmentRoutes = {
  'attachments.create': {
    method: 'POST',
    path: 'cards/:id/attachments',
    endpoint: createAttachment,
    parameters: {
      url: p.text({ min: 1 }),
      name: p.text({ max: MAX_NAME }),
      mimeType: p.text({ max: MAX_NAME }),
      setCover: p.flag,
    },
  },
  'attachments.list': {
    method: 'GET',
    path: 'cards/:id/attachments',
    endpoint: listAttachments,
    parameters: attachmentReads,
  },
  'attachments.retrieve': {
    method: 'GET',
    path: 'cards/:id/attachments/:idAttachment',
    endpoint: retrieveAttachment,
    parameters: attachmentReads,
  },
  'attachments.delete': {
    method: 'DELETE',
    path: 'cards/:id/attachments/:idAttachment',
    endpoint: deleteAttachment,
  },
  'attachments.download': {
    method: 'GET',
    path: 'cards/:id/attachments/:idAttachment/download/:fileName',
    endpoint: download,
  },
} as const satisfies Record<string, Route>;

function createAttachment(context: Context): Answer {
  const { world, caller, given, files } = context;
  const card = requireToEdit(world, caller, 'card', param(context, 'id'));
  const file = files.get('file');
  const attachment = addAttachment(world, caller, card, {
    ...(given.url === undefined ? {} : { url: asText(given.url) }),
    ...(file === undefined ? {} : { file }),
    name: asText(given.name),
    mimeType: asText(given.mimeType),
  });
  if (given.setCover === true && imageOf(card, attachment.id) !== undefined) {
    changeCard(world, caller, card, { idAttachmentCover: attachment.id });
  }
  return { body: { ...renderAttachment(world, card, attachment), limits: {} } };
}

function listAttachments(context: Context): Answer {
  const { world, caller, given } = context;
  const card = requireVisible(world, caller, 'card', param(context, 'id'));
  const cover = card.cover.idAttachment;
  const asked = card.attachments.filter(({ id }) => given.filter !== 'cover' || id === cover);
  return { body: asked.map((one) => pick(renderAttachment(world, card, one), fieldsOf(given))) };
}

function retrieveAttachment(context: Context): Answer {
  const { world, caller, given } = context;
  const card = requireVisible(world, caller, 'card', param(context, 'id'));
  return { body: pick(renderAttachment(world, card, attachmentOf(context, card)), fieldsOf(given)) };
}

function deleteAttachment(context: Context): Answer {
  const { world, caller } = context;
  const card = requireToEdit(world, caller, 'card', param(context, 'id'));
  removeAttachment(world, caller, card, attachmentOf(context, card));
  return deleted;
}

/** Files are given to the header only: credentials in the query have stopped working here. */
function download(context: Context): Answer {
  const card = requireVisible(context.world, context.caller, 'card', param(context, 'id'));
  const { bytes, mimeType } = attachmentOf(context, card);
  if (!context.byHeader) throw new ApiError(401, 'unauthorized permission requested');
  if (bytes === undefined) throw notFound();
  return { bytes, mimeType: mimeType ?? 'application/octet-stream' };
}

function attachmentOf(context: Context, card: Card): Attachment {
  const id = param(context, 'idAttachment');
  if (!p.isId(id)) throw invalidId();
  const attachment = card.attachments.find((one) => one.id === id);
  if (attachment === undefined) throw notFound();
  return attachment;
}
