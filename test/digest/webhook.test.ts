import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { renderSlack } from '#src/digest/send/render-slack.ts';
import { renderTeams } from '#src/digest/send/render-teams.ts';
import { postWebhook, SLACK_HABITS, TEAMS_HABITS } from '#src/digest/send/webhook.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';
import { freePort } from '../support/free-port.ts';
import { aMessage } from './messages.ts';
import { slackService, teamsService, type WebhookService } from './webhook-services.ts';

const options = { fetch: globalThis.fetch, time: machineTime, timeoutMs: 5_000 };

const SERVICES = [
  {
    name: 'Slack',
    open: slackService,
    post: ({ url }: WebhookService, timeoutMs = 5_000) =>
      postWebhook(url, renderSlack(aMessage(), '…'), SLACK_HABITS, { ...options, timeoutMs }),
  },
  {
    name: 'Teams',
    open: teamsService,
    post: ({ url }: WebhookService, timeoutMs = 5_000) =>
      postWebhook(url, renderTeams(aMessage(), '…'), TEAMS_HABITS, { ...options, timeoutMs }),
  },
];

const status =
  (code: number, body = '', headers = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(code, headers).end(body);

describe.each(SERVICES)('a webhook of $name', ({ open, post }) => {
  it('takes the message, as its service documents it', async () => {
    const service = await open();

    expect(await post(service)).toEqual({ kind: 'sent' });
    expect(service.posted).toHaveLength(1);
    expect(service.requests[0]?.contentType).toBe('application/json; charset=utf-8');
  });

  it('says for how long to wait when there are too many', async () => {
    const service = await open();
    service.answers.push(status(429, 'slow down', { 'retry-after': '90' }));

    expect(await post(service)).toMatchObject({ kind: 'notNow', why: 'busy', retryAfterMs: 90_000 });
  });

  it.each([301, 401, 403, 404, 410])(
    'that answers %i has taken nothing, and its address is to be mended',
    async (code) => {
      const service = await open();
      service.answers.push(status(code, 'no_service', { location: 'https://example.org/' }));

      expect(await post(service)).toMatchObject({ kind: 'notNow', why: 'notThere' });
      expect(service.requests).toHaveLength(1);
    },
  );

  it.each([500, 502, 503, 504])('that answers %i may have taken it', async (code) => {
    const service = await open();
    service.answers.push(status(code, 'oops'));

    expect(await post(service)).toMatchObject({ kind: 'unknown', why: 'noClearAnswer' });
  });

  it('that resets the connection instead of an answer may have taken it', async () => {
    const service = await open();
    service.answers.push((response) => response.destroy());

    expect(await post(service)).toMatchObject({ kind: 'unknown', why: 'cut' });
  });

  it('that never answers may have taken it', async () => {
    const service = await open();
    service.answers.push(() => {});

    expect(await post(service, 200)).toMatchObject({ kind: 'unknown', why: 'cut', detail: 'timeout' });
  });

  it('whose answer breaks off after its head has taken it', async () => {
    const service = await open();
    service.answers.push((response) => {
      response.writeHead(200, { 'content-length': '100' }).write('o', () => response.destroy());
    });

    expect(await post(service)).toEqual({ kind: 'sent' });
  });

  it('that is not there has taken nothing', async () => {
    const service = await open();

    const attempt = await post({
      ...service,
      url: `http://127.0.0.1:${await freePort()}/services/s3cretPath`,
    });

    expect(attempt).toEqual({ kind: 'notNow', why: 'unreachable', detail: 'ECONNREFUSED' });
  });
});

describe('a webhook of Slack', () => {
  it('that finds fault with the message itself will never take it', async () => {
    const service = await slackService();

    const attempt = await postWebhook(service.url, { text: 'x', blocks: [{}] }, SLACK_HABITS, options);

    expect(attempt).toEqual({ kind: 'refused', why: 'refused', detail: '400 invalid_blocks' });
  });

  it('has not surely taken it when a stranger answers in its place', async () => {
    const service = await slackService();
    service.answers.push(status(200, '<html>Please log in to the Wi-Fi</html>'));

    const attempt = await postWebhook(service.url, renderSlack(aMessage(), '…'), SLACK_HABITS, options);

    expect(attempt).toMatchObject({ kind: 'unknown', why: 'noClearAnswer' });
  });
});

describe('a workflow of Teams', () => {
  it('that is switched off is mended there, and then the message can still go', async () => {
    const service = await teamsService();
    service.answers.push(status(400, '{"error":{"code":"WorkflowTriggerIsNotEnabled"}}'));

    const attempt = await postWebhook(service.url, renderTeams(aMessage(), '…'), TEAMS_HABITS, options);

    expect(attempt).toMatchObject({ kind: 'notNow', why: 'notThere' });
  });
});
