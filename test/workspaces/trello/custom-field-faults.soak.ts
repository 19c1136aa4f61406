import { testFaults, testStorms } from '../faults/tests.ts';
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
import { everyBlow } from './fault-matrix.ts';

testFaults(PAID, FIRST, FIRST_KINDS, everyBlow);
testFaults(PAID, DELETED, DELETED_KINDS, everyBlow);
testFaults(FREE, UPGRADED, UPGRADED_KINDS, everyBlow);
testFaults(PAID, DOWNGRADED, DOWNGRADED_KINDS, everyBlow);
testStorms(PAID, [FIRST, DELETED, DOWNGRADED]);
testStorms(FREE, [UPGRADED]);
