import { testFaults } from '../faults/tests.ts';
import {
  DELETED,
  DELETED_KINDS,
  DOWNGRADED,
  DOWNGRADED_KINDS,
  FIRST,
  FIRST_KINDS,
  FREE,
  PAID,
  UPGRADED,
  UPGRADED_KINDS,
} from './custom-field-scenes.ts';
import { someBlows } from './fault-matrix.ts';

// Every fault on every kind of request: `custom-field-faults.soak.ts`.
testFaults(PAID, FIRST, FIRST_KINDS, someBlows);
testFaults(PAID, DELETED, DELETED_KINDS, someBlows);
testFaults(FREE, UPGRADED, UPGRADED_KINDS, someBlows);
testFaults(PAID, DOWNGRADED, DOWNGRADED_KINDS, someBlows);
