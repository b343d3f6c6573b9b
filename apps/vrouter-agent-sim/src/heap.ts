import { setFlagsFromString } from 'node:v8';

/** How far the heap may grow beyond what is alive before it is cleaned, in percent; V8 would let it grow to several times that. */
const GROWTH_PERCENT = 20;

/**
 * Lets the process take little more memory than its ports need: young objects get no more room than at the start (V8
 * would give them 128 MiB, most of it unused), and old ones are cleaned up early. Call it before anything is loaded.
 * What it costs is in docs/decisions.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
