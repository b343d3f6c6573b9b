import { SCENARIOS } from '../scenarios/index.ts';
import type { Lifecycle } from '../world/oracle.ts';
import type { InventoryKind } from '../world/test-inventory.ts';

/** One run of one scenario: the keys that outside tools read. */
export interface Row {
  readonly scenario: number;
  readonly title: string;
  readonly inventory: InventoryKind;
  readonly lifecycle: Lifecycle;
  readonly mode: string;
  readonly profile: string;
  readonly dataplane: string;
  /** '' for scenarios that run one way only. */
  readonly variant: string;
}

export const INVENTORIES = ['file', 'vsphere'] as const satisfies readonly InventoryKind[];
export const LIFECYCLES = ['power', 'link'] as const satisfies readonly Lifecycle[];
/** Of these three a run takes the first unless another is asked for: everything with everything would take hours. */
export const MODES = ['standalone', 'vcenter-only', 'vcenter-as-compute'] as const;
export const PROFILES = ['blueprint', 'r3.1', 'r4.1', 'tf'] as const;
export const DATAPLANES = ['none', 'openvswitch'] as const;

/** Every scenario in every variant with every inventory, lifecycle, mode, profile and data plane; in the blueprint's order. */
export function allRows(): readonly Row[] {
  return SCENARIOS.flatMap(({ number, title, variants }) =>
    settings().flatMap((setting) =>
      [...variants.keys()].map((variant) => ({ scenario: number, title, ...setting, variant })),
    ),
  );
}

type Setting = Omit<Row, 'scenario' | 'title' | 'variant'>;

function settings(): readonly Setting[] {
  return INVENTORIES.flatMap((inventory) =>
    LIFECYCLES.flatMap((lifecycle) =>
      MODES.flatMap((mode) =>
        PROFILES.flatMap((profile) =>
          DATAPLANES.map((dataplane) => ({ inventory, lifecycle, mode, profile, dataplane })),
        ),
      ),
    ),
  );
}
