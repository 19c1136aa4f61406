import * as z from 'zod';

/**
 * What we read of Notion's answers: only the fields that we use. Identity, status and what decides over existence
 * are strict; whatever else is new, missing or odd is let through, since Notion adds to its answers without notice.
 */

const ID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/** A UUID, written one way: Notion accepts it with and without dashes. */
export const NotionId = z
  .string()
  .regex(ID)
  .transform((id) =>
    id
      .toLowerCase()
      .replaceAll('-', '')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  );

const Instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)));

/** Newer answers say `in_trash`, older ones `archived`; `is_archived` is something else. Silence is no proof of deletion. */
function withTrash<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((raw) => {
    const { data } = TrashSigns.safeParse(raw);
    return data ? { ...data, in_trash: data.in_trash ?? data.archived ?? false } : raw;
  }, schema);
}

const TrashSigns = z.looseObject({ in_trash: z.unknown().optional(), archived: z.unknown().optional() });
const in_trash = z.boolean();

export const RichText = z.object({
  plain_text: z.string(),
  href: z.string().nullish().catch(null),
});
export type RichText = z.infer<typeof RichText>;

const Texts = z.array(RichText);

/** Where an object stands. `id` is `null` for the top of a workspace and for places that we do not know. */
export const Parent = z
  .looseObject({ type: z.string() })
  .transform((parent) => ({ type: parent.type, id: NotionId.safeParse(parent[parent.type]).data ?? null }));
export type Parent = z.infer<typeof Parent>;

/** By what we have written there, a property or an option is known again. */
const description = z.string().nullish().catch(null);

const Option = z.object({
  id: z.string(),
  name: z.string(),
  color: z.string().catch('default'),
  description,
});
export type Option = z.infer<typeof Option>;

/** Property ids come encoded for URLs, and are used as they come. */
const PropertyId = z.string().min(1);

/** Types that we do not read, and those that Notion has yet to invent, become `unknown`: neither blank nor an error. */
function orUnknown(known: ReadonlySet<string>) {
  return (raw: unknown) => {
    const type = Typed.safeParse(raw).data?.type;
    return type !== undefined && !known.has(type)
      ? { ...(raw as object), type: 'unknown', actual: type }
      : raw;
  };
}

const Typed = z.object({ type: z.string() });

const Unknown = z.object({ id: PropertyId, type: z.literal('unknown'), actual: z.string() });

const DateValue = z.object({
  start: z.string(),
  end: z.string().nullish(),
  time_zone: z.string().nullish(),
});

const Person = z.object({
  id: NotionId,
  name: z.string().nullish(),
  person: z.object({ email: z.string().nullish() }).nullish().catch(null),
});

const valueTypes = [
  z.object({ id: PropertyId, type: z.literal('title'), title: Texts }),
  z.object({ id: PropertyId, type: z.literal('rich_text'), rich_text: Texts }),
  z.object({ id: PropertyId, type: z.literal('number'), number: z.number().nullable() }),
  z.object({ id: PropertyId, type: z.literal('select'), select: Option.nullable() }),
  z.object({ id: PropertyId, type: z.literal('multi_select'), multi_select: z.array(Option) }),
  z.object({ id: PropertyId, type: z.literal('status'), status: Option.nullable() }),
  z.object({ id: PropertyId, type: z.literal('date'), date: DateValue.nullable() }),
  z.object({ id: PropertyId, type: z.literal('people'), people: z.array(Person) }),
  z.object({
    id: PropertyId,
    type: z.literal('relation'),
    relation: z.array(z.object({ id: NotionId })),
    // Beyond 25 the rest has to be asked for: `pages.properties.retrieve`.
    has_more: z.boolean().optional(),
  }),
  z.object({ id: PropertyId, type: z.literal('checkbox'), checkbox: z.boolean() }),
  z.object({ id: PropertyId, type: z.literal('url'), url: z.string().nullable() }),
  z.object({ id: PropertyId, type: z.literal('email'), email: z.string().nullable() }),
  z.object({ id: PropertyId, type: z.literal('phone_number'), phone_number: z.string().nullable() }),
  Unknown,
] as const;

function typesOf(types: readonly { shape: { type: z.ZodLiteral<string> } }[]): ReadonlySet<string> {
  return new Set(types.map(({ shape }) => shape.type.value));
}

export const PropertyValue = z.preprocess(
  orUnknown(typesOf(valueTypes)),
  z.discriminatedUnion('type', valueTypes),
);
export type PropertyValue = z.infer<typeof PropertyValue>;

export const Page = withTrash(
  z.object({
    object: z.literal('page'),
    in_trash,
    id: NotionId,
    url: z.string().catch(''),
    parent: Parent,
    created_time: Instant,
    // Rounded down to the minute.
    last_edited_time: Instant,
    created_by: z.object({ id: NotionId }).optional().catch(undefined),
    last_edited_by: z.object({ id: NotionId }).optional().catch(undefined),
    /** By name. The ids are what we hold: people rename. */
    properties: z.record(z.string(), PropertyValue),
  }),
);
export type Page = z.infer<typeof Page>;

const Group = z.object({ id: z.string(), name: z.string(), option_ids: z.array(z.string()) });

const column = { id: PropertyId, name: z.string(), description };

