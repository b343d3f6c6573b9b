import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess, temporaryFolder, waitFor, workspaceFile } from '@vrouter/testkit';
import { ConfigApi } from '../../modes/config-api.ts';
import { Plugin } from '../../world/plugin.ts';

const AGENT = workspaceFile('apps/vrouter-agent-sim/src/main.ts');
const STALE_TIMEOUT_MS = 600_000;
const CONVERGED_MS_MAX = 10 * 60_000;
/** Looking costs the plugin time, too. */
const LOOK_MS = 100;
const HOSTS = 10;
const NETWORKS = ['blue', 'green'] as const;

/** A config API server, ten agents, and the plugin in mode vcenter-only with an inventory of `vms` VMs in two networks. */
export interface Site {
  readonly api: ConfigApi;
  /** Number of interfaces that there are to be. */
  readonly interfaces: number;
  /** Starts the plugin and waits until every port is confirmed. */
  converge(): Promise<Convergence>;
  stopPlugin(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds from the start of the process. */
export interface Convergence {
  /** Until nothing was left to be done in the config API, and every port was known. */
  readonly objectsMs: number;
  /** Until the agents had confirmed every port. */
  readonly portsMs: number;
}

export async function openSite(vms: number): Promise<Site> {
  const folder = temporaryFolder();
  const api = await ConfigApi.open(folder.path);
  const agents = await startAgents(folder.path);
  const path = join(folder.path, 'inventory.json');
  writeFileSync(path, JSON.stringify(inventoryOf(vms)));
  const plugin = new Plugin({
    folder: folder.path,
    lifecycle: 'power',
    mode: 'vcenter-only',
    configApi: { url: api.url, networks: NETWORKS.map((name, index) => ({ name, subnet: subnetOf(index) })) },
    staleTimeoutMs: STALE_TIMEOUT_MS,
    inventory: { kind: 'file', path },
  });
  const places = agents.ready.agents.map(({ name, url }, host) => ({ name, url, host: hostName(host) }));
  const interfaces = vms * NETWORKS.length;
  const ports = async (which: 'desired' | 'confirmed'): Promise<number> =>
    (await plugin.introspect.agents()).reduce((sum, view) => sum + (view.ports?.[which] ?? 0), 0);
  const until = (check: () => Promise<boolean>, what: string): Promise<unknown> =>
    waitFor(check, { what, timeoutMs: CONVERGED_MS_MAX, everyMs: LOOK_MS });
  return {
    api,
    interfaces,
    async converge() {
      const beganMs = performance.now();
      await plugin.startUnready(places);
      const isMade = async (): Promise<boolean> =>
        (await ports('desired')) === interfaces && (await plugin.introspect.configApi()).pending === 0;
      await until(isMade, 'all objects to be made');
      const objectsMs = performance.now() - beganMs;
      await until(async () => (await ports('confirmed')) === interfaces, 'all ports to be confirmed');
      return { objectsMs, portsMs: performance.now() - beganMs };
    },
    stopPlugin: () => plugin.end('stop'),
    async close() {
      await plugin.dispose();
      await agents.kill();
      await api.close();
      folder.remove();
    },
  };
}

/** A /16 each: 10.1.0.0, 10.2.0.0. */
function subnetOf(network: number): string {
  return `10.${network + 1}.0.0/16`;
}

function startAgents(folder: string) {
  const readyFile = join(folder, 'agents.json');
  const flags = {
    agents: HOSTS,
    listen: '127.0.0.1:0',
    'admin-listen': '127.0.0.1:0',
    'state-dir': join(folder, 'agents'),
    'stale-timeout': STALE_TIMEOUT_MS / 1000,
    'ready-file': readyFile,
  };
  const args = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]);
  return startProcess({ name: 'agents', file: AGENT, args, readyFile });
}

function inventoryOf(vms: number): object {
  return {
    hosts: Array.from({ length: HOSTS }, (_, host) => ({ name: hostName(host) })),
    networks: NETWORKS.map((name, index) => ({
      name,
      key: `dvportgroup-${21 + index}`,
      vlan: { primary: 100 * (index + 1), isolated: 100 * (index + 1) },
    })),
    vms: Array.from({ length: vms }, (_, vm) => ({
      name: `vm-${vm}`,
      id: `50270000-1111-2222-3333-${hex(vm, 12)}`,
      host: hostName(vm % HOSTS),
      power: 'on',
      adapters: NETWORKS.map((network, index) => ({ mac: macOf(vm, index), network })),
    })),
  };
}

function macOf(vm: number, adapter: number): string {
  return `00:50:56:${hex(adapter, 2)}:${hex(vm, 4).replace(/(..)(..)/u, '$1:$2')}`;
}

function hex(number: number, length: number): string {
  return number.toString(16).padStart(length, '0');
}

function hostName(host: number): string {
  return `esx-${host + 1}`;
}
