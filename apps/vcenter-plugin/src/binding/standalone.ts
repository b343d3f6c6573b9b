import type { Inventory } from '../inventory/model.ts';
import { bindPorts } from './bind-ports.ts';
import type { Binding, Lifecycle, Placement } from './desired-port.ts';
import { networkIdOf, portIdOf } from './identity.ts';

/**
 * Mode `standalone`: every port from the inventory alone, without a config API. Pure: the same inventory gives the
 * same binding, whatever happened before.
 */
export function bindStandalone(
  inventory: Inventory,
  placements: readonly Placement[],
  lifecycle: Lifecycle,
): Binding {
  return bindPorts(inventory, placements, lifecycle, ({ vm, adapter, mac }, network) => ({
    kind: 'known',
    identity: {
      id: portIdOf(mac),
      networkId: networkIdOf(network.key),
      projectId: vm.project,
      displayName: vm.name,
      ip: adapter.ip,
      ip6: adapter.ip6,
    },
  }));
}
