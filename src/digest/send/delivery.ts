import type { ChannelSettings } from '#src/config/channels.ts';
import type { Project } from '#src/config/project.ts';
import type { Locale } from '#src/i18n/message.ts';
import { CHANNELS, type Channel, type Recipients } from '#src/plan/outgoing-message.ts';

/** How messages of one project reach people. */
export interface Delivery {
  readonly project: string;
  readonly company: string;
  readonly locale: Locale;
  /** Those that are set up, and that the project wants. What is put into the outbox is addressed to these. */
  readonly channels: readonly Channel[];
  readonly people: readonly Addressee[];
  readonly settings: ChannelSettings;
}

/** A person of the project, with the address at which messages reach them. */
export interface Addressee {
  readonly role: string;
  readonly name: string;
  readonly email: string | undefined;
}

export function deliveryOf(slug: string, project: Project, settings: ChannelSettings): Delivery {
  return {
    project: slug,
    company: project.company.name,
    locale: project.locale,
    channels: CHANNELS.filter(
      (channel) => isSetUp(channel, settings) && (project.channels?.includes(channel) ?? true),
    ),
    people: Object.entries(project.people).map(([role, { name, email, notion }]) => ({
      role,
      name,
      // The account's address in Notion is one at which the person is written to already.
      email: email ?? (notion?.includes('@') ? notion : undefined),
    })),
    settings,
  };
}

export function isSetUp(channel: Channel, settings: ChannelSettings): boolean {
  const { smtpUrl, slackWebhookUrl, teamsWebhookUrl } = settings;
  return { email: smtpUrl, slack: slackWebhookUrl, teams: teamsWebhookUrl }[channel] !== undefined;
}

/** The names under which these are addressed; a name that the project does not know stands as it is. */
export function namesOf(to: Recipients, { people }: Delivery): readonly string[] {
  if (to === 'subscribers') return [];
  return unique(to.map((one) => personOf(one, people)?.name ?? one));
}

/**
 * The addresses of these. Persons without one do not lose what concerns them to silence: when nobody who is meant
 * can be reached, whoever receives the digest is written to instead. Empty: nobody at all.
 */
export function addressesOf(to: Recipients, { people, settings }: Delivery): readonly string[] {
  if (to === 'subscribers') return unique(settings.digestTo);
  const own = to.flatMap((one) => personOf(one, people)?.email ?? []);
  return unique(own.length > 0 ? own : settings.digestTo);
}

/** Whose address it is: the person's name, else the address itself. */
export function ownerOf(address: string, { people }: Delivery): string {
  const owner = people.find(({ email }) => email?.toLowerCase() === address.toLowerCase());
  return owner ? `${owner.name} (${address})` : address;
}

function personOf(roleOrName: string, people: readonly Addressee[]): Addressee | undefined {
  return people.find(({ role }) => role === roleOrName) ?? people.find(({ name }) => name === roleOrName);
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)];
}
