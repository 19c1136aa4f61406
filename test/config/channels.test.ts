import { describe, expect, it } from 'vitest';
import { channelsOf, readEnvironment } from '#src/config/environment.ts';
import { refusal } from './refusal.ts';

const SLACK = 'https://hooks.slack.com/services/T000/B000/s3cretPath';
const TEAMS =
  'https://x.logic.azure.com/workflows/1/triggers/manual/paths/invoke?api-version=1&sig=s1gnature';

describe('the channels of a project', () => {
  it('are everyone’s where it has none of its own', () => {
    const environment = readEnvironment({
      SMTP_URL: 'smtp://jalon@mail.example.org',
      DIGEST_TO: 'claire@example.org, zoe@example.org',
      SLACK_WEBHOOK_URL: SLACK,
    });

    expect(channelsOf(environment, 'ACME')).toEqual({
      smtpUrl: 'smtp://jalon@mail.example.org',
      smtpFrom: undefined,
      digestTo: ['claire@example.org', 'zoe@example.org'],
      slackWebhookUrl: SLACK,
      teamsWebhookUrl: undefined,
    });
  });

  it('are its own, one by one, where its credentials name them', () => {
    const environment = readEnvironment({
      DIGEST_TO: 'claire@example.org',
      DIGEST_TO_ACME: 'paul@acme.example',
      SLACK_WEBHOOK_URL: SLACK,
      TEAMS_WEBHOOK_URL_ACME: TEAMS,
    });

    expect(channelsOf(environment, undefined).digestTo).toEqual(['claire@example.org']);
    expect(channelsOf(environment, 'ACME')).toMatchObject({
      digestTo: ['paul@acme.example'],
      slackWebhookUrl: SLACK,
      teamsWebhookUrl: TEAMS,
    });
  });

  it('never send over its own mail server in another one’s name', () => {
    const environment = readEnvironment({
      SMTP_URL: 'smtp://mail.example.org',
      SMTP_FROM: 'jalon@example.org',
      SMTP_URL_ACME: 'smtp://plan@acme.example:x@mail.acme.example',
    });

    expect(channelsOf(environment, 'ACME').smtpFrom).toBeUndefined();
  });
});

describe('the secrets of channels', () => {
  it('are the whole address, and the parts of it that let somebody in', () => {
    const { secrets } = readEnvironment({
      SMTP_URL: 'smtps://jalon:p%40ssw0rd@mail.example.org',
      SLACK_WEBHOOK_URL: SLACK,
      TEAMS_WEBHOOK_URL_ACME: TEAMS,
    });

    expect(secrets).toEqual(
      expect.arrayContaining([
        'p@ssw0rd',
        'p%40ssw0rd',
        SLACK,
        '/services/T000/B000/s3cretPath',
        TEAMS,
        's1gnature',
      ]),
    );
  });

  it.each([
    ['SLACK_WEBHOOK_URL', 'http://hooks.slack.com/services/T/B/s3cretPath'],
    ['TEAMS_WEBHOOK_URL_ACME', 'http://x.logic.azure.com/s3cretPath'],
    ['SMTP_URL_ACME', 'mail.example.org:s3cretPath'],
    ['SLACK_WEBHOOK_URL', 'http://127.0.0.1.example.org/s3cretPath'],
  ])('are not shown where %s has a wrong form', async (name, value) => {
    const words = await refusal(() => readEnvironment({ [name]: value }));

    expect(words).toContain(name);
    expect(words).not.toContain('s3cretPath');
  });

  it('may travel in the clear inside this machine', () => {
    expect(() => readEnvironment({ SLACK_WEBHOOK_URL: 'http://127.0.0.1:8080/x' })).not.toThrow();
  });
});
