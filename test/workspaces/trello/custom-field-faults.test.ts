import { testFaults } from '../faults/tests.ts';
import { DOWNGRADED, DOWNGRADED_KINDS, FREE, PAID, UPGRADED, UPGRADED_KINDS } from './custom-field-scenes.ts';
import { someBlows } from './fault-matrix.ts';

// When values move from lines to fields or back. Every fault, and the other scenes: `custom-field-faults.soak.ts`.
testFaults(FREE, UPGRADED, UPGRADED_KINDS, someBlows);
testFaults(PAID, DOWNGRADED, DOWNGRADED_KINDS, someBlows);
