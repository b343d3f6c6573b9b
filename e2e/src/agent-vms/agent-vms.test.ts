import {
  startVcenterSim,
  temporaryFolder,
  vcenterSimMissing,
  waitFor,
  type VcenterSim,
} from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { heldInTable } from '../checks/held.ts';
import { FAULT_TEST } from '../faults/fault-world.ts';
import { Agent } from '../world/agent.ts';
import { loopbackAddress } from '../world/loopback.ts';
import { Plugin } from '../world/plugin.ts';

const FABRIC = 'contrail-fab-pg';
const AGENT_MAC = '00:50:56:bf:00:f1';
const STALE_TIMEOUT_MS = 60_000;
const SYNC = 'POST /syncports';

interface Site {
  readonly sim: VcenterSim;
  readonly plugin: Plugin;
  /** Starts an agent at an address of its own, on the port of all agents. */
  agent(name: string): Promise<{ readonly agent: Agent; readonly address: string }>;
}

/** A vCenter with one host and one running VM, and a plugin that knows of no agent but through their VMs. */
async function openSite(): Promise<Site> {
  const folder = temporaryFolder();
  const sim = await startVcenterSim({
    inventory: {
      hosts: ['esx-1', 'esx-2'],
      networks: [
        { name: 'blue', vlan: { primary: 100, isolated: 101 } },
        { name: FABRIC, vlan: { primary: 9, isolated: 9 } },
      ],
      vms: [
        {
          name: 'web-1',
          host: 'esx-1',
          power: 'on',
          adapters: [{ mac: '00:50:56:bf:00:01', network: 'blue', ip: '10.0.1.1' }],
        },
      ],
    },
  });
  const agents: Agent[] = [];
  let port = 0;
  const start = async (name: string): ReturnType<Site['agent']> => {
    const address = loopbackAddress();
    const options = { name, host: 'esx-1', folder: folder.path, profile: 'blueprint' };
    const agent = new Agent({ ...options, staleTimeoutMs: STALE_TIMEOUT_MS, listen: `${address}:${port}` });
    agents.push(agent);
    await agent.start();
    port = Number(new URL(agent.url).port);
    return { agent, address };
  };
  // All agents listen on one port, so the first one to start says which.
  const { agent: first } = await start('port');
  await first.dispose();
  const { url, username, password } = sim;
  const plugin = new Plugin({
    folder: folder.path,
    lifecycle: 'power',
    mode: 'standalone',
    staleTimeoutMs: STALE_TIMEOUT_MS,
    inventory: { kind: 'vsphere', url, username, password, agentVm: { discover: true, port } },
  });
  onTestFinished(async () => {
    await Promise.all([plugin.dispose(), ...agents.map((agent) => agent.dispose())]);
    await sim.stop();
    folder.remove();
  });
  return { sim, plugin, agent: start };
}

function agentVm(address: string) {
  return {
    name: 'tenants-CONTRAILvm-1',
    host: 'esx-1',
    power: 'on',
    adapters: [{ mac: AGENT_MAC, network: FABRIC, ip: address }],
  } as const;
}

async function holds(agent: Agent, ports: number): Promise<void> {
  await waitFor(
    async () => {
      const held = Object.values(await heldInTable(agent));
      return held.length === ports && held.every(({ linkState }) => linkState === 1);
    },
    { what: `${agent.name} to have ${ports} ports, enabled`, timeoutMs: 60_000 },
  );
}

function phase(plugin: Plugin, expected: string): Promise<unknown> {
  return waitFor(
    async () => {
      const phases = (await plugin.introspect.agents()).map((agent) => agent.phase);
      return phases.includes(expected);
    },
    { what: `an agent that is ${expected}`, timeoutMs: 60_000 },
  );
}

async function asked(agent: Agent): Promise<string[]> {
  return (await agent.requests()).map(({ method, path }) => `${method} ${path}`);
}

test.skipIf(vcenterSimMissing())('agents are found through their VMs, and followed', FAULT_TEST, async () => {
  const { sim, plugin, agent } = await openSite();
  await plugin.start([]);
  expect(await plugin.introspect.agents()).toEqual([]);

  // Its VM appears: the agent gets the port.
  const before = await agent('before');
  await sim.apply({ action: 'createVm', vm: agentVm(before.address) });
  await holds(before.agent, 1);
  expect((await asked(before.agent))[0]).toBe(SYNC);

  // Its VM has another address: what listens there gets the port, and the old address hears no more.
  const after = await agent('after');
  const heardBefore = await asked(before.agent);
  await sim.apply({ action: 'guestIp', vm: agentVm('').name, mac: AGENT_MAC, ip: after.address });
  await holds(after.agent, 1);
  expect((await asked(after.agent))[0]).toBe(SYNC);
  expect(await asked(before.agent)).toEqual(heardBefore);

  // Its guest falls silent over a restart of the plugin: it is where it was.
  await sim.apply({ action: 'guestIp', vm: agentVm('').name, mac: AGENT_MAC, ip: [] });
  await plugin.end('crash');
  await plugin.start([]);
  await phase(plugin, 'steady');

  // Its VM is off: what happens meanwhile waits.
  await sim.apply({ action: 'power', vm: agentVm('').name, power: 'off' });
  await phase(plugin, 'parked');
  const heardAfter = await asked(after.agent);
  const web2 = { mac: '00:50:56:bf:00:02', network: 'blue', ip: '10.0.1.2' };
  await sim.apply({
    action: 'createVm',
    vm: { name: 'web-2', host: 'esx-1', power: 'on', adapters: [web2] },
  });
  await waitFor(async () => (await plugin.introspect.retries()).length > 0, { what: 'the add to wait' });
  expect(await asked(after.agent)).toEqual(heardAfter);

  // On again: sync first, then all of it.
  await sim.apply({ action: 'power', vm: agentVm('').name, power: 'on' });
  await holds(after.agent, 2);
  expect((await asked(after.agent)).slice(heardAfter.length)[0]).toBe(SYNC);

  // Gone: nothing is sent, and a restart of the plugin remembers what it may hold.
  await sim.apply({ action: 'power', vm: agentVm('').name, power: 'off' });
  await phase(plugin, 'parked');
  const heardLast = await asked(after.agent);
  await sim.apply({ action: 'destroyVm', vm: agentVm('').name });
  await phase(plugin, 'gone');
  await plugin.end('crash');
  await plugin.start([]);
  await phase(plugin, 'gone');
  expect(await plugin.introspect.retries()).toMatchObject([{ agent: 'esx-1' }, { agent: 'esx-1' }]);
  expect(await asked(after.agent)).toEqual(heardLast);
  const { warnings } = await plugin.introspect.readiness();
  expect(warnings).toContain('esx-1: no agent serves this host; 2 ports are on no agent');
});
