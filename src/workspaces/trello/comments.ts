import { type Said, said } from '#src/i18n/message.ts';
import { COMMENT_REMARKS } from '#src/i18n/trello-comments.ts';
import { ARCHIVED, type Fields, type Item, text } from '#src/plan/item.ts';
import { sameValue } from '#src/reconcile/names.ts';
import type { ShownItem } from '../workspace.ts';
import { type CommentRead, readComment, wordsOf } from './comment-text.ts';
import { call, type Desk } from './desk.ts';
import { getBoardComments } from './endpoints/boards.ts';
import type { Line } from './identify.ts';
import { PAGE_SIZE } from './limits.ts';
import { boardName } from './locate.ts';
import { need } from './outcome.ts';
import type { Action } from './schema.ts';
import type { Survey } from './survey.ts';

/** A comment as it stands on its card. */
export interface Posted {
  readonly action: string;
  readonly card: string;
  /** All that stands there; `''` where it was not shown this time. */
  readonly whole: string;
  /** We have written it, and may change it. */
  readonly isOurs: boolean;
  readonly shows: Fields;
}

export interface CommentsRead {
  readonly items: readonly ShownItem[];
  readonly posted: ReadonlyMap<string, Posted>;
  /** To be given to the next read. */
  readonly cursor: string | null;
  readonly remarks: readonly Said[];
}

/** Besides the first, which comes with the board. */
const MOST_PAGES = 9;

/**
 * The comments on the cards of the plan. The latest thousand of a board come with it, so that one which was edited is
 * seen too: Trello tells of that in no other way. What is older is asked for until `cursor`, the latest that was read
 * before.
 */
export async function readComments(desk: Desk, survey: Survey, cursor: string | null): Promise<CommentsRead> {
  const { actions, isCut } = await allActions(desk, survey, cursor);
  const found = new CommentFinder(desk, survey).find(actions.toReversed());
  return {
    items: found.map(({ item }) => item),
    posted: new Map([...unshown(desk), ...found.map(({ item, posted }) => [item.key, posted] as const)]),
    cursor: actions[0]?.id ?? cursor,
    remarks: isCut ? [said(COMMENT_REMARKS.notAll, { comments: (MOST_PAGES + 1) * PAGE_SIZE })] : [],
  };
}

/** The newest first. */
async function allActions(
  desk: Desk,
  { bundle }: Survey,
  cursor: string | null,
): Promise<{ readonly actions: readonly Action[]; readonly isCut: boolean }> {
  const actions = [...bundle.actions.rows];
  let page = bundle.actions;
  for (let pages = 0; ; pages += 1) {
    const oldest = page.rows.at(-1)?.id;
    const isLast = page.rows.length + page.unreadable < PAGE_SIZE;
    if (oldest === undefined || isLast || (cursor !== null && oldest <= cursor))
      return { actions, isCut: false };
    if (pages === MOST_PAGES) return { actions, isCut: true };
    const about = { type: 'board' as const, name: boardName(desk.blueprint) };
    page = need(about, await call(desk, getBoardComments(bundle.id, oldest)));
    actions.push(...page.rows);
  }
}

/** What we have written and the board has not shown this time, since so much was said after it. */
function unshown({ known, remembered }: Desk): readonly (readonly [string, Posted])[] {
  return [...known.values()].flatMap(({ key, kind }) => {
    const place = kind === 'comment' ? remembered.comment(key) : undefined;
    if (!place) return [];
    const { action, card, isForeign = false } = place;
    return [[key, { action, card, whole: '', isOurs: !isForeign, shows: {} }] as const];
  });
}

interface Found {
  readonly item: ShownItem;
  readonly posted: Posted;
}

interface Remark {
  readonly action: Action;
  readonly line: Line;
  readonly whole: string;
  readonly read: CommentRead;
}

class CommentFinder {
  readonly #desk: Desk;
  readonly #survey: Survey;

  constructor(desk: Desk, survey: Survey) {
    this.#desk = desk;
    this.#survey = survey;
  }

