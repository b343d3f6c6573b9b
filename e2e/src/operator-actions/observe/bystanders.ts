import { FENCE_PORT } from '../stage/fence.ts';
import type { AgentRequest } from './chains.ts';

/**
 * Requests for ports that are none of the action's: none at all, but for an agent that is brought into step again, by a
 * sync or after it was down. Even there nobody's port may be deleted.
 */
export function bystandersHit(
  requests: readonly AgentRequest[],
  ownPorts: ReadonlySet<string>,
  restarted: ReadonlySet<string>,
): readonly string[] {
  const again = new Set([
    ...restarted,
    ...requests.filter(({ operation }) => operation === 'sync').map(({ agent }) => agent),
  ]);
  const isHarmless = ({ agent, operation }: AgentRequest): boolean =>
    operation === 'sync' || operation === 'get' || (again.has(agent) && operation !== 'delete');
  return requests
    .filter((request) => !isHarmless(request))
    .flatMap(({ agent, operation, portIds }) =>
      portIds
        .filter((id) => !ownPorts.has(id) && id !== FENCE_PORT)
        .map((id) => `${agent}: ${operation} ${id}`),
    );
}
