import { existsSync, readdirSync } from 'node:fs';
import { getJson } from './http.ts';
import type { AgentRequest, AgentState, AgentView, PluginView, Snapshot } from './snapshot.ts';

/** Where there is something to see. */
export interface Places {
  readonly agents: readonly { readonly name: string; readonly adminUrl: string; readonly portsDir: string }[];
  readonly plugin: { readonly url: string };
}

/** Asks the plugin, the agents and the disk. Who does not answer is undefined in the snapshot. */
export async function look({ agents, plugin }: Places): Promise<Snapshot> {
  const [pluginView, ...agentViews] = await Promise.all([
    orUndefined(lookAtPlugin(plugin.url)),
    ...agents.map(lookAtAgent),
  ]);
  return { agents: agentViews, plugin: pluginView };
}

async function lookAtPlugin(url: string): Promise<PluginView> {
  const [{ ports }, { retries }] = await Promise.all([
    getJson<Pick<PluginView, 'ports'>>(`${url}/introspect/ports`),
    getJson<Pick<PluginView, 'retries'>>(`${url}/introspect/retries`),
  ]);
  return { ports, retries };
}

async function lookAtAgent({ name, adminUrl, portsDir }: Places['agents'][number]): Promise<AgentView> {
  const state = await orUndefined(askAgent(adminUrl));
  return { name, filedIds: existsSync(portsDir) ? readdirSync(portsDir) : [], state };
}

async function askAgent(adminUrl: string): Promise<AgentState> {
  const [{ ports, deadlines }, { requests }] = await Promise.all([
    getJson<Omit<AgentState, 'requests'>>(`${adminUrl}/admin/state`),
    getJson<{ requests: readonly AgentRequest[] }>(`${adminUrl}/admin/requests`),
  ]);
  return { ports, deadlines, requests };
}

function orUndefined<T>(promise: Promise<T>): Promise<T | undefined> {
  return promise.catch(() => undefined);
}
