import {
  hidden,
  slowAnswer,
  startFaultProxy,
  startVcenterSim,
  temporaryFolder,
  vcenterSimMissing,
  waitFor,
  type FaultProxy,
  type VcenterSim,
} from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { heldInTable } from '../checks/held.ts';
import { Agent } from '../world/agent.ts';
import { sweepAfterMs } from '../world/patience.ts';
import { Plugin } from '../world/plugin.ts';
import { FAULT_TEST } from './fault-world.ts';

const brakeTest = test.skipIf(vcenterSimMissing());
const HOST = 'esx-1';
const VMS = 12;
const MANY = 5;
const SHARE = 0.5;
/** Longer than any test. */
const NEVER_S = 3_600;
const WAIT = { timeoutMs: 60_000 };

interface Site {
  readonly sim: VcenterSim;
  readonly proxy: FaultProxy;
  readonly agent: Agent;
  readonly plugin: Plugin;
}

/** One host with VMs that all run, its agent and the plugin, in step; the brake lets go after `holdS`. */
async function openSite(holdS: number): Promise<Site> {
  const folder = temporaryFolder();
  const sim = await startVcenterSim({
    inventory: {
      hosts: [HOST],
      networks: [{ name: 'blue', vlan: { primary: 100, isolated: 101 } }],
      vms: Array.from({ length: VMS }, (_, index) => ({
        name: `web-${index}`,
        host: HOST,
        power: 'on' as const,
        adapters: [{ mac: `00:50:56:bf:00:${(16 + index).toString(16)}`, network: 'blue' }],
      })),
    },
  });
  const proxy = await startFaultProxy(sim.url);
  const common = { folder: folder.path, staleTimeoutMs: sweepAfterMs() };
  const agent = new Agent({ ...common, name: 'agent-1', host: HOST, profile: 'blueprint' });
  const plugin = new Plugin({
    ...common,
    lifecycle: 'power',
    mode: 'standalone',
    inventory: { kind: 'vsphere', url: proxy.url, username: sim.username, password: sim.password },
    brake: { count: MANY, share: SHARE, hold: holdS },
  });
  onTestFinished(async () => {
    await Promise.all([plugin.dispose(), agent.dispose()]);
    await proxy.stop();
    await sim.stop();
    folder.remove();
  });
  await agent.start();
  await plugin.start([agent]);
  await holds(agent, VMS);
  return { sim, proxy, agent, plugin };
}

async function holds(agent: Agent, count: number): Promise<void> {
  const isThere = async (): Promise<boolean> => {
    const ports = Object.values(await heldInTable(agent));
    return ports.length === count && ports.every(({ linkState }) => linkState === 1);
  };
  await waitFor(isThere, { what: `the agent to have ${count} ports, enabled`, ...WAIT });
}

/** From now on, until the returned function is called, the login does not see these VMs. */
async function loseRight({ sim, proxy }: Site, names: readonly string[]): Promise<() => Promise<void>> {
  const ids = sim.ids().vms;
  const lost = new Set(names.map((name) => ids[name]));
  const isLost = (set: string): boolean => [...lost].some((id) => id !== undefined && set.includes(id));
  const refs = new Set<string>();
  const restore = proxy.inject({
    change(call, answer) {
      for (const [set, ref = ''] of answer.body.matchAll(
        /<objectSet>.*?<obj type="VirtualMachine">([^<]*)<.*?<\/objectSet>/gsu,
      ))
        if (isLost(set)) refs.add(ref);
      return hidden((_type, ref) => refs.has(ref)).change?.(call, answer) ?? answer;
    },
  });
  await readAgain(proxy);
  return async () => {
    restore();
    await readAgain(proxy);
  };
}

async function readAgain(proxy: FaultProxy): Promise<void> {
  await waitFor(() => proxy.interruptPolls('NotAuthenticated') === 1, {
    what: 'a poll to interrupt',
    ...WAIT,
  });
}

/** `ports`: how many, as a pattern. */
async function brakeHolds({ plugin }: Site, ports: number | string): Promise<void> {
  const reason = new RegExp(`brake: ${ports} ports would go at once`, 'u');
  await waitFor(async () => reason.test((await plugin.introspect.readiness()).reasons.join()), {
    what: 'the brake to hold',
    ...WAIT,
  });
}

async function changes(agent: Agent): Promise<string[]> {
  return (await agent.requests())
    .map(({ operation }) => operation)
    .filter((operation) => operation !== 'get');
}

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `web-${index}`);

brakeTest(
  'a login that sees no VM any more takes nothing away, and neither does its return',
  FAULT_TEST,
  async () => {
    const site = await openSite(NEVER_S);
    const before = await changes(site.agent);
    const restore = await loseRight(site, names(VMS));
    await brakeHolds(site, VMS);

    // A restart is no way around it: what the ledger knows is held back, and so is the sync that would sweep it.
    await site.plugin.end('crash');
    await site.plugin.startUnready([site.agent]);
    await brakeHolds(site, VMS);
    const since = (await changes(site.agent)).slice(before.length);
    expect(since.filter((operation) => ['sync', 'delete', 'disable'].includes(operation))).toEqual([]);

    await restore();
    await waitFor(async () => (await site.plugin.introspect.readiness()).ready, {
      what: 'readiness',
      ...WAIT,
    });
    expect(await changes(site.agent)).not.toContain('delete');
    await holds(site.agent, VMS);
  },
);

brakeTest(
  'of a login that sees half of the VMs, an operator may say that it is right',
  FAULT_TEST,
  async () => {
    const site = await openSite(NEVER_S);
    const half = names(VMS / 2 + 1);
    await loseRight(site, half);
    await brakeHolds(site, half.length);
    expect(await changes(site.agent)).not.toContain('delete');

    await site.plugin.introspect.releaseBrake('agent-1');
    await holds(site.agent, VMS - half.length);
    const { ready, reasons } = await site.plugin.introspect.readiness();
    expect({ ready, reasons }).toEqual({ ready: true, reasons: [] });
  },
);

brakeTest('a real power off of everything goes through after the hold', FAULT_TEST, async () => {
  const site = await openSite(6);
  const late = slowAnswer({ method: 'WaitForUpdatesEx' });
  const takeBack = site.proxy.inject(late);
  await site.sim.apply(...names(VMS).map((vm) => ({ action: 'power', vm, power: 'off' }) as const));
  takeBack();
  late.letGo();
  await brakeHolds(site, '\\d+');
  await holds(site.agent, 0);
  const deletes = (await changes(site.agent)).filter((operation) => operation === 'delete');
  expect(deletes).toHaveLength(VMS);
});
