import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AddressedMessage } from '#src/plan/outgoing-message.ts';
import { openStore } from '#src/store/store.ts';
import { openMailOffice } from '../digest/mail-office.ts';
import { aMessage } from '../digest/messages.ts';
import { slackService, teamsService } from '../digest/webhook-services.ts';
import { smallTemplate } from '../service/company.ts';
import { aCommit } from '../store/samples.ts';
import { Desk } from './jalon.ts';
import { writeTemplate } from './small-template.ts';

/** The test servers’ certificate is trusted as that of a company’s own server would be. */
const NODE_EXTRA_CA_CERTS = fileURLToPath(new URL('../digest/tls/localhost.crt', import.meta.url));

function deskWith(env: Record<string, string>, more: readonly string[] = []): Desk {
  const desk = new Desk({
    NODE_EXTRA_CA_CERTS,
    DIGEST_TO: 'direction@example.org',
    LOG_LEVEL: 'trace',
    ...env,
  });
  writeTemplate(desk.path('projects'), smallTemplate());
  const project = [
    'company: { name: Boulangerie Martin, size: micro, vat: franchise }',
    'start: 2026-11-23',
    'template: small-project',
    'profile: full',
    'people:',
    '  lead: { name: Claire, email: claire@example.org }',
    'workspaces: [{ kind: excel, file: martin.xlsx }]',
    ...more,
    '',
  ];
  writeFileSync(desk.path('projects', 'martin.yaml'), project.join('\n'));
  return desk;
}

/** Stores messages as a run of Jalon would. */
async function put(desk: Desk, ...messages: AddressedMessage[]): Promise<void> {
  const store = await openStore({ home: desk.path('.jalon'), now: () => new Date('2026-11-23T08:00:00Z') });
  await store.commit('martin', aCommit({ messages }));
  await store.close();
}

describe('deliver --test', () => {
  it('sends one test message over each channel, and says so', async () => {
    const [office, slack, teams] = await Promise.all([openMailOffice(), slackService(), teamsService()]);
    const desk = deskWith({
      SMTP_URL: office.url,
      SLACK_WEBHOOK_URL: slack.url,
      TEAMS_WEBHOOK_URL: teams.url,
    });

    const { code, out, err } = await desk.jalon('deliver', '--test');

    expect(code).toBe(0);
    for (const channel of ['e-mail', 'Slack', 'Teams']) {
      expect(out).toContain(`martin · ${channel}\u00a0: message d’essai envoyé.`);
    }
    expect(office.letters.map(({ subject }) => subject)).toEqual(['Jalon\u00a0: message d’essai']);
    expect([slack.posted.length, teams.posted.length]).toEqual([1, 1]);
    expect(out + err).not.toContain('s3cret');
  });

  it('keeps to the channels that the project wants', async () => {
    const [office, slack] = await Promise.all([openMailOffice(), slackService()]);
    const desk = deskWith({ SMTP_URL: office.url, SLACK_WEBHOOK_URL: slack.url }, ['channels: [slack]']);

    const { document } = await desk.json<{ projects: unknown[] }>('deliver', '--test');

    expect(document.projects).toMatchObject([
      { slug: 'martin', channels: [{ channel: 'slack', outcome: 'sent' }], errors: [] },
    ]);
    expect(office.letters).toEqual([]);
  });

  it('says what is wrong and how to mend it, without the password', async () => {
    const office = await openMailOffice();
    const desk = deskWith({ SMTP_URL: office.url.replace(/:[^:@]+@/, ':s3cretWrong@') });

    const { code, out, err } = await desk.jalon('deliver', '--test', '--locale', 'en');

    expect(code).toBe(3);
    expect(err).toContain('e-mail: the server refuses the user, the password or the sender: check SMTP_URL');
    expect(out + err).not.toContain('s3cretWrong');
  });

  it('says how to set a channel up where there is none', async () => {
    const { code, out } = await deskWith({}).jalon('deliver', '--test');

    expect(code).toBe(0);
    expect(out).toContain('Aucun canal n’est configuré');
  });
});

