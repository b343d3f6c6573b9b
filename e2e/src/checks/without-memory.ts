import type { Request } from '../world/agent-admin.ts';
import type { World } from '../world/world.ts';
import { assertDeleted, assertSwept } from './wire.ts';

/**
 * How ports went of which the plugin had lost its memory: by the sweep alone, unless somebody else remembers where a
 * VM was that does not exist any more.
 */
export function assertGoneWithoutMemory(
  world: World,
  requests: readonly Request[],
  portIds: readonly string[],
): void {
  if (world.mode.remembersPlaces && world.lifecycle === 'link') assertDeleted(requests, portIds);
  else assertSwept(requests, portIds);
}
