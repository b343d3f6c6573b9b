/** Chances, from 0 to 1, of what may happen to one request. */
export interface NetworkFaults {
  /** Reset on its way to the agent. */
  readonly lostBefore: number;
  /** Carried out; the connection breaks before the answer. */
  readonly lostAfter: number;
  /** The client gives up; the request arrives all the same, some time. */
  readonly late: number;
  /** Arrives twice. */
  readonly twice: number;
  /** Something in between repeats it, because the first answer is lost. */
  readonly retried: number;
  /** Something before the agent answers 503. */
  readonly unavailable: number;
  /** The answer is cut off. */
  readonly garbled: number;
  /** Takes seconds. */
  readonly slow: number;
}

export const NO_NETWORK_FAULTS: NetworkFaults = {
  lostBefore: 0,
  lostAfter: 0,
  late: 0,
  twice: 0,
  retried: 0,
  unavailable: 0,
  garbled: 0,
  slow: 0,
};

/** `cut`: nothing passes. `deaf`: nothing reaches the agent. `mute`: nothing comes back from it. */
export type LinkState = 'open' | 'cut' | 'deaf' | 'mute';

/** The way between the plugin and one agent. */
export interface Link {
  state: LinkState;
  faults: NetworkFaults;
}

export type Fate = keyof NetworkFaults | 'fine';

/** What becomes of the next request. */
export function fateOf(faults: NetworkFaults, random: () => number): Fate {
  let left = random();
  for (const [fate, share] of Object.entries(faults) as [Fate, number][]) {
    left -= share;
    if (left < 0) return fate;
  }
  return 'fine';
}

export function isFaultless(faults: NetworkFaults): boolean {
  return Object.values(faults).every((share) => share === 0);
}
