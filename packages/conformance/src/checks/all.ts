import type { Check } from '../check.ts';
import { addAccept } from './add-accept.ts';
import { addReject } from './add-reject.ts';
import { addValues } from './add-values.ts';
import { arrays } from './arrays.ts';
import { deletes } from './delete.ts';
import { diskFaults } from './disk-faults.ts';
import { fileFormat } from './file-format.ts';
import { gateways } from './gateways.ts';
import { get } from './get.ts';
import { introspect } from './introspect.ts';
import { linkState } from './link-state.ts';
import { parseVectors } from './parse-vectors.ts';
import { persistence } from './persistence.ts';
import { pipelining } from './pipelining.ts';
import { reAdd } from './re-add.ts';
import { reloadNames } from './reload-names.ts';
import { reload } from './reload.ts';
import { restart } from './restart.ts';
import { robustness } from './robustness.ts';
import { routing } from './routing.ts';
import { subscriptions } from './subscriptions.ts';
import { syncGenerations } from './sync-generations.ts';
import { syncSweep } from './sync-sweep.ts';
import { transport } from './transport.ts';

/** Every check, in the order in which they run: cheap and harmless ones first. */
export const CHECKS: readonly Check[] = [
  transport,
  pipelining,
  routing,
  addAccept,
  addReject,
  addValues,
  parseVectors,
  fileFormat,
  arrays,
  reAdd,
  deletes,
  get,
  linkState,
  introspect,
  gateways,
  subscriptions,
  persistence,
  diskFaults,
  robustness,
  reload,
  reloadNames,
  restart,
  syncSweep,
  syncGenerations,
].flat();
