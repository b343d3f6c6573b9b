import { vmName, type AgentView, type Snapshot } from '../view/snapshot.ts';
import type { Expectation } from './step.ts';

/** The agent has the ports of these VMs and no others, all enabled, and a file for each. */
export function agentHas(agent: string, vms: readonly string[]): Expectation {
  return {
    says: `${agent} has ${list(vms)}, enabled, each with its file`,
    differs(snapshot) {
      const { state, filedIds } = viewOf(snapshot, agent);
      if (state === undefined) return `${agent} does not answer`;
      const enabled = state.ports.filter(({ linkState }) => linkState === 1);
      const isSo =
        sameNames(
          enabled.map(({ port }) => port['display-name']),
          vms,
        ) &&
        sameNames(
          state.ports.map(({ id }) => id),
          filedIds,
        ) &&
        enabled.length === state.ports.length;
      if (isSo) return undefined;
      const ports = state.ports.map(
        ({ port, linkState }) => `${port['display-name']} (${linkState === 1 ? 'enabled' : 'disabled'})`,
      );
      return `${agent} has ${list(ports)}; files: ${list(filedIds.map((id) => vmName(snapshot, agent, id)))}`;
    },
  };
}

/** The agent's process is gone, its port files are not. */
export function agentIsDown(agent: string, files: number): Expectation {
  return {
    says: `${agent} does not answer; the files of its ${files} ports are still on disk`,
    differs(snapshot) {
      const { state, filedIds } = viewOf(snapshot, agent);
      if (state === undefined && filedIds.length === files) return undefined;
      return `${agent} ${state === undefined ? 'does not answer' : 'answers'}; ${filedIds.length} files on disk`;
    },
  };
}

/** The agent answers again. */
export function agentIsUp(agent: string): Expectation {
  return {
    says: `${agent} answers again`,
    differs: (snapshot) =>
      viewOf(snapshot, agent).state === undefined ? `${agent} does not answer` : undefined,
  };
}

/** The plugin's retry list, such as `add web-3 on agent-1`; the order is its own. */
export function pluginOwes(owed: readonly string[]): Expectation {
  return {
    says:
      owed.length === 0 ? "the plugin's retry list is empty" : `the plugin's retry list has ${list(owed)}`,
    differs(snapshot) {
      if (snapshot.plugin === undefined) return 'the plugin does not answer';
      const seen = snapshot.plugin.retries.map(({ agent, operation, portId }) =>
        [operation, ...(portId === null ? [] : [vmName(snapshot, agent, portId)]), 'on', agent].join(' '),
      );
      return sameNames(seen, owed) ? undefined : `the plugin's retry list has ${list(seen)}`;
    },
  };
}

export const pluginIsDown: Expectation = {
  says: 'the plugin does not answer',
  differs: ({ plugin }) => (plugin === undefined ? undefined : 'the plugin answers'),
};

/** Desired, confirmed and present are the same, port by port. */
export const bothSidesAgree: Expectation = {
  says: 'both sides agree, port by port',
  differs(snapshot) {
    const { plugin, agents } = snapshot;
    if (plugin === undefined) return 'the plugin does not answer';
    const open = plugin.ports.filter(({ state, desired }) => state !== 'confirmed' || desired === null);
    if (open.length > 0) {
      return `not confirmed: ${list(open.map(({ agent, id }) => `${vmName(snapshot, agent, id)} on ${agent}`))}`;
    }
    const wanted = plugin.ports.map(({ agent, id }) => `${vmName(snapshot, agent, id)} on ${agent}`);
    const held = agents.flatMap(({ name, state }) =>
      (state?.ports ?? []).map(({ id }) => `${vmName(snapshot, name, id)} on ${name}`),
    );
    return sameNames(wanted, held) ? undefined : `wanted: ${list(wanted)}; the agents have: ${list(held)}`;
  },
};

export const nothingToSweep: Expectation = {
  says: 'no sweep is pending',
  differs({ agents }) {
    const waiting = agents.filter(({ state }) => state?.deadlines.length !== 0).map(({ name }) => name);
    return waiting.length === 0 ? undefined : `a sweep is pending, or no answer, on ${list(waiting)}`;
  },
};

export function viewOf(snapshot: Snapshot, agent: string): AgentView {
  const view = snapshot.agents.find(({ name }) => name === agent);
  if (view === undefined) throw new Error(`The lab has no ${agent}`);
  return view;
}

/** `a, b and c`; `nothing` for none. */
export function list(words: readonly string[]): string {
  return words.length === 0 ? 'nothing' : new Intl.ListFormat('en-GB').format(words);
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.toSorted().join('\n') === b.toSorted().join('\n');
}
