import type { ProfileName } from './profiles.ts';

/** What a check may need besides the URL, and what brings it in. */
export const NEEDS = {
  'ports-dir': '--ports-dir DIR, the folder of port files, readable from here',
  tamper:
    '--ports-dir DIR with permission to write there, to put, change and remove port files of our own by hand',
  'folder-outage': '--allow-folder-outage: the whole ports folder is away for a moment',
  restart: '--restart-command CMD, which restarts the agent and leaves it on the same URL and folder',
  sweep:
    '--allow-sweep and --stale-timeout SECONDS: a sync removes every port that nobody adds again, also those of others',
  'many-syncs': '--allow-many-syncs: 65,536 syncs in a row, which takes some seconds, or minutes',
  'config-delivered': '--config delivered: configuration for any port reaches the agent',
  'config-missing': '--config missing: no configuration reaches the agent',
  admin: '--admin-url URL, which the reference agent has',
  introspect: '--introspect-url URL, the page for operators',
  presence: '--ports-dir DIR: this release tells by nothing else whether it has a port',
} as const;

export type Need = keyof typeof NEEDS;

/** Whether a sync is followed by configuration that lets GET answer; unknown for agents in the field. */
export type Config = 'delivered' | 'missing';

/** What was given to this run. */
export interface Means {
  readonly profile: ProfileName;
  readonly portsDir: boolean;
  readonly canTamper: boolean;
  readonly folderOutage: boolean;
  readonly restart: boolean;
  readonly sweep: boolean;
  readonly manySyncs: boolean;
  readonly config: Config | undefined;
  readonly admin: boolean;
  readonly introspect: boolean;
}

const MET: Readonly<Record<Need, (means: Means) => boolean>> = {
  'ports-dir': (means) => means.portsDir,
  tamper: (means) => means.canTamper,
  'folder-outage': (means) => means.folderOutage && means.canTamper,
  restart: (means) => means.restart,
  sweep: (means) => means.sweep,
  'many-syncs': (means) => means.manySyncs,
  'config-delivered': (means) => means.config === 'delivered',
  'config-missing': (means) => means.config === 'missing',
  admin: (means) => means.admin,
  introspect: (means) => means.introspect,
  presence: (means) => means.portsDir || means.profile !== 'r4.1',
};

/** Those of `needs` that `means` do not meet. */
export function unmet(needs: readonly Need[], means: Means): readonly Need[] {
  return needs.filter((need) => !MET[need](means));
}
