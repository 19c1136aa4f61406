import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A webhook on this machine, which takes only what its service documents, and what it took. */
export interface WebhookService {
  readonly url: string;
  readonly posted: readonly unknown[];
  readonly requests: readonly { readonly body: string; readonly contentType: string | undefined }[];
  /** What it does with the next requests, in the place of looking at them. */
  answers: ((response: ServerResponse, body: string) => void)[];
  /** Resolves once so many requests are there. */
  arrived(count: number): Promise<void>;
}

export function slackService(): Promise<WebhookService> {
  return serve(slackRefusal, (response) => response.end('ok'), '/services/T000/B000/s3cretPath');
}

export function teamsService(): Promise<WebhookService> {
  const accept = (response: ServerResponse) => response.writeHead(202).end();
  return serve(teamsRefusal, accept, '/workflows/1/triggers/manual/paths/invoke?sig=s3cretSignature');
}

async function serve(
  refusal: (body: unknown) => string | undefined,
  accept: (response: ServerResponse) => void,
  path: string,
): Promise<WebhookService> {
  const posted: unknown[] = [];
  const requests: { readonly body: string; readonly contentType: string | undefined }[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const answers: WebhookService['answers'] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = Buffer.concat(await request.toArray()).toString('utf8');
    requests.push({ body, contentType: request.headers['content-type'] });
    for (const { count, resolve } of waiting) if (requests.length >= count) resolve();
    const special = answers.shift();
    if (special) return special(response, body);
    if (request.method !== 'POST' || request.url !== path)
      return void response.writeHead(404).end('no_service');
    const refused = refusal(parsed(body));
    if (refused !== undefined) return void response.writeHead(400).end(refused);
    posted.push(parsed(body));
    accept(response);
  };
  const server = createServer(
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    posted,
    requests,
    answers,
    arrived: (count) =>
      new Promise((resolve) => {
        if (requests.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

type Json = Readonly<Record<string, unknown>>;

/** What Slack says of a payload that breaks its rules: Block Kit’s limits, as docs.slack.dev gives them. */
export function slackRefusal(payload: unknown): string | undefined {
  if (!isObject(payload)) return 'invalid_payload';
  const { text, blocks, ...rest } = payload;
  if (typeof text !== 'string' || text === '') return 'no_text';
  if (Object.keys(rest).some((key) => !/^unfurl_(links|media)$/.test(key))) return 'invalid_payload';
  if (!Array.isArray(blocks) || blocks.length > 50) return 'invalid_blocks';
  if (JSON.stringify(blocks).length > 13_000) return 'msg_blocks_too_long';
  return blocks.every(isSlackBlock) ? undefined : 'invalid_blocks';
}

function isSlackBlock(block: unknown): boolean {
  if (!isObject(block)) return false;
  switch (block.type) {
    case 'header':
      return isSlackText(block.text, 150) && (block.text as Json).type === 'plain_text';
    case 'section':
      return isSlackText(block.text, 3_000);
    case 'context':
      return (
        Array.isArray(block.elements) &&
        block.elements.length >= 1 &&
        block.elements.length <= 10 &&
        block.elements.every((element) => isSlackText(element, 3_000))
      );
    default:
      return false;
  }
}

function isSlackText(text: unknown, most: number): boolean {
  if (!isObject(text) || typeof text.text !== 'string') return false;
  if (text.text.length < 1 || text.text.length > most) return false;
  if (text.type === 'plain_text') return text.verbatim === undefined;
  if (text.type !== 'mrkdwn' || text.emoji !== undefined) return false;
  // Every angle bracket makes a whole link, and every ampersand an entity.
  const without = text.text.replace(/<https?:[^<>|\s]+\|[^<>]+>/g, '');
  return !/[<>]/.test(without) && !/&(?!amp;|lt;|gt;)/.test(text.text);
}

/** What a workflow of Teams says of a payload that is no Adaptive Card in a message, or too large. */
export function teamsRefusal(payload: unknown): string | undefined {
  if (Buffer.byteLength(JSON.stringify(payload) ?? '') > 28_000) return 'RequestEntityTooLarge';
  if (!isObject(payload) || payload.type !== 'message') return 'TriggerInputSchemaMismatch';
  const { attachments } = payload;
  if (!Array.isArray(attachments) || attachments.length !== 1) return 'TriggerInputSchemaMismatch';
  const [attachment] = attachments as unknown[];
  if (!isObject(attachment) || attachment.contentType !== 'application/vnd.microsoft.card.adaptive')
    return 'TriggerInputSchemaMismatch';
  const { content } = attachment;
  if (!isObject(content) || content.type !== 'AdaptiveCard' || content.version !== '1.4') return 'BadCard';
  if (!Array.isArray(content.body) || content.body.length === 0) return 'BadCard';
  return content.body.every(isRichTextBlock) ? undefined : 'BadCard';
}

function isRichTextBlock(element: unknown): boolean {
  if (!isObject(element) || element.type !== 'RichTextBlock') return false;
  if (!Array.isArray(element.inlines) || element.inlines.length === 0) return false;
  return element.inlines.every((run) => {
    if (!isObject(run) || run.type !== 'TextRun' || typeof run.text !== 'string') return false;
    const action = run.selectAction;
    if (action === undefined) return true;
    return isObject(action) && action.type === 'Action.OpenUrl' && URL.canParse(String(action.url));
  });
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
