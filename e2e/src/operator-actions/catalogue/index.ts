import type { ActionGroup } from '../action.ts';
import { ADAPTERS } from './adapters.ts';
import { AGENTS } from './agents.ts';
import { GUESTS } from './guests.ts';
import { HOSTS } from './hosts.ts';
import { MOVES } from './moves.ts';
import { NETWORKS } from './networks.ts';
import { POWER } from './power.ts';
import { VMS } from './vms.ts';

/** All that the tests do and the page lists, in its order. */
export const ACTION_GROUPS: readonly ActionGroup[] = [
  POWER,
  VMS,
  ADAPTERS,
  GUESTS,
  NETWORKS,
  MOVES,
  HOSTS,
  AGENTS,
];
