import type { MessageBlock, MessageLine, OutgoingMessage } from '#src/plan/outgoing-message.ts';
import { oneLine, safeLink, shortened } from './link.ts';

/**
 * Slack's own limits (docs.slack.dev, Block Kit). The last is not in the documentation: beyond some 13,000
 * characters of blocks, messages are refused as `msg_blocks_too_long` (slackapi/bolt-js#2509).
 */
const MOST_BLOCKS = 50;
const MOST_IN_HEADER = 150;
const MOST_IN_SECTION = 3_000;
/** Of the title that notifications show; Slack takes more than anybody reads there. */
const MOST_IN_FALLBACK = 500;
const MOST_IN_MESSAGE = 12_000;

type SlackText =
  | { readonly type: 'plain_text'; readonly text: string; readonly emoji: false }
  | { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true };

export type SlackBlock =
  | { readonly type: 'header' | 'section'; readonly text: SlackText }
  | { readonly type: 'context'; readonly elements: readonly SlackText[] };

/** What an incoming webhook of Slack is sent. `text` is what notifications and screen readers give. */
export interface SlackPayload {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/** `cut` is said in the place of what goes beyond Slack's limits. A picture is given by what it shows. */
export function renderSlack(message: OutgoingMessage, cut: string): SlackPayload {
  const all: SlackBlock[] = [heading(message.subject), ...message.blocks.flatMap(blocksOf)];
  const kept = all.slice(0, fitting(all));
  return {
    text: escaped(shortened(oneLine(message.subject), MOST_IN_FALLBACK)),
    blocks: kept.length === all.length ? kept : [...kept, context(cut)],
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** How many of the blocks fit, leaving room for the word that some are missing. */
function fitting(blocks: readonly SlackBlock[]): number {
  let characters = 0;
  const tooMuch = blocks.findIndex((block) => {
    characters += JSON.stringify(block).length;
    return characters > MOST_IN_MESSAGE;
  });
  const most = tooMuch === -1 ? blocks.length : tooMuch;
  return blocks.length > MOST_BLOCKS ? Math.min(most, MOST_BLOCKS - 1) : most;
}

function blocksOf(block: MessageBlock): SlackBlock[] {
  switch (block.kind) {
    case 'heading':
      return block.text.trim() === '' ? [] : [heading(block.text)];
    case 'paragraph':
      return sections([block], '');
    case 'list':
      return sections(block.lines, '• ');
    case 'picture':
      return sections([{ text: block.alt }], '');
    case 'smallPrint':
      return block.text.trim() === '' ? [] : [context(block.text)];
  }
}

function heading(text: string): SlackBlock {
  const line = oneLine(text);
  return line.length > MOST_IN_HEADER
    ? { type: 'section', text: plain(line) }
    : { type: 'header', text: plain(line) };
}

function context(text: string): SlackBlock {
  return { type: 'context', elements: [plain(text)] };
}

/** As few sections as hold the lines. Text without links is sent as plain text, in which nothing is markup. */
function sections(lines: readonly MessageLine[], bullet: string): SlackBlock[] {
  const linked = lines.some(({ link }) => safeLink(link) !== undefined);
  const texts = lines
    .filter(({ text }) => text.trim() !== '')
    .map((line) => (linked ? mrkdwnLine(line, bullet) : shortened(`${bullet}${line.text}`, MOST_IN_SECTION)));
  const packed: string[] = [];
  for (const text of texts) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + text.length < MOST_IN_SECTION)
      packed.push(`${packed.pop()}\n${text}`);
    else packed.push(text);
  }
  return packed.map((text) => ({
    type: 'section',
    text: linked ? { type: 'mrkdwn', text, verbatim: true } : plain(text),
  }));
}

function mrkdwnLine({ text, link }: MessageLine, bullet: string): string {
  const href = safeLink(link)?.replaceAll('|', '%7C').replaceAll('>', '%3E').replaceAll('&', '&amp;');
  if (href === undefined || href.length > MOST_IN_SECTION / 2)
    return `${bullet}${label(text, MOST_IN_SECTION - 2)}`;
  return `${bullet}<${href}|${label(oneLine(text), MOST_IN_SECTION - href.length - 5)}>`;
}

/** Cut before it is escaped, and again where escaping made it longer: an entity must not be cut in two. */
function label(text: string, most: number): string {
  for (let length = most; ; length -= 50) {
    const written = unmarked(escaped(shortened(text, Math.max(length, 1))));
    if (written.length <= most || length <= 1) return written;
  }
}

/** The three characters that Slack has escaped. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const LOOKALIKES: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };

/** Slack has no escape for these: at the edge of a word, where they would be markup, they become what looks alike. */
function unmarked(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/gu, (sign) => LOOKALIKES[sign] ?? sign);
}

function plain(text: string): SlackText {
  return { type: 'plain_text', text: shortened(text, MOST_IN_SECTION), emoji: false };
}