  /** `actions`: the oldest first. */
  find(actions: readonly Action[]): readonly Found[] {
    const lines = new Map(this.#survey.lines.map((line) => [line.card.id, line]));
    const all = actions.flatMap((action): readonly Remark[] => {
      const { text: whole, card } = action.data;
      const line = lines.get(card?.id ?? '');
      return line && whole !== undefined ? [{ action, line, whole, read: readComment(whole) }] : [];
    });
    const keepers = this.#keepers(all);
    return all.flatMap((one) => {
      const keeper = keepers.get(one.read.key ?? '');
      if (keeper === one) return [this.#ours(one, one.read.key ?? '')];
      // One that was posted twice says nothing new.
      const isDouble = keeper?.line === one.line && keeper.whole === one.whole;
      return isDouble ? [] : this.#theirs(one);
    });
  }

  /** By key, the comment that bears it: the one that is remembered, else the oldest. People may have quoted it since. */
  #keepers(all: readonly Remark[]): ReadonlyMap<string, Remark> {
    const bearing = all.filter(({ read: { key }, line }) => key?.startsWith(`${line.key}@`));
    const byKey = Map.groupBy(bearing, ({ read }) => read.key ?? '');
    return new Map(
      [...byKey].flatMap(([key, bearers]) => {
        const { action } = this.#desk.remembered.comment(key) ?? {};
        const keeper = bearers.find((one) => one.action.id === action) ?? bearers[0];
        return keeper ? [[key, keeper] as const] : [];
      }),
    );
  }

  #ours(one: Remark, key: string): Found {
    const { action, line, read } = one;
    const { remembered } = this.#desk;
    const before = remembered.comment(key);
    const isForeign = before?.action === action.id && before.isForeign === true;
    remembered.setComment(key, {
      action: action.id,
      card: line.card.id,
      ...(isForeign && { isForeign }),
    });
    const { author = this.#authorOf(action), origin = 'jalon', at = instantOf(action) } = read;
    return this.#found(one, key, { text: read.text, author, origin, at }, !isForeign);
  }

  #theirs(one: Remark): readonly Found[] {
    const { action, line, whole } = one;
    const words = wordsOf(whole);
    if (words === '') return [];
    const said = { text: words, author: this.#authorOf(action), origin: 'trello', at: instantOf(action) };
    return [this.#found(one, `${line.key}@trello-${action.id}`, said, false)];
  }

  /** Who said it, where and when stays as it was first taken down: people leave boards, and are called otherwise. */
  #found(
    { action, line, whole }: Remark,
    key: string,
    { text: words, ...facts }: { text: string | undefined; author: string; origin: string; at: string },
    isOurs: boolean,
  ): Found {
    const agreed = this.#desk.known.get(key);
    const kept = Object.entries(facts).map(([name, value]) => [
      name,
      (agreed && text(agreed, name)) || value,
    ]);
    const fields = {
      ...(words !== undefined && { text: words }),
      ...(Object.fromEntries(kept) as Fields),
      [ARCHIVED]: false,
    };
    const editedAt = action.data.dateLastEdited ?? action.date;
    return {
      item: { key, kind: 'comment', parent: line.key, fields, editedAt },
      posted: { action: action.id, card: line.card.id, whole, isOurs, shows: fields },
    };
  }

  /** As the project calls them, else as Trello does. */
  #authorOf({ idMemberCreator, memberCreator }: Action): string {
    const known = this.#survey.people.nameOf(idMemberCreator ?? memberCreator?.id ?? '');
    return known ?? (memberCreator?.fullName || memberCreator?.username || '');
  }
}

function instantOf({ date }: Action): string {
  return new Date(date).toISOString();
}

/** Comments of others whose text has been changed elsewhere: Trello lets nobody but their authors change them. */
export function outOfReach(
  posted: ReadonlyMap<string, Posted>,
  agreed: ReadonlyMap<string, Item>,
): readonly Item[] {
  return [...posted].flatMap(([key, { isOurs, shows }]) => {
    const item = agreed.get(key);
    const isOther = item !== undefined && 'text' in shows && !sameValue(item.fields.text, shows.text);
    return !isOurs && isOther ? [item] : [];
  });
}
