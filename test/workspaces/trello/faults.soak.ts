import { testFaults, testStorms } from '../faults/tests.ts';
import { EDITS_KINDS, FIRST_APPLY_KINDS, LOST_STORE_KINDS } from './fault-kinds.ts';
import { EDITS, everyBlow, FIRST_APPLY, LOST_STORE, TRIAL } from './fault-matrix.ts';
import { NAMED_TRIAL, STATUS_EDITS, STATUS_TRIAL } from './other-boards.ts';

testFaults(TRIAL, FIRST_APPLY, FIRST_APPLY_KINDS, everyBlow);
testFaults(TRIAL, EDITS, EDITS_KINDS, everyBlow);
testFaults(TRIAL, LOST_STORE, LOST_STORE_KINDS, everyBlow);
testStorms(TRIAL, [FIRST_APPLY, EDITS, LOST_STORE]);
testStorms(STATUS_TRIAL, [STATUS_EDITS]);
testStorms(NAMED_TRIAL, [{ ...FIRST_APPLY, name: 'a first apply on a board of the team’s own' }]);
