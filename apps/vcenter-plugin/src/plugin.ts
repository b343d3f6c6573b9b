import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { createAgentClient } from '@vrouter/agent-client';
import {
  lockFolder,
  StartError,
  systemClock,
  urlOf,
  type ListenAddress,
  type Logger,
} from '@vrouter/service-kit';
import type { FastifyInstance } from 'fastify';
import { readAgentTls } from './agent-tls.ts';
import { Placements } from './binding/placements.ts';
import type { Config } from './config.ts';
import { agentWithFailpoints } from './failpoints/clients.ts';
import { openFailpoints } from './failpoints/failpoints.ts';
import { readiness, type Readiness } from './introspect/readiness.ts';
import { introspectServer } from './introspect/server.ts';
import { openSource } from './inventory/open-source.ts';
import { agentMemory } from './inventory/vsphere/agent-memory.ts';
import { knownAddresses } from './ledger/known-addresses.ts';
import { openSqliteLedger } from './ledger/sqlite-ledger.ts';
import { openMode } from './modes/open-mode.ts';
import { openFleet } from './open-fleet.ts';
import { Pipeline } from './pipeline.ts';
import { agentsView } from './sync/agents-view.ts';
import type { Fleet } from './sync/fleet.ts';
import { limitsFrom } from './sync/limits.ts';

/** A whole plugin, ready to run. */
export interface Plugin {
  /** Serves introspection and begins to read the inventory. Returns the URL. Throws `StartError`. */
  start(): Promise<string>;
  readiness(): Readiness;
  stop(): Promise<void>;
}

/**
 * Puts the parts together. Takes hold of the state folder: throws `StartError` when another process has it, and
 * `PluginError` when the ledger in it is no use. `onFatal` hears of what must end the process.
 */
export function createPlugin(config: Config, log: Logger, onFatal: (error: unknown) => void): Plugin {
  const { connectMs, responseMs } = config.timeouts;
  const tls = readAgentTls(config.agentTls);
  const failpoints = openFailpoints(process.env, log);
  const mode = openMode(config, { clock: systemClock, log, failpoints, agents: agentsView(() => fleet) });
  const source = openSource(config.inventory, systemClock, log, {
    knownBefore: (mac, network) => known(mac, network),
    agents: agentMemory(join(config.stateDir, 'agent-addresses.json'), log),
    ipPools: config.mode === 'vcenter-only',
  });
  const places = new Placements(config, systemClock, log);
  const lock = lockFolder(config.stateDir, 'vcenter-plugin');
  const ledger = openSqliteLedger(join(config.stateDir, 'ledger.db'));
  const known = knownAddresses(ledger);
  const limits = limitsFrom({
    staleTimeoutMs: config.staleTimeout * 1000,
    responseMs,
    reconnect: config.reconnect,
    brake: { count: config.brake.count, share: config.brake.share, holdMs: config.brake.hold * 1000 },
  });
  const fleet: Fleet = openFleet({
    clientOf(_name, url) {
      const client = createAgentClient({
        url,
        tls,
        connectTimeoutMs: connectMs,
        responseTimeoutMs: responseMs,
        connections: limits.concurrencyMax,
      });
      return agentWithFailpoints(client, failpoints);
    },
    ledger,
    clock: systemClock,
    random: Math.random,
    limits,
    log,
    onFatal,
    onProgress: () => mode.progress(),
  });
  fleet.place(places.listed);
  const pipeline = new Pipeline({
    source,
    places,
    bind: (inventory, placements) => mode.bind(inventory, placements),
    onApplied: (inventory, placements) => mode.applied(inventory, placements),
    fleet,
    log,
  });
  const server = introspectServer(
    pipeline,
    fleet,
    () => mode.report(),
    () => mode.releaseBrake(),
  );
  return {
    async start() {
      await listen(server, config.listen);
      mode.start(() => pipeline.rebind());
      pipeline.start();
      return urlOf(server.server.address() as AddressInfo);
    },
    readiness: () => readiness(pipeline.report(), fleet, mode.report()),
    async stop() {
      await pipeline.stop();
      await mode.stop();
      await fleet.stop();
      await server.close();
      ledger.close();
      lock.release();
    },
  };
}

async function listen(server: FastifyInstance, address: ListenAddress): Promise<void> {
  try {
    await server.listen(address);
  } catch (error) {
    throw new StartError(
      'BAD_CONFIG',
      `listen: cannot listen on ${address.host}:${address.port}: ${(error as Error).message}`,
      { cause: error },
    );
  }
}
