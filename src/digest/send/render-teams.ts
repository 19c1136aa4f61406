import type { Locale } from '#src/i18n/message.ts';
import type { MessageBlock, MessageLine, OutgoingMessage } from '#src/plan/outgoing-message.ts';
import { oneLine, safeLink, shortened } from './link.ts';

/** A message of Teams holds about 28 KB (learn.microsoft.com/connectors/teams); the flow adds a little of its own. */
const MOST_BYTES = 24_000;
const MOST_IN_RUN = 4_000;

interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly size?: 'Small' | 'Medium' | 'Large';
  readonly weight?: 'Bolder';
  readonly isSubtle?: true;
  readonly selectAction?: { readonly type: 'Action.OpenUrl'; readonly url: string };
}

/** Of all elements, the one whose text is never taken for Markdown. */
export interface RichTextBlock {
  readonly type: 'RichTextBlock';
  readonly spacing?: 'Small' | 'Large';
  readonly inlines: readonly TextRun[];
}

/** What the workflow “Send webhook alerts to a channel” of Teams is sent: an Adaptive Card in a message. */
export interface TeamsPayload {
  readonly type: 'message';
  readonly summary: string;
  readonly attachments: readonly [
    {
      readonly contentType: 'application/vnd.microsoft.card.adaptive';
      readonly contentUrl: null;
      readonly content: AdaptiveCard;
    },
  ];
}

interface AdaptiveCard {
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly type: 'AdaptiveCard';
  /** The last that Teams shows everywhere. */
  readonly version: '1.4';
  readonly lang: Locale;
  readonly fallbackText: string;
  readonly msteams: { readonly width: 'Full' };
  readonly body: readonly RichTextBlock[];
}

/** `cut` is said in the place of what goes beyond the limit of Teams. A picture is given by what it shows. */
export function renderTeams(message: OutgoingMessage, cut: string): TeamsPayload {
  const subject = shortened(oneLine(message.subject), 500);
  const title: RichTextBlock = {
    type: 'RichTextBlock',
    inlines: [run(subject, { size: 'Large', weight: 'Bolder' })],
  };
  const all = [title, ...message.blocks.flatMap(elementsOf)];
  const kept = all.slice(0, fitting(all));
  return {
    type: 'message',
    summary: subject,
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          lang: message.locale,
          fallbackText: subject,
          msteams: { width: 'Full' },
          body:
            kept.length === all.length ? kept : [...kept, ...elementsOf({ kind: 'smallPrint', text: cut })],
        },
      },
    ],
  };
}

function fitting(elements: readonly RichTextBlock[]): number {
  let bytes = 0;
  const tooMuch = elements.findIndex((element) => {
    bytes += Buffer.byteLength(JSON.stringify(element)) + 1;
    return bytes > MOST_BYTES;
  });
  return tooMuch === -1 ? elements.length : tooMuch;
}

function elementsOf(block: MessageBlock): RichTextBlock[] {
  switch (block.kind) {
    case 'heading':
      return [
        {
          type: 'RichTextBlock',
          spacing: 'Large',
          inlines: [run(block.text, { size: 'Medium', weight: 'Bolder' })],
        },
      ];
    case 'paragraph':
      return [{ type: 'RichTextBlock', inlines: [linked(block)] }];
    case 'list':
      return block.lines.map((line) => ({
        type: 'RichTextBlock',
        spacing: 'Small',
        inlines: [run('• ', {}), linked(line)],
      }));
    case 'picture':
      return [{ type: 'RichTextBlock', inlines: [run(block.alt, {})] }];
    case 'smallPrint':
      return [{ type: 'RichTextBlock', inlines: [run(block.text, { size: 'Small', isSubtle: true })] }];
  }
}

function linked({ text, link }: MessageLine): TextRun {
  const url = safeLink(link);
  return run(text, url === undefined ? {} : { selectAction: { type: 'Action.OpenUrl', url } });
}

function run(text: string, look: Omit<TextRun, 'type' | 'text'>): TextRun {
  return { type: 'TextRun', text: shortened(text, MOST_IN_RUN), ...look };
}
