import { testFaults } from '../faults/tests.ts';
import { EDITS_KINDS, EDITS_LOOKS } from './fault-kinds.ts';
import { EDITS, someBlows, TRIAL } from './fault-matrix.ts';

testFaults(TRIAL, EDITS, EDITS_KINDS, someBlows, EDITS_LOOKS);
