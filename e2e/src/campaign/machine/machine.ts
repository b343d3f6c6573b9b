import { vcenterSimAvailable } from '@vrouter/testkit';
import { mountObstacle } from '../../world/small-disk.ts';
import type { Abilities } from '../plan/plan.ts';
import { wallClockLibrary } from './wall-clocks.ts';

export interface Machine {
  readonly can: Abilities;
  /** What cannot be done here, and why. */
  readonly leftOut: readonly string[];
}

/** Looks at what this machine can do. */
export function lookAtMachine(): Machine {
  const mounting = mountObstacle();
  const vcenter = vcenterSimAvailable();
  const can = {
    disks: mounting === undefined,
    wallClocks: wallClockLibrary() !== undefined,
    vcenter: vcenter.available,
  };
  const leftOut = [
    ...(can.disks ? [] : [`full disks: they are mounted, as root on Linux: ${mounting}`]),
    ...(can.wallClocks ? [] : ['clocks that are set: install libfaketime (scripts/system-packages does)']),
  ];
  if (!vcenter.available)
    leftOut.push(`vCenter, with a file in its place: ${vcenter.reason}; to get it: ${vcenter.remedy}`);
  return { can, leftOut };
}
