import { requireUuid } from '../access.ts';
import { invalid, invalidBody, notFound } from '../api-error.ts';
import { hasExpired } from '../files.ts';
import { type JsonObject, textOf } from '../json.ts';
import type { FileUpload } from '../records.ts';
import { maxFileBytesOf } from '../settings.ts';
import { toTheMinute } from '../times.ts';
import type { World } from '../world.ts';
import { type Answer, type Context, param } from './context.ts';

const MAX_FILENAME_BYTES = 900;
const HOUR_MS = 3_600_000;

export function createFileUpload({ world, caller, body }: Context): Answer {
  const mode = body.mode ?? 'single_part';
  if (mode !== 'single_part')
    throw invalid(`The simulator takes files in one part only, not ${String(mode)}.`);
  const filename = textOf(body.filename) ?? null;
  const bytes = Buffer.byteLength(filename ?? '');
  if (bytes > MAX_FILENAME_BYTES) {
    throw invalidBody(`body.filename should be ≤ \`${MAX_FILENAME_BYTES}\` bytes, instead was \`${bytes}\`.`);
  }
  const upload: FileUpload = {
    kind: 'file_upload',
    id: world.newId(),
    filename,
    contentType: textOf(body.content_type) ?? null,
    bytes: undefined,
    attached: false,
    ...world.stamps(caller),
  };
  world.uploads.set(upload.id, upload);
  return { body: renderUpload(world, upload), resourceId: upload.id };
}

export async function sendFileUpload(context: Context): Promise<Answer> {
  const { world, form } = context;
  const upload = requireUpload(context);
  const file = form?.get('file');
  if (!(file instanceof File)) throw invalidBody('body.file should be defined, instead was `undefined`.');
  if (upload.bytes !== undefined) throw invalid(`File upload ${upload.id} has already been uploaded.`);
  if (hasExpired(world, upload)) throw invalid(`File upload ${upload.id} has expired.`);
  const type = file.type.split(';')[0] ?? '';
  if (upload.contentType !== null && type !== upload.contentType) {
    throw invalid(
      `The content type of the file, ${type}, is not the one that was announced: ${upload.contentType}.`,
    );
  }
  if (file.size > maxFileBytesOf(world.settings)) throw invalid('File is larger than this workspace allows.');
  upload.contentType = type;
  upload.bytes = Buffer.from(await file.arrayBuffer());
  return { body: renderUpload(world, upload), resourceId: upload.id };
}

export function retrieveFileUpload(context: Context): Answer {
  return { body: renderUpload(context.world, requireUpload(context)) };
}

function requireUpload(context: Context): FileUpload {
  const { world, caller } = context;
  const id = requireUuid(param(context, 'file_upload_id'), 'path.file_upload_id');
  const upload = world.uploads.get(id);
  if (upload === undefined || upload.createdBy !== caller.userId) {
    throw notFound('file_upload', id, caller.connection?.integrationId ?? '');
  }
  return upload;
}

function statusOf(world: World, upload: FileUpload): string {
  if (hasExpired(world, upload)) return 'expired';
  return upload.bytes === undefined ? 'pending' : 'uploaded';
}

function renderUpload(world: World, upload: FileUpload): JsonObject {
  return {
    object: 'file_upload',
    id: upload.id,
    created_time: toTheMinute(upload.createdAt),
    created_by: { id: upload.createdBy, type: 'bot' },
    last_edited_time: toTheMinute(upload.editedAt),
    in_trash: false,
    expiry_time: upload.attached ? null : toTheMinute(upload.createdAt + HOUR_MS),
    status: statusOf(world, upload),
    filename: upload.filename,
    content_type: upload.contentType,
    content_length: upload.bytes?.length ?? null,
  };
}
