import type { Address, Resolve } from '#src/watch/address.ts';
import { createFetcher, type FetcherOptions } from '#src/watch/fetch.ts';
import { machineTime } from '#src/workspaces/gate/time.ts';

/** Nothing of a test ever asks a real resolver. */
export const noNames: Resolve = async (name) => {
  throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
};

export function resolving(names: Readonly<Record<string, readonly string[]>>): Resolve {
  return async (name) => {
    const found = names[name];
    if (!found) return noNames(name);
    return found.map((address): Address => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
}

export function aFetcher(more: Partial<FetcherOptions> = {}) {
  return createFetcher({
    userAgent: 'Jalon/test',
    allowHosts: [],
    resolve: noNames,
    time: machineTime,
    timeoutMs: 5000,
    maxBytes: 1024 * 1024,
    pauseMs: 0,
    ...more,
  });
}
