import type { AgentsView } from '../config-api/agents-view.ts';
import type { Fleet } from './fleet.ts';

/** The port that an agent listens on unless somebody says otherwise. */
const AGENT_PORT = '9091';

/** What mode vcenter-only sees of the agents. Those that are gone still hold what they held. */
export function agentsView(fleet: () => Pick<Fleet, 'members' | 'member'>): AgentsView {
  return {
    holds(portId) {
      const reports = fleet().members.flatMap((member) => member.port(portId) ?? []);
      if (reports.length === 0) return undefined;
      return new Set(
        reports.flatMap(({ desired, held }) =>
          [desired?.port, held?.port].flatMap((port) => port?.['ip-address'] ?? []),
        ),
      );
    },
    desired: (agent, portId) => fleet().member(agent)?.port(portId)?.desired ?? undefined,
    suspect: (agent, port) => fleet().member(agent)?.worker?.suspect(port),
    isBraked: () => fleet().members.some((member) => member.worker?.isBraked() === true),
    placeOf(agent) {
      const url = fleet().member(agent)?.url ?? undefined;
      return url === undefined ? undefined : placeIn(url);
    },
    agentAt: (place) => fleet().members.find(({ url }) => url !== null && placeIn(url) === place)?.name,
  };
}

/** The agent's address alone, as the original plugin writes it, unless that would not do. */
function placeIn(url: string): string {
  const { hostname, host, port } = new URL(url);
  return port === AGENT_PORT ? hostname : host;
}
