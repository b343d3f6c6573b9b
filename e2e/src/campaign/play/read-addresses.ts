import { refs } from '../../modes/config-api.ts';
import type { Stage } from '../stage/stage.ts';

/** Notes which addresses are taken in the config API, where there is one. An error if it does not answer. */
export async function readAddresses({ history, world }: Stage): Promise<void> {
  const { api } = world.mode;
  if (api === undefined) return;
  const sinceMs = history.nowMs;
  const objects = await api.objects('instance-ip');
  const taken = objects.flatMap((object) =>
    refs(object, 'virtual_network_refs').map(
      (network) => `${network} ${String(object['instance_ip_address'])}`,
    ),
  );
  history.add({ kind: 'addresses', sinceMs, taken });
}
