import { JalonError } from '#src/errors.ts';
import { openStore } from '#src/store/store.ts';
import { aCommit, aTask } from './samples.ts';

/** Commits items until the disk is full, then tells how that went, and what is found afterwards. */
const home = process.argv[2] ?? '';
const store = await openStore({ home, now: () => new Date() });
let committed = 0;
let failure: unknown;
while (failure === undefined && committed < 10_000) {
  const agreed = [aTask(`t/${committed}`, { notes: 'x'.repeat(2_000) })];
  await store.commit('martin', aCommit({ agreed })).then(
    () => committed++,
    (error: unknown) => {
      failure = error;
    },
  );
}
const { agreed } = await store.load('martin');
await store.close();

const said = failure instanceof JalonError ? failure.said('fr') : String(failure);
const name = failure instanceof Error ? failure.name : '';
console.log(JSON.stringify({ name, said, committed, found: agreed.size }));
