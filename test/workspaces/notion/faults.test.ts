import { testFaults } from '../faults/tests.ts';
import { FIRST_APPLY_KINDS, FIRST_APPLY_LOOKS } from './fault-kinds.ts';
import { FIRST_APPLY, someBlows, TRIAL } from './fault-matrix.ts';

// Every fault on every kind of request: `faults.soak.ts`.
testFaults(TRIAL, FIRST_APPLY, FIRST_APPLY_KINDS, someBlows, FIRST_APPLY_LOOKS);
