/** The parts of which the simulation puts agents together, without main, sockets and real time. */
export { RequestRing } from './admin/request-ring.ts';
export { Agent } from './agent.ts';
export { Config } from './config.ts';
export { errorAnswer } from './errors.ts';
export { update } from './ports/add-rule.ts';
export type { Command, Outcome, PortEntry } from './ports/model.ts';
export type { Rules } from './ports/protocol.ts';
export { wirePort } from './ports/wire-port.ts';
export { ContrailApi } from './profiles/contrail/contrail-api.ts';
export { tf } from './profiles/tf.ts';
export { portsOf } from './rest/body.ts';
export { JournalStore, type Tuning } from './store/journal/journal-store.ts';
export type { Pace } from './pace.ts';
export type { Places } from './store/file-steps.ts';
export type { FileSystem, OpenFile } from './store/file-system.ts';
export { PortFiles } from './store/port-files.ts';
export type { PortStore } from './store/store.ts';
export { ALL_LUCK, CrashDisk, type Luck } from './testing/crash-disk.ts';
