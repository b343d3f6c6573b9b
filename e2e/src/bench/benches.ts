export interface Bench {
  /** What it measures, in one line. */
  readonly title: string;
  /**
   * From the root of the repository. Run with the project's Node and, when the user says so, `--rounds N`; prints a
   * `BenchResult` on standard output, and what it likes on standard error.
   */
  readonly file: string;
}

/** What `npm run bench` knows, by name. */
export const BENCHES: Readonly<Record<string, Bench>> = {
  agent: {
    title: 'the reference agent: adds, start, memory, sweep',
    file: 'apps/vrouter-agent-sim/bench/agent.ts',
  },
  modes: {
    title: 'mode vcenter-only: first convergence and restart with 1,000 VMs',
    file: 'e2e/src/bench/modes/main.ts',
  },
  vcenter: {
    title: 'from vCenter to the agents: first read, a change, 50 moves',
    file: 'e2e/src/bench/vcenter/main.ts',
  },
};
