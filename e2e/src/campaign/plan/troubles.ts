/** How long each kind of trouble lasts, at least and at most (ms). */
type Durations = Readonly<Record<string, readonly [minMs: number, maxMs: number]>>;

/** Of one agent, or of the way to it. */
export const AGENT_TROUBLES = {
  /** SIGKILL, and a restart after that time. */
  kill: [0, 1_500],
  /** SIGKILL by itself, in the middle of a request. */
  'kill-in-request': [1_000, 2_000],
  /** SIGTERM, and a restart. */
  stop: [0, 1_500],
  /** SIGSTOP, then SIGCONT. */
  pause: [100, 5_000],
  /** Its disk is full. */
  'disk-full': [300, 3_000],
  /** It is killed while its disk is full. */
  'disk-full-kill': [300, 2_000],
  /** Rules of its own: resets, delays, lost answers, lies. */
  faults: [500, 3_000],
  /** Its clock is set forward, which may bring sweeps. */
  'clock-forward': [0, 0],
  'clock-freeze': [500, 3_000],
  /** The clock of its machine is set, forward or back. */
  'wall-clock': [0, 0],
  /** Nobody listens at its address. */
  'cut-off': [100, 3_000],
  /** It hears everything, and nobody hears it. */
  'answers-lost': [100, 2_500],
} as const satisfies Durations;

export const PLUGIN_TROUBLES = {
  kill: [0, 1_500],
  /** Killed again while it syncs and replays. */
  'kill-twice': [0, 400],
  stop: [0, 1_500],
  pause: [100, 5_000],
  /** It stops rather than forget, and is started again. */
  'disk-full': [500, 3_000],
  'wall-clock': [0, 0],
} as const satisfies Durations;

export const VCENTER_TROUBLES = {
  kill: [0, 2_000],
  pause: [100, 4_000],
  /** Its clients' sessions end. */
  sessions: [0, 0],
} as const satisfies Durations;

/** Of an inventory file. */
export const FILE_TROUBLES = {
  /** It is not readable as what it should be. */
  garbage: [200, 2_000],
} as const satisfies Durations;

export const CONFIG_API_TROUBLES = {
  kill: [0, 1_500],
  pause: [100, 4_000],
  slow: [500, 3_000],
  /** 503, or no answer before or after the request was carried out. */
  faults: [500, 3_000],
} as const satisfies Durations;

/** Rules for the agent's own faults; of each set one is in force at a time. */
const AGENT_RULES: readonly (readonly object[])[] = [
  [{ action: 'reset', probability: 0.3 }],
  [{ action: 'close-before-headers', probability: 0.3 }],
  [{ action: { kind: 'delay', minMs: 5, maxMs: 800 }, probability: 0.5 }],
  [{ action: { kind: 'delay', ms: 2_500 }, match: { operation: ['add', 'delete'] }, probability: 0.2 }],
  [{ action: { kind: 'stall', ms: 2_500 }, probability: 0.2 }],
  [{ action: 'apply-then-drop', probability: 0.3 }],
  [{ action: 'apply-then-drop', match: { operation: 'sync' } }],
  [{ action: 'ack-then-lose', probability: 0.3 }],
  [{ action: 'truncate', probability: 0.3 }],
  [{ action: { kind: 'status', status: 503 }, probability: 0.3 }],
  [{ action: 'freeze', probability: 0.1 }],
  [{ action: { kind: 'disk-error', code: 'EIO' }, probability: 0.3 }],
  [{ action: { kind: 'slow-disk', ms: 30 }, probability: 0.5 }],
];

/** The sets for agents of `profile`. The real agent says that all is well when its disk fails: nothing follows from that. */
export function agentRules(profile: string): readonly (readonly object[])[] {
  return profile === 'blueprint' ? AGENT_RULES : AGENT_RULES.filter((rules) => !says(rules, 'disk-error'));
}

/** Does this set of rules make an agent lie? */
export function isLie(rules: readonly object[]): boolean {
  return says(rules, 'ack-then-lose');
}

function says(rules: readonly object[], action: string): boolean {
  return JSON.stringify(rules).includes(`"${action}"`);
}

export const CRASH_POINTS = ['before-apply', 'after-apply', 'after-answer'] as const;

/** How far a machine's clock is set, in seconds. */
export const WALL_CLOCK_JUMPS_SECONDS = [-400 * 86_400, -86_400, -3_600, -7, 7, 3_600, 86_400, 400 * 86_400];

/** How far an agent's own clock is set forward; sweeps come after some seconds. */
export const CLOCK_ADVANCES_MS = [100, 1_000, 2_000, 10_000];

export const CONFIG_API_RULES: readonly (readonly object[])[] = [
  [{ probability: 0.3, effect: { kind: 'status', status: 503 } }],
  [{ probability: 0.2, effect: { kind: 'drop', when: 'before' } }],
  [{ probability: 0.2, effect: { kind: 'drop', when: 'after' } }],
];
