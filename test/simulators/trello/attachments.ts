import { tell } from './actions.ts';
import { ApiError, invalidValue } from './api-error.ts';
import { requireRoom } from './plan-gates.ts';
import { STEP } from './positions.ts';
import type { Attachment, Card } from './records.ts';
import { maxFileBytesOf } from './settings.ts';
import type { Caller, World } from './world.ts';

export interface Sent {
  readonly url?: string;
  readonly file?: { readonly name: string; readonly bytes: Buffer };
  readonly name?: string;
  readonly mimeType?: string;
}

const picture = /\.(png|jpe?g|gif|webp|svg)$/i;

/** @throws ApiError 413 on a file larger than the plan allows. */
export function addAttachment(world: World, caller: Caller, card: Card, sent: Sent): Attachment {
  const { file, url } = sent;
  if (file === undefined && (url === undefined || !URL.canParse(url))) throw invalidValue('url');
  if (file !== undefined && file.bytes.length > maxFileBytesOf(world.settings)) {
    throw new ApiError(413, 'File too large');
  }
  requireRoomForAttachment(world, card);
  // A picture that is given by its address is fetched and kept, as if it had been uploaded: the address is lost.
  const fetched = isPicture(url ?? '');
  const attachment: Attachment = {
    id: world.newId(),
    name: sent.name || file?.name || nameFromUrl(url ?? ''),
    url: fetched ? undefined : url,
    bytes: fetched ? Buffer.from(`what is at ${url}`) : file?.bytes,
    mimeType: sent.mimeType || null,
    isUpload: file !== undefined || fetched,
    createdAt: world.now(),
    memberId: caller.memberId,
    pos: (card.attachments.at(-1)?.pos ?? 0) + STEP,
  };
  card.attachments.push(attachment);
  const { id, name } = attachment;
  const told = { id, name, ...(url === undefined ? {} : { url }) };
  tell(world, caller, 'addAttachmentToCard', card, { attachment: told });
  world.touch(card);
  return attachment;
}

function requireRoomForAttachment(world: World, card: Card): void {
  const onBoard = world.cardsOf(card.idBoard);
  const count = onBoard.reduce((sum, { attachments }) => sum + attachments.length, 0);
  requireRoom(world, 'attachments.perCard', card.attachments.length);
  requireRoom(world, 'attachments.perBoard', count);
}

function isPicture(url: string): boolean {
  return URL.canParse(url) && picture.test(new URL(url).pathname);
}

function nameFromUrl(url: string): string {
  return isPicture(url) ? (new URL(url).pathname.split('/').at(-1) ?? url) : url;
}

/** An attachment that may be the cover. */
export function imageOf(card: Card, idAttachment: string): Attachment | undefined {
  return card.attachments.find(
    ({ id, name, isUpload, mimeType }) =>
      id === idAttachment && isUpload && (picture.test(name) || mimeType?.startsWith('image/') === true),
  );
}

export function removeAttachment(world: World, caller: Caller, card: Card, { id, name }: Attachment): void {
  card.attachments = card.attachments.filter((attachment) => attachment.id !== id);
  if (card.cover.idAttachment === id) card.cover = { ...card.cover, idAttachment: null };
  tell(world, caller, 'deleteAttachmentFromCard', card, { attachment: { id, name } });
  world.touch(card);
}
