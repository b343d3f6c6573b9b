/** The parts of which the simulation puts a plugin together, without main, files, sockets and real time. */
export type { AgentPlace } from './binding/agent-places.ts';
export { bindStandalone } from './binding/standalone.ts';
export { networkIdOf, portIdOf } from './binding/identity.ts';
export type { Ledger, LedgerEntry } from './ledger/ledger.ts';
export type { Binding, DesiredPort, Lifecycle } from './binding/desired-port.ts';
export { jsonOf, readRow, type StoredRow } from './ledger/stored-row.ts';
export type {
  Adapter,
  Host,
  Inventory,
  InventorySource,
  InventoryState,
  Network,
  VirtualMachine,
} from './inventory/model.ts';
export { Pipeline } from './pipeline.ts';
export { openFleet } from './open-fleet.ts';
export type { Fleet } from './sync/fleet.ts';
export { HANDOVER_MS_MAX } from './sync/handover.ts';
export { limitsFrom, type SyncLimits } from './sync/limits.ts';
export type { AgentReport } from './sync/report.ts';
