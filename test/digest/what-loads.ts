import { registerHooks } from 'node:module';

/** Delivers for a project for which no message waits, and prints the packages that had to be loaded for it. */
const packages = new Set<string>();
registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context);
    const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(resolved.url)?.[1];
    if (name) packages.add(name);
    return resolved;
  },
});

const { deliver } = await import('#src/digest/send/deliver.ts');
const { deliveryOf } = await import('#src/digest/send/delivery.ts');
const { NO_CHANNELS } = await import('#src/config/channels.ts');
const { openStore } = await import('#src/store/store.ts');
const now = () => new Date();
const store = await openStore({ home: process.argv[2] ?? '', now });
const project = { company: { name: 'Martin' }, people: {}, locale: 'fr' };
await deliver(deliveryOf('martin', project as never, NO_CHANNELS), {
  outbox: store.outbox,
  log: console as never,
  fetch: globalThis.fetch,
  time: { now: Date.now, after: () => () => {} },
  now,
  dayOf: String,
});
await store.close();
console.log(JSON.stringify([...packages]));
