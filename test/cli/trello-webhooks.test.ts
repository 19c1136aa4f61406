import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { noteTrelloEvent } from '#src/service/webhook-notes.ts';
import { openStore } from '#src/store/store.ts';
import { smallTemplate } from '../service/company.ts';
import { Desk } from './jalon.ts';
import { writeTemplate } from './small-template.ts';

const SECRET = 'the-secret-of-the-app-of-the-tests';
const PUBLIC_URL = 'https://jalon.example.org';
const EXCEL = '{ kind: excel, file: boulangerie-martin.xlsx }';
const TRELLO = '{ kind: trello, organization: martin }';

interface DoctorDocument {
  readonly findings: readonly { readonly project: string | null; readonly message: string }[];
  readonly webhooks?: { readonly trello?: unknown };
}

function deskWith(workspace: string, env: Record<string, string> = {}): Desk {
  const desk = new Desk({ LOG_LEVEL: 'trace', TRELLO_BASE_URL: 'http://127.0.0.1:9/1', ...env });
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

describe('doctor', { timeout: 60_000 }, () => {
  it.each([
    ['does not speak of Trello where nobody uses it', EXCEL, {}, /^(?![\s\S]*Trello)/],
    [
      'says that its webhooks are not set up',
      TRELLO,
      {},
      /✓ Webhooks of Trello: not set up\..*doctor --webhooks/,
    ],
    [
      'says what to set while Trello has no address to deliver to',
      EXCEL,
      { TRELLO_API_SECRET: SECRET },
      /! Webhooks of Trello: .*PUBLIC_URL/,
    ],
    [
      'says that the address must be a secure one',
      TRELLO,
      { TRELLO_API_SECRET: SECRET, PUBLIC_URL: 'http://jalon.example.org' },
      /! Webhooks of Trello: an https address is needed.*http:\/\/jalon\.example\.org/,
    ],
    [
      'says that nothing has been delivered yet',
      TRELLO,
      { TRELLO_API_SECRET: SECRET, PUBLIC_URL },
      /! Webhooks of Trello: no valid delivery has arrived yet.*doctor --webhooks/,
    ],
    [
      'takes the secret of other credentials for one',
      TRELLO,
      { TRELLO_API_SECRET_ACME: SECRET, PUBLIC_URL },
      /! Webhooks of Trello: no valid delivery/,
    ],
  ])('%s', async (_what, workspace, env, expected) => {
    const { out, err } = await deskWith(workspace, env).jalon('doctor', '--locale', 'en');

    expect(out).toMatch(expected);
    expect(out + err).not.toContain(SECRET);
  });

  it('says it in French too', async () => {
    const { out } = await deskWith(TRELLO).jalon('doctor');

    expect(out).toContain('Webhooks de Trello\u00a0: pas branchés.');
  });

  it('says when Trello has last delivered something', async () => {
    const desk = deskWith(TRELLO, { TRELLO_API_SECRET: SECRET, PUBLIC_URL });
    const at = '2026-11-22T07:30:00.000Z';
    const store = await openStore({ home: desk.path('.jalon'), now: () => new Date(at) });
    await noteTrelloEvent(store, at);
    await store.close();

    const { out } = await desk.jalon('doctor', '--locale', 'en');

    expect(out).toContain(
      '✓ Webhooks of Trello: the last valid delivery arrived on 22\u00a0November\u00a02026 at 08:30.',
    );
  });

  it('tells on request what is to be done, which is little', async () => {
    const all = deskWith(TRELLO, { TRELLO_API_SECRET: SECRET, PUBLIC_URL });

    const [none, { out }, { document }] = await Promise.all([
      deskWith(TRELLO).jalon('doctor', '--webhooks', '--locale', 'en'),
      all.jalon('doctor', '--webhooks', '--locale', 'en'),
      all.json<DoctorDocument>('doctor', '--webhooks'),
    ]);

    expect(none.out).toMatch(/TRELLO_API_SECRET[\s\S]*PUBLIC_URL/);
    expect(none.out + out).not.toContain('Notion');
    expect(document.webhooks).not.toHaveProperty('notion');
    expect(out).toMatch(/nothing needs to be pasted[\s\S]*https:\/\/jalon\.example\.org\/webhooks\/trello/);
    expect(document.webhooks?.trello).toEqual({ url: `${PUBLIC_URL}/webhooks/trello`, secret: true });
    expect(out + JSON.stringify(document)).not.toContain(SECRET);
  });
});
