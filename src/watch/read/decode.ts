/** How far into a document its own word on its encoding is looked for. */
const HEAD_BYTES = 2048;

const MARKS = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
] as const;

/**
 * The text of a document. A mark at its beginning decides; then, whatever is announced, bytes that are UTF-8 are read
 * as such: French in a single-byte encoding never is by chance. Only then the header and the document itself are
 * believed, and what announces nothing, or UTF-8 that it is not, is Windows-1252, as browsers take it.
 */
export function decode(bytes: Uint8Array, contentType: string): string {
  const marked = MARKS.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) return new TextDecoder(marked.encoding).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(singleByte(bytes, contentType)).decode(bytes);
  }
}

function singleByte(bytes: Uint8Array, contentType: string): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES));
  const announced = [
    /charset\s*=\s*["']?([\w:-]+)/i.exec(contentType)?.[1],
    /^<\?xml[^>]*encoding\s*=\s*["']([\w:-]+)["']/i.exec(head)?.[1],
    /<meta[^>]*charset\s*=\s*["']?([\w:-]+)/i.exec(head)?.[1],
  ];
  for (const label of announced) {
    const encoding = label === undefined ? undefined : known(label);
    if (encoding !== undefined && !encoding.startsWith('utf-8')) return encoding;
  }
  return 'windows-1252';
}

function known(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}
