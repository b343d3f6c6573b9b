/**
 * What tests of every package share. Only tests import it.
 *
 * - Time and chance are in the test's hand: `manualClock`, `seededRandom`.
 * - Real processes: started, watched, stopped, and never left behind: `startProcess`.
 * - Certificates, made when they are needed: `certificateAuthority`.
 * - No sleeping: `waitFor` a condition, with a limit and a name.
 */
export * from './bench-result.ts';
export * from './certificates.ts';
export * from './clock.ts';
export * from './errors.ts';
export * from './manual-clock.ts';
export * from './process/managed-process.ts';
export * from './process/ready-file.ts';
export * from './process/start-process.ts';
export * from './sample-port.ts';
export * from './seeded-random.ts';
export * from './temporary-folder.ts';
export * from './vcenter-sim/index.ts';
export * from './wait-for.ts';
export * from './workspace-file.ts';
