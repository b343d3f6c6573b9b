/** How time goes by for the disk work of a process: a parameter, so that a simulation can have its own. */
export interface Pace {
  /** Milliseconds since some moment, with a fraction. */
  nowMs(): number;
  /** Lets others run once. */
  turn(): Promise<void>;
  wait(delayMs: number): Promise<void>;
}

export const systemPace: Pace = {
  nowMs: () => performance.now(),
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  wait: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
};
