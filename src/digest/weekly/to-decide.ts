import { byText } from '#src/metrics/order.ts';
import { type Item, isArchived, text } from '#src/plan/item.ts';

/** A notice of the regulatory watch on which nobody has decided yet. */
export interface NoticeToDecide {
  readonly key: string;
  readonly title: string;
  /** `''` where it has none. */
  readonly link: string;
  readonly assignedTo: string;
}

/** The state in which the watch posts a notice. */
const TO_DECIDE = 'to-decide';

/** The rows of the watch log that wait for a decision, the latest first. Without a watch log there are none. */
export function noticesToDecide(
  agreed: ReadonlyMap<string, Item>,
  watchLog: string | undefined,
): readonly NoticeToDecide[] {
  return [...agreed.values()]
    .filter((item) => item.kind === 'row' && item.parent === watchLog && !isArchived(item))
    .filter((item) => text(item, 'decision') === TO_DECIDE)
    .toSorted((a, b) => byText(text(b, 'date'), text(a, 'date')) || byText(a.key, b.key))
    .map((item) => ({
      key: item.key,
      title: text(item, 'title'),
      link: text(item, 'link'),
      assignedTo: text(item, 'assigned-to'),
    }));
}
