import { AgentModel } from '@vrouter/testkit/history';
import type { SyncLimits } from '@vrouter/vcenter-plugin/simulation';
import type { AgentKind } from '../agent/open-agent.ts';
import { SimulatedAgent, type AgentWatch } from '../agent/simulated-agent.ts';
import { PaceRules } from '../check/pace-rules.ts';
import { PluginRules } from '../check/plugin-rules.ts';
import { NO_NETWORK_FAULTS } from './link.ts';
import { RESPONSE_MS } from './simulated-client.ts';
import type { Station } from './station.ts';
import type { Trace } from './trace.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** An idle agent that is away for so long is missed. */
const NOTICED_MS = 8000;

export interface StationParts {
  readonly clock: VirtualClock;
  readonly trace: Trace;
  readonly limits: SyncLimits;
  readonly randomOf: (stream: string) => () => number;
  readonly onTrouble: (station: Station) => void;
  /** What happened here is nothing that anybody but an operator notices. */
  readonly onSyncNeeded: (station: Station) => void;
}

/** The station of the agent on the host with that `index`, before it starts. */
export function openStation(parts: StationParts, kind: AgentKind, index: number): Station {
  const { clock, trace, limits, randomOf, onTrouble, onSyncNeeded } = parts;
  const names = { name: `agent-${index + 1}`, host: `esx-${index + 1}` };
  const model = new AgentModel(clock, limits.staleTimeoutMs, kind.profile === 'tf');
  const watch: AgentWatch = {
    started: () => {
      trace.line(`${names.name} serves`);
      model.started();
      if (kind.profile === 'tf' && clock.now() - station.diedAtMs < NOTICED_MS) station.forgotSweep = true;
      if (station.hasBadFiles) clock.schedule(NOTICED_MS, () => onSyncNeeded(station));
      station.isDirty = true;
    },
    failedToStart: () => trace.line(`${names.name} cannot start`),
    died: (why) => {
      trace.line(`${names.name} is gone: ${why}`);
      model.died(why);
      station.diedAtMs = clock.now();
      onTrouble(station);
    },
    swept: (generation) => trace.line(`${names.name} swept ${generation}`),
  };
  const disk = randomOf(`disk ${index}`);
  const station: Station = {
    agent: new SimulatedAgent(names, kind, limits.staleTimeoutMs, clock, disk, watch),
    link: { state: 'open', faults: NO_NETWORK_FAULTS },
    model,
    rules: new PluginRules(clock, limits, RESPONSE_MS),
    pace: new PaceRules(clock, limits),
    troubledAtMs: clock.now(),
    brokenAtMs: clock.now(),
    diedAtMs: -Infinity,
    isGone: false,
    forgotSweep: false,
    hasBadFiles: false,
    taken: new Set(),
    phase: 'none',
    isDirty: false,
    portCount: 0,
  };
  return station;
}
