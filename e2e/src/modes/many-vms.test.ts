import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, waitFor } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { heldInFiles } from '../checks/held.ts';
import { assertSyncFirst, mark, requestsSince } from '../checks/wire.ts';
import { Agent } from '../world/agent.ts';
import { portId } from '../world/oracle.ts';
import { Plugin } from '../world/plugin.ts';
import { ConfigApi } from './config-api.ts';

/** As many as an installation had whose re-adds did not fit into the sweep's minute, because objects were read and made in it. */
const RESIDENTS = 1_200;
const NEW = 50;
const HOSTS = ['esx-1', 'esx-2'];
const STALE_TIMEOUT_MS = 20_000;
/** Of each request to the config API. To make the new objects takes many times as long as to read all that are there. */
const DELAY_MS = 500;
const CONVERGED_MS_MAX = 120_000;

interface Vm {
  readonly id: string;
  readonly mac: string;
  readonly host: string;
}

const vms: readonly Vm[] = Array.from({ length: RESIDENTS + NEW }, (_, number) => {
  const hex = number.toString(16).padStart(4, '0');
  return {
    id: `50270000-1111-2222-3333-00000000${hex}`,
    mac: `00:50:56:bf:${hex.slice(0, 2)}:${hex.slice(2)}`,
    host: HOSTS[number % HOSTS.length] ?? '',
  };
});

/** An inventory file with the first `count` VMs. */
function inventoryJson(count: number): string {
  return JSON.stringify({
    hosts: HOSTS.map((name) => ({ name })),
    networks: [{ name: 'blue', key: 'dvportgroup-21', vlan: { primary: 100, isolated: 101 } }],
    vms: vms.slice(0, count).map(({ id, mac, host }, number) => ({
      name: `web-${number}`,
      id,
      host,
      power: 'on',
      adapters: [{ mac, network: 'blue' }],
    })),
  });
}

async function openSite() {
  const folder = temporaryFolder();
  const path = join(folder.path, 'inventory.json');
  const api = await ConfigApi.open(folder.path);
  const common = { folder: folder.path, staleTimeoutMs: STALE_TIMEOUT_MS, profile: 'blueprint' };
  const agents = HOSTS.map((host, nth) => new Agent({ ...common, name: `agent-${nth + 1}`, host }));
  const plugin = new Plugin({
    ...common,
    lifecycle: 'link',
    mode: 'vcenter-only',
    configApi: { url: api.url, networks: [{ name: 'blue', subnet: '10.7.0.0/16' }] },
    inventory: { kind: 'file', path },
    responseMs: 20_000,
  });
  onTestFinished(async () => {
    await Promise.all([plugin.dispose(), ...agents.map((agent) => agent.dispose()), api.close()]);
    folder.remove();
  });
  await Promise.all(agents.map((agent) => agent.start()));
  return {
    api,
    agents,
    plugin,
    publish(count: number): void {
      writeFileSync(`${path}.new`, inventoryJson(count));
      renameSync(`${path}.new`, path);
    },
    async confirmed(count: number): Promise<void> {
      const look = async (): Promise<boolean> => {
        const views = await plugin.introspect.agents();
        return views.reduce((sum, { ports }) => sum + (ports?.confirmed ?? 0), 0) === count;
      };
      const what = `${count} ports to be confirmed`;
      await waitFor(look, { what, timeoutMs: CONVERGED_MS_MAX, everyMs: 200 });
    },
  };
}

const idsOn = (host: string, of: readonly Vm[]): readonly string[] =>
  of.filter((vm) => vm.host === host).map(({ mac }) => portId(mac));

test(
  'a restart with 1,200 VMs, 50 new ones and a slow config API: nothing that was there is swept, or waits for what is new',
  { timeout: 360_000 },
  async () => {
    const { api, agents, plugin, publish, confirmed } = await openSite();
    publish(RESIDENTS);
    await plugin.start(agents);
    await confirmed(RESIDENTS);
    await plugin.end('stop');
    // Agents write them behind their answers: until all say what was confirmed, they may still become others.
    const isWritten = (): boolean =>
      agents.every((agent) => {
        const up = Object.values(heldInFiles(agent)).filter(({ linkState }) => linkState === 1);
        return up.length === RESIDENTS / HOSTS.length;
      });
    await waitFor(isWritten, { what: 'the files of all ports', timeoutMs: CONVERGED_MS_MAX, everyMs: 200 });
    const files = agents.map((agent) => agent.files());
    const marks = await Promise.all(agents.map(mark));

    publish(RESIDENTS + NEW);
    await api.forgetRequests();
    await api.delay(DELAY_MS);
    await plugin.startUnready(agents);
    await confirmed(RESIDENTS + NEW);
    const isSwept = async (): Promise<boolean> =>
      (await Promise.all(agents.map((agent) => agent.state()))).every(
        ({ deadlines }) => deadlines.length === 0,
      );
    await waitFor(isSwept, { what: 'the sweeps to be over', timeoutMs: 2 * STALE_TIMEOUT_MS });

    const asked = await api.journal();
    const reads = asked.filter(
      ({ operation, query, body }) => operation === 'list' && !`${query}${body}`.includes('obj_uuids'),
    );
    const creates = asked.filter(({ operation }) => operation === 'create');
    expect(creates).toHaveLength(3 * NEW);
    for (const [nth, agent] of agents.entries()) {
      const requests = await requestsSince(agent, marks[nth]);
      assertSyncFirst(requests);
      const firstOf = (ids: readonly string[]): number => {
        const wanted = new Set(ids);
        return requests.findIndex(
          ({ operation, portIds }) => operation === 'add' && portIds.some((id) => wanted.has(id)),
        );
      };
      const residents = idsOn(agent.host, vms.slice(0, RESIDENTS));
      const isNew = firstOf(idsOn(agent.host, vms.slice(RESIDENTS)));
      const addedBefore = new Set(
        requests
          .slice(0, isNew)
          .flatMap(({ operation, status, portIds }) =>
            operation === 'add' && status === 200 ? portIds : [],
          ),
      );
      // All that was read was read before the sync, and all that was there is there again before anything new is.
      const syncAtMs = requests.find(({ operation }) => operation === 'sync')?.atMs ?? 0;
      expect(Math.max(...reads.map(({ atMs }) => atMs))).toBeLessThanOrEqual(syncAtMs);
      expect(residents.filter((id) => !addedBefore.has(id))).toEqual([]);
      // Nobody took any of them away: neither we, nor a sweep, after which the file would be another one.
      expect(requests.filter(({ operation }) => operation === 'delete')).toEqual([]);
      const now = agent.files();
      expect(Object.entries(files[nth] ?? {}).filter(([id, text]) => now[id] !== text)).toEqual([]);
      expect(Object.keys(files[nth] ?? {})).toHaveLength(residents.length);
    }
  },
);
