import type { RollChange } from './platforms.ts';
import type { Change } from './snapshot.ts';

/** Something that the watch has found, as it is stored: told to each project in its own words. */
export interface Notice extends Omit<Change, 'digest'> {
  /** Names it for good, in every project: `watch-log:<id>`. */
  readonly id: string;
  /** The keys of the sources that it was found in. */
  readonly sources: readonly string[];
  /** For the official lists of platforms: what has become of whom. */
  readonly platforms?: RollChange;
}
