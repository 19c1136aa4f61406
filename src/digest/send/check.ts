import { deliveryMessages as words } from '#src/i18n/delivery.ts';
import { said } from '#src/i18n/message.ts';
import type { Channel } from '#src/plan/outgoing-message.ts';
import type { OutboxEntry } from '#src/store/store.ts';
import type { Time } from '#src/workspaces/gate/time.ts';
import type { Diagnosis } from '#src/workspaces/workspace.ts';
import type { Attempt } from './attempt.ts';
import { type Delivery, ownerOf } from './delivery.ts';
import { type MailServer, mailServerOf } from './mail-server.ts';

export interface CheckDeps {
  readonly time: Time;
  readonly timeoutMs?: number | undefined;
  readonly ca?: string | undefined;
  /** What mail servers have answered already: many projects share one, and it is asked once. */
  readonly greeted: Map<string, Promise<Attempt | undefined>>;
  /** How to ask for a test message, and for what failed to be sent again. */
  readonly commands: { readonly test: string; readonly again: string };
}

/** A check waits less for a server than a message does: a person looks on. */
const CHECK_TIMEOUT_MS = 15_000;

/**
 * Whether each channel of the project would take a message, as far as that can be told without sending one: the
 * mail server is asked to let us in, the webhooks can only be looked at.
 */
export async function checkChannels(delivery: Delivery, deps: CheckDeps): Promise<readonly Diagnosis[]> {
  const checks = await Promise.all(delivery.channels.map((channel) => checkChannel(channel, delivery, deps)));
  return [...checks.flat(), ...(delivery.channels.includes('email') ? withoutAddress(delivery) : [])];
}

async function checkChannel(channel: Channel, delivery: Delivery, deps: CheckDeps): Promise<Diagnosis[]> {
  const { slackWebhookUrl = '', teamsWebhookUrl = '' } = delivery.settings;
  const { test: command } = deps.commands;
  if (channel === 'slack') return [checkWebhook(channel, slackWebhookUrl, command)];
  if (channel === 'teams') return [checkWebhook(channel, teamsWebhookUrl, command)];
  const server = mailServerOf(delivery.settings);
  return server ? [await checkMail(server, delivery, deps)] : [];
}

async function checkMail(
  server: MailServer,
  { settings }: Delivery,
  { time, ca, timeoutMs = CHECK_TIMEOUT_MS, commands, greeted }: CheckDeps,
): Promise<Diagnosis> {
  const { host, from } = server;
  const wrong = (why: string, detail?: string): Diagnosis => ({
    level: 'error',
    said: said(words.mailNotReady, { host, why, detail }),
  });
  if (from === undefined) return wrong('noSender');
  const address = settings.smtpUrl ?? '';
  const greeting =
    greeted.get(address) ??
    import('./smtp.ts').then(({ greetServer }) => greetServer(server, { time, ca, timeoutMs }));
  greeted.set(address, greeting);
  const attempt = await greeting;
  if (attempt && attempt.kind !== 'sent') return wrong(attempt.why, attempt.detail);
  const to = settings.digestTo.length;
  if (to === 0) return { level: 'warning', said: said(words.noSubscriber, { host }) };
  return { level: 'ok', said: said(words.mailReady, { host, from, to, command: commands.test }) };
}

const SHAPES = {
  slack: {
    host: /^hooks\.slack(?:-gov)?\.com$/,
    path: /^\/(?:services|triggers|workflows)\//,
    expected: 'hooks.slack.com/services/',
  },
  teams: {
    host: /\.(?:logic\.azure\.com|powerplatform\.com)$/,
    path: /^\//,
    expected: '*.powerplatform.com',
  },
} as const;

function checkWebhook(channel: 'slack' | 'teams', address: string, command: string): Diagnosis {
  const url = URL.parse(address);
  const host = url?.hostname ?? '';
  const { expected, ...shape } = SHAPES[channel];
  if (/\.(?:webhook\.office|office365)\.com$|^outlook\.office\.com$/.test(host)) {
    return { level: 'error', said: said(words.retiredConnector) };
  }
  if (shape.host.test(host) && shape.path.test(url?.pathname ?? '')) {
    return { level: 'ok', said: said(words.webhookShaped, { channel, command }) };
  }
  return { level: 'warning', said: said(words.webhookUnusual, { channel, host, expected, command }) };
}

function withoutAddress({ people }: Delivery): Diagnosis[] {
  const names = people.filter(({ email }) => email === undefined).map(({ name }) => name);
  return names.length === 0 ? [] : [{ level: 'warning', said: said(words.noAddress, { names }) }];
}

/** By then, whoever was to mend it has, or will not: what is told for ever is read by nobody. */
const TOLD_FOR_MS = 30 * 24 * 3_600_000;

/** What became of messages that were not simply sent, and how to mend it. */
export function checkOutbox(
  entries: readonly OutboxEntry[],
  delivery: Delivery,
  { again, timeZone, now }: { readonly again: string; readonly timeZone: string; readonly now: Date },
): readonly Diagnosis[] {
  return entries.flatMap(({ channel, state, subject, putAt, note }): Diagnosis[] => {
    if (state !== 'waiting' && now.getTime() - Date.parse(note?.at ?? putAt) > TOLD_FOR_MS) return [];
    const refused = (note?.refused ?? []).map((address) => ownerOf(address, delivery));
    const detail = [note?.detail ?? [], state === 'sent' ? [] : refused].flat().join('\u202f; ') || undefined;
    const told = { channel, subject, at: putAt, timeZone, why: note?.why, detail };
    switch (state) {
      case 'waiting':
        return note ? [{ level: 'warning', said: said(words.waiting, told) }] : [];
      case 'failed':
        return [{ level: 'error', said: said(words.failed, { ...told, command: again }) }];
      case 'unknown':
        return [{ level: 'warning', said: said(words.unknown, { ...told, command: again }) }];
      case 'sent':
        return [{ level: 'warning', said: said(words.someRefused, { ...told, refused }) }];
      default:
        return [];
    }
  });
}
