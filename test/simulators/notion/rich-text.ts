import { asObject, asObjects, asText, type Json, type JsonObject } from './json.ts';
import type { World } from './world.ts';

const plainAnnotations = {
  bold: false,
  italic: false,
  strikethrough: false,
  underline: false,
  code: false,
  color: 'default',
};

/** Rich text as Notion gives it back for what was sent. Empty runs vanish. */
export function richTextFrom(world: World, sent: Json | undefined): JsonObject[] {
  return asObjects(sent)
    .map((item) => richTextItem(world, item))
    .filter((item) => item.plain_text !== '');
}

/** Rich text as a person types it. */
export function typed(text: string): JsonObject[] {
  return text === '' ? [] : [textItem({ text: { content: text } })];
}

export function plainText(richText: Json | undefined): string {
  return asObjects(richText)
    .map((item) => asText(item.plain_text))
    .join('');
}

function richTextItem(world: World, item: JsonObject): JsonObject {
  if (item.equation !== undefined) {
    const expression = asText(asObject(item.equation).expression);
    return finish(item, 'equation', { expression }, expression, null);
  }
  if (item.mention !== undefined) return mentionItem(world, item);
  return textItem(item);
}

function textItem(item: JsonObject): JsonObject {
  const text = asObject(item.text);
  const link = text.link ?? null;
  const content = asText(text.content);
  return finish(item, 'text', { content, link }, content, link === null ? null : asObject(link).url);
}

function mentionItem(world: World, item: JsonObject): JsonObject {
  const mention = asObject(item.mention);
  const type = asText(mention.type) || Object.keys(mention).find((key) => key !== 'type') || '';
  const target = asObject(mention[type]);
  const shown = { type, [type]: target };
  return finish(item, 'mention', shown, mentionedAs(world, type, target), null);
}

function mentionedAs(world: World, type: string, target: JsonObject): string {
  if (type === 'user') return `@${world.users.get(asText(target.id))?.name ?? 'Anonymous'}`;
  if (type === 'date') return asText(target.start);
  const thing = world.things.get(asText(target.id));
  if (thing?.kind === 'page') return plainText(thing.values.get('title')) || 'Untitled';
  if (thing?.kind === 'database') return plainText(thing.title) || 'Untitled';
  return 'Untitled';
}

function finish(
  item: JsonObject,
  type: string,
  content: JsonObject,
  plain: string,
  href: Json | undefined,
): JsonObject {
  return {
    type,
    [type]: content,
    annotations: { ...plainAnnotations, ...asObject(item.annotations) },
    plain_text: plain,
    href: href ?? null,
  };
}
