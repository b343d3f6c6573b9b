import { createAgentClient } from '@vrouter/agent-client';
import type { DesiredPort } from '../../binding/desired-port.ts';
import { createLogger, systemClock, type Clock } from '@vrouter/service-kit';
import { samplePort } from '@vrouter/testkit';
import type { Ledger } from '../../ledger/ledger.ts';
import { AgentWorker } from '../agent-worker.ts';
import { Fleet } from '../fleet.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { rememberedAgent } from '../remembered.ts';

export interface LiveParts {
  readonly url: string;
  readonly ledger: Ledger;
  readonly name?: string;
  readonly clock?: Clock;
  readonly onFatal?: (error: unknown) => void;
  readonly onProgress?: () => void;
}

/** A worker that talks to a real HTTP server. */
export function liveWorker({
  url,
  ledger,
  name = 'agent-1',
  clock = systemClock,
  onFatal,
  onProgress = () => {},
}: LiveParts) {
  return new AgentWorker({
    onProgress,
    name,
    client: createAgentClient({ url }),
    ledger,
    clock,
    random: () => 0.5,
    limits: DEFAULT_LIMITS,
    log: createLogger('test', 'silent'),
    onFatal:
      onFatal ??
      ((error) => {
        throw error;
      }),
  });
}

/** A fleet whose workers talk to real HTTP servers. */
export function liveFleet(ledger: Ledger, clock: Clock = systemClock): Fleet {
  return new Fleet({
    clock,
    log: createLogger('test', 'silent'),
    remembered: (name) => rememberedAgent(ledger.load(name), DEFAULT_LIMITS),
    forget: (name) =>
      ledger.save(
        name,
        ledger.load(name).map(({ portId }) => ({ portId, desired: undefined, held: undefined })),
      ),
    open: (name, url, onProgress) => liveWorker({ url, ledger, name, clock, onProgress }),
  });
}

/** Ports `from` to `to`, all enabled. */
export function wantedPorts(from: number, to: number): Map<string, DesiredPort> {
  const ports = new Map<string, DesiredPort>();
  for (let number = from; number <= to; number++) {
    const port = samplePort(number);
    ports.set(port.id, { port, enabled: true });
  }
  return ports;
}
