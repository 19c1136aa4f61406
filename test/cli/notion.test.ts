import { createHmac } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type NotionSimulator, startNotion } from '../simulators/notion/simulator.ts';
import { freePort } from '../support/free-port.ts';
import { Desk, ended, printed } from './jalon.ts';
import { expectSecret } from './secrecy.ts';

interface CycleDocument {
  readonly projects: readonly {
    readonly workspaces: readonly Record<string, unknown>[];
    readonly errors: readonly { message: string }[];
  }[];
}

interface PlanDocument {
  readonly projects: readonly {
    readonly pending: boolean;
    readonly workspaces: readonly { kind: string; cost: { blocks: number; requests: number } }[];
  }[];
}

/** A company that has shared a page with its connection, and has just been given Jalon. */
async function notionDesk(
  env: Record<string, string> = {},
): Promise<{ desk: Desk; notion: NotionSimulator }> {
  const notion = await startNotion({ ratePerMinute: 10_000 });
  onTestFinished(() => notion.stop());
  const desk = new Desk({
    NOTION_BASE_URL: notion.url,
    NOTION_TOKEN: notion.token,
    NOTION_RATE_PER_MINUTE: '10000',
    LOG_LEVEL: 'debug',
    ...env,
  });
  const parent = `https://www.notion.so/Plan-${notion.home.id.replaceAll('-', '')}?pvs=4`;
  desk.found({ kind: 'notion', parent });
  return { desk, notion };
}

describe('a plan in Notion', () => {
  it('is planned with its cost, applied, and then up to date; the token is nowhere', {
    timeout: 60_000,
  }, async () => {
    const { desk, notion } = await notionDesk();

    const planned = await desk.json<PlanDocument>('plan');
    const checked = await desk.jalon('doctor');
    const applied = await desk.json<CycleDocument>('apply');
    const again = await desk.jalon('plan');
    const standing = await desk.jalon('status');

    expect(planned.code).toBe(10);
    const [{ cost } = { cost: { blocks: 0, requests: 0 } }] = planned.document.projects[0]?.workspaces ?? [];
    expect(cost.blocks).toBe(notion.look.blocksCreated());
    expect(cost.blocks).toBeLessThanOrEqual(250);
    expect(checked.code).toBe(0);
    expect(checked.out).toContain('espace «\u00a0Atelier\u00a0»');
    expect(checked.out).toContain(`${cost.blocks}\u00a0blocs`);
    expect(applied.code).toBe(0);
    expect(applied.document.projects[0]?.workspaces[0]).toMatchObject({
      kind: 'notion',
      updated: 0,
      adopted: 0,
    });
    expect(again.code).toBe(0);
    expect(standing.code).toBe(0);
    const run = await desk.jalon('sync');
    expectSecret(desk, notion.token, checked, again, standing, run);
  });

  it('says with exit code 4 what to do about the token: missing, wrong, or not let in', {
    timeout: 60_000,
  }, async () => {
    const { desk, notion } = await notionDesk();

    const missing = await desk.with({ NOTION_TOKEN: '' }).jalon('apply');
    const wrong = await desk.with({ NOTION_TOKEN: 'ntn_wrong' }).jalon('apply');
    notion.withdraw(notion.home.id);
    const hidden = await desk.jalon('apply');
    const doctor = await desk.jalon('doctor');

    expect([missing.code, wrong.code, hidden.code, doctor.code]).toEqual([4, 4, 4, 4]);
    expect(missing.out + missing.err).toContain('NOTION_TOKEN=ntn_');
    expect(wrong.out + wrong.err).toMatch(/révoqué ou mal copié/);
    expect(hidden.out + hidden.err).toMatch(/Connexions/);
    expectSecret(desk, 'ntn_wrong', wrong);
    expect(notion.look.blocksCreated()).toBe(0);
  });

  it('is read with the credentials that the project names', { timeout: 60_000 }, async () => {
    const { desk, notion } = await notionDesk();
    const other = notion.addConnection('Autre', 'ntn_of-acme');
    notion.share(notion.home.id, other);
    const file = desk.path('projects', 'boulangerie-martin.yaml');
    appendFileSync(file, '\ncredentials: ACME\n');

    const without = await desk.jalon('apply');
    const withToken = await desk.with({ NOTION_TOKEN_ACME: other.token }).jalon('apply');

    expect(without.code).toBe(4);
    expect(without.out + without.err).toContain('NOTION_TOKEN_ACME');
    expect(withToken.code).toBe(0);
  });

  it('is followed by the service: a webhook says where to look, and an edit is taken in', {
    timeout: 60_000,
  }, async () => {
    const webhookToken = 'secret_of-the-webhook';
    const port = await freePort();
    const { desk, notion } = await notionDesk({
      HTTP_PORT: String(port),
      NOTION_WEBHOOK_TOKEN: webhookToken,
    });
    const child = desk.spawn('start');
    const end = ended(child);
    await printed(child, /Ctrl-C/);
    const task = notion.look.rows(notion.look.dataSource('Plan').id)[0];

    const taken = printed(child, /modification/);
    notion.person.edit(task?.id ?? '', { État: { status: { name: 'En cours' } } });
    const answer = await deliver(port, webhookToken, task?.id ?? '');
    await taken;
    child.kill('SIGTERM');
    const run = await end;

    expect(answer).toBe(200);
    expect(run.code).toBe(0);
    expectSecret(desk, notion.token, run);
    expectSecret(desk, webhookToken, run);
  });
});

async function deliver(port: number, token: string, pageId: string): Promise<number> {
  const body = JSON.stringify({
    id: '11111111-1111-4111-8111-111111111111',
    timestamp: new Date().toISOString(),
    type: 'page.properties_updated',
    authors: [{ id: '22222222-2222-4222-8222-222222222222', type: 'person' }],
    entity: { id: pageId, type: 'page' },
    data: {},
  });
  const signature = `sha256=${createHmac('sha256', token).update(body).digest('hex')}`;
  const response = await fetch(`http://127.0.0.1:${port}/webhooks/notion`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-notion-signature': signature },
    body,
  });
  return response.status;
}
