import { seededRandom, type SeededRandom } from '@vrouter/testkit';
import { turnOf, type GivenSetting, type Setting } from './setting.ts';
import {
  AGENT_TROUBLES,
  CONFIG_API_TROUBLES,
  FILE_TROUBLES,
  PLUGIN_TROUBLES,
  VCENTER_TROUBLES,
} from './troubles.ts';

/** One thing that goes wrong, after a while of peace, and for a while. */
export interface Trouble<Kind extends string = string> {
  readonly kind: Kind;
  readonly afterMs: number;
  readonly forMs: number;
  /** Decides what the kind leaves open. */
  readonly number: number;
}

export type AgentTrouble = Trouble<keyof typeof AGENT_TROUBLES>;
export type PluginTrouble = Trouble<keyof typeof PLUGIN_TROUBLES>;
export type VcenterTrouble = Trouble<keyof typeof VCENTER_TROUBLES>;
export type FileTrouble = Trouble<keyof typeof FILE_TROUBLES>;
export type ConfigApiTrouble = Trouble<keyof typeof CONFIG_API_TROUBLES>;

/** A whole round before it is played: each process has its own troubles, one after the other. */
export interface Plan {
  readonly seed: number;
  readonly setting: Setting;
  readonly agents: readonly [readonly AgentTrouble[], readonly AgentTrouble[]];
  readonly plugin: readonly PluginTrouble[];
  readonly vcenter: readonly VcenterTrouble[];
  readonly file: readonly FileTrouble[];
  readonly configApi: readonly ConfigApiTrouble[];
}

/** What this machine can do. */
export interface Abilities {
  readonly disks: boolean;
  readonly wallClocks: boolean;
  readonly vcenter: boolean;
}

const TROUBLE_MS = 15_000;
/** The share of kinds that there are in a round: with all of them at once, one heals what another left. */
const SHARES = [0.3, 0.6, 1];
const NUMBER_MAX = 2 ** 20;

/** Swarm testing: each round draws which troubles there are in it, so that rounds differ in kind. */
export function planOf(seed: number, given: GivenSetting, can: Abilities): Plan {
  const turn = turnOf(seed, can.vcenter ? given : { inventory: 'file', ...given });
  const setting = { ...turn, ...drawn(seed) };
  const share = stream(seed, 'share').pick(SHARES);
  const isReal = setting.profile !== 'blueprint';
  const isPossible = (kind: string): boolean =>
    (can.wallClocks || kind !== 'wall-clock') &&
    // The real agent says that all is well while its disk is full, and never writes the file again.
    ((can.disks && !isReal) || !kind.startsWith('disk-full'));
  const timeline = <K extends string>(
    who: string,
    kinds: Record<K, readonly [number, number]>,
    gapMs: number,
  ) => {
    const random = stream(seed, who);
    const possible = (Object.keys(kinds) as K[]).filter(isPossible);
    const inPlay = possible.filter(() => random.next() < share);
    return troubles(inPlay.length > 0 ? inPlay : [random.pick(possible)], kinds, gapMs, random);
  };
  return {
    seed,
    setting,
    agents: [timeline('agent-1', AGENT_TROUBLES, 500), timeline('agent-2', AGENT_TROUBLES, 1_500)],
    plugin: timeline('plugin', PLUGIN_TROUBLES, 2_500),
    vcenter: setting.inventory === 'vsphere' ? timeline('vcenter', VCENTER_TROUBLES, 3_000) : [],
    file: setting.inventory === 'file' ? timeline('file', FILE_TROUBLES, 3_000) : [],
    configApi: setting.mode === 'standalone' ? [] : timeline('config-api', CONFIG_API_TROUBLES, 2_500),
  };
}

/** A sequence of its own for each purpose: what one needs does not change what another gets. */
export function stream(seed: number, purpose: string): SeededRandom {
  let hash = seed;
  for (const character of purpose) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return seededRandom(hash);
}

function drawn(seed: number): Pick<Setting, 'lifecycle' | 'durability'> {
  const random = stream(seed, 'setting');
  return {
    lifecycle: random.pick(['power', 'link'] as const),
    durability: random.pick(['journal', 'journal', 'file'] as const),
  };
}

function troubles<K extends string>(
  kinds: readonly K[],
  durations: Record<K, readonly [number, number]>,
  gapMs: number,
  random: SeededRandom,
): Trouble<K>[] {
  const list: Trouble<K>[] = [];
  for (let atMs = 0; ;) {
    const kind = random.pick(kinds);
    const [minMs, maxMs] = durations[kind];
    const trouble = {
      kind,
      afterMs: random.int(0, 2 * gapMs),
      forMs: random.int(minMs, maxMs),
      number: random.int(0, NUMBER_MAX),
    };
    atMs += trouble.afterMs + trouble.forMs;
    if (atMs > TROUBLE_MS) return list;
    list.push(trouble);
  }
}
