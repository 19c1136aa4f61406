import { registerHooks } from 'node:module';

/** Opens the store, reads a project, and prints the packages that had to be loaded for it. */
const packages = new Set<string>();
registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context);
    const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(resolved.url)?.[1];
    if (name) packages.add(name);
    return resolved;
  },
});

const { openStore } = await import('#src/store/store.ts');
const store = await openStore({ home: process.argv[2] ?? '', now: () => new Date() });
await store.load('martin');
await store.projects();
await store.memory('martin', 'x');
await store.close();
console.log(JSON.stringify([...packages]));
