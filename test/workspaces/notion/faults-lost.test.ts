import { LOST_STORE_KINDS } from './fault-kinds.ts';
import { LOST_STORE, someBlows } from './fault-matrix.ts';
import { testFaults } from './fault-tests.ts';

testFaults(LOST_STORE, LOST_STORE_KINDS, someBlows);
