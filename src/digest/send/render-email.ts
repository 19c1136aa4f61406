import type { Locale } from '#src/i18n/message.ts';
import type { MessageBlock, MessageLine, OutgoingMessage } from '#src/plan/outgoing-message.ts';
import { oneLine, safeLink } from './link.ts';

/** The two forms of a message, and the pictures that the first refers to. */
export interface EmailParts {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly pictures: readonly { readonly cid: string; readonly png: Uint8Array; readonly alt: string }[];
}

/** Styles stand in the tags: many mail programs drop a style sheet. Colours are few, and dark enough to read. */
const STYLE = {
  body: 'margin:0;padding:16px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5',
  main: 'max-width:640px;margin:0 auto',
  heading: 'font-size:20px;line-height:1.3;margin:24px 0 8px',
  paragraph: 'margin:0 0 12px',
  list: 'margin:0 0 12px;padding-left:24px',
  line: 'margin:0 0 4px',
  picture: 'display:block;width:100%;max-width:640px;height:auto;margin:0 0 12px',
  smallPrint: 'font-size:13px;margin:16px 0 0;opacity:0.8',
} as const;

/** `domain` makes the ids of the pictures. Everything is readable without them, and without HTML. */
export function renderEmail(message: OutgoingMessage, domain: string): EmailParts {
  const subject = oneLine(message.subject);
  const pictures = message.blocks
    .filter((block) => block.kind === 'picture')
    .map(({ png, alt }, index) => ({ cid: `picture-${index + 1}@${domain}`, png, alt }));
  let shown = 0;
  const html = message.blocks.map((block) => {
    if (block.kind !== 'picture') return htmlOf(block);
    const { cid, alt } = pictures[shown++] ?? { cid: '', alt: '' };
    return `<img src="cid:${escaped(cid)}" alt="${escaped(oneLine(alt))}" style="${STYLE.picture}">`;
  });
  return {
    subject,
    html: pageOf(message.locale, subject, html),
    text: `${message.blocks.map(textOf).join('\n\n')}\n`,
    pictures,
  };
}

function pageOf(locale: Locale, title: string, blocks: readonly string[]): string {
  return [
    '<!DOCTYPE html>',
    `<html lang="${locale}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    '</head>',
    `<body style="${STYLE.body}">`,
    `<div role="article" lang="${locale}" style="${STYLE.main}">`,
    ...blocks,
    '</div>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function htmlOf(block: Exclude<MessageBlock, { kind: 'picture' }>): string {
  switch (block.kind) {
    case 'heading':
      return `<h2 style="${STYLE.heading}">${escaped(block.text)}</h2>`;
    case 'paragraph':
      return `<p style="${STYLE.paragraph}">${htmlLine(block)}</p>`;
    case 'list': {
      const lines = block.lines.map((line) => `<li style="${STYLE.line}">${htmlLine(line)}</li>`);
      return [`<ul style="${STYLE.list}">`, ...lines, '</ul>'].join('\n');
    }
    case 'smallPrint':
      return `<p style="${STYLE.smallPrint}">${htmlText(block.text)}</p>`;
  }
}

function htmlLine({ text, link }: MessageLine): string {
  const href = safeLink(link);
  return href === undefined ? htmlText(text) : `<a href="${escaped(href)}">${htmlText(text)}</a>`;
}

function htmlText(text: string): string {
  return escaped(text).replace(/\r\n?|\n/g, '<br>');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function textOf(block: MessageBlock): string {
  switch (block.kind) {
    case 'heading':
      return `${block.text}\n${'-'.repeat(Math.min(block.text.length, 70))}`;
    case 'paragraph':
      return textLine(block, '');
    case 'list':
      return block.lines.map((line) => `- ${textLine(line, '  ')}`).join('\n');
    case 'picture':
      return `[${oneLine(block.alt)}]`;
    case 'smallPrint':
      return block.text;
  }
}

function textLine({ text, link }: MessageLine, indent: string): string {
  const href = safeLink(link);
  return href === undefined ? text : `${text}\n${indent}${href}`;
}
