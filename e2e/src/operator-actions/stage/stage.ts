import assert from 'node:assert/strict';
import {
  startFaultProxy,
  startVcenterSim,
  temporaryFolder,
  waitFor,
  type FaultProxy,
  type SimChange,
  type TemporaryFolder,
  type VcenterSim,
} from '@vrouter/testkit';
import { heldInFiles, heldInTable } from '../../checks/held.ts';
import { expectedPorts, type Lifecycle } from '../../world/oracle.ts';
import { addressesIn, pictureOf, type Addresses } from '../observe/sim-picture.ts';
import { FABRIC } from './agent-vms.ts';
import { phasesFor, reachOf } from './reach.ts';
import { passFence, FENCE_HOST, FENCE_VM, FENCE_WORD } from './fence.ts';
import { recorder, type Recorder } from './recorder.ts';
import { Side, type Cast } from './side.ts';

/** Far above what a loaded machine needs. */
const SETTLED_MS_MAX = 90_000;

const NETWORKS = [
  { name: 'blue', vlan: { primary: 100, isolated: 101 } },
  { name: 'green', vlan: { primary: 200, isolated: 200 } },
  { name: FABRIC, vlan: { primary: 9, isolated: 9 } },
] as const;

interface StageParts {
  readonly folder: TemporaryFolder;
  readonly sim: VcenterSim;
  readonly proxy: FaultProxy;
  readonly notes: Recorder;
  readonly sides: readonly [Side, Side];
  readonly cast: Cast;
}

/**
 * A vCenter simulator, and for each lifecycle a plugin with an agent per host. Actions are done on it one after the other,
 * each with VMs of its own; what earlier ones left behind stays, and must not be disturbed.
 */
export class Stage {
  readonly sim: VcenterSim;
  readonly recorder: Recorder;
  /** Of lifecycle `power`, and of lifecycle `link`. */
  readonly sides: readonly [Side, Side];
  readonly cast: Cast;
  readonly #folder: TemporaryFolder;
  readonly #proxy: FaultProxy;
  #addresses: Addresses = new Map();
  #scenes = 0;
  #fences = 0;

  /** `hosts` exist from the start. Those of `cast` have agents, whether or not vCenter knows them yet. */
  static async open(hosts: readonly string[], cast: Cast = { listed: hosts }): Promise<Stage> {
    const folder = temporaryFolder();
    const sim = await startVcenterSim({
      inventory: { hosts: [...hosts, FENCE_HOST], networks: NETWORKS, vms: [FENCE_VM] },
    });
    const proxy = await startFaultProxy(sim.url);
    const notes = recorder(FENCE_WORD);
    proxy.inject(notes);
    const { username, password, datacenter } = sim;
    const inventory = { kind: 'vsphere', url: proxy.url, username, password, datacenter };
    const everyone = { ...cast, listed: [...cast.listed, FENCE_HOST] };
    const open = (lifecycle: Lifecycle): Promise<Side> =>
      Side.open(folder.path, lifecycle, everyone, inventory);
    const sides = await Promise.all([open('power'), open('link')]);
    const stage = new Stage({ folder, sim, proxy, notes, sides, cast });
    await stage.settled();
    return stage;
  }

  private constructor({ folder, sim, proxy, notes, sides, cast }: StageParts) {
    this.#folder = folder;
    this.sim = sim;
    this.#proxy = proxy;
    this.recorder = notes;
    this.sides = sides;
    this.cast = cast;
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
    for (const agent of agents.filter(({ isRunning }) => isRunning)) {
      const view = views.find(({ host }) => host === agent.host);
      const reach = reachOf(this.sim.inventory(), agent.host, agent.host === this.cast.found?.host);
      assert.ok(
        phasesFor(reach).includes(view?.phase),
        `phase of ${agent.name}: ${view?.phase}, but ${reach}`,
      );
      if (reach !== 'in reach') continue;
      const expected = expectedPorts(picture, lifecycle, agent.host);
      assert.deepEqual(await heldInTable(agent), expected, `the table of ${agent.name}`);
      assert.deepEqual(heldInFiles(agent), expected, `the port files of ${agent.name}`);
    }
    return true;
  }
}
