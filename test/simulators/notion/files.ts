import { requireUuid } from './access.ts';
import { invalid } from './api-error.ts';
import { asObject, asText, type JsonObject, textOf } from './json.ts';
import type { FileUpload } from './records.ts';
import { toTheMinute } from './times.ts';
import type { World } from './world.ts';

const HOUR_MS = 3_600_000;

/** Not attached within the hour: gone. */
export function hasExpired(world: World, upload: FileUpload): boolean {
  return !upload.attached && world.now() >= upload.createdAt + HOUR_MS;
}

/**
 * A file as it is kept for what was sent: an external URL, or an upload, which is attached by this.
 * @throws ApiError 400 when the upload is not there, not sent yet, or expired.
 */
export function attachedFile(world: World, sent: JsonObject): JsonObject {
  if (sent.file_upload === undefined) {
    const type = sent.external === undefined ? 'file' : 'external';
    return { type, name: sent.name, [type]: sent[type] };
  }
  const upload = requireSentUpload(world, sent);
  upload.attached = true;
  return { type: 'file_upload', name: textOf(sent.name) ?? upload.filename, file_upload: { id: upload.id } };
}

/** @throws ApiError 400 when the upload is not there, not sent yet, or expired. */
export function requireSentUpload(world: World, sent: JsonObject): FileUpload {
  const id = requireUuid(asText(asObject(sent.file_upload).id), 'body.file_upload.id');
  const upload = world.uploads.get(id);
  if (upload === undefined) throw invalid(`Could not find file_upload with ID: ${id}.`);
  if (hasExpired(world, upload)) throw invalid(`File upload ${id} has expired.`);
  if (upload.bytes === undefined) throw invalid(`File upload ${id} has not been uploaded yet.`);
  return upload;
}

/** The file as it is shown: an upload shows as a signed URL that lives one hour. */
export function renderFile(world: World, stored: JsonObject): JsonObject {
  if (stored.type !== 'file_upload') return stored;
  const id = asText(asObject(stored.file_upload).id);
  return {
    type: 'file',
    name: stored.name,
    file: {
      url: `https://files.notion.example/${id}?at=${world.now()}`,
      expiry_time: toTheMinute(world.now() + HOUR_MS),
    },
  };
}
