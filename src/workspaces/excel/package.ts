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

/**
 * The parts of a workbook. Those that nobody has set are carried over as they were stored, not even compressed
 * anew. A part is only unpacked when it is asked for, against the size and the checksum that it was stored with.
 */
export class Package {
  readonly #entries: ReadonlyMap<string, FileEntry>;
  readonly #changed = new Map<string, Uint8Array | null>();

  private constructor(entries: ReadonlyMap<string, FileEntry>) {
    this.#entries = entries;
  }

  static empty(): Package {
    return new Package(new Map());
  }

  /** @throws Damaged when the bytes are not those of a whole zip file. */
  static async open(bytes: Uint8Array): Promise<Package> {
    if (isCompoundFile(bytes)) throw new Damaged('encrypted');
    if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new Damaged('not-a-workbook');
    const entries = await listEntries(bytes);
    return new Package(new Map(entries.map((entry) => [entry.filename, entry])));
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
    const entry = this.#entries.get(name);
    if (!entry || changed === null) throw new Damaged('broken', { cause: new Error(`no part ${name}`) });
    if (entry.uncompressedSize > LIMITS.partBytes) throw new Damaged('too-large');
    return unpack(entry);
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
    for (const [name, entry] of this.#entries) {
      const changed = this.#changed.get(name);
      if (changed === undefined) await copyEntry(zip, entry);
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

async function addPart(zip: ZipWriter<Uint8Array>, name: string, part: Uint8Array): Promise<void> {
  await zip.add(name, new Uint8ArrayReader(part), { lastModDate: NO_DATE });
}

async function copyEntry(zip: ZipWriter<Uint8Array>, entry: FileEntry): Promise<void> {
  const stored = await entry.getData(new Uint8ArrayWriter(), { passThrough: true, checkSignature: false });
  await zip.add(entry.filename, new Uint8ArrayReader(stored), {
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

/** Stops at the size that the part claims: a zip bomb claims little and unpacks to a lot. */
async function unpack(entry: FileEntry): Promise<Uint8Array> {
  const out = new Uint8Array(entry.uncompressedSize);
  let length = 0;
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      if (length + chunk.length > out.length) throw new Damaged('too-large');
      out.set(chunk, length);
      length += chunk.length;
    },
  });
  try {
    await entry.getData(sink, { checkSignature: true, checkOverlappingEntry: true });
  } catch (cause) {
    throw cause instanceof Damaged ? cause : new Damaged('broken', { cause });
  }
  if (length !== out.length) throw new Damaged('broken');
  return out;
}

/** Workbooks under a password, and those of Excel before 2007, are "compound files" instead of zip files. */
function isCompoundFile(bytes: Uint8Array): boolean {
  return [0xd0, 0xcf, 0x11, 0xe0].every((byte, index) => bytes[index] === byte);
}
