import type { Fault } from './fault.ts';
import { ackThenLose } from './kinds/ack-then-lose.ts';
import { applyThenDrop } from './kinds/apply-then-drop.ts';
import { closeBeforeHeaders } from './kinds/close-before-headers.ts';
import { crash } from './kinds/crash.ts';
import { delay } from './kinds/delay.ts';
import { diskErrorFault } from './kinds/disk-error.ts';
import { diskFull } from './kinds/disk-full.ts';
import { freeze } from './kinds/freeze.ts';
import { garbage } from './kinds/garbage.ts';
import { reset } from './kinds/reset.ts';
import { slowDisk } from './kinds/slow-disk.ts';
import { stall } from './kinds/stall.ts';
import { status } from './kinds/status.ts';
import { truncate } from './kinds/truncate.ts';

const ALL: readonly Fault[] = [
  delay,
  status,
  reset,
  closeBeforeHeaders,
  truncate,
  stall,
  garbage,
  applyThenDrop,
  ackThenLose,
  diskFull,
  diskErrorFault,
  slowDisk,
  crash,
  freeze,
];

/** Every fault by its name. */
export const FAULTS: Readonly<Record<string, Fault>> = Object.fromEntries(
  ALL.map((fault) => [fault.name, fault]),
);
