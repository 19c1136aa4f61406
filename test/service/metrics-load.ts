import { createRequire, registerHooks } from 'node:module';

/** Prints the packages that a service has loaded before and after its metrics were asked. */
const packages = new Set<string>();
registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context);
    note(resolved.url);
    return resolved;
  },
});

function note(path: string): void {
  const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  if (name) packages.add(name);
}

await import('#src/service/start.ts');
const { Tally } = await import('#src/service/telemetry/tally.ts');
const { expose } = await import('#src/service/telemetry/exposition.ts');
const before = [...packages];
await expose([new Tally()]);
Object.keys(createRequire(import.meta.url).cache).forEach(note);
console.log(JSON.stringify({ before, after: [...packages] }));
