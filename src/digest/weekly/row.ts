import { digestMessages as words } from '#src/i18n/digest.ts';
import { say } from '#src/i18n/message.ts';
import type { Fields, Item } from '#src/plan/item.ts';
import type { Register } from '#src/plan/template.ts';
import { type Replica, speaker } from '#src/reconcile/replica.ts';
import type { WeeklyDigest } from './digest.ts';
import { summaryOf } from './lines.ts';
import { daysOfWeek } from './week.ts';

/** What the digest is called among the replicas, and in the audit log. */
export const DIGEST = 'digest';

/** The register of digests, in the templates that have one. */
export const DIGEST_REGISTER = 'weekly-digests';

/** The week's row of the register: with the columns that it has, and no others. */
export function digestRow(digest: WeeklyDigest, { key, columns }: Pick<Register, 'key' | 'columns'>): Item {
  const known = new Set(columns.map((column) => column.key));
  const fields = Object.entries(rowFields(digest)).filter(([name]) => known.has(name));
  return {
    key: `${key}:${digest.week}`,
    kind: 'row',
    parent: key,
    fields: { ...Object.fromEntries(fields), archived: false },
  };
}

function rowFields(digest: WeeklyDigest): Fields {
  const { week, locale, verdict, progress, stuck, due, done, dates, url = '' } = digest;
  const ahead = dates.filter(({ daysLeft }) => daysLeft >= 0);
  const forecast = ahead.find((date) => date.forecast?.p85 != null)?.forecast?.p85 ?? null;
  return {
    week: say(locale, words.weekTitle, daysOfWeek(week)),
    verdict: say(locale, words.verdicts[verdict]),
    progress: wholePercent(progress.progress),
    summary: summaryOf(digest),
    done: done.length,
    due: due.length,
    stuck: stuck.length,
    forecast,
    link: url,
  };
}

/** As percentages are written everywhere: nought and the whole only where they are exact. */
function wholePercent(share: number): number {
  return share <= 0 ? 0 : share >= 1 ? 1 : Math.min(0.99, Math.max(0.01, Math.round(share * 100) / 100));
}

/**
 * The digest as a place where the plan lives: it proposes as a template does, so a cell is moved only while people have
 * left it as the digest last put it, and a row that they have taken out stays out. It is never complete: earlier weeks
 * are theirs to keep.
 */
export function digestReplica(row: Item, seen: ReadonlyMap<string, Fields>): Replica {
  return speaker({ id: DIGEST, authority: 'template', shows: new Map([[row.key, row]]), seen });
}
