import { plainText } from './read-values.ts';
import type { Span } from './rich-text.ts';
import type { Database, RichText } from './schema.ts';

/**
 * By what we know a page or a database again when its id is lost: a word in small type in the first callout of the
 * home page, and at the end of a database's description. It goes into the create itself.
 */

const MARKER = /(?:^|[\s·])jalon:([a-z0-9-]+)(?:\/([a-z0-9-]+))?(?![\w/-])/;

export interface Marker {
  readonly project: string;
  /** What the items of a database have as `parent`; `undefined` for the home page. */
  readonly parent: string | undefined;
}

/** The marker at the end of a text that people read. */
export function markedSpans(text: string, { project, parent }: Marker): Span[] {
  const marker = parent === undefined ? `jalon:${project}` : `jalon:${project}/${parent}`;
  return [{ text: text === '' ? '' : `${text} · ` }, { text: marker, code: true }].filter(
    (span) => span.text !== '',
  );
}

/** `undefined` where there is none. */
export function markerIn(text: string): Marker | undefined {
  const [, project, parent] = MARKER.exec(text) ?? [];
  return project === undefined ? undefined : { project, parent };
}

export function markerOf({ description }: Pick<Database, 'description'>): Marker | undefined {
  return markerIn(plainText(description as readonly RichText[]));
}
