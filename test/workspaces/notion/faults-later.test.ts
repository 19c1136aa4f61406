import { EDITS_KINDS, EDITS_LOOKS } from './fault-kinds.ts';
import { EDITS, someBlows } from './fault-matrix.ts';
import { testFaults } from './fault-tests.ts';

testFaults(EDITS, EDITS_KINDS, someBlows, EDITS_LOOKS);
