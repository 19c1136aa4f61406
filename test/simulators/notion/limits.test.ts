import { describe, expect, it } from 'vitest';
import { addRow, clientOf, clockAt, planIn, raw, refusalOf, text, todo } from './client.ts';
import { startNotion } from './simulator.ts';

describe('a connection over its rate', () => {
  it('is told how long to wait, and let in once the window is over', async () => {
    const clock = clockAt('2026-11-23T09:00:00.000Z');
    await using notion = await startNotion({ now: clock.now, ratePerMinute: 3 });
    const ask = () => raw(notion, 'GET', 'users/me');
    for (let n = 0; n < 3; n += 1) await ask();
    clock.pass(20_500);

    const refused = await ask();
    clock.pass(39_500);
    const later = await ask();

    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('40');
    expect(await refused.json()).toMatchObject({
      code: 'rate_limited',
      additional_data: { rate_limit_reason: 'public_api_request_rate_limit', retry_after: '40' },
    });
    expect(later.status).toBe(200);
    expect(notion.log.busiest(60_000)).toBe(4);
  });

  it.each([
    ['free', 180],
    ['plus', 180],
    ['business', 600],
    ['enterprise', 600],
  ] as const)('has on the plan %s %i requests a minute', async (plan, rate) => {
    const clock = clockAt('2026-11-23T09:00:00.000Z');
    await using notion = await startNotion({ now: clock.now, plan });
    for (let n = 0; n < rate; n += 1) await raw(notion, 'GET', 'users/me');

    const refused = await raw(notion, 'GET', 'users/me');

    expect(refused.status).toBe(429);
    expect(notion.log.all().filter(({ status }) => status === 200)).toHaveLength(rate);
  });

  it('shares the budget of the workspace with the others, and may wait for minutes', async () => {
    await using notion = await startNotion({ workspacePerMinute: 1 });
    const other = notion.addConnection('Autre', 'ntn_other');
    await clientOf(notion, other.token).users.me({});

    const refused = await refusalOf(clientOf(notion).users.me({}));

    expect(refused.data).toEqual({
      rate_limit_reason: 'public_api_space_request_rate_limit',
      retry_after: '180',
    });
  });
});

describe('a Free workspace of two members', () => {
  it('gives a limited number of blocks for life: deleting gives none back', async () => {
    await using notion = await startNotion({ plan: 'free', blockCap: 3 });
    const client = clientOf(notion);
    const { source } = await planIn(notion);
    const row = await addRow(notion, source, 'Une tâche');
    await client.pages.update({ page_id: row, in_trash: true });

    const refused = await refusalOf(
      client.blocks.children.append({ block_id: notion.home.id, children: [todo('a'), todo('b')] }),
    );

    expect(refused).toMatchObject({
      status: 403,
      code: 'restricted_resource',
      data: { block_limit: 'block_creation' },
    });
    expect(notion.look.blocksCreated()).toBe(2);
    expect(notion.look.blocks(notion.home.id)).toHaveLength(1);
  });

  it('still takes edits, comments, views and data sources once it is full', async () => {
    await using notion = await startNotion({ plan: 'free', blocksBefore: 998 });
    const client = clientOf(notion);
    const { id, source } = await planIn(notion);
    const row = await addRow(notion, source, 'Une tâche');

    await client.pages.update({ page_id: row, properties: { Utile: { checkbox: true } } });
    await client.comments.create({ parent: { page_id: row }, rich_text: text('Vu') });
    await client.views.create({ database_id: id, data_source_id: source, name: 'Liste', type: 'list' });
    const refused = await refusalOf(client.pages.create({ parent: { page_id: notion.home.id } }));

    expect(refused.status).toBe(403);
  });

  it('is bound by nothing while it has one member', async () => {
    await using notion = await startNotion({ plan: 'free', members: 1, blocksBefore: 5000 });

    await planIn(notion);

    expect(notion.look.blocksCreated()).toBe(1);
  });
});

describe('files', () => {
  const send = async (notion: Awaited<ReturnType<typeof startNotion>>, bytes: number, type = 'image/png') => {
    const client = clientOf(notion);
    const upload = await client.fileUploads.create({ filename: 'a.png', content_type: 'image/png' });
    const data = new Blob([new Uint8Array(bytes)], { type });
    return { id: upload.id, sent: client.fileUploads.send({ file_upload_id: upload.id, file: { data } }) };
  };

  it('are at most 5 MiB on the Free plan', async () => {
    await using notion = await startNotion({ plan: 'free' });

    const { sent } = await send(notion, 5 * 1024 * 1024 + 1);

    expect(await refusalOf(sent)).toMatchObject({ status: 400, code: 'validation_error' });
  });

  it('are of the type that was announced', async () => {
    await using notion = await startNotion();

    const { sent } = await send(notion, 8, 'text/plain');

    expect((await refusalOf(sent)).message).toMatch(/content type/);
  });

  it('are gone when they are not attached within the hour', async () => {
    const clock = clockAt('2026-11-23T09:00:00.000Z');
    await using notion = await startNotion({ now: clock.now });
    const { id, sent } = await send(notion, 8);
    await sent;
    clock.pass(3_600_000);

    const attached = clientOf(notion).blocks.children.append({
      block_id: notion.home.id,
      children: [{ image: { file_upload: { id } } }],
    });

    expect((await refusalOf(attached)).message).toMatch(/expired/);
  });
});

describe('a block whose file was never sent', () => {
  it('takes the whole request down: no page, no block is left or paid for', async () => {
    await using notion = await startNotion();
    const client = clientOf(notion);
    const { id } = await client.fileUploads.create({ filename: 'a.png', content_type: 'image/png' });
    const children = [todo('a'), { image: { file_upload: { id } } }];

    const page = client.pages.create({ parent: { page_id: notion.home.id }, children });

    expect((await refusalOf(page)).message).toMatch(/not been uploaded/);
    expect(notion.look.blocks(notion.home.id)).toEqual([]);
    expect(notion.look.blocksCreated()).toBe(0);
  });
});

describe('what a plan or a connection may lack', () => {
  it('is chart views', async () => {
    await using notion = await startNotion({ charts: false });
    const { id, source } = await planIn(notion);

    const chart = clientOf(notion).views.create({
      database_id: id,
      data_source_id: source,
      name: 'Avancement',
      type: 'chart',
      configuration: { type: 'chart', chart_type: 'number', value: { aggregator: 'count' } },
    });

    expect(await refusalOf(chart)).toMatchObject({ status: 403, code: 'restricted_resource' });
  });

  it('is knowledge of people, and comments', async () => {
    await using notion = await startNotion({ readsUsers: 'nothing', insertsComments: false });
    const client = clientOf(notion);

    const people = await refusalOf(client.users.list({}));
    const comment = await refusalOf(
      client.comments.create({ parent: { page_id: notion.home.id }, rich_text: text('Vu') }),
    );

    expect([people.code, comment.code]).toEqual(['restricted_resource', 'restricted_resource']);
  });

  it('is reading comments, apart from writing them, whose answer then names their id alone', async () => {
    await using notion = await startNotion({ readsComments: false });
    const client = clientOf(notion);

    const listed = await refusalOf(client.comments.list({ block_id: notion.home.id }));
    const made = await client.comments.create({
      parent: { page_id: notion.home.id },
      rich_text: text('Vu'),
    });

    expect(listed).toMatchObject({ status: 403, code: 'restricted_resource' });
    expect(Object.keys(made)).toEqual(['object', 'id']);
  });
});
