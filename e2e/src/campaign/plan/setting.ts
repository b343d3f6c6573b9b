import type { Lifecycle } from '../../world/oracle.ts';
import type { InventoryKind } from '../../world/test-inventory.ts';

export const MODES = ['standalone', 'vcenter-only', 'vcenter-as-compute'] as const;
export const PROFILES = ['blueprint', 'tf'] as const;
export const INVENTORIES = ['file', 'vsphere'] as const;

/** What a round is played with. */
export interface Setting {
  readonly mode: (typeof MODES)[number];
  readonly inventory: InventoryKind;
  readonly profile: (typeof PROFILES)[number];
  readonly lifecycle: Lifecycle;
  readonly durability: 'journal' | 'file';
}

/** What the command line asks for; the rest is drawn. */
export type GivenSetting = Partial<Pick<Setting, 'mode' | 'inventory' | 'profile'>>;

/** In turn, so that a few rounds have everything in them; the first one has the most. */
const TURNS: readonly Required<GivenSetting>[] = [
  { mode: 'vcenter-only', inventory: 'vsphere', profile: 'blueprint' },
  { mode: 'standalone', inventory: 'file', profile: 'blueprint' },
  { mode: 'vcenter-as-compute', inventory: 'vsphere', profile: 'blueprint' },
  { mode: 'standalone', inventory: 'vsphere', profile: 'tf' },
];

/** What `seed`, counted, has its turn with. */
export function turnOf(seed: number, given: GivenSetting): Required<GivenSetting> {
  const turn = TURNS[seed % TURNS.length] as Required<GivenSetting>;
  return { ...turn, ...given };
}

export function settingText({ mode, inventory, profile, lifecycle, durability }: Setting): string {
  return `mode ${mode}, inventory ${inventory}, profile ${profile}, lifecycle ${lifecycle}, durability ${durability}`;
}
