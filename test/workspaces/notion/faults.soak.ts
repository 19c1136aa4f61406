import { EDITS_KINDS, FIRST_APPLY_KINDS, LOST_STORE_KINDS } from './fault-kinds.ts';
import { EDITS, everyBlow, FIRST_APPLY, LOST_STORE } from './fault-matrix.ts';
import { testFaults } from './fault-tests.ts';

testFaults(FIRST_APPLY, FIRST_APPLY_KINDS, everyBlow);
testFaults(EDITS, EDITS_KINDS, everyBlow);
testFaults(LOST_STORE, LOST_STORE_KINDS, everyBlow);
