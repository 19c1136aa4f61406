import { FIRST_APPLY_KINDS, FIRST_APPLY_LOOKS, LOST_STORE_KINDS } from './fault-kinds.ts';
import { FIRST_APPLY, LOST_STORE, someBlows } from './fault-matrix.ts';
import { testFaults } from './fault-tests.ts';

// Every fault on every kind of request: `faults.soak.ts`.
testFaults(FIRST_APPLY, FIRST_APPLY_KINDS, someBlows, FIRST_APPLY_LOOKS);
testFaults(LOST_STORE, LOST_STORE_KINDS, someBlows);
