import type { Logger } from '@vrouter/service-kit';
import type { Config } from '../config.ts';
import type { Places } from '../store/file-steps.ts';
import type { FileSystem } from '../store/file-system.ts';

/** What an agent keeps its ports with. */
export interface StoreParts {
  readonly config: Config;
  readonly files: FileSystem;
  readonly places: Places;
  /** Written into each file. */
  readonly author: string;
  readonly now: () => number;
  readonly log: Logger;
}
