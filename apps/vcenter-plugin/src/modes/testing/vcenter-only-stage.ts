import { createConfigApiClient } from '@vrouter/config-api-client';
import { createLogger, systemClock } from '@vrouter/service-kit';
import { waitFor } from '@vrouter/testkit';
import type { Binding } from '../../binding/desired-port.ts';
import { agentOf, inventoryOf, PLACEMENTS, vmWith } from '../../binding/testing/inventory.ts';
import type { Inventory } from '../../inventory/model.ts';
import { VcenterOnlyMode } from '../vcenter-only-mode.ts';
import { configApiServer, type ConfigApiServer } from './config-api-server.ts';
import { HeldByAgents } from './held-by-agents.ts';

const BLUE = { name: 'blue', subnet: '10.0.1.0/24' };
const TYPES = ['virtual-network', 'virtual-machine', 'virtual-machine-interface', 'instance-ip'];

interface StageOptions {
  readonly addresses?: 'api' | 'guest';
  readonly rereadMs?: number;
}

/** Mode vcenter-only between an inventory, agents and a config API server of its own. */
export class VcenterOnlyStage {
  readonly server: ConfigApiServer;
  agents = new HeldByAgents();
  inventory: Inventory = inventoryOf(vmWith([{}]));
  bound: Binding | { readonly reason: string } = { reason: 'not started' };
  #mode: VcenterOnlyMode | undefined;

  private constructor(server: ConfigApiServer) {
    this.server = server;
  }

  static async open(): Promise<VcenterOnlyStage> {
    return new VcenterOnlyStage(await configApiServer());
  }

  get mode(): VcenterOnlyMode {
    if (this.#mode === undefined) throw new Error('start it first');
    return this.#mode;
  }

  start({ addresses = 'api', rereadMs = 3_600_000 }: StageOptions = {}): void {
    this.#mode = new VcenterOnlyMode({
      api: createConfigApiClient({ url: this.server.url, connections: 4, responseTimeoutMs: 1_000 }),
      clock: systemClock,
      log: createLogger('test', 'silent'),
      lifecycle: 'power',
      agents: this.agents,
      addresses: [{ ...BLUE, addresses }],
      concurrency: 4,
      brake: { count: 5, share: 0.5, holdMs: 3_600_000 },
      rereadMs,
    });
    this.#mode.start(() => this.bind());
    this.bind();
  }

  bind(): void {
    this.bound = this.mode.bind(this.inventory, PLACEMENTS);
    if ('agents' in this.bound) {
      this.agents.obey(this.bound);
      this.mode.applied(this.inventory, PLACEMENTS);
    }
    this.mode.progress();
  }

  become(next: Inventory): void {
    this.inventory = next;
    this.bind();
  }

  boundIs(check: (binding: Binding) => boolean, what: string): Promise<Binding> {
    return waitFor(() => 'agents' in this.bound && check(this.bound) && this.bound, { what });
  }

  /** Uuids of our objects by type, once nothing is left to be done. */
  async settledObjects(): Promise<Record<string, string[]>> {
    const isSettled = (): boolean => 'agents' in this.bound && this.mode.report().pending === 0;
    await waitFor(isSettled, { what: 'all work to be done' });
    const lists = TYPES.map(async (type) => {
      const objects = await this.server.objects(type);
      const ours = objects.filter(
        ({ id_perms: perms }) => (perms as { creator?: string }).creator === 'vcenter-plugin',
      );
      return [type, ours.map(({ uuid }) => String(uuid)).sort()];
    });
    return Object.fromEntries(await Promise.all(lists)) as Record<string, string[]>;
  }

  async close(): Promise<void> {
    await this.#mode?.stop();
    await this.server.close();
  }
}

export const portsOf = (binding: Binding): number => agentOf(binding).ports.size;
