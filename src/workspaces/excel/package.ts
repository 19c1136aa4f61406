import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import {
  configure,
  type FileEntry,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipReader,
  ZipWriter,
} from '@zip.js/zip.js';
import { Damaged } from './damage.ts';

configure({ useWebWorkers: false });

/** Far above any real workbook of a team; below what would fill the memory of a small machine. */
const LIMITS = { entries: 20_000, partBytes: 128 * 1024 * 1024 } as const;
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ENCODER = new TextEncoder();

/** A part as it lies in the zip file. */
interface StoredPart {
  readonly entry: FileEntry;
  /** @throws Damaged when the file does not hold them, or holds them for another part too. */
  stored(): Uint8Array;
}

/**
 * The parts of a workbook. Those that nobody has set are carried over as they were stored, not even compressed
 * anew. A part is only unpacked when it is asked for, against the size and the checksum that it was stored with.
 *
 * zip.js reads and writes the directory of the file. The parts pass by it: its streams take eight times as long as
 * zlib on bytes that are in memory already.
 */
export class Package {
  readonly #entries: ReadonlyMap<string, StoredPart>;
  readonly #changed = new Map<string, Uint8Array | null>();

  private constructor(entries: ReadonlyMap<string, StoredPart>) {
    this.#entries = entries;
  }

  static empty(): Package {
    return new Package(new Map());
  }

  /** @throws Damaged when the bytes are not those of a whole zip file. */
  static async open(bytes: Uint8Array): Promise<Package> {
    if (isCompoundFile(bytes)) throw new Damaged('encrypted');
    if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new Damaged('not-a-workbook');
    return new Package(partsIn(bytes, await listEntries(bytes)));
  }

  has(name: string): boolean {
    const changed = this.#changed.get(name);
    return changed === undefined ? this.#entries.has(name) : changed !== null;
  }

  names(): readonly string[] {
    const all = new Set([...this.#entries.keys(), ...this.#changed.keys()]);
    return [...all].filter((name) => this.has(name));
  }

  /** @throws Damaged when the part is missing, broken or absurdly large. */
  async bytes(name: string): Promise<Uint8Array> {
    const changed = this.#changed.get(name);
    if (changed) return changed;
    const part = this.#entries.get(name);
    if (!part || changed === null) throw new Damaged('broken', { cause: new Error(`no part ${name}`) });
    if (part.entry.uncompressedSize > LIMITS.partBytes) throw new Damaged('too-large');
    return unpack(part);
  }

  async text(name: string): Promise<string> {
    const bytes = await this.bytes(name);
    try {
      return DECODER.decode(bytes);
    } catch (cause) {
      throw new Damaged('broken', { cause });
    }
  }

  set(name: string, part: string | Uint8Array): void {
    this.#changed.set(name, typeof part === 'string' ? ENCODER.encode(part) : part);
  }

  delete(name: string): void {
    this.#changed.set(name, null);
  }

  get isChanged(): boolean {
    return this.#changed.size > 0;
  }

  async toBytes(): Promise<Uint8Array> {
    const zip = new ZipWriter(new Uint8ArrayWriter(), { extendedTimestamp: false, dataDescriptor: false });
    for (const [name, stored] of this.#entries) {
      const changed = this.#changed.get(name);
      if (changed === undefined) await copyPart(zip, stored);
      else if (changed) await addPart(zip, name, changed);
    }
    for (const [name, part] of this.#changed) {
      if (part && !this.#entries.has(name)) await addPart(zip, name, part);
    }
    return zip.close();
  }
}

/** A zip file's clock starts in 1980: parts of ours carry that, so that equal workbooks are equal bytes. */
const NO_DATE = new Date(1980, 0, 1);

/** How a part may be compressed: workbooks know no other way. */
const STORED = 0;
const DEFLATE = 8;

async function addPart(zip: ZipWriter<Uint8Array>, name: string, part: Uint8Array): Promise<void> {
  await zip.add(name, new Uint8ArrayReader(deflateRawSync(part)), {
    passThrough: true,
    uncompressedSize: part.length,
    compressionMethod: DEFLATE,
    signature: crc32(part),
    lastModDate: NO_DATE,
  });
}

async function copyPart(zip: ZipWriter<Uint8Array>, { entry, stored }: StoredPart): Promise<void> {
  await zip.add(entry.filename, new Uint8ArrayReader(stored()), {
    passThrough: true,
    uncompressedSize: entry.uncompressedSize,
    compressionMethod: entry.compressionMethod,
    ...(entry.signature === undefined ? {} : { signature: entry.signature }),
    lastModDate: entry.lastModDate,
  });
}

async function listEntries(bytes: Uint8Array): Promise<FileEntry[]> {
  try {
    const entries = await new ZipReader(new Uint8ArrayReader(bytes)).getEntries();
    if (entries.length > LIMITS.entries) throw new Damaged('too-large');
    if (entries.some((entry) => entry.encrypted)) throw new Damaged('encrypted');
    return entries.filter((entry) => !entry.directory);
  } catch (cause) {
    throw cause instanceof Damaged ? cause : new Damaged('broken', { cause });
  }
}

/** Stands before each part, followed by its name and what else a program had to say of it. */
const HEADER = { bytes: 30, mark: 0x04034b50, nameLengthAt: 26, extraLengthAt: 28 } as const;

function partsIn(bytes: Uint8Array, entries: readonly FileEntry[]): ReadonlyMap<string, StoredPart> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const byPlace = entries.toSorted((a, b) => a.offset - b.offset);
  const ends = new Map(byPlace.map((entry, index) => [entry, byPlace[index + 1]?.offset ?? bytes.length]));
  const stored = (entry: FileEntry) => (): Uint8Array => {
    const { offset, compressedSize } = entry;
    const end = ends.get(entry) ?? 0;
    if (offset + HEADER.bytes > end || view.getUint32(offset, true) !== HEADER.mark)
      throw new Damaged('broken');
    const lengthAt = (place: number) => view.getUint16(offset + place, true);
    const start = offset + HEADER.bytes + lengthAt(HEADER.nameLengthAt) + lengthAt(HEADER.extraLengthAt);
    // Parts that share their bytes are how a small file unpacks to a whole disk.
    if (start + compressedSize > end) throw new Damaged('broken');
    return bytes.subarray(start, start + compressedSize);
  };
  return new Map(entries.map((entry) => [entry.filename, { entry, stored: stored(entry) }]));
}

function unpack({ entry, stored }: StoredPart): Uint8Array {
  const { compressionMethod, uncompressedSize, signature } = entry;
  const packed = stored();
  const part = compressionMethod === DEFLATE ? inflate(packed, uncompressedSize) : packed;
  const isKnown = compressionMethod === DEFLATE || compressionMethod === STORED;
  if (!isKnown || part.length !== uncompressedSize || crc32(part) !== signature) throw new Damaged('broken');
  return part;
}

/** Stops at the size that the part claims: a zip bomb claims little and unpacks to a lot. */
function inflate(packed: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch (cause) {
    const isTooLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    throw new Damaged(isTooLarge ? 'too-large' : 'broken', { cause });
  }
}

/** Workbooks under a password, and those of Excel before 2007, are "compound files" instead of zip files. */
function isCompoundFile(bytes: Uint8Array): boolean {
  return [0xd0, 0xcf, 0x11, 0xe0].every((byte, index) => bytes[index] === byte);
}
