import { sqlite } from '../store/sqlite-files.ts';
import { deliverSuite } from './deliver-suite.ts';

deliverSuite(sqlite());
