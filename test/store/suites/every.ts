import { describe } from 'vitest';
import type { DatabaseKind } from '../databases.ts';
import { jobsSuite } from './jobs.ts';
import { keepingSuite } from './keeping.ts';
import { lawsSuite } from './laws.ts';
import { lockingSuite } from './locking.ts';
import { outboxSuite } from './outbox.ts';
import { processesSuite } from './processes.ts';
import { watchSuite } from './watch.ts';

/** What the store promises, whatever the database. */
export function everySuite(kind: DatabaseKind): void {
  describe(`on ${kind.name}`, () => {
    keepingSuite(kind);
    lockingSuite(kind);
    jobsSuite(kind);
    outboxSuite(kind);
    watchSuite(kind);
    processesSuite(kind);
    lawsSuite(kind);
  });
}