const propertyTypes = [
  z.object({ ...column, type: z.literal('title') }),
  z.object({ ...column, type: z.literal('rich_text') }),
  z.object({ ...column, type: z.literal('number') }),
  z.object({
    ...column,
    type: z.literal('select'),
    select: z.object({ options: z.array(Option) }),
  }),
  z.object({
    ...column,
    type: z.literal('multi_select'),
    multi_select: z.object({ options: z.array(Option) }),
  }),
  z.object({
    ...column,
    type: z.literal('status'),
    status: z.object({ options: z.array(Option), groups: z.array(Group) }),
  }),
  z.object({ ...column, type: z.literal('date') }),
  z.object({ ...column, type: z.literal('people') }),
  z.object({
    ...column,
    type: z.literal('relation'),
    relation: z.object({ data_source_id: NotionId }),
  }),
  z.object({ ...column, type: z.literal('checkbox') }),
  z.object({ ...column, type: z.literal('url') }),
  z.object({ ...column, type: z.literal('email') }),
  z.object({ ...column, type: z.literal('phone_number') }),
  Unknown.extend(column),
] as const;

/** A column of a data source. */
export const Property = z.preprocess(
  orUnknown(typesOf(propertyTypes)),
  z.discriminatedUnion('type', propertyTypes),
);
export type Property = z.infer<typeof Property>;

export const DataSource = withTrash(
  z.object({
    object: z.literal('data_source'),
    in_trash,
    id: NotionId,
    parent: Parent,
    /** Of the database that holds it. */
    description: Texts.catch([]),
    properties: z.record(z.string(), Property),
  }),
);
export type DataSource = z.infer<typeof DataSource>;

export const Database = withTrash(
  z.object({
    object: z.literal('database'),
    in_trash,
    id: NotionId,
    url: z.string().catch(''),
    parent: Parent,
    title: Texts.catch([]),
    description: Texts.catch([]),
    data_sources: z.array(z.object({ id: NotionId, name: z.string().catch('') })),
  }),
);
export type Database = z.infer<typeof Database>;

/** `to_do` is what people tick. What other types hold is ours to write, and not read back. */
export const Block = withTrash(
  z.object({
    object: z.literal('block'),
    in_trash,
    id: NotionId,
    type: z.string(),
    parent: Parent.optional().catch(undefined),
    has_children: z.boolean().catch(false),
    last_edited_time: Instant.optional().catch(undefined),
    to_do: z.object({ checked: z.boolean(), rich_text: Texts }).optional(),
    callout: z
      .object({
        rich_text: Texts.catch([]),
        icon: z.object({ emoji: z.string().optional() }).nullish().catch(null),
      })
      .optional()
      .catch(undefined),
    child_database: z
      .object({ title: z.string().catch('') })
      .optional()
      .catch(undefined),
    child_page: z
      .object({ title: z.string().catch('') })
      .optional()
      .catch(undefined),
  }),
);
export type Block = z.infer<typeof Block>;

export const View = z.object({
  object: z.literal('view'),
  id: NotionId,
  name: z.string().catch(''),
  type: z.string().catch('unknown'),
});
export type View = z.infer<typeof View>;

export const User = z.object({
  object: z.literal('user'),
  id: NotionId,
  type: z.string().optional().catch(undefined),
  name: z.string().nullish().catch(null),
  person: z.object({ email: z.string().nullish() }).nullish().catch(null),
});
export type User = z.infer<typeof User>;

export const Comment = z.object({
  object: z.literal('comment'),
  id: NotionId,
  // Rounded down to the minute.
  created_time: Instant,
  last_edited_time: Instant.optional().catch(undefined),
  created_by: z.object({ id: NotionId }).optional().catch(undefined),
  rich_text: Texts,
  display_name: z.object({ resolved_name: z.string().nullish() }).nullish().catch(null),
});
export type Comment = z.infer<typeof Comment>;

export const FileUpload = z.object({
  object: z.literal('file_upload'),
  id: NotionId,
  status: z.enum(['pending', 'uploaded', 'expired', 'failed']),
});
export type FileUpload = z.infer<typeof FileUpload>;

/** Something was removed or changed, and all that matters is that it was this one. */
export const Touched = z.object({ id: NotionId });

export interface NotionList<T> {
  readonly rows: readonly T[];
  /** Rows that we could not read. A list with some of them has not been seen whole. */
  readonly unreadable: number;
  readonly hasMore: boolean;
  readonly nextCursor: string | null;
  /** Notion stopped before the end: 10,000 rows for one query. */
  readonly incomplete: boolean;
}

const RawList = z.object({
  results: z.array(z.unknown()),
  has_more: z.boolean(),
  next_cursor: z.string().nullish(),
  request_status: z.object({ type: z.string() }).nullish(),
});

export function listOf<T>(row: z.ZodType<T>) {
  return RawList.transform((list): NotionList<T> => {
    const rows = list.results.flatMap((raw) => {
      const parsed = row.safeParse(raw);
      return parsed.success ? [parsed.data] : [];
    });
    return {
      rows,
      unreadable: list.results.length - rows.length,
      hasMore: list.has_more,
      nextCursor: list.next_cursor ?? null,
      incomplete: (list.request_status ?? { type: 'complete' }).type !== 'complete',
    };
  });
}
