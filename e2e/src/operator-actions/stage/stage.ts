import assert from 'node:assert/strict';
import {
  startFaultProxy,
  startVcenterSim,
  temporaryFolder,
  waitFor,
  type FaultProxy,
  type SimChange,
  type SimHost,
  type TemporaryFolder,
  type VcenterSim,
} from '@vrouter/testkit';
import { heldInFiles, heldInTable } from '../../checks/held.ts';
import { expectedPorts, type Lifecycle } from '../../world/oracle.ts';
import { addressesIn, pictureOf, type Addresses } from '../observe/sim-picture.ts';
import { passFence, FENCE_HOST, FENCE_VM, FENCE_WORD } from './fence.ts';
import { recorder, type Recorder } from './recorder.ts';
import { Side } from './side.ts';

/** Far above what a loaded machine needs. */
const SETTLED_MS_MAX = 90_000;

export const NETWORKS = [
  { name: 'blue', vlan: { primary: 100, isolated: 101 } },
  { name: 'green', vlan: { primary: 200, isolated: 200 } },
] as const;

/**
 * A vCenter simulator, and for each lifecycle a plugin with an agent per host. Actions are done on it one after the other,
 * each with VMs of its own; what earlier ones left behind stays, and must not be disturbed.
 */
export class Stage {
  readonly sim: VcenterSim;
  readonly recorder: Recorder;
  /** Of lifecycle `power`, and of lifecycle `link`. */
  readonly sides: readonly [Side, Side];
  readonly #folder: TemporaryFolder;
  readonly #proxy: FaultProxy;
  #addresses: Addresses = new Map();
  #scenes = 0;
  #fences = 0;

  /** `agentHosts` have agents, whether or not vCenter knows them; `hosts` exist from the start. */
  static async open(hosts: readonly string[], agentHosts: readonly string[] = hosts): Promise<Stage> {
    const sim = await startVcenterSim({
      inventory: { hosts: [...hosts, FENCE_HOST], networks: NETWORKS, vms: [FENCE_VM] },
    });
    const proxy = await startFaultProxy(sim.url);
    const stage = new Stage(sim, proxy, [...agentHosts, FENCE_HOST]);
    try {
      await Promise.all(stage.sides.map((side) => side.start()));
      await stage.settled();
    } catch (error) {
      await stage.close();
      throw error;
    }
    return stage;
  }

  private constructor(sim: VcenterSim, proxy: FaultProxy, hosts: readonly string[]) {
    const { username, password, datacenter } = sim;
    const inventory = { kind: 'vsphere', url: proxy.url, username, password, datacenter };
    this.sim = sim;
    this.#proxy = proxy;
    this.#folder = temporaryFolder();
    this.recorder = recorder(FENCE_WORD);
    proxy.inject(this.recorder);
    const side = (lifecycle: Lifecycle): Side => new Side(this.#folder.path, lifecycle, hosts, inventory);
    this.sides = [side('power'), side('link')];
  }

  /** A number that no other scene has. */
  nextScene(): number {
    return (this.#scenes += 1);
  }

  async apply(...changes: readonly SimChange[]): Promise<void> {
    await this.sim.apply(...changes);
    this.#addresses = addressesIn(this.sim.inventory(), this.#addresses);
  }

  /**
   * Waits until the plugins have seen all that was done so far, owe nothing to agents that they can reach, and those hold
   * what vCenter says, in table and files.
   */
  async settled(): Promise<void> {
    await passFence(this, (this.#fences += 1), SETTLED_MS_MAX);
    for (const side of this.sides) {
      await waitFor(() => this.#assertSettled(side), {
        what: `the agents to hold what vCenter says, in lifecycle ${side.lifecycle}`,
        timeoutMs: SETTLED_MS_MAX,
      });
    }
  }

  /** Waits until no sync is open at any agent. */
  async swept(): Promise<void> {
    for (const side of this.sides) {
      const isSwept = async (): Promise<boolean> => {
        const states = await Promise.all(side.agents.map((agent) => agent.state()));
        return states.every(({ deadlines }) => deadlines.length === 0);
      };
      await waitFor(isSwept, { what: 'all sweeps to be over', timeoutMs: SETTLED_MS_MAX });
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.sides.map((side) => side.dispose()));
    await this.#proxy.stop();
    await this.sim.stop();
    this.#folder.remove();
  }

  async #assertSettled({ lifecycle, plugin, agents }: Side): Promise<true> {
    const picture = pictureOf(this.sim.inventory(), this.sim.ids(), lifecycle, this.#addresses);
    const views = await plugin.introspect.agents();
    for (const agent of agents) {
      const view = views.find(({ name }) => name === agent.name);
      if (!agent.isRunning || this.#isParked(agent.host)) continue;
      assert.equal(view?.phase, 'steady', `phase of ${agent.name}`);
      const expected = expectedPorts(picture, lifecycle, agent.host);
      assert.deepEqual(await heldInTable(agent), expected, `the table of ${agent.name}`);
      assert.deepEqual(heldInFiles(agent), expected, `the port files of ${agent.name}`);
    }
    return true;
  }

  #isParked(name: string): boolean {
    const hosts = this.sim.inventory().hosts as readonly SimHost[];
    const host = hosts.find((each) => each.name === name);
    return host?.maintenance === true || host?.connected === false;
  }
}
