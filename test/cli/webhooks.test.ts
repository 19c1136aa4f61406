import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { smallTemplate } from '../service/company.ts';
import { anEvent, bytes, signed, TOKEN } from '../workspaces/notion/deliveries.ts';
import { Desk, ended, printed } from './jalon.ts';
import { writeTemplate } from './small-template.ts';

const NEW_TOKEN = 'secret_of-a-new-subscription-1234567890';
const PUBLIC_URL = 'https://jalon.example.org';

interface DoctorDocument {
  readonly findings: readonly { readonly level: string; readonly message: string }[];
  readonly webhooks?: unknown;
}

function deskWith(workspace: string, env: Record<string, string> = {}): Desk {
  const desk = new Desk({
    HTTP_PORT: '0',
    LOG_LEVEL: 'trace',
    NOTION_BASE_URL: 'http://127.0.0.1:9',
    ...env,
  });
  writeTemplate(desk.path('projects'), smallTemplate());
  const project = [
    'company: { name: Boulangerie Martin, size: micro, vat: franchise }',
    'start: 2026-11-23',
    'template: small-project',
    'profile: full',
    'people: { lead: { name: Claire } }',
    `workspaces: [${workspace}]`,
    '',
  ];
  writeFileSync(desk.path('projects', 'boulangerie-martin.yaml'), project.join('\n'));
  return desk;
}

const EXCEL = '{ kind: excel, file: boulangerie-martin.xlsx }';
const NOTION = '{ kind: notion, parent: 153104cd477e809d8dc4ff2d96ae3090 }';

/** Where the service listens, as its log says, once it is up. */
async function address(child: ChildProcess): Promise<string> {
  const logged = printed(child, /http:\/\/127\.0\.0\.1:\d+/, child.stderr);
  await printed(child, /Ctrl-C/);
  return logged;
}

async function deliver(url: string, event: unknown): Promise<number> {
  const body = bytes(event);
  const headers = await signed(body);
  return (await fetch(`${url}/webhooks/notion`, { method: 'POST', body, headers })).status;
}

describe('doctor', () => {
  it('does not speak of webhooks where nobody uses Notion', async () => {
    const { out } = await deskWith(EXCEL).jalon('doctor');

    expect(out).not.toContain('ebhook');
  });

  it('says that they are not set up, and how to do it, where a project is in Notion', async () => {
    const { out } = await deskWith(NOTION).jalon('doctor', '--locale', 'en');

    expect(out).toContain('✓ Webhooks of Notion: not set up.');
    expect(out).toContain('doctor --webhooks');
  });

  it('says in French too how to do it', async () => {
    const { out } = await deskWith(NOTION).jalon('doctor');

    expect(out).toContain('Webhooks de Notion\u00a0: pas branchés.');
  });

  it('says what to set while Notion has no address to deliver to', async () => {
    const { code, out } = await deskWith(EXCEL).jalon('doctor', '--webhooks', '--locale', 'en');

    expect(code).toBe(0);
    expect(out).toContain('PUBLIC_URL');
    expect(out).toContain('No verification token waits to be pasted.');
  });

  it('says that Notion delivers to https addresses only', async () => {
    const desk = deskWith(EXCEL, { PUBLIC_URL: 'http://jalon.example.org' });

    const { out } = await desk.jalon('doctor', '--webhooks', '--locale', 'en');

    expect(out).toContain('accepts https addresses only');
  });

  it('shows the token that Notion has sent on request, and nothing else does', {
    timeout: 120_000,
  }, async () => {
    const desk = deskWith(EXCEL, { PUBLIC_URL });
    const child = desk.spawn('start');
    const end = ended(child);
    const body = JSON.stringify({ verification_token: NEW_TOKEN });
    const url = await address(child);
    const answer = await fetch(`${url}/webhooks/notion`, { method: 'POST', body });
    const shown = await answer.text();

    const [silent, silentJson, asked, askedJson] = await Promise.all([
      desk.jalon('doctor', '--locale', 'en'),
      desk.jalon('doctor', '--json'),
      desk.jalon('doctor', '--webhooks', '--locale', 'en'),
      desk.json<DoctorDocument>('doctor', '--webhooks'),
    ]);
    child.kill('SIGTERM');
    const service = await end;

    expect([answer.status, service.code]).toEqual([200, 0]);
    expect(asked.out).toContain(`${PUBLIC_URL}/webhooks/notion`);
    expect(asked.out).toMatch(
      /Verification token, received on 23\u00a0November\u00a02026 at 09:0\d:\n {2}secret_of-a-new/,
    );
    expect(asked.out).toContain('NOTION_WEBHOOK_TOKEN');
    expect(askedJson.document.webhooks).toEqual({
      notion: {
        url: `${PUBLIC_URL}/webhooks/notion`,
        verificationToken: NEW_TOKEN,
        receivedAt: expect.stringMatching(/^2026-11-23T08:0/),
      },
    });
    const elsewhere = [shown, service.out, service.err, silent.out, silent.err, silentJson.out, asked.err];
    expect(elsewhere.join('\n')).not.toContain(NEW_TOKEN);
    expect(service.err).toContain('verification token of Notion received');
    expect(JSON.parse(silentJson.out)).not.toHaveProperty('webhooks');
  });

  it('says when the last valid event arrived', { timeout: 120_000 }, async () => {
    const desk = deskWith(EXCEL, { NOTION_WEBHOOK_TOKEN: TOKEN });
    const before = await desk.json<DoctorDocument>('doctor', '--locale', 'en');
    const child = desk.spawn('start');
    const end = ended(child);
    const status = await deliver(await address(child), anEvent());
    child.kill('SIGTERM');
    const service = await end;

    const after = await desk.json<DoctorDocument>('doctor', '--locale', 'en');

    const ofWebhooks = (document: DoctorDocument) =>
      document.findings.filter(({ message }) => message.startsWith('Webhooks'));
    expect([status, service.code]).toEqual([200, 0]);
    expect(ofWebhooks(before.document)).toEqual([
      { project: null, level: 'warning', message: expect.stringContaining('no valid event has arrived yet') },
    ]);
    expect(ofWebhooks(after.document)).toEqual([
      {
        project: null,
        level: 'ok',
        message: expect.stringMatching(
          /the last valid event arrived on 23\u00a0November\u00a02026 at 09:0\d\.$/,
        ),
      },
    ]);
  });
});
