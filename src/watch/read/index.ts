import type { WatchSource } from '#src/plan/watch-source.ts';
import type { Reading } from '../reading.ts';
import { Sick } from '../sickness.ts';
import { decode } from './decode.ts';

export interface Document {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/**
 * What the source shows. Each reader is loaded when a source first needs it.
 * @throws Sick when there is nothing, or something else than what the source should be.
 */
export async function read(source: WatchSource, { bytes, contentType }: Document): Promise<Reading> {
  if (bytes.length === 0) throw new Sick({ why: 'empty' });
  switch (source.kind) {
    case 'rss': {
      const { readFeed } = await import('./feed.ts');
      return readFeed(decode(bytes, contentType));
    }
    case 'html': {
      const { readHtml } = await import('./html.ts');
      return readHtml(decode(bytes, contentType), source);
    }
    case 'json': {
      const { readJson } = await import('./json.ts');
      return readJson(decode(bytes, contentType), source);
    }
    case 'file':
      return readFile(source, bytes, contentType);
  }
}

async function readFile(
  { list }: Extract<WatchSource, { kind: 'file' }>,
  bytes: Uint8Array,
  contentType: string,
): Promise<Reading> {
  if (list !== undefined) {
    const { readPlatformList } = await import('./platform-list.ts');
    return readPlatformList(bytes, list);
  }
  if (isPdf(bytes)) {
    const { readPdf } = await import('./pdf.ts');
    return readPdf(bytes);
  }
  // A page in the place of a file says that the file is not there.
  if (!/^text\/plain\b/.test(contentType)) throw new Sick({ why: 'unreadable', expected: 'pdf' });
  const lines = decode(bytes, contentType).split(/\r?\n/);
  return { kind: 'text', lines: lines.map((line) => line.trim()).filter((line) => line !== '') };
}

/** The mark may stand behind a few bytes of something else. */
function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024)).includes('%PDF-');
}
