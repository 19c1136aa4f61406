import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { isClosedToRobots } from '#src/plan/watch-source.ts';
import { Sick } from './sickness.ts';

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** All addresses of a host. */
export type Resolve = (hostname: string) => Promise<readonly Address[]>;

export const systemResolve: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/** What IANA keeps for special purposes: loopback, private and shared networks, links, tests, groups, the future. */
const SPECIAL_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;

/** Inside 2000::/3, the only part of IPv6 that is public: special purposes, and tunnels that may lead anywhere. */
const SPECIAL_IPV6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const special = new BlockList();
for (const [net, prefix] of SPECIAL_IPV4) special.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of SPECIAL_IPV6) special.addSubnet(net, prefix, 'ipv6');
const publicIPv6 = new BlockList();
publicIPv6.addSubnet('2000::', 3, 'ipv6');

/** Whether the address is one of the open internet. What is no address is not. */
export function isPublic(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, 'ipv4');
    case 6:
      return publicIPv6.check(address, 'ipv6') && !special.check(address, 'ipv6');
    default:
      return false;
  }
}

/**
 * The addresses to connect to for a URL: those and no others, so that a name that changes its mind after the check
 * leads nowhere else. One address that is not public makes them all suspect.
 * @throws Sick when the URL may not be asked; what `resolve` throws.
 */
export async function addressesFor(
  url: URL,
  allowHosts: readonly string[],
  resolve: Resolve,
): Promise<readonly Address[]> {
  if (isClosedToRobots(url.hostname)) throw new Sick({ why: 'closed', host: url.hostname });
  const isAllowed = names(allowHosts, url);
  if (url.protocol !== 'https:' && !(isAllowed && url.protocol === 'http:'))
    throw new Sick({ why: 'insecure', host: url.host });
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(literal);
  const addresses: readonly Address[] =
    family === 0 ? await resolve(url.hostname) : [{ address: literal, family: family === 6 ? 6 : 4 }];
  if (addresses.length === 0) throw new Sick({ why: 'unreachable', code: 'ENOTFOUND' });
  if (!isAllowed && !addresses.every(({ address }) => isPublic(address)))
    throw new Sick({ why: 'private', host: url.host });
  return addresses;
}

/** `127.0.0.1:4180`, `intranet.example.org` (the usual port), `intranet.example.org:443` */
function names(allowHosts: readonly string[], url: URL): boolean {
  const usual = url.protocol === 'https:' ? '443' : '80';
  const port = url.port || usual;
  return allowHosts.some((entry) => {
    const [, host = '', given = usual] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    return host === url.hostname && given === port;
  });
}
