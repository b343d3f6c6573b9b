import type { Step, StepKind } from '../plan/steps.ts';
import type { Scenario } from './scenarios.ts';

/** A scenario before it has its number. */
export type Story = Omit<Scenario, 'number'>;

/** Troubles by station last as long as bits 12 to 14 of their number say, the others bits 9 to 11. */
const LASTING = {
  ms300: 0,
  seconds3: 1,
  seconds12: 2,
  seconds30: 3,
  seconds60: 4,
  seconds90: 5,
  seconds200: 6,
};
const FOR_EVER = 7;

type Lasting = keyof typeof LASTING | 'forEver';

const bitsOf = (lasting: Lasting): number => (lasting === 'forEver' ? FOR_EVER : LASTING[lasting]);

/** What has ended by then is over, with all that follows from it. */
export const REST_MS = 400_000;
/** So that what ends the plugin does so until another step begins it again. */
export const UNTIL_STARTED = FOR_EVER << 9;

export const at = (afterMs: number, kind: StepKind, number = 0): Step => ({ afterMs, kind, number });

/** At the first or second agent; `detail` counts lucks, disk calls and the like. */
export const station = (
  afterMs: number,
  kind: StepKind,
  lasting: Lasting,
  index: 0 | 1 = 0,
  detail = 0,
): Step => at(afterMs, kind, (bitsOf(lasting) << 12) | (detail << 3) | index);

export const anywhere = (afterMs: number, kind: StepKind, lasting: Lasting, number = 0): Step =>
  at(afterMs, kind, (bitsOf(lasting) << 9) | number);

/** Ends a story: what there is before a step is checked, so by now all must be well, and a VM still gets its port. */
export const LAST_VM: Step = at(REST_MS, 'vm-create', 3);

/** Ten VMs on the first host. */
export const CROWD = Array.from({ length: 10 }, (_none, index) => at(0, 'vm-create', 4 * index + 2));

/** Of twelve VMs the crowd moves to the second host, all at once. */
export function crowdMoves(afterMs: number): Step[] {
  return CROWD.map((_one, index) => {
    let number = index + 2;
    // Bit 3 says which host, the rest of a division which VM.
    while ((number & 8) === 0) number += 12;
    return at(index === 0 ? afterMs : 0, 'vm-move', number);
  });
}
