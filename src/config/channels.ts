import { listed, Variables } from './variables.ts';

/** How messages reach people: e-mail, Slack and Teams. `undefined`: that channel is not set up. */
export interface ChannelSettings {
  readonly smtpUrl: string | undefined;
  /** The address of the sender; not set: the user of `smtpUrl`, where that is an address. */
  readonly smtpFrom: string | undefined;
  /** Who receives the digest by e-mail, and what concerns nobody in particular. */
  readonly digestTo: readonly string[];
  readonly slackWebhookUrl: string | undefined;
  readonly teamsWebhookUrl: string | undefined;
}

export const NO_CHANNELS: ChannelSettings = {
  smtpUrl: undefined,
  smtpFrom: undefined,
  digestTo: [],
  slackWebhookUrl: undefined,
  teamsWebhookUrl: undefined,
};

type Values = Readonly<Record<string, string>>;

const NAMES = ['SMTP_URL', 'SMTP_FROM', 'DIGEST_TO', 'SLACK_WEBHOOK_URL', 'TEAMS_WEBHOOK_URL'] as const;
type Name = (typeof NAMES)[number];
const NAMED = new RegExp(`^(${NAMES.join('|')})_([A-Z0-9_]+)$`);
const SECRET = /^(?:SMTP_URL|(?:SLACK|TEAMS)_WEBHOOK_URL)(?:_[A-Z0-9_]+)?$/;

/** The channels of whoever names none of its own. */
export function sharedChannels(values: Values): ChannelSettings {
  return settingsFrom((name) => values[name]);
}

/** Those that bear the name of a project's credentials, e.g. `ACME` for `SMTP_URL_ACME`. */
export function namedChannels(values: Values): ReadonlyMap<string, ChannelSettings> {
  const names = new Set(Object.keys(values).flatMap((variable) => NAMED.exec(variable)?.[2] ?? []));
  return new Map([...names].map((name) => [name, settingsFrom((variable) => values[`${variable}_${name}`])]));
}

/** The named variables whose value has the wrong form, and which form it should have. */
export function wrongNamedChannels(values: Values): { readonly name: string; readonly form: string }[] {
  return Object.entries(values).flatMap(([variable, value]) => {
    const base = NAMED.exec(variable)?.[1] as Name | undefined;
    const issue = base && Variables.shape[base].safeParse(value).error?.issues[0];
    return issue ? [{ name: variable, form: issue.message }] : [];
  });
}

/**
 * Each channel is the project's own, where it names one, or everyone's. Whoever has a mail server of its own has a
 * sender of its own too: another one's would be refused there.
 */
export function channelsFor(shared: ChannelSettings, own: ChannelSettings | undefined): ChannelSettings {
  if (!own) return shared;
  const mail = own.smtpUrl === undefined ? shared : own;
  return {
    smtpUrl: mail.smtpUrl,
    smtpFrom: own.smtpFrom ?? mail.smtpFrom,
    digestTo: own.digestTo.length > 0 ? own.digestTo : shared.digestTo,
    slackWebhookUrl: own.slackWebhookUrl ?? shared.slackWebhookUrl,
    teamsWebhookUrl: own.teamsWebhookUrl ?? shared.teamsWebhookUrl,
  };
}

/** Whoever knows the address may write there: whole, and what is left of it when only the host is cut off. */
export function channelSecrets(values: Values): string[] {
  return Object.entries(values).flatMap(([variable, value]) => {
    if (!SECRET.test(variable)) return [];
    const url = URL.parse(value);
    if (!url) return [value];
    const parts = variable.startsWith('SMTP')
      ? [url.password, plain(url.password)]
      : [`${url.pathname}${url.search}`, url.searchParams.get('sig') ?? ''];
    return [value, ...parts.filter((part) => part !== '')];
  });
}

/** The secrets in these settings. */
export function channelSecretsOf(settings: ChannelSettings): string[] {
  const { smtpUrl = '', slackWebhookUrl = '', teamsWebhookUrl = '' } = settings;
  return channelSecrets({
    SMTP_URL: smtpUrl,
    SLACK_WEBHOOK_URL: slackWebhookUrl,
    TEAMS_WEBHOOK_URL: teamsWebhookUrl,
  }).filter((secret) => secret !== '');
}

export function isChannelSecret(variable: string): boolean {
  return SECRET.test(variable);
}

function settingsFrom(given: (name: Name) => string | undefined): ChannelSettings {
  return {
    smtpUrl: given('SMTP_URL'),
    smtpFrom: given('SMTP_FROM'),
    digestTo: listed(given('DIGEST_TO')),
    slackWebhookUrl: given('SLACK_WEBHOOK_URL'),
    teamsWebhookUrl: given('TEAMS_WEBHOOK_URL'),
  };
}

function plain(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