describe('messages that wait', () => {
  it.each(['deliver', 'apply', 'sync', 'start --once'])('leave with %s, once', async (command) => {
    const office = await openMailOffice();
    const desk = deskWith({ SMTP_URL: office.url });
    await put(desk, aMessage());

    const first = await desk.jalon(...command.split(' '));
    const second = await desk.jalon(...command.split(' '));

    expect([first.code, second.code]).toEqual([0, 0]);
    expect(office.letters.filter(({ subject }) => subject === aMessage().subject)).toHaveLength(1);
  });

  it('that wait for their next try are tried at once when a person asks', async () => {
    const office = await openMailOffice();
    const desk = deskWith({ SMTP_URL: office.url });
    office.mood = { message: 451 };
    await put(desk, aMessage());
    const applied = await desk.jalon('apply');
    office.mood = {};

    const delivered = await desk.jalon('deliver');

    expect(applied.code).toBe(0);
    expect(applied.err).toContain('Tous les messages ne sont pas partis.');
    expect(delivered.out).toContain('1\u00a0message envoyé');
  });

  it('are told by doctor when they could not leave, and leave again when asked', async () => {
    const office = await openMailOffice();
    const desk = deskWith({ SMTP_URL: office.url });
    office.mood = { message: 554 };
    await put(desk, aMessage());
    const refused = await desk.jalon('deliver');
    office.mood = {};

    const doctor = await desk.jalon('doctor');
    const ignored = await desk.jalon('deliver');
    const again = await desk.jalon('deliver', '--again');

    expect(refused.code).toBe(3);
    expect(doctor.code).toBe(3);
    expect(doctor.out).toMatch(
      /✗ martin · Le message «\u00a0Où en sommes-nous.*» du .*n’est pas parti.*jalon deliver --again/,
    );
    expect(ignored.out).toContain('0\u00a0message envoyé');
    expect(again.out).toContain('1\u00a0message envoyé');
    expect(office.letters).toHaveLength(1);
  });
});

describe('doctor on channels', () => {
  it('asks the mail server to let us in and sends nothing; of a webhook it can only judge the address', async () => {
    const [office, slack] = await Promise.all([openMailOffice(), slackService()]);
    const teams = 'https://default1.environment.api.powerplatform.com/workflows/1?sig=s3cretSignature';
    const desk = deskWith({ SMTP_URL: office.url, SLACK_WEBHOOK_URL: slack.url, TEAMS_WEBHOOK_URL: teams });

    const { code, out, err } = await desk.jalon('doctor');

    expect(code).toBe(0);
    expect(out).toContain(
      '✓ martin · E-mail\u00a0: 127.0.0.1 nous laisse entrer\u202f; expéditeur jalon@example.org',
    );
    expect(out).toContain('! martin · Slack\u00a0: l’adresse est sur 127.0.0.1');
    expect(out).toContain('✓ martin · Teams\u00a0: l’adresse a la bonne forme.');
    expect(office.letters).toEqual([]);
    expect(slack.requests).toEqual([]);
    expect(out + err).not.toContain('s3cret');
  });

  it('says that a connector of Teams is retired, and that a sender is missing', async () => {
    const desk = deskWith({
      SMTP_URL: 'smtp://mail.example.org',
      TEAMS_WEBHOOK_URL: 'https://martin.webhook.office.com/webhookb2/s3cret',
    });

    const { code, out } = await desk.jalon('doctor', '--locale', 'en');

    expect(code).toBe(3);
    expect(out).toContain('which Microsoft has retired');
    expect(out).toContain('put the address of the sender into SMTP_FROM');
  });

  it('says nothing of channels where none is set up', async () => {
    const { out } = await deskWith({}).jalon('doctor');

    expect(out).not.toMatch(/e-mail|Slack|Teams/i);
  });
});
