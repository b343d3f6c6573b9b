import { join } from 'node:path';
import {
  startFaultProxy,
  startProcess,
  startVcenterSim,
  temporaryFolder,
  waitFor,
  workspaceFile,
  type VcenterSim,
} from '@vrouter/testkit';
import { getJson } from '../../world/http.ts';
import { Plugin } from '../../world/plugin.ts';
import { Answers } from './answers.ts';

const AGENT = workspaceFile('apps/vrouter-agent-sim/src/main.ts');
const STALE_TIMEOUT_MS = 600_000;
const START_MS_MAX = 180_000;

export interface SiteSize {
  readonly hosts: number;
  readonly vms: number;
}

/** One row of an agent's record of requests. */
export interface Received {
  readonly seq: number;
  readonly atMs: number;
  readonly operation: string;
  readonly portIds: readonly string[];
  readonly status: number;
}

/** A vCenter, an agent for each host, and the plugin between them, in step. All VMs have a port but the first of each host. */
export interface Site {
  readonly sim: VcenterSim;
  readonly answers: Answers;
  /** What the agent of a host has received, oldest first. */
  received(host: number): Promise<readonly Received[]>;
  /** Waits until the plugin owes nothing to anybody. */
  steady(): Promise<void>;
  stop(): Promise<void>;
}

export const hostName = (host: number): string => `esx-${host + 1}`;
export const vmName = (vm: number): string => `vm-${vm + 1}`;

export async function openSite(size: SiteSize): Promise<Site> {
  const endings: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const folder = temporaryFolder();
    endings.push(() => folder.remove());
    const sim = await startVcenterSim({ inventory: inventoryOf(size) });
    endings.push(() => sim.stop());
    const answers = new Answers();
    const proxy = await startFaultProxy(sim.url);
    endings.push(() => proxy.stop());
    proxy.inject(answers);
    const agents = await startAgents(size.hosts, folder.path);
    endings.push(() => agents.stop());
    const plugin = new Plugin({
      folder: folder.path,
      lifecycle: 'power',
      mode: 'standalone',
      staleTimeoutMs: STALE_TIMEOUT_MS,
      inventory: { kind: 'vsphere', url: proxy.url, username: sim.username, password: sim.password },
    });
    endings.push(() => plugin.dispose());
    await plugin.start(
      agents.ready.agents.map(({ url }, host) => ({ name: hostName(host), url, host: hostName(host) })),
    );
    const site: Site = {
      sim,
      answers,
      async received(host) {
        const url = agents.ready.agents[host]?.adminUrl ?? '';
        return (await getJson<{ requests: Received[] }>(`${url}/admin/requests`)).requests;
      },
      async steady() {
        await waitFor(
          async () => (await plugin.introspect.agents()).every(({ phase }) => phase === 'steady'),
          { what: 'every agent to be steady', timeoutMs: START_MS_MAX, everyMs: 250 },
        );
      },
      stop,
    };
    await site.steady();
    return site;
  } catch (error) {
    await stop();
    throw error;
  }
}

function startAgents(count: number, folder: string) {
  const readyFile = join(folder, 'agents.json');
  const flags = {
    agents: count,
    listen: '127.0.0.1:0',
    'admin-listen': '127.0.0.1:0',
    'state-dir': join(folder, 'agents'),
    'stale-timeout': STALE_TIMEOUT_MS / 1000,
    'ready-file': readyFile,
  };
  const args = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]);
  return startProcess({ name: 'agents', file: AGENT, args, readyFile, readyTimeoutMs: START_MS_MAX });
}

function inventoryOf({ hosts, vms }: SiteSize) {
  return {
    hosts: Array.from({ length: hosts }, (_, host) => hostName(host)),
    networks: [{ name: 'blue', vlan: { primary: 100, isolated: 101 } }],
    vms: Array.from({ length: vms }, (_, vm) => ({
      name: vmName(vm),
      host: hostName(vm % hosts),
      power: vm < hosts ? ('off' as const) : ('on' as const),
      adapters: [{ mac: macOf(vm), network: 'blue', ip: `10.1.${vm >> 8}.${vm & 255}` }],
    })),
  };
}

/** MAC of the one adapter of a VM. */
export function macOf(vm: number): string {
  const hex = (vm + 1).toString(16).padStart(8, '0');
  return `00:50:${(hex.match(/../g) ?? []).join(':')}`;
}
