import { deliveryMessages as words } from '#src/i18n/delivery.ts';
import { say } from '#src/i18n/message.ts';
import { longDate } from '#src/i18n/plan.ts';
import type { Channel, MessageBlock, OutgoingMessage } from '#src/plan/outgoing-message.ts';
import type { Time } from '#src/workspaces/gate/time.ts';
import type { Attempt } from './attempt.ts';
import { addressesOf, type Delivery, namesOf } from './delivery.ts';
import { mailServerOf } from './mail-server.ts';

/** What carries messages out of the house. */
export interface CourierDeps {
  readonly fetch: typeof globalThis.fetch;
  readonly time: Time;
  readonly now: () => Date;
  /** `YYYY-MM-DD` of an instant, in the team's time zone. */
  readonly dayOf: (instant: Date) => string;
  readonly timeoutMs?: number | undefined;
  /** Certificates to trust besides those of the system, for mail servers. */
  readonly ca?: string | undefined;
}

/** A message that is about to leave. */
export interface Parcel {
  readonly channel: Channel;
  readonly message: OutgoingMessage;
  /** When it was to leave. */
  readonly putAt: Date;
  /** Addresses that it has yet to reach; `undefined`: all. */
  readonly left?: readonly string[] | undefined;
}

/** From when on a message says that it comes late: a retry or a night does not make it so. */
const LATE_AFTER_MS = 12 * 3_600_000;

/** Loads the code of a channel, which takes time and may fail: before anything is claimed. */
export async function loadChannel(channel: Channel): Promise<void> {
  await (channel === 'email' ? import('./smtp.ts') : loadWebhooks());
}

/** Sends a message over its channel, once; each channel’s code is loaded when a message takes it. */
export async function carry(
  { channel, message, putAt, left }: Parcel,
  delivery: Delivery,
  deps: CourierDeps,
  signal?: AbortSignal,
): Promise<Attempt> {
  const late = deps.now().getTime() - putAt.getTime() > LATE_AFTER_MS ? deps.dayOf(putAt) : undefined;
  const dressed = withNotes(message, {
    late,
    names: channel === 'email' ? [] : namesOf(message.to, delivery),
  });
  if (channel === 'email') return sendEmail(dressed, left, delivery, deps, signal);
  return post(channel, dressed, delivery, deps, signal);
}

async function sendEmail(
  message: OutgoingMessage,
  left: readonly string[] | undefined,
  delivery: Delivery,
  { time, now, timeoutMs, ca }: CourierDeps,
  signal: AbortSignal | undefined,
): Promise<Attempt> {
  const server = mailServerOf(delivery.settings);
  if (!server) return { kind: 'notNow', why: 'notSetUp' };
  const addresses = left ?? addressesOf(message.to, delivery);
  if (addresses.length === 0) return { kind: 'notNow', why: 'noRecipient' };
  const { project, people } = delivery;
  const company = message.sender ?? delivery.company;
  const to = addresses.map((address) => ({
    address,
    name: people.find(({ email }) => email === address)?.name ?? '',
  }));
  const { sendLetter } = await import('./smtp.ts');
  return sendLetter(server, { project, company, message, to, date: now() }, { time, signal, timeoutMs, ca });
}

async function post(
  channel: Exclude<Channel, 'email'>,
  message: OutgoingMessage,
  { settings }: Delivery,
  { fetch, time, timeoutMs }: CourierDeps,
  signal: AbortSignal | undefined,
): Promise<Attempt> {
  const url = channel === 'slack' ? settings.slackWebhookUrl : settings.teamsWebhookUrl;
  if (url === undefined) return { kind: 'notNow', why: 'notSetUp' };
  const [{ postWebhook, SLACK_HABITS, TEAMS_HABITS }, { renderSlack }, { renderTeams }] =
    await loadWebhooks();
  const cut = say(message.locale, words.cut);
  const options = { fetch, time, timeoutMs, signal };
  return channel === 'slack'
    ? postWebhook(url, renderSlack(message, cut), SLACK_HABITS, options)
    : postWebhook(url, renderTeams(message, cut), TEAMS_HABITS, options);
}

function loadWebhooks() {
  return Promise.all([import('./webhook.ts'), import('./render-slack.ts'), import('./render-teams.ts')]);
}

/** Says first whom it is for, where many read it, and last that it comes late. */
function withNotes(
  message: OutgoingMessage,
  { late, names }: { readonly late: string | undefined; readonly names: readonly string[] },
): OutgoingMessage {
  const { locale, blocks } = message;
  const first: MessageBlock[] =
    names.length === 0 ? [] : [{ kind: 'paragraph', text: say(locale, words.addressed, { names }) }];
  const last: MessageBlock[] =
    late === undefined
      ? []
      : [{ kind: 'smallPrint', text: say(locale, words.late, { day: longDate(locale, late) }) }];
  return { ...message, blocks: [...first, ...blocks, ...last] };
}
