import { openStore } from '#src/store/store.ts';
import { aCommit, aTask } from './samples.ts';

/** Writes and reads for a while, then tells by how many MB the process has grown. */
const store = await openStore({ home: process.argv[2] ?? '', now: () => new Date() });

async function rounds(count: number): Promise<void> {
  for (let round = 0; round < count; round++) {
    const agreed = Array.from({ length: 30 + (round % 60) }, (_, n) => aTask(`t/${n}`, { round }));
    const seen = agreed.map(({ key, fields }) => ({ replica: 'x', key, fields }));
    await store.commit(`p${round % 50}`, aCommit({ agreed, seen }));
    await store.load(`p${round % 50}`);
  }
}

await rounds(100);
const before = process.memoryUsage.rss();
await rounds(500);
console.log((process.memoryUsage.rss() - before) / 1e6);
await store.close();
