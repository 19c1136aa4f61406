import { createHash } from 'node:crypto';
import type { WatchSource } from '#src/plan/watch-source.ts';

/**
 * Under which the installation knows a source: the same for all projects that read the same in the same way. A source
 * that is asked or read in another way is another one, and begins again with a silent first reading.
 */
export function sourceKey(source: WatchSource): string {
  const { id, title: _title, page: _page, everyHours: _everyHours, touches: _touches, ...reading } = source;
  const digest = createHash('sha256')
    .update(JSON.stringify(sorted(reading)))
    .digest('hex');
  return `${id}-${digest.slice(0, 12)}`;
}

/** Whatever the order in which a file gives its keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}
