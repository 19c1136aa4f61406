import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asObject, type Json, type JsonObject } from '../json.ts';

/** What a callback was posted. */
export interface Post {
  readonly raw: string;
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The receiving end of webhooks: keeps what it is posted, and answers as a test wants. */
export interface Callback extends AsyncDisposable {
  readonly url: string;
  readonly posts: Post[];
  /** What it answers to each method. */
  readonly answers: { HEAD: number; POST: number };
}

export async function startCallback(): Promise<Callback> {
  const posts: Post[] = [];
  const answers = { HEAD: 200, POST: 200 };
  const server = createServer(async (request, response) => {
    const raw = await textOf(request);
    if (request.method === 'POST') {
      posts.push({ raw, body: asObject(JSON.parse(raw) as Json), headers: request.headers });
    }
    response.writeHead(request.method === 'HEAD' ? answers.HEAD : answers.POST).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/trello`,
    posts,
    answers,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
