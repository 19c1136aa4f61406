import * as z from 'zod';

/**
 * How far a place has been read. It is stored together with what was seen there: what counts as read and was not
 * agreed on would never be looked at again.
 */
const Cursor = z.object({
  /** When everything was last read, in ms since 1970. */
  full: z.number(),
  /** By the key of a task, when its page had last been edited as its points were read. */
  edited: z.record(z.string(), z.string()),
  /** Keys of those tasks whose page may have been edited again in the same minute. */
  unsettled: z.array(z.string()),
  /**
   * The key of the last line whose comments were looked at in turn; `''`: of none so far. Absent as long as those of
   * all lines have not been looked at once.
   */
  comments: z.string().optional(),
});
export type Cursor = z.infer<typeof Cursor>;

export function parseCursor(text: string | null): Cursor {
  try {
    const parsed = Cursor.safeParse(JSON.parse(text ?? ''));
    if (parsed.success) return parsed.data;
  } catch {
    // Another version of Jalon wrote it, or nobody did: everything is read.
  }
  return { full: 0, edited: {}, unsettled: [] };
}
