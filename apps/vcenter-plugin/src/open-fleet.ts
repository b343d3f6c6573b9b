import type { AgentClient } from '@vrouter/agent-client';
import type { Clock, Logger } from '@vrouter/service-kit';
import type { Ledger } from './ledger/ledger.ts';
import { AgentWorker } from './sync/agent-worker.ts';
import { Fleet } from './sync/fleet.ts';
import type { SyncLimits } from './sync/limits.ts';
import { rememberedAgent } from './sync/remembered.ts';

export interface FleetWorld {
  readonly clientOf: (name: string, url: string) => AgentClient;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly limits: SyncLimits;
  readonly log: Logger;
  /** Told of what must end the process. */
  readonly onFatal: (error: unknown) => void;
  /** Told after each answer of an agent. */
  readonly onProgress: () => void;
}

/** A fleet that remembers what `ledger` knows, and talks to agents through `clientOf`. */
export function openFleet({ clientOf, onProgress, ...parts }: FleetWorld): Fleet {
  const { ledger, clock, limits, log } = parts;
  const fleet = new Fleet({
    clock,
    log,
    remembered: (name) => rememberedAgent(ledger.load(name), limits),
    forget: (name) =>
      ledger.save(
        name,
        ledger.load(name).map(({ portId }) => ({ portId, desired: undefined, held: undefined })),
      ),
    open(name, url, moved) {
      const progress = (): void => {
        moved();
        onProgress();
      };
      return new AgentWorker({ ...parts, name, client: clientOf(name, url), onProgress: progress });
    },
  });
  fleet.remember(ledger.agents());
  return fleet;
}
