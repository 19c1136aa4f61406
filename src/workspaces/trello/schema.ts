import * as z from 'zod';

/**
 * What we read of Trello's answers: only the fields that we use. Identity, status and what decides over existence are
 * strict; whatever else is new, missing or odd is let through, since Trello adds to its answers without notice and
 * gives `null` where nobody expects it.
 */

/** 24 hexadecimal digits, of which the first eight are the second of creation. */
export const TrelloId = z
  .string()
  .regex(/^[0-9a-f]{24}$/i)
  .transform((id) => id.toLowerCase());

/** When the object of this id was made, in ms since 1970. */
export function createdAt(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16) * 1000;
}

const Ids = z.array(TrelloId);
const Instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
const Pos = z.number().catch(0);
const text = z.string().catch('');

export interface Rows<T> {
  readonly rows: readonly T[];
  /** Rows that we could not read. A list with some of them has not been seen whole. */
  readonly unreadable: number;
}

/** One odd row must not hide the others; that the list itself is missing is never taken for an empty one. */
export function rowsOf<T>(row: z.ZodType<T>) {
  return z.array(z.unknown()).transform((all): Rows<T> => {
    const rows = all.flatMap((raw) => {
      const parsed = row.safeParse(raw);
      return parsed.success ? [parsed.data] : [];
    });
    return { rows, unreadable: all.length - rows.length };
  });
}

/** How much of something there may be. `disableAt` counts; `count` is given near the limit only. */
const Limit = z.object({
  status: text,
  disableAt: z.number(),
  count: z.number().optional().catch(undefined),
});
export type Limit = z.infer<typeof Limit>;

/** By group and name, e.g. `limits.cards.openPerBoard`. What cannot be read is left out. */
const Limits = z
  .record(z.string(), z.record(z.string(), Limit.optional().catch(undefined)).catch({}))
  .optional()
  .catch(undefined);

export const Label = z.object({
  id: TrelloId,
  name: text,
  /** `null`: none. Shades that we do not know are as good as any other. */
  color: z.string().nullish().catch(null),
});
export type Label = z.infer<typeof Label>;

export const TrelloList = z.object({ id: TrelloId, name: text, closed: z.boolean(), pos: Pos });
export type TrelloList = z.infer<typeof TrelloList>;

export const CheckItem = z.object({
  id: TrelloId,
  name: text,
  state: z.enum(['complete', 'incomplete']),
  pos: Pos,
});
export type CheckItem = z.infer<typeof CheckItem>;

export const Checklist = z.object({
  id: TrelloId,
  idCard: TrelloId,
  name: text,
  pos: Pos,
  checkItems: rowsOf(CheckItem),
});
export type Checklist = z.infer<typeof Checklist>;

/** Uploads and links. The address is `''` for those that Trello shows to nobody. */
export const Attachment = z.object({
  id: TrelloId,
  name: text,
  url: text,
  isUpload: z.boolean().catch(false),
  date: z.string().optional().catch(undefined),
});
export type Attachment = z.infer<typeof Attachment>;

/** The value of a custom field. Trello writes all values as texts; an option of a list by its id. */
export const CustomFieldItem = z.object({
  idCustomField: TrelloId,
  idValue: TrelloId.nullish().catch(null),
  value: z
    .object({
      text: z.string().optional(),
      number: z.string().optional(),
      date: z.string().optional(),
      checked: z.string().optional(),
    })
    .nullish()
    .catch(null),
});
export type CustomFieldItem = z.infer<typeof CustomFieldItem>;

export const FieldOption = z.object({ id: TrelloId, value: z.object({ text }) });
export type FieldOption = z.infer<typeof FieldOption>;

export const CustomField = z.object({
  id: TrelloId,
  name: text,
  type: z.string(),
  /** Of a list only. */
  options: z.array(FieldOption).optional().catch(undefined),
});
export type CustomField = z.infer<typeof CustomField>;

