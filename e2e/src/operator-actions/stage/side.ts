import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Agent } from '../../world/agent.ts';
import type { Lifecycle } from '../../world/oracle.ts';
import { Plugin } from '../../world/plugin.ts';
import type { AgentRequest } from '../observe/chains.ts';

/** Short, so that the sweep of the first sync can be waited for: until then an outage means another sync. */
const STALE_TIMEOUT_MS = 5_000;
/** So long that a busy machine is not taken for a dead agent. */
const RESPONSE_MS = 60_000;

/** A moment at the agents of a side. */
export interface Mark {
  readonly counts: readonly number[];
  readonly pids: readonly (number | undefined)[];
}

/** Who serves which hosts; `agent-1` is for `esx-1`, and so on. */
export interface Cast {
  /** Hosts whose agents are listed in the plugin's configuration. */
  readonly listed: readonly string[];
  /** The host whose agent is found through its VM, and the address that this VM reports. */
  readonly found?: { readonly host: string; readonly address: string };
}

/** One plugin with its agents. Both lifecycles see the same vCenter, each from a side. */
export class Side {
  readonly lifecycle: Lifecycle;
  readonly agents: readonly Agent[];
  readonly plugin: Plugin;

  /** Starts agents and plugin. `inventory` is that section of the plugin's configuration. */
  static async open(
    parent: string,
    lifecycle: Lifecycle,
    { listed, found }: Cast,
    inventory: Readonly<Record<string, unknown>>,
  ): Promise<Side> {
    const folder = join(parent, lifecycle);
    mkdirSync(folder);
    const common = { folder, staleTimeoutMs: STALE_TIMEOUT_MS };
    const agentOf = (host: string): Agent =>
      new Agent({
        ...common,
        name: agentOn(host),
        host,
        profile: 'blueprint',
        ...(host === found?.host && { listen: `${found.address}:0` }),
      });
    const agents = [...listed, ...(found === undefined ? [] : [found.host])].map(agentOf);
    await Promise.all(agents.map((agent) => agent.start()));
    const foundUrl = agents.find(({ host }) => host === found?.host)?.url;
    const agentVm = foundUrl !== undefined && { discover: true, port: Number(new URL(foundUrl).port) };
    const plugin = new Plugin({
      ...common,
      lifecycle,
      mode: 'standalone',
      inventory: { ...inventory, ...(agentVm !== false && { agentVm }) },
      responseMs: RESPONSE_MS,
    });
    await plugin.start(agents.filter(({ host }) => host !== found?.host));
    return new Side(lifecycle, agents, plugin);
  }

  private constructor(lifecycle: Lifecycle, agents: readonly Agent[], plugin: Plugin) {
    this.lifecycle = lifecycle;
    this.agents = agents;
    this.plugin = plugin;
  }

  agent(name: string): Agent {
    const agent = this.agents.find((each) => each.name === name);
    if (agent === undefined) throw new Error(`there is no ${name} in this test`);
    return agent;
  }

  /** How many requests each agent has had. */
  async mark(): Promise<Mark> {
    const counts = this.agents.map(async (agent) => (await agent.allRequests()).length);
    return { counts: await Promise.all(counts), pids: this.agents.map(({ pid }) => pid) };
  }

  /** The requests of all agents since then, those of each in the order in which it received them. */
  async requestsSince({ counts }: Mark): Promise<readonly AgentRequest[]> {
    const lists = this.agents.map(async (agent, index) => {
      const requests = (await agent.allRequests()).slice(counts[index]);
      return requests.map((request) => ({ ...request, agent: agent.name }));
    });
    return (await Promise.all(lists)).flat();
  }

  /** Names of the agents that are not the processes that they were then. */
  restartedSince({ pids }: Mark): ReadonlySet<string> {
    const others = this.agents.filter(({ pid }, index) => pid !== pids[index]);
    return new Set(others.map(({ name }) => name));
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.agents.map((agent) => agent.dispose()), this.plugin.dispose()]);
  }
}

/** The agent that serves `esx-7` is `agent-7`. */
export function agentOn(host: string): string {
  return host.replace('esx', 'agent');
}
