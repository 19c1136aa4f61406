import { testFaults } from '../faults/tests.ts';
import { LOST_STORE_KINDS } from './fault-kinds.ts';
import { LOST_STORE, someBlows, TRIAL } from './fault-matrix.ts';

testFaults(TRIAL, LOST_STORE, LOST_STORE_KINDS, someBlows);
