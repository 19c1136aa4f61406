import { FIRST_APPLY_KINDS, FIRST_APPLY_LOOKS } from './fault-kinds.ts';
import { FIRST_APPLY, someBlows } from './fault-matrix.ts';
import { testFaults } from './fault-tests.ts';

// Every fault on every kind of request: `faults.soak.ts`.
testFaults(FIRST_APPLY, FIRST_APPLY_KINDS, someBlows, FIRST_APPLY_LOOKS);
