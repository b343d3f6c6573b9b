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

/** One plugin with its agents, `agent-1` on `esx-1` and so on. Both lifecycles see the same vCenter, each from a side. */
export class Side {
  readonly lifecycle: Lifecycle;
  readonly agents: readonly Agent[];
  readonly plugin: Plugin;

  constructor(
    parent: string,
    lifecycle: Lifecycle,
    hosts: readonly string[],
    inventory: Readonly<Record<string, unknown>>,
  ) {
    const folder = join(parent, lifecycle);
    mkdirSync(folder);
    const common = { folder, staleTimeoutMs: STALE_TIMEOUT_MS };
    this.lifecycle = lifecycle;
    this.agents = hosts.map(
      (host) => new Agent({ ...common, name: agentOn(host), host, profile: 'blueprint' }),
    );
    this.plugin = new Plugin({
      ...common,
      lifecycle,
      mode: 'standalone',
      inventory,
      responseMs: RESPONSE_MS,
    });
  }

  async start(): Promise<void> {
    await Promise.all(this.agents.map((agent) => agent.start()));
    await this.plugin.start(this.agents);
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
