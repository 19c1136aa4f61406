import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Of files that take more than ten seconds of a quiet core. */
const LONG = [
  /service\/tools.*\.test\.ts$/,
  /store\/\w+\.test\.ts$/,
  /faults[\w-]*\.test\.ts$/,
  /cli\/[\w-]+\.test\.ts$/,
  /digest\/(?:weekly-command|deliver-\w+)\.test\.ts$/,
  /service\/(?:slow-place|typing|across-places)\.test\.ts$/,
];

/**
 * Begins with the files that take longest, or a core stands idle at the end while another is at one of them. Vitest
 * knows them from the last run, where there was one: a new checkout has had none, and a short file may tell long stories.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = LONG.findIndex((one) => one.test(moduleId));
      return found < 0 ? LONG.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
