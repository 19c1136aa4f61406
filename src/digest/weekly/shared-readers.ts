import type { DigestMoment } from '#src/plan/digest-moment.ts';
import type { Channel } from '#src/plan/outgoing-message.ts';
import type { Delivery } from '../send/delivery.ts';

/** A project, with the way of its digest. */
export interface DigestWay {
  readonly slug: string;
  readonly delivery: Delivery;
  readonly digest: DigestMoment;
}

/** Projects whose digests would come to the same people, by the same ways and at the same moment. */
export interface PortfolioGroup {
  readonly channels: readonly Channel[];
  /** Slugs, sorted. */
  readonly members: readonly string[];
}

export interface SharedReaders {
  /** By slug, the ways that are left to its own message. */
  readonly alone: ReadonlyMap<string, readonly Channel[]>;
  readonly portfolios: readonly PortfolioGroup[];
}

/**
 * Who gets a portfolio: on each channel, the projects whose digests would land in the same place, where they are `from`
 * or more. Fewer keep a message each. Pure; the order of the projects does not matter.
 */
export function sharedReaders(ways: readonly DigestWay[], from: number): SharedReaders {
  const landings = ways.flatMap(({ slug, delivery, digest }) =>
    delivery.channels.map((channel) => ({ slug, channel, place: placeOf(channel, delivery, digest) })),
  );
  const shared = [...Map.groupBy(landings, ({ place }) => place).values()].filter(
    ({ length }) => length >= Math.max(2, from),
  );
  const together = new Set(shared.flat());
  const alone = ways.map(({ slug }): [string, readonly Channel[]] => [
    slug,
    landings.filter((one) => one.slug === slug && !together.has(one)).map(({ channel }) => channel),
  ]);
  return { alone: new Map(alone), portfolios: groupsOf(shared) };
}

interface Landing {
  readonly slug: string;
  readonly channel: Channel;
}

/** The same projects on several channels are one portfolio. */
function groupsOf(shared: readonly (readonly Landing[])[]): readonly PortfolioGroup[] {
  const groups = shared.flatMap((landings) => {
    const [first] = landings;
    return first ? [{ channel: first.channel, members: landings.map(({ slug }) => slug).toSorted() }] : [];
  });
  return [...Map.groupBy(groups, ({ members }) => members.join(' ')).values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ members: first.members, channels: same.map(({ channel }) => channel) }] : [];
  });
}

/** Where a message lands, and when: the same text for the same people. Where nobody would get it, nobody shares it. */
function placeOf(channel: Channel, { project, settings }: Delivery, { day, hour }: DigestMoment): string {
  const { smtpUrl, smtpFrom, slackWebhookUrl, teamsWebhookUrl } = settings;
  const readers = [...new Set(settings.digestTo.map((address) => address.toLowerCase()))].toSorted();
  const where = {
    email: readers.length === 0 ? [project] : [smtpUrl, smtpFrom, ...readers],
    slack: [slackWebhookUrl],
    teams: [teamsWebhookUrl],
  }[channel];
  return JSON.stringify([channel, day, hour, ...where]);
}