/** A card, as alone as in a board. What was not asked for is absent. */
export const Card = z.object({
  id: TrelloId,
  name: z.string(),
  desc: z.string(),
  closed: z.boolean(),
  idList: TrelloId,
  /** Told of a card that was asked for alone: of the others it is known. */
  idBoard: TrelloId.optional().catch(undefined),
  pos: Pos,
  due: Instant.nullable(),
  start: Instant.nullish(),
  dueComplete: z.boolean(),
  idLabels: Ids,
  idMembers: Ids,
  shortLink: text,
  dateLastActivity: Instant.optional().catch(undefined),
  /** `separator`, `board`, `mirror` and `link` are no cards of ours. */
  cardRole: z.string().nullish().catch(null),
  mirrorSourceId: z.string().nullish().catch(null),
  isTemplate: z.boolean().catch(false),
  attachments: rowsOf(Attachment).optional(),
  customFieldItems: rowsOf(CustomFieldItem).optional(),
});
export type Card = z.infer<typeof Card>;

/** Mirrors, templates, separators and links to boards or cards are left as they are. */
export function isOrdinary({ cardRole, mirrorSourceId, isTemplate }: Card): boolean {
  return !cardRole && !mirrorSourceId && !isTemplate;
}

export const Member = z.object({ id: TrelloId, username: text, fullName: text });
export type Member = z.infer<typeof Member>;

export const Board = z.object({
  id: TrelloId,
  name: z.string(),
  desc: text,
  closed: z.boolean(),
  idOrganization: TrelloId.nullish().catch(null),
  url: text,
  shortLink: text,
  dateLastActivity: Instant.nullish().catch(null),
  /** Boards of another type, a member's inbox for instance, are none of ours. */
  type: z.string().nullish().catch(null),
  premiumFeatures: z.array(z.string()).optional().catch(undefined),
  limits: Limits,
});
export type Board = z.infer<typeof Board>;

/** What happened. `data` is looked into by whoever knows the type. */
export const Action = z.object({
  id: TrelloId,
  type: z.string(),
  date: Instant,
  idMemberCreator: TrelloId.optional().catch(undefined),
  /** `undefined` where it was not asked for, or the account is gone. */
  memberCreator: Member.optional().catch(undefined),
  data: z
    .looseObject({
      text: z.string().optional().catch(undefined),
      /** Of a comment that was edited. */
      dateLastEdited: Instant.optional().catch(undefined),
      card: z.object({ id: TrelloId }).optional().catch(undefined),
      list: z.object({ id: TrelloId }).optional().catch(undefined),
      board: z.object({ id: TrelloId }).optional().catch(undefined),
    })
    .catch({}),
});
export type Action = z.infer<typeof Action>;

/** A whole board but for its cards. A list that was asked for and is missing makes it unreadable. */
export const BoardFrame = Board.extend({
  lists: rowsOf(TrelloList),
  checklists: rowsOf(Checklist),
  labels: rowsOf(Label),
  members: rowsOf(Member),
  customFields: rowsOf(CustomField),
  /** Comments, the newest first. */
  actions: rowsOf(Action),
});
export type BoardFrame = z.infer<typeof BoardFrame>;

/** A whole board in one answer. */
export const BoardBundle = BoardFrame.extend({ cards: rowsOf(Card) });
export type BoardBundle = z.infer<typeof BoardBundle>;

export const Organization = z.object({
  id: TrelloId,
  name: text,
  displayName: text,
  /** `undefined`: Trello does not tell; an empty list tells as little. */
  premiumFeatures: z.array(z.string()).optional().catch(undefined),
  limits: Limits,
});
export type Organization = z.infer<typeof Organization>;

export const Webhook = z.object({
  id: TrelloId,
  idModel: TrelloId,
  callbackURL: z.string(),
  active: z.boolean(),
  consecutiveFailures: z.number().catch(0),
  firstConsecutiveFailDate: Instant.nullish().catch(null),
});
export type Webhook = z.infer<typeof Webhook>;

/** A permission that the member has given, and its webhooks. Its secret part is not in it. */
export const GivenToken = z.object({
  id: TrelloId,
  identifier: text,
  dateExpires: z.string().nullish().catch(null),
  /** For the person, for boards and for workspaces; `undefined` where Trello does not tell. */
  permissions: z
    .array(z.object({ write: z.boolean() }))
    .optional()
    .catch(undefined),
  webhooks: rowsOf(Webhook).optional(),
});
export type GivenToken = z.infer<typeof GivenToken>;

/** Something was changed, and all that matters is that it was this one. */
export const Touched = z.object({ id: TrelloId });
export type Touched = z.infer<typeof Touched>;

/** Something was removed. What Trello then says varies, and means nothing. */
export const Removed = z.unknown();
