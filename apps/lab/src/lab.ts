import { join } from 'node:path';
import { FIRST_INVENTORY } from './inventory/first-inventory.ts';
import { InventoryFile } from './inventory/inventory-file.ts';
import { Agent } from './processes/agent.ts';
import { loopbackAddress } from './processes/loopback.ts';
import { Plugin } from './processes/plugin.ts';

/** A real agent gives a client 60 s after a sync; nobody wants to watch that long. */
export const STALE_TIMEOUT_MS = 3_000;

/** vCenter's inventory, an agent for each of its two hosts, and the plugin. */
export class Lab {
  readonly folder: string;
  readonly inventory: InventoryFile;
  readonly agents: readonly [Agent, Agent];
  readonly plugin: Plugin;

  constructor(folder: string) {
    const runDir = join(folder, 'run');
    const common = { runDir, staleTimeoutMs: STALE_TIMEOUT_MS };
    const agent = (number: number): Agent => {
      const name = `agent-${number}`;
      const address = loopbackAddress(number);
      return new Agent({ ...common, name, host: `esx-${number}`, address, folder: join(folder, name) });
    };
    this.folder = folder;
    this.inventory = new InventoryFile(join(folder, 'inventory.yaml'));
    this.agents = [agent(1), agent(2)];
    this.plugin = new Plugin({ ...common, folder, inventoryFile: this.inventory.path });
  }

  /** Agents, then the plugin: it must know where they are. */
  async start(): Promise<void> {
    await Promise.all(this.agents.map((agent) => agent.start()));
    this.inventory.createUnlessThere(FIRST_INVENTORY);
    this.plugin.setAgents(this.agents);
    await this.plugin.start();
  }

  /** Ends every process, and lets none start any more. Throws when one would not stop in time. */
  async close(): Promise<void> {
    const ends = await Promise.allSettled([this.plugin, ...this.agents].map((program) => program.close()));
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
  }
}
