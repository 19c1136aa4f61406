import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asText, type JsonObject } from '../json.ts';
import { authorization, cardIn, type Ids, json, many, one, planIn, raw, refusal } from './client.ts';
import { defaultSettings, maxFileBytesOf } from './settings.ts';
import { startTrello, type TrelloSimulator } from './simulator.ts';

let trello: TrelloSimulator;
let plan: Ids;
let card: string;
let path: string;
beforeEach(async () => {
  trello = await startTrello();
  plan = await planIn(trello);
  card = await cardIn(trello, plan.list);
  path = `cards/${card}/attachments`;
});
afterEach(() => trello.stop());

function form(name: string, bytes: string, more: Record<string, string> = {}): FormData {
  const body = new FormData();
  body.append('file', new Blob([bytes]), name);
  for (const [key, value] of Object.entries(more)) body.append(key, value);
  return body;
}

function upload(name: string, bytes: string, more: Record<string, string> = {}): Promise<JsonObject> {
  return one(trello, 'POST', path, form(name, bytes, more));
}

describe('an uploaded file', () => {
  it('is answered with its size, and without a type unless one is given', async () => {
    const plain = await upload('graphique.png', 'octets');
    const typed = await upload('a.bin', 'x', { name: 'graphique-2026-48.png', mimeType: 'image/png' });

    expect(plain).toMatchObject({
      name: 'graphique.png',
      bytes: 6,
      mimeType: null,
      isUpload: true,
      previews: [],
      edgeColor: null,
    });
    expect(typed).toMatchObject({ name: 'graphique-2026-48.png', mimeType: 'image/png' });
    expect(trello.look.bytesOf(card, 'graphique.png')?.toString()).toBe('octets');
  });

  it('becomes the cover when asked, or later', async () => {
    await upload('un.png', 'x', { setCover: 'true' });
    const first = trello.look.card(card).cover;
    const second = await upload('deux.png', 'y');

    await json(trello, 'PUT', `cards/${card}`, { idAttachmentCover: asText(second.id) });

    expect([first, trello.look.card(card).cover]).toEqual(['un.png', 'deux.png']);
    expect(await many(trello, 'GET', `${path}?filter=cover&fields=name`)).toMatchObject([
      { name: 'deux.png' },
    ]);
  });

  it('is no cover unless it is a picture of the card', async () => {
    const { id } = await upload('notes.txt', 'x');

    expect(await refusal(trello, 'PUT', `cards/${card}`, { idAttachmentCover: asText(id) })).toBe(
      '400 invalid value for idAttachmentCover',
    );
  });

  it('leaves no cover behind when it is deleted', async () => {
    const { id } = await upload('un.png', 'x', { setCover: 'true' });

    await json(trello, 'DELETE', `${path}/${id}`);

    expect(await one(trello, 'GET', `cards/${card}?fields=idAttachmentCover,cover`)).toMatchObject({
      idAttachmentCover: null,
      cover: { idAttachment: null },
    });
    expect((await raw(trello, 'GET', `${path}/${id}`)).status).toBe(404);
  });

  it('is downloaded with the header, not with the query', async () => {
    const { url } = await upload('un.png', 'octets', { mimeType: 'image/png' });
    const address = asText(url);

    const byHeader = await fetch(address, { headers: { authorization: authorization(trello) } });
    const byQuery = await fetch(`${address}?key=${trello.key}&token=${trello.token}`);

    expect([byHeader.status, byHeader.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(await byHeader.text()).toBe('octets');
    expect(byQuery.status).toBe(401);
  });

  it('is not updated', async () => {
    const { id } = await upload('un.png', 'x');

    expect(await refusal(trello, 'PUT', `${path}/${id}`, { name: 'deux.png' })).toMatch(/^404 Cannot PUT/);
  });

  it('has at most as much as the plan allows', async () => {
    await using small = await startTrello({ maxFileBytes: 1000 });
    const { list } = await planIn(small);
    const id = await cardIn(small, list);
    const post = async (bytes: number) =>
      (await raw(small, 'POST', `cards/${id}/attachments`, form('x', 'x'.repeat(bytes)))).status;

    expect([await post(1000), await post(1001)]).toEqual([200, 413]);
  });

  it.each([
    ['free', 10],
    ['standard', 250],
    ['premium', 250],
  ] as const)('may have on %s %i MB', (planName, megabytes) => {
    expect(maxFileBytesOf({ ...defaultSettings, plan: planName })).toBe(megabytes * 1024 * 1024);
  });

  it.each([
    ['a name that is too long', { name: 'x'.repeat(257) }, '400 invalid value for name'],
    ['a type that is too long', { mimeType: 'x'.repeat(257) }, '400 invalid value for mimeType'],
    ['a parameter that is not known', { cover: 'true' }, /no parameter “cover”/],
  ])('is refused with %s', async (_name, more, text) => {
    expect(await refusal(trello, 'POST', path, form('x', 'x', more))).toMatch(text);
  });

  it('must be called file', async () => {
    const body = new FormData();
    body.append('picture', new Blob(['x']), 'un.png');

    expect(await refusal(trello, 'POST', path, body)).toMatch(/there is no file “picture” here/);
  });
});

describe('an attached address', () => {
  it('is kept as it is, and named after itself unless named otherwise', async () => {
    await json(trello, 'POST', path, { url: 'https://example.org/k/t-1' });
    await json(trello, 'POST', path, { url: 'https://example.org/k/t-2', name: 'Notice' });

    const attachments = await many(trello, 'GET', `${path}?fields=name,url,isUpload,bytes`);

    expect(attachments).toMatchObject([
      { name: 'https://example.org/k/t-1', url: 'https://example.org/k/t-1', isUpload: false, bytes: null },
      { name: 'Notice', isUpload: false },
    ]);
  });

  it('of a picture is fetched and kept like an upload', async () => {
    const attachment = await one(trello, 'POST', path, { url: 'https://example.org/graphique.png' });

    expect(attachment).toMatchObject({ name: 'graphique.png', isUpload: true, bytes: expect.any(Number) });
    expect(attachment.url).toContain(trello.url);
  });

  it('must be one', async () => {
    expect(await refusal(trello, 'POST', path, { url: 'nota url' })).toBe('400 invalid value for url');
    expect(await refusal(trello, 'POST', path, {})).toBe('400 invalid value for url');
  });

  it('may come with the card itself', async () => {
    const id = await cardIn(trello, plan.list, { urlSource: 'https://example.org/k/t-3' });

    expect(trello.look.card(id).attachments).toEqual(['https://example.org/k/t-3']);
    expect(trello.look.actions(plan.board).at(-1)?.type).toBe('addAttachmentToCard');
  });
});
