import { type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { LookupFunction } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Time } from '#src/workspaces/gate/time.ts';
import type { Address } from './address.ts';
import { Sick } from './sickness.ts';

export interface Limits {
  /** From the first byte sent to the last received. */
  readonly timeoutMs: number;
  /** Of a body, both as it travels and as it is unpacked. */
  readonly maxBytes: number;
}

export interface Sending {
  readonly url: URL;
  /** Those that were checked: no other is connected to. */
  readonly addresses: readonly Address[];
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface Received {
  readonly status: number;
  header(name: string): string | undefined;
  /** Unpacked; empty for a redirect. */
  readonly bytes: Uint8Array;
}

const MEGABYTE = 1024 * 1024;

/**
 * Sends one request to one of the checked addresses and reads the whole answer. Follows no redirect, repeats nothing.
 * @throws Sick for what the other side and the network do; the signal's reason when it is aborted.
 */
export async function send(
  sending: Sending,
  { timeoutMs, maxBytes }: Limits,
  time: Time,
  signal: AbortSignal | undefined,
): Promise<Received> {
  signal?.throwIfAborted();
  const end = new AbortController();
  const tooLate = new Sick({ why: 'timeout', seconds: Math.ceil(timeoutMs / 1000) });
  const cancelTimer = time.after(timeoutMs, () => end.abort(tooLate));
  const stop = AbortSignal.any(signal ? [end.signal, signal] : [end.signal]);
  try {
    const response = await headOf(sending, stop);
    const status = response.statusCode ?? 0;
    const header = (name: string): string | undefined => {
      const value = response.headers[name];
      return Array.isArray(value) ? value[0] : value;
    };
    // What stands in a redirect or a refusal is nothing to compare.
    const bytes = status === 200 ? await bodyOf(response, maxBytes) : new Uint8Array();
    return { status, header, bytes };
  } catch (error) {
    signal?.throwIfAborted();
    if (end.signal.aborted) throw tooLate;
    throw error instanceof Sick ? error : sickness(error);
  } finally {
    cancelTimer();
    end.abort();
  }
}

function headOf({ url, addresses, method, headers, body }: Sending, signal: AbortSignal) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const options = { method, headers, signal, lookup: only(addresses), agent: false as const };
    const request: ClientRequest =
      url.protocol === 'https:' ? requestSecure(url, options) : requestPlain(url, options);
    request.on('error', reject);
    request.on('response', resolve);
    request.end(body);
  });
}

/** Stands in for the resolver of names: whatever a name means by now, it answers what was checked. */
function only(addresses: readonly Address[]): LookupFunction {
  return (_hostname, options, callback) => {
    const family = options.family === 6 || options.family === 'IPv6' ? 6 : 4;
    const wanted = options.family ? addresses.filter((one) => one.family === family) : addresses;
    const [first] = wanted;
    if (!first) callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '', 0);
    else if (options.all) callback(null, [...wanted]);
    else callback(null, first.address, first.family);
  };
}

async function bodyOf(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = new Sick({ why: 'too-large', megabytes: Math.round(maxBytes / MEGABYTE) });
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw tooLarge;
  let travelled = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      travelled += chunk.length;
      if (travelled > maxBytes) throw tooLarge;
      yield chunk;
    }
    if (!response.complete) throw new Sick({ why: 'broken' });
  };
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of unpacked(counted, response.headers['content-encoding'])) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const UNPACKERS = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/** What we asked to be sent packed is unpacked as it comes, so that whoever reads may stop long before the end. */
function unpacked(source: () => AsyncGenerator<Buffer>, encoding = 'identity'): AsyncIterable<Uint8Array> {
  const name = encoding.trim().toLowerCase();
  if (name === 'identity' || name === '') return source();
  const unpacker = Object.entries(UNPACKERS).find(([known]) => known === name)?.[1];
  if (!unpacker) throw new Sick({ why: 'broken' });
  return through(source, unpacker());
}

async function* through(
  source: () => AsyncGenerator<Buffer>,
  unpacker: NodeJS.ReadWriteStream & { destroy(error?: Error): unknown },
): AsyncGenerator<Uint8Array> {
  const fed = pipeline(source, unpacker, { end: true });
  // Its failure shows in the stream that is read here.
  fed.catch((error: Error) => unpacker.destroy(error));
  try {
    yield* unpacker as unknown as AsyncIterable<Uint8Array>;
    await fed;
  } finally {
    unpacker.destroy();
  }
}

/** Never the text of an error: it may hold the address with what stands in it. */
function sickness(error: unknown): Sick {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(E[A-Z_]+|CERT_\w+|ERR_TLS\w+|DEPTH_ZERO\w+|SELF_SIGNED\w+|UNABLE_TO\w+)$/.test(code))
    return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE'
      ? new Sick({ why: 'broken' })
      : new Sick({ why: 'unreachable', code });
  return new Sick({ why: 'broken' });
}
