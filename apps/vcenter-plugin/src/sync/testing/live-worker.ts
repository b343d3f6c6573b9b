import { createAgentClient } from '@vrouter/agent-client';
import type { DesiredPort } from '../../binding/desired-port.ts';
import { createLogger, systemClock, type Clock } from '@vrouter/service-kit';
import { samplePort } from '@vrouter/testkit';
import type { Ledger } from '../../ledger/ledger.ts';
import { AgentWorker } from '../agent-worker.ts';
import { DEFAULT_LIMITS } from '../limits.ts';

export interface LiveParts {
  readonly url: string;
  readonly ledger: Ledger;
  readonly name?: string;
  readonly clock?: Clock;
  readonly onFatal?: (error: unknown) => void;
}

/** A worker that talks to a real HTTP server. */
export function liveWorker({ url, ledger, name = 'agent-1', clock = systemClock, onFatal }: LiveParts) {
  return new AgentWorker({
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

/** Ports `from` to `to`, all enabled. */
export function wantedPorts(from: number, to: number): Map<string, DesiredPort> {
  const ports = new Map<string, DesiredPort>();
  for (let number = from; number <= to; number++) {
    const port = samplePort(number);
    ports.set(port.id, { port, enabled: true });
  }
  return ports;
}
