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
export const MODES = ['standalone'] as const;
export const PROFILES = ['blueprint'] as const;

/** Every scenario in every variant with every inventory, lifecycle, mode and profile; in the blueprint's order. */
export function allRows(): readonly Row[] {
  return SCENARIOS.flatMap(({ number, title, variants }) =>
    INVENTORIES.flatMap((inventory) =>
      LIFECYCLES.flatMap((lifecycle) =>
        MODES.flatMap((mode) =>
          PROFILES.flatMap((profile) =>
            [...variants.keys()].map((variant) => ({
              scenario: number,
              title,
              inventory,
              lifecycle,
              mode,
              profile,
              dataplane: 'none',
              variant,
            })),
          ),
        ),
      ),
    ),
  );
}
